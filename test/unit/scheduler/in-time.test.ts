import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Occurrence } from '../../../src/domain/occurrence.ts';
import { localTimeAt } from '../../../src/domain/zone.ts';
import type { Deps, Messenger } from '../../../src/ports.ts';
import { tick } from '../../../src/scheduler/tick.ts';
import type { FakeMessenger } from '../../support/fake-messenger.ts';
import { type OutboxWorld, openOutboxWorld } from '../../support/outbox-world.ts';
import { rhythm, type TestClock, workspaceId } from '../../support/review-world.ts';

const minute = 60_000;
/** Each in its place of the crowd. */
const inTheMorning = /^08:(0\d|10)$/;
const busy = { refused: 'message_limit_exceeded', permanent: false };
const review = 'acme:pulse:2026-10-20';

/** A weekly pulse on Tuesday 20 Oct 2026 at 16:00 in Berlin, and a process that is away for a while. */
describe('a post that comes late', () => {
  let world: OutboxWorld;
  let clock: TestClock;
  let slack: FakeMessenger;
  let deps: Deps;

  beforeEach(async () => {
    world = await openOutboxWorld();
    ({ clock, slack, deps } = world);
    const { rhythms } = deps.store.workspace(workspaceId);
    for (const one of await rhythms.find({})) await rhythms.remove(one._id);
    const at = clock.now();
    await rhythms.insert(rhythm(at, { nextDate: '2026-10-20', nextAt: at }));
  });
  afterEach(async () => {
    await world.close();
    expect(world.log.errors).toEqual([]);
  });

  const find = async (id = review): Promise<Occurrence | undefined> =>
    deps.store.workspace(workspaceId).occurrences.get(id);
  const run = async (until: string, step = minute): Promise<void> => {
    for (const end = new Date(until); clock.now() < end; clock.pass(step)) await tick(deps);
  };
  /** The process ends in the moment after the root was wanted, before Slack is asked. */
  const dieBeforePosting = async (): Promise<void> => {
    const dead: Deps = { ...deps, messenger: { ...slack, post: () => new Promise(() => undefined) } };
    const { messages } = deps.store.workspace(workspaceId);
    await tick(dead);
    expect(await messages.get(review)).toMatchObject({ state: 'waiting' });
  };
  const roots = (): string[] => slack.roots('review-root').map((one) => one.operationId);

  it('does not go out a week later beside the next one, though its root was wanted in time', async () => {
    await dieBeforePosting();
    clock.set('2026-10-27T15:00:00Z');
    await run('2026-10-27T15:20:00Z');
    expect(roots()).toEqual(['acme:pulse:2026-10-27']);
    expect(await find()).toMatchObject({ state: 'missed', reason: 'I was offline for more than a day.' });
    expect(await find('acme:pulse:2026-10-27')).toMatchObject({ state: 'open' });
  });

  it('waits for the morning when its root was wanted in time and the process is back at night', async () => {
    await dieBeforePosting();
    clock.set('2026-10-21T01:00:00Z');
    await run('2026-10-21T06:30:00Z');
    expect(slack.roots('review-root').map((one) => localTimeAt(one.postedAt, 'Europe/Berlin'))).toEqual([
      expect.stringMatching(inTheMorning),
    ]);
    expect(await find()).toMatchObject({ state: 'open', postedLate: true });
  });

  it('waits for the morning when nothing was wanted yet', async () => {
    const dead: Deps = { ...deps, clock: { ...clock, now: () => new Date('2026-10-20T14:00:00Z') } };
    const { rhythms, occurrences } = deps.store.workspace(workspaceId);
    const frozen: Deps = {
      ...dead,
      store: { ...deps.store, due: { ...deps.store.due, work: async () => ({ docs: [] }) } },
    };
    await tick(frozen);
    expect(await rhythms.find({})).toMatchObject([{ nextDate: '2026-10-27' }]);
    expect(await occurrences.get(review)).toMatchObject({ state: 'due' });
    clock.set('2026-10-20T22:30:00Z');
    await run('2026-10-21T06:30:00Z');
    const [root] = slack.roots('review-root');
    expect(root && localTimeAt(root.postedAt, 'Europe/Berlin')).toMatch(inTheMorning);
  });

  const runWith = async (messenger: Partial<Messenger>, until: string): Promise<void> => {
    const other: Deps = { ...deps, messenger: { ...slack, ...messenger } };
    for (const end = new Date(until); clock.now() < end; clock.pass(minute)) await tick(other);
  };

  it('is tried until it is worth nothing, however often Slack cannot be reached, and is missed then', async () => {
    const away: Partial<Messenger> = {
      post: async () => ({ kind: 'refused', error: 'getaddrinfo ENOTFOUND', permanent: false }),
    };
    await runWith(away, '2026-10-21T12:00:00Z');
    expect(await find()).toMatchObject({ state: 'due' });
    await runWith(away, '2026-10-21T18:00:00Z');
    expect(await find()).toMatchObject({
      state: 'missed',
      reason: 'Slack did not take it for more than a day.',
    });
  });

  it('is posted blindly twice at most where neither answer nor history comes, and says that it is not known', async () => {
    let posts = 0;
    const silent: Partial<Messenger> = {
      post: async ({ operationId }) => {
        if (operationId === review) posts += 1;
        return { kind: 'unknown', error: 'no answer within 10000 ms' };
      },
      find: async () => ({ kind: 'unreadable' }),
    };
    await runWith(silent, '2026-10-21T13:00:00Z');
    expect(await find()).toMatchObject({ state: 'due' });
    await runWith(silent, '2026-10-21T18:00:00Z');
    expect(posts).toBe(3);
    expect(await find()).toMatchObject({ state: 'failed', reason: 'It is not known whether it was posted.' });
  });

  const heldUpOvernight = async (): Promise<void> => {
    slack.faults.push(...Array.from({ length: 9 }, () => busy));
    await run('2026-10-20T18:00:00Z');
    slack.faults.splice(0);
    expect(await find()).toMatchObject({ state: 'due' });
  };

  it('does not go out in the morning when its rhythm was paused in the evening', async () => {
    await heldUpOvernight();
    const { rhythms } = deps.store.workspace(workspaceId);
    const [pulse] = await rhythms.find({});
    if (pulse === undefined) throw new Error('no rhythm');
    await rhythms.replace({ ...pulse, paused: { at: clock.now(), reason: 'holidays' } });
    await run('2026-10-21T06:30:00Z');
    expect(roots()).toEqual([]);
    expect(await find()).toMatchObject({ state: 'skipped', reason: 'Paused: holidays' });
    expect(slack.messages.filter((one) => one.content.kind === 'note')).toEqual([]);
  });

  it('goes where the partnership is in the morning', async () => {
    await heldUpOvernight();
    const { partnerships } = deps.store.workspace(workspaceId);
    const acme = await partnerships.get('acme');
    if (acme === undefined) throw new Error('no partnership');
    await partnerships.replace({ ...acme, channelId: 'C2OTHER', channelName: 'other' });
    await run('2026-10-21T06:30:00Z');
    expect(slack.roots('review-root').map((one) => one.channelId)).toEqual(['C2OTHER']);
    expect(await find()).toMatchObject({ state: 'open', channelId: 'C2OTHER' });
  });

  it('goes out when Slack takes it again after most of a day', async () => {
    slack.faults.push(...Array.from({ length: 40 }, () => busy));
    await run('2026-10-21T12:00:00Z');
    slack.faults.splice(0);
    await run('2026-10-21T13:30:00Z');
    expect(roots()).toEqual([review]);
    expect(await find()).toMatchObject({ state: 'open', postedLate: true });
  });
});
