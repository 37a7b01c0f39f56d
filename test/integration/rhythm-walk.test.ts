import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkLedger, type LedgerVerdict } from '../../src/domain/ledger-check.ts';
import { datesFrom, weeklyRule } from '../../src/domain/rule-dates.ts';
import { localTimeAt } from '../../src/domain/zone.ts';
import type { Deps } from '../../src/ports.ts';
import { tick, tickUntilQuiet } from '../../src/scheduler/tick.ts';
import { createWalk } from '../../src/scheduler/walk.ts';
import { partnership, workspaceId } from '../support/review-world.ts';
import { openWalkingWorld, type WalkingWorld } from '../support/walking-world.ts';

const day = 86_400_000;

describe('a rhythm walked through time', () => {
  let world: WalkingWorld;
  let clock: WalkingWorld['clock'];
  let slack: WalkingWorld['slack'];
  let deps: Deps;
  let walk: WalkingWorld['walk'];
  let log: WalkingWorld['log'];

  beforeEach(async () => {
    world = await openWalkingWorld('2026-01-05T09:00:00Z');
    ({ clock, slack, deps, walk, log } = world);
  });
  afterEach(async () => {
    await world.close();
    expect(log.errors).toEqual([]);
  });

  const reviews = () =>
    deps.store.workspace(workspaceId).occurrences.find({ kind: 'review' }, { sort: { dueAt: 1 } });
  const tuesdays = (count: number) => datesFrom(weeklyRule(2, 1, '2026-01-06'), '2026-01-06', count);
  const dates = async () => (await reviews()).map((one) => one.date);
  /** The whole ledger against the rule and against what stands in Slack. */
  const verdict = async (): Promise<LedgerVerdict> => {
    const store = deps.store.workspace(workspaceId);
    const rhythms = await store.rhythms.find({});
    return checkLedger({
      rhythms: rhythms.map((rhythm) => ({ rhythm, since: rhythm.createdAt })),
      occurrences: await store.occurrences.find({}),
      posts: slack.messages,
      now: clock.now(),
      patienceMs: day,
    });
  };
  const sound = { faults: [], lost: 0, doubled: 0, early: 0, unknown: 0 };
  const counts = async () => {
    const states: Record<string, number> = {};
    for (const one of await reviews()) states[one.state] = (states[one.state] ?? 0) + 1;
    return states;
  };

  it('posts 52 weekly reviews in a year, none missed, none twice, at the same local time across both DST changes', async () => {
    await walk.walkTo(new Date('2027-01-04T09:00:00Z'));
    expect(await counts()).toEqual({ closed: 52 });
    expect(await dates()).toEqual(tuesdays(52));
    expect(await verdict()).toMatchObject(sound);
    const times = new Set(
      slack.roots('review-root').map((one) => localTimeAt(one.postedAt, 'Europe/Berlin')),
    );
    expect([...times]).toEqual(['16:00']);
    const instants = new Set(
      slack.roots('review-root').map((one) => one.postedAt.toISOString().slice(11, 16)),
    );
    expect([...instants].sort()).toEqual(['14:00', '15:00']);
    expect(slack.messages.filter((one) => one.content.kind === 'review-summary')).toHaveLength(52);
  }, 120_000);

  it('closes each review at the hour of the rhythm, two working days later', async () => {
    await walk.walkTo(new Date('2026-01-12T09:00:00Z'));
    const [first] = await reviews();
    expect(first).toMatchObject({
      state: 'closed',
      openedAt: new Date('2026-01-06T15:00:00Z'),
      closesAt: new Date('2026-01-08T15:00:00Z'),
      postedLate: false,
    });
    expect(first?.closedAt).toEqual(first?.closesAt);
    expect(first?.wakeAt).toBeUndefined();
    expect(first?.healthAfter?.colour).toBe('unknown');
  });

  it('posts the latest review once after three weeks of silence within a day, and records the others as missed', async () => {
    await walk.walkTo(new Date('2026-01-12T09:00:00Z'));
    await walk.jumpTo(new Date('2026-02-04T07:05:00Z'));
    expect(await counts()).toEqual({ closed: 1, missed: 3, due: 1 });
    // Within ten minutes, in this rhythm's place of a crowd.
    await walk.walkTo(new Date('2026-02-04T07:15:00Z'));
    expect(await counts()).toEqual({ closed: 1, missed: 3, open: 1 });
    const open = (await reviews()).at(-1);
    expect(open).toMatchObject({
      date: '2026-02-03',
      postedLate: true,
      openedAt: expect.any(Date),
      // Posted on a Wednesday morning: open for two working days, to the rhythm's own hour.
      closesAt: new Date('2026-02-06T15:00:00Z'),
    });
    expect(slack.roots('review-root')).toHaveLength(2);
    await walk.walkTo(new Date('2026-02-12T09:00:00Z'));
    expect(await dates()).toEqual(tuesdays(6));
    expect(await verdict()).toMatchObject(sound);
  });

  it('waits for 08:00 when it comes back at night', async () => {
    await walk.jumpTo(new Date('2026-01-07T02:00:00Z'));
    expect(slack.roots('review-root')).toHaveLength(0);
    await walk.walkTo(new Date('2026-01-07T08:00:00Z'));
    expect(slack.roots('review-root').map((one) => localTimeAt(one.postedAt, 'Europe/Berlin'))).toEqual([
      expect.stringMatching(/^08:0\d$/),
    ]);
  });

  it('posts nothing of the past when more than a day has gone since the last one', async () => {
    await walk.jumpTo(new Date('2026-01-30T09:00:00Z'));
    expect(await counts()).toEqual({ missed: 4 });
    expect(slack.messages).toHaveLength(0);
    for (const one of await reviews()) expect(one.reason).toMatch(/offline/);
  });

  it('records three years of silence in 101 entries and goes on with the next review', async () => {
    await walk.jumpTo(new Date('2029-01-05T09:00:00Z'));
    const all = await reviews();
    expect(all).toHaveLength(101);
    expect(all[0]?.reason).toMatch(/57 reviews from 6 Jan 2026 to 2 Feb 2027/);
    expect(all[0]?.until).toBe('2027-02-02');
    expect(await verdict()).toMatchObject(sound);
    await walk.walkTo(new Date('2029-01-10T09:00:00Z'));
    expect(slack.roots('review-root').map((one) => one.operationId)).toEqual(['acme:pulse:2029-01-09']);
  });

  it('repeats nothing when it died between inserting the occurrence and moving the rhythm on', async () => {
    const { rhythms } = deps.store.workspace(workspaceId);
    const before = await rhythms.get('pulse');
    await walk.walkTo(new Date('2026-01-06T16:00:00Z'));
    const after = await rhythms.get('pulse');
    if (before === undefined || after === undefined) throw new Error('no rhythm');
    await rhythms.replace({ ...before, version: after.version });
    await tickUntilQuiet(deps);
    expect(await counts()).toEqual({ open: 1 });
    expect(slack.roots('review-root')).toHaveLength(1);
    expect((await rhythms.get('pulse'))?.nextDate).toBe('2026-01-13');
  });

  it('stops when the partnership has ended, and posts what was due before nowhere', async () => {
    const { partnerships, occurrences } = deps.store.workspace(workspaceId);
    const found = await partnerships.get('acme');
    if (found === undefined) throw new Error('no partnership');
    await partnerships.replace({ ...found, state: 'ended' });
    await walk.walkTo(new Date('2026-02-06T16:00:00Z'));
    expect(await occurrences.find({})).toEqual([]);
    expect(slack.messages).toEqual([]);
    expect(await deps.store.due.earliest(deps.clock.now())).toBeUndefined();
  });

  it('keeps the root of a review that was in the hands of Slack when its partnership ended', async () => {
    const { partnerships } = deps.store.workspace(workspaceId);
    slack.faults.push('lost-reply');
    slack.duringPost = async () => {
      const found = await partnerships.get('acme');
      if (found !== undefined) await partnerships.replace({ ...found, state: 'ended' });
    };
    await walk.walkTo(new Date('2026-01-06T23:00:00Z'));
    const [root] = slack.roots('review-root');
    expect(slack.roots('review-root')).toHaveLength(1);
    expect(await reviews()).toMatchObject([
      { state: 'skipped', reason: expect.stringMatching(/ended/), ts: root?.ts },
    ]);
    expect(await verdict()).toMatchObject(sound);
  });

  it('says why nothing was posted while the partnership was not introduced', async () => {
    const { partnerships } = deps.store.workspace(workspaceId);
    const found = await partnerships.get('acme');
    if (found === undefined) throw new Error('no partnership');
    await partnerships.replace({ ...found, ...partnership({ state: 'draft' }) });
    await walk.walkTo(new Date('2026-01-07T09:00:00Z'));
    expect(await reviews()).toMatchObject([
      { state: 'skipped', reason: expect.stringMatching(/introduced/) },
    ]);
    expect(slack.roots('review-root')).toEqual([]);
  });

  it('records a review as failed and tells the owner when Slack refuses its post for good', async () => {
    slack.faults.push({ refused: 'is_archived', permanent: true });
    await walk.walkTo(new Date('2026-01-06T16:00:00Z'));
    expect(await reviews()).toMatchObject([
      { state: 'failed', reason: '#northwind-acme is archived. Unarchive it, or choose another channel.' },
    ]);
    expect(slack.messages).toMatchObject([{ channelId: 'D1MAYA', content: { kind: 'note' } }]);
    await walk.walkTo(new Date('2026-01-13T16:00:00Z'));
    expect((await reviews()).at(-1)).toMatchObject({ state: 'open', date: '2026-01-13' });
  });

  it('gives a review whose post was held up a fresh window', async () => {
    slack.faults.push({ limitedMs: 3_600_000 });
    await walk.walkTo(new Date('2026-01-06T20:00:00Z'));
    const [review] = await reviews();
    expect(review).toMatchObject({ state: 'open', postedLate: true });
    // An hour, and a little more, so that not everybody comes back at once.
    expect(review?.openedAt?.getTime()).toBeGreaterThanOrEqual(Date.parse('2026-01-06T16:00:00Z'));
    expect(review?.openedAt?.getTime()).toBeLessThan(Date.parse('2026-01-06T16:10:00Z'));
  });

  it('leaves a review whose post was held up into the evening for the morning', async () => {
    slack.faults.push({ limitedMs: 3 * 3_600_000 });
    await walk.walkTo(new Date('2026-01-07T09:00:00Z'));
    const [review] = await reviews();
    expect(review).toMatchObject({ state: 'open', postedLate: true });
    expect(localTimeAt(review?.openedAt ?? clock.now(), 'Europe/Berlin')).toMatch(/^08:(0\d|10)$/);
  });

  it('records a review as missed when its post could not go out for a day, and takes the post back', async () => {
    slack.faults.push({ limitedMs: 2 * day });
    await walk.walkTo(new Date('2026-01-10T09:00:00Z'));
    expect(await reviews()).toMatchObject([{ state: 'missed' }]);
    expect(slack.roots('review-root')).toEqual([]);
  });

  it('does each step once when two processes tick at the same moments', async () => {
    const other: Deps = { ...deps };
    const both = createWalk({
      clock,
      due: deps.store.due,
      tickUntilQuiet: async () => {
        while ((await Promise.all([tick(deps), tick(other)])).some(({ done }) => done > 0));
      },
    });
    await both.walkTo(new Date('2026-03-02T09:00:00Z'));
    expect(await dates()).toEqual(tuesdays(8));
    expect(await verdict()).toMatchObject(sound);
    const summaries = slack.messages.filter((one) => one.content.kind === 'review-summary');
    expect(new Set(summaries.map((one) => one.operationId)).size).toBe(summaries.length);
  });
});
