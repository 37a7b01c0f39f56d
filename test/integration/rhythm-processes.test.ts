import { type ChildProcess, fork } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { weekdayOf } from '../../src/domain/civil-date.ts';
import { weeklyRule } from '../../src/domain/rule-dates.ts';
import { civilDateAt, localTimeAt } from '../../src/domain/zone.ts';
import type { Messenger, Store } from '../../src/ports.ts';
import { openStore } from '../../src/store/open-store.ts';
import { type FakeMessenger, fakeMessenger } from '../support/fake-messenger.ts';
import { memoryLog, partnership, reviewDeps, rhythm, seed, workspaceId } from '../support/review-world.ts';

const rhythms = 40;
const hostClock = { now: () => new Date(), elapsed: () => performance.now() };

/** Where it is ten o'clock or so: a post that comes late goes out on the same day there. */
const zoneOfMorning = (now: Date): string => {
  const east = ((10 - now.getUTCHours() + 36) % 24) - 12;
  return `Etc/GMT${east > 0 ? '-' : '+'}${Math.abs(east)}`;
};

describe('several processes on one database', () => {
  let folder: string;
  let file: string;
  let store: Store;
  let slack: FakeMessenger;
  const children = new Set<ChildProcess>();
  /** Those that have ticked. */
  const running = new Set<ChildProcess>();
  const errors: string[] = [];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'rhythm-'));
    file = join(folder, 'bot.db');
    store = await openStore({ sqlitePath: file, log: memoryLog() });
    slack = fakeMessenger(hostClock);
    errors.length = 0;
    const deps = reviewDeps({ store, clock: hostClock, messenger: slack });
    await seed(deps);
  });
  afterEach(async () => {
    for (const child of children) child.kill('SIGKILL');
    children.clear();
    await store.close();
    await rm(folder, { recursive: true, force: true });
  });

  /** Forty partnerships whose review is due this very minute. */
  const makeDue = async (): Promise<void> => {
    const now = new Date();
    const zone = zoneOfMorning(now);
    const today = civilDateAt(now, zone);
    const time = localTimeAt(now, zone);
    const inWorkspace = store.workspace(workspaceId);
    for (let index = 0; index < rhythms; index += 1) {
      await inWorkspace.partnerships.insert(partnership({ _id: `p${index}`, channelId: `C${index}` }));
      const rule = weeklyRule(weekdayOf(today), 1, today);
      const due = { partnershipId: `p${index}`, rule, time, zone, nextDate: today, nextAt: now };
      await inWorkspace.rhythms.insert({ ...rhythm(now, due), _id: `r${index}` });
    }
  };

  type Calls = { [K in keyof Messenger]: (input: Parameters<Messenger[K]>[0]) => Promise<unknown> };
  /** `onPost` runs after this Slack accepted a post and before it answers; false: the answer is lost. */
  const start = (aheadMs: number, onPost: (child: ChildProcess) => boolean = () => true): ChildProcess => {
    const child = fork(
      fileURLToPath(new URL('../support/rhythm-worker.ts', import.meta.url)),
      [file, String(aheadMs)],
      {
        execArgv: ['--import', 'tsx'],
        serialization: 'advanced',
        stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      },
    );
    children.add(child);
    child.on(
      'message',
      async (message: { id?: number; call?: keyof Calls; input: object; errors?: string[] }) => {
        errors.push(...(message.errors ?? []));
        running.add(child);
        if (message.id === undefined || message.call === undefined) return;
        const calls: Calls = slack;
        // The worker has asked whether it may still, before it sent this.
        const input = { ...message.input, mayStill: () => true } as never;
        const answer = await calls[message.call](input);
        if (message.call === 'post' && !onPost(child)) return;
        // Slack takes its time, and meanwhile the other process looks for work too.
        await new Promise((resolve) => setTimeout(resolve, 20));
        // One that was killed this moment reads no answer: that is the point of it.
        if (child.connected)
          child.send(
            { id: message.id, [message.call === 'find' ? 'found' : 'outcome']: answer },
            () => undefined,
          );
      },
    );
    return child;
  };
  const ended = (child: ChildProcess): Promise<void> =>
    child.exitCode !== null || child.signalCode !== null
      ? Promise.resolve()
      : new Promise((resolve) => child.once('exit', () => resolve()));
  const stop = async (child: ChildProcess): Promise<void> => {
    child.kill('SIGTERM');
    await ended(child);
  };
  const open = () =>
    store.workspace(workspaceId).occurrences.find({ kind: 'review', state: 'open' }, { limit: 100 });
  const until = async (happens: () => Promise<boolean>, ms = 90_000): Promise<void> => {
    const end = performance.now() + ms;
    while (!(await happens())) {
      if (performance.now() > end) throw new Error('it did not happen in time');
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };
  const rootsOf = () =>
    slack
      .roots('review-root')
      .map((one) => one.operationId)
      .sort();

  it('posts each review once from two processes at the same minute', async () => {
    const posters = new Set<ChildProcess>();
    const both = [0, 0].map(() =>
      start(0, (child) => {
        posters.add(child);
        return true;
      }),
    );
    await until(async () => both.every((one) => running.has(one)));
    await makeDue();
    await until(async () => (await open()).length === rhythms);
    await Promise.all(both.map(stop));
    const reviews = (await open()).map((one) => one._id).sort();
    expect(new Set(rootsOf()).size).toBe(rhythms);
    expect(rootsOf()).toEqual(reviews);
    expect(posters.size).toBe(2);
    expect(errors).toEqual([]);
  }, 120_000);

  it('posts each review once although a process is killed ten times between a post and its record', async () => {
    await makeDue();
    let ahead = 0;
    let kills = 0;
    while (kills < 10) {
      let posts = 0;
      const child = start(ahead, (one) => {
        posts += 1;
        if (posts < 3 || kills >= 10) return true;
        kills += 1;
        one.kill('SIGKILL');
        return false;
      });
      await ended(child);
      // The next one comes up when the lease of the dead one is over.
      ahead += 95_000;
    }
    const last = start(ahead);
    await until(async () => (await open()).length === rhythms);
    await stop(last);
    expect(rootsOf()).toEqual((await open()).map((one) => one._id).sort());
    expect(new Set(rootsOf()).size).toBe(rhythms);
    expect(slack.finds).toBeGreaterThanOrEqual(10);
    expect(errors).toEqual([]);
  }, 120_000);
});
