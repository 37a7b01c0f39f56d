import { afterEach, describe, expect, it } from 'vitest';
import type { Messenger, PostOutcome, Store } from '../../../src/ports.ts';
import { tick as deliver } from '../../../src/scheduler/tick.ts';
import { openMemoryStore } from '../../../src/store/open-store.ts';
import { wantMessage } from '../../../src/usecases/want-message.ts';
import { type FakeMessenger, type Fault, fakeMessenger } from '../../support/fake-messenger.ts';
import {
  install,
  memoryLog,
  reviewDeps,
  type TestClock,
  testClock,
  workspaceId,
} from '../../support/review-world.ts';

/** Small and seeded, so that a failing run can be run again: mulberry32. */
const random = (seed: number): (() => number) => {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
};

const seeds = process.env.FUZZ_SEED ? [Number(process.env.FUZZ_SEED)] : [1, 2, 3, 4, 5, 6];
const messages = 40;
const channels = 8;
const second = 1_000;

describe('deliver under abuse', () => {
  let store: Store | undefined;
  afterEach(() => store?.close());

  it.each(seeds)(
    'posts each message exactly once, seed %i',
    async (seed) => {
      const chance = random(seed);
      const clock = testClock('2026-10-20T14:00:00Z');
      const slack = fakeMessenger(clock);
      const log = memoryLog();
      store = await openMemoryStore();
      const abused = abuse(slack, clock, chance);
      const deps = reviewDeps({ store, clock, messenger: abused.messenger, log });
      await install(deps);
      let said = 0;
      const want = (index: number) => {
        said += 1;
        return wantMessage(deps, workspaceId, {
          _id: `m${index}`,
          channelId: `C${index % channels}`,
          content: { kind: 'note', text: `hello ${said}` },
          ...(index % 5 === 4 ? { threadOf: `m${index - 1}` } : {}),
        });
      };
      for (let index = 0; index < messages; index += 1) await want(index);

      for (let step = 0; step < 150; step += 1) {
        if (chance() < 0.3) await want(Math.floor(chance() * messages));
        // A process that hangs in a call is left behind: the next one starts beside it.
        await Promise.race([deliver(deps), deliver(deps), abused.hung()]);
        clock.pass(Math.floor(chance() * 40 * second));
        if (chance() < 0.5) slack.arrive();
      }
      abused.calm();
      slack.arrive();
      for (let step = 0; step < 200; step += 1) {
        await deliver(deps);
        clock.pass(60 * second);
      }

      const stored = await store.workspace(workspaceId).messages.find({});
      expect(stored.map((one) => one.state)).toEqual(stored.map(() => 'posted'));
      expect(stored.map((one) => slack.held(one._id).map((held) => held.ts))).toEqual(
        stored.map((one) => [one.ts]),
      );
      expect(slack.messages).toHaveLength(messages);
      // What stands is what was wanted last, whoever was late with an older version.
      expect(stored.map((one) => slack.held(one._id)[0]?.content)).toEqual(stored.map((one) => one.content));
      expect(stored.filter((one) => one.posted < one.wanted || one.wakeAt !== undefined)).toEqual([]);
      expect(log.errors).toEqual([]);
      // The abuse was real.
      expect(slack.posts).toBeGreaterThan(messages);
      expect(slack.finds).toBeGreaterThan(5);
    },
    60_000,
  );
});

interface Abused {
  readonly messenger: Messenger;
  /** Resolves when a call begins to hang. */
  hung(): Promise<void>;
  /** From here on nothing goes wrong, and what was frozen wakes up. */
  calm(): void;
}

const abuse = (slack: FakeMessenger, clock: TestClock, chance: () => number): Abused => {
  let calm = false;
  let announce: () => void = () => undefined;
  const wakeUp: (() => void)[] = [];
  const hang = (): Promise<never> => {
    announce();
    return new Promise(() => undefined);
  };
  const freeze = (): Promise<void> => {
    announce();
    return new Promise((resolve) => wakeUp.push(resolve));
  };
  const faulty = (call: () => Promise<PostOutcome>, fault: Fault): Promise<PostOutcome> => {
    slack.faults.unshift(fault);
    return call();
  };
  const dice = async (call: () => Promise<PostOutcome>): Promise<PostOutcome> => {
    const roll = calm ? 1 : chance();
    if (roll < 0.06) return faulty(call, { limitedMs: 20 * second });
    if (roll < 0.12) return faulty(call, 'lost-reply');
    if (roll < 0.18) return faulty(call, 'dropped');
    if (roll < 0.21) return faulty(call, { refused: 'service_unavailable', permanent: false });
    if (roll < 0.26) return faulty(call, 'late');
    if (roll < 0.3) return call().then(hang);
    if (roll < 0.33) return hang();
    if (roll < 0.38) return freeze().then(call);
    if (roll < 0.42 && wakeUp.length > 0) for (const wake of wakeUp.splice(0)) wake();
    return faulty(call, 'none');
  };
  return {
    messenger: {
      ...slack,
      find: (at) => slack.find(at),
      post: (to) => dice(() => slack.post(to)),
      update: (to) => dice(() => slack.update(to)),
    },
    hung: () =>
      new Promise((resolve) => {
        announce = resolve;
      }),
    calm: () => {
      calm = true;
      clock.pass(200 * second);
      for (const wake of wakeUp.splice(0)) wake();
    },
  };
};
