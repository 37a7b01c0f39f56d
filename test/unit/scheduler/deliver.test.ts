import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Deps } from '../../../src/ports.ts';
import { tick as deliver } from '../../../src/scheduler/tick.ts';
import { openMemoryStore } from '../../../src/store/open-store.ts';
import { wantMessage } from '../../../src/usecases/want-message.ts';
import { type FakeMessenger, fakeMessenger } from '../../support/fake-messenger.ts';
import {
  memoryLog,
  reviewDeps,
  seed,
  type TestClock,
  testClock,
  workspaceId,
} from '../../support/review-world.ts';

const second = 1_000;
const lease = 90 * second;

describe('deliver', () => {
  let clock: TestClock;
  let slack: FakeMessenger;
  let deps: Deps;
  let log: ReturnType<typeof memoryLog>;

  beforeEach(async () => {
    clock = testClock('2026-10-20T14:00:00Z');
    slack = fakeMessenger(clock);
    log = memoryLog();
    deps = reviewDeps({ store: await openMemoryStore(), clock, messenger: slack, log });
    await seed(deps);
  });
  afterEach(async () => {
    await deps.store.close();
    expect(log.errors).toEqual([]);
  });

  const want = (id = 'm1', threadOf?: string) =>
    wantMessage(deps, workspaceId, {
      _id: id,
      channelId: 'C1SHARED',
      content: { kind: 'note', text: 'hello' },
      ...(threadOf === undefined ? {} : { threadOf }),
    });
  const message = async (id = 'm1') => {
    const found = await deps.store.workspace(workspaceId).messages.get(id);
    if (found === undefined) throw new Error(`no message ${id}`);
    return found;
  };

  it('posts a wanted message once and records where it stands', async () => {
    await want();
    await deliver(deps);
    await deliver(deps);
    const [held] = slack.held('m1');
    expect(slack.messages).toHaveLength(1);
    expect(await message()).toMatchObject({ state: 'posted', posted: 1, ts: held?.ts, ambiguous: false });
    expect((await message()).wakeAt).toBeUndefined();
  });

  it('posts the introduction above the card, also when both are wanted in the same millisecond', async () => {
    const about = { channelId: 'C1SHARED', content: { kind: 'note', text: 'hello' } } as const;
    await wantMessage(deps, workspaceId, { ...about, _id: 'introduction:acme' });
    await wantMessage(deps, workspaceId, { ...about, _id: 'card:acme', after: 'introduction:acme' });
    await deliver(deps);
    clock.pass(2 * second);
    await deliver(deps);
    expect(slack.messages.map((one) => one.operationId)).toEqual(['introduction:acme', 'card:acme']);
  });

  it.each([
    [{ limitedMs: 20 * second }, ['introduction:acme', 'card:acme']],
    [{ refused: 'restricted_action', permanent: true }, ['card:acme']],
  ])('keeps the card back until the introduction is there or never will be: %o', async (fault, order) => {
    const about = { channelId: 'C1SHARED', content: { kind: 'note', text: 'hello' } } as const;
    slack.faults.push(fault);
    await wantMessage(deps, workspaceId, { ...about, _id: 'introduction:acme' });
    await wantMessage(deps, workspaceId, { ...about, _id: 'card:acme', after: 'introduction:acme' });
    for (let seconds = 0; seconds <= 30; seconds += 5) {
      await deliver(deps);
      clock.pass(5 * second);
    }
    expect(slack.messages.map((one) => one.operationId)).toEqual(order);
  });

  it('posts once when the reply is lost after Slack accepted it', async () => {
    slack.faults.push('lost-reply');
    await want();
    await deliver(deps);
    expect(await message()).toMatchObject({ state: 'claimed', ambiguous: true });
    clock.pass(lease);
    await deliver(deps);
    expect(slack.messages).toHaveLength(1);
    expect(slack.posts).toBe(1);
    expect(await message()).toMatchObject({ state: 'posted', ts: slack.messages[0]?.ts });
  });

  it('posts again when the first try never arrived, after looking it up', async () => {
    slack.faults.push('dropped');
    await want();
    await deliver(deps);
    clock.pass(lease);
    await deliver(deps);
    expect(slack.finds).toBe(1);
    expect(slack.held('m1')).toHaveLength(1);
    expect(await message()).toMatchObject({ state: 'posted' });
  });

  it('removes the first try when it arrives after the second', async () => {
    slack.faults.push('late');
    await want();
    await deliver(deps);
    clock.pass(lease);
    await deliver(deps);
    slack.arrive();
    expect(slack.held('m1')).toHaveLength(2);
    clock.pass(2 * lease);
    await deliver(deps);
    expect(slack.held('m1').map((one) => one.ts)).toEqual([(await message()).ts]);
    // Two more looks, two and four leases later; then nobody looks any more.
    for (const leases of [2, 4]) {
      const finds = slack.finds;
      clock.pass(leases * lease);
      await deliver(deps);
      expect(slack.finds).toBe(finds + 1);
    }
    expect((await message()).wakeAt).toBeUndefined();
  });

  /** The first try arrives late, beside the second, which is the recorded one. Their `ts`, the late one's last. */
  const doubled = async (): Promise<readonly [string, string]> => {
    slack.faults.push('late');
    await want();
    await deliver(deps);
    clock.pass(lease);
    await deliver(deps);
    slack.arrive();
    const [recorded, late] = slack.held('m1').map((one) => one.ts);
    if (recorded === undefined || late === undefined) throw new Error('no second copy');
    return [recorded, late];
  };

  it('looks again while history cannot be read or the copy not be removed', async () => {
    const [recorded] = await doubled();
    slack.historyReadable = false;
    clock.pass(2 * lease);
    await deliver(deps);
    slack.historyReadable = true;
    slack.removals.push({ limitedMs: 1_000 });
    clock.pass(lease);
    await deliver(deps);
    expect(slack.held('m1')).toHaveLength(2);
    clock.pass(lease);
    await deliver(deps);
    expect(slack.held('m1').map((one) => one.ts)).toEqual([recorded]);
    expect(await message()).toMatchObject({ audits: 1, vainAudits: 2 });
  });

  it('removes the copy of a stale poster later when Slack does not take it away at once', async () => {
    await want();
    slack.duringPost = async () => {
      clock.pass(lease);
      await deliver(deps);
    };
    slack.removals.push({ refused: 'internal_error', permanent: false });
    await deliver(deps);
    expect(slack.held('m1')).toHaveLength(2);
    clock.pass(2 * lease);
    await deliver(deps);
    expect(slack.held('m1').map((one) => one.ts)).toEqual([(await message()).ts]);
  });

  it('goes on as the copy that somebody replied to, and removes the one that nobody replied to', async () => {
    const [recorded, late] = await doubled();
    expect((await message()).ts).toBe(recorded);
    slack.peopleReplied.push(late);
    clock.pass(2 * lease);
    await deliver(deps);
    // It was drawn for the first try, and may be out of date.
    expect(slack.held('m1')).toMatchObject([{ ts: late, updates: 1 }]);
    expect(await message()).toMatchObject({ state: 'posted', ts: late, posted: 1 });
    await wantMessage(deps, workspaceId, {
      _id: 'm1',
      channelId: 'C1SHARED',
      content: { kind: 'note', text: 'hello again' },
    });
    clock.pass(3 * second);
    await deliver(deps);
    expect(slack.held('m1')).toMatchObject([{ ts: late, updates: 2 }]);
  });

  it('keeps both copies when both have replies', async () => {
    const [recorded, late] = await doubled();
    slack.peopleReplied.push(recorded, late);
    clock.pass(2 * lease);
    await deliver(deps);
    expect(slack.held('m1').map((one) => one.ts)).toEqual([recorded, late]);
    expect(await message()).toMatchObject({ state: 'posted', ts: recorded });
  });

  it('leaves the copy of a stale poster to the audit when somebody replied to it meanwhile', async () => {
    await want();
    const stale = slack.post;
    slack.post = async (to) => {
      slack.post = stale;
      // Slack has it, and its process sleeps until another has posted as well.
      const outcome = await stale(to);
      const [mine] = slack.messages.splice(0, 1);
      clock.pass(lease);
      await deliver(deps);
      if (mine !== undefined) slack.messages.unshift(mine);
      slack.peopleReplied.push(String(mine?.ts));
      return outcome;
    };
    await deliver(deps);
    const [mine, other] = slack.held('m1').map((one) => one.ts);
    expect((await message()).ts).toBe(other);
    clock.pass(2 * lease);
    await deliver(deps);
    expect(slack.held('m1').map((one) => one.ts)).toEqual([mine]);
    expect((await message()).ts).toBe(mine);
  });

  it('waits as long as Slack says after a 429 and counts no attempt', async () => {
    slack.faults.push({ limitedMs: 30 * second });
    await want();
    await deliver(deps);
    expect(await message()).toMatchObject({ state: 'waiting', attempts: 0 });
    clock.pass(29 * second);
    await deliver(deps);
    expect(slack.messages).toHaveLength(0);
    // A little longer than Slack said, so that not everybody comes back at once.
    clock.pass(7 * second);
    await deliver(deps);
    expect(slack.messages).toHaveLength(1);
    expect(slack.finds).toBe(0);
  });

  it('tries a sure refusal again after 15 seconds, 1, 4, 15 and 60 minutes, and gives up at the tenth', async () => {
    const tries: number[] = [];
    await want();
    const start = clock.elapsed();
    for (let step = 0; step < 6 * 3600 * 4; step += 1) {
      const before = slack.posts;
      slack.faults.splice(0, slack.faults.length, { refused: 'message_limit_exceeded', permanent: false });
      await deliver(deps);
      if (slack.posts > before) tries.push((clock.elapsed() - start) / second);
      if ((await message()).state === 'failed') break;
      const { wakeAt } = await message();
      clock.set(wakeAt ?? clock.now());
    }
    expect(tries).toEqual([0, 15, 75, 315, 1215, 4815, 8415, 12015, 15615, 19215]);
    expect(await message()).toMatchObject({ state: 'failed', reason: 'message_limit_exceeded' });
  });

  it('fails at once, with the reason, when Slack refuses for good', async () => {
    slack.faults.push({ refused: 'channel_not_found', permanent: true });
    await want();
    await deliver(deps);
    clock.pass(24 * 3600 * second);
    await deliver(deps);
    expect(slack.posts).toBe(1);
    expect(await message()).toMatchObject({ state: 'failed', reason: 'channel_not_found' });
  });

  it('posts once when its process died between the post and the record', async () => {
    await want();
    const { messages } = deps.store.workspace(workspaceId);
    const dying: Deps = {
      ...deps,
      messenger: {
        ...slack,
        post: async (to) => {
          await slack.post(to);
          return new Promise(() => undefined);
        },
      },
    };
    void deliver(dying);
    while (slack.messages.length === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    expect(await messages.get('m1')).toMatchObject({ state: 'claimed' });
    await deliver(deps);
    expect(slack.messages).toHaveLength(1);
    clock.pass(lease);
    await deliver(deps);
    expect(slack.messages).toHaveLength(1);
    expect(await message()).toMatchObject({ state: 'posted', ts: slack.messages[0]?.ts, fence: 2 });
  });

  it('lets a stale poster delete its own copy when another has posted meanwhile', async () => {
    await want();
    slack.duringPost = async () => {
      clock.pass(lease);
      await deliver(deps);
    };
    await deliver(deps);
    expect(slack.posts).toBe(2);
    expect(slack.held('m1').map((one) => one.ts)).toEqual([(await message()).ts]);
    expect(await message()).toMatchObject({ state: 'posted', fence: 2 });
  });

  it('keeps one copy when the stale poster comes while the other is still posting', async () => {
    await want();
    let finishFirst: () => void = () => undefined;
    const firstMayFinish = new Promise<void>((resolve) => {
      finishFirst = resolve;
    });
    slack.duringPost = () => firstMayFinish;
    const first = deliver(deps);
    while (slack.posts === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    clock.pass(lease);
    slack.duringPost = async () => {
      finishFirst();
      await first;
    };
    await deliver(deps);
    expect(slack.held('m1')).toHaveLength(2);
    clock.pass(2 * lease);
    await deliver(deps);
    expect(slack.held('m1').map((one) => one.ts)).toEqual([(await message()).ts]);
  });

  it('does not post when it was held up for a third of its lease after the claim', async () => {
    await want();
    const { messages } = deps.store.workspace(workspaceId);
    const slow: Deps = {
      ...deps,
      ids: {
        next: () => {
          // The claim's token is drawn after its time was taken: what passes here passes between claim and post.
          clock.pass(lease / 3);
          return 'token';
        },
      },
    };
    await deliver(slow);
    expect(slack.posts).toBe(0);
    expect(await messages.get('m1')).toMatchObject({ state: 'claimed' });
    clock.pass(lease);
    await deliver(deps);
    expect(slack.held('m1')).toHaveLength(1);
  });

  it('posts once when two deliveries run at the same moment', async () => {
    await Promise.all(Array.from({ length: 20 }, (_, index) => want(`m${index}`)));
    for (let round = 0; round < 25; round += 1) {
      await Promise.all([deliver(deps), deliver(deps), deliver(deps)]);
      clock.pass(1_100);
    }
    expect(slack.messages.map((one) => one.operationId).sort()).toEqual(
      Array.from({ length: 20 }, (_, index) => `m${index}`).sort(),
    );
  });

  it('posts a reply after the root it hangs from, in its thread', async () => {
    slack.faults.push({ limitedMs: 10 * second });
    await want('a-reply', 'root');
    await want('root');
    await deliver(deps);
    expect(slack.messages).toHaveLength(0);
    for (let round = 0; round < 8; round += 1) {
      clock.pass(2 * second);
      await deliver(deps);
    }
    expect(slack.messages.map((one) => one.operationId)).toEqual(['root', 'a-reply']);
    expect(slack.messages[1]?.threadTs).toBe(slack.messages[0]?.ts);
  });

  it('gives a reply up when its root was refused', async () => {
    slack.faults.push({ refused: 'is_archived', permanent: true });
    await want('root');
    await want('a-reply', 'root');
    await deliver(deps);
    await deliver(deps);
    expect(slack.messages).toHaveLength(0);
    expect(await message('a-reply')).toMatchObject({ state: 'failed' });
  });

  it('updates in place when wanted again, at most once in three seconds', async () => {
    await want();
    await deliver(deps);
    clock.pass(10 * second);
    await want();
    await deliver(deps);
    expect(slack.messages[0]?.updates).toBe(1);
    for (let time = 0; time < 29; time += 1) {
      clock.pass(100);
      await want();
      await deliver(deps);
    }
    expect(slack.messages[0]?.updates).toBe(1);
    clock.pass(100);
    await deliver(deps);
    expect(slack.messages[0]?.updates).toBe(2);
    expect(await message()).toMatchObject({ state: 'posted', wanted: 31, posted: 31 });
    expect(slack.messages).toHaveLength(1);
  });

  it('updates again what was wanted while it was being posted', async () => {
    await want();
    slack.duringPost = () => want();
    await deliver(deps);
    expect(await message()).toMatchObject({ posted: 1, wanted: 2 });
    clock.pass(3 * second);
    await deliver(deps);
    expect(slack.messages).toHaveLength(1);
    expect(slack.messages[0]?.updates).toBe(1);
    expect(await message()).toMatchObject({ posted: 2, wanted: 2 });
  });

  it('updates a direct message in the channel that Slack opened for it', async () => {
    const direct = () =>
      wantMessage(deps, workspaceId, {
        _id: 'dm',
        channelId: 'U1MAYA',
        content: { kind: 'note', text: 'hello' },
      });
    await direct();
    await deliver(deps);
    clock.pass(5 * second);
    await direct();
    await deliver(deps);
    expect(slack.messages).toMatchObject([{ channelId: 'D1MAYA', updates: 1 }]);
  });

  it('waits while history cannot be read, and posts in the end rather than never', async () => {
    slack.faults.push('dropped');
    slack.historyReadable = false;
    await want();
    for (let step = 0; step < 3; step += 1) {
      await deliver(deps);
      clock.pass(lease);
    }
    expect(slack.posts).toBe(1);
    for (let step = 0; step < 5; step += 1) {
      await deliver(deps);
      clock.pass(lease);
    }
    expect(slack.held('m1')).toHaveLength(1);
    expect(await message()).toMatchObject({ state: 'posted' });
  });
});
