import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Rhythm } from '../../src/domain/rhythm.ts';
import { tickUntilQuiet } from '../../src/scheduler/tick.ts';
import { materialiseRhythm } from '../../src/usecases/materialise-rhythm.ts';
import { pauseRhythm } from '../../src/usecases/pause-rhythm.ts';
import { type SetRhythm, setRhythm } from '../../src/usecases/set-rhythm.ts';
import { skipNext } from '../../src/usecases/skip-next.ts';
import { as, jordan, maya, workspaceId } from '../support/review-world.ts';
import { openWalkingWorld, type WalkingWorld } from '../support/walking-world.ts';

const partnershipId = 'acme';
const rhythmId = 'pulse';

/** Due Tue 20 Oct 2026, 16:00 in Berlin, open for two working days. */
describe('a change of the rhythm in the moment of its date', () => {
  let world: WalkingWorld;
  beforeEach(async () => {
    world = await openWalkingWorld('2026-10-14T09:00:00Z');
  });
  afterEach(async () => {
    await world.close();
    expect(world.log.errors).toEqual([]);
  });

  const store = () => world.deps.store.workspace(workspaceId);
  const rhythm = async (): Promise<Rhythm> => {
    const found = await store().rhythms.get(rhythmId);
    if (found === undefined) throw new Error('no rhythm');
    return found;
  };
  const ledger = async () => {
    const reviews = await store().occurrences.find({ kind: 'review' }, { sort: { dueAt: 1 } });
    return reviews.map((one) => [one.date, one.state, one.reason ?? ''].join(' ').trim());
  };
  const posted = () => world.slack.roots('review-root').map((one) => one.postedAt.toISOString().slice(0, 16));

  /** The scheduler read the rhythm before the change, and writes after it. */
  const within = async (change: () => Promise<unknown>): Promise<void> => {
    await world.walkTo('2026-10-20T13:59:59.900Z');
    const before = await rhythm();
    await change();
    await world.clock.moveTo(new Date('2026-10-20T14:00:00Z'));
    expect(await materialiseRhythm(world.deps, before)).toBe(false);
    expect(await ledger()).toEqual(['2026-10-20 due']);
    await tickUntilQuiet(world.deps);
  };
  const set = async (over: Partial<SetRhythm>): Promise<void> => {
    const outcome = await setRhythm(world.deps, as(maya), {
      partnershipId,
      rhythmId,
      rule: { kind: 'weekly', every: 1, weekday: 2 },
      time: '16:00',
      zone: 'Europe/Berlin',
      shift: 'none',
      windowDays: 2,
      askedOurs: [maya.userId],
      askedTheirs: [jordan.userId],
      ...over,
    });
    if (!outcome.ok) throw new Error(JSON.stringify(outcome.fields));
  };

  it('by a skip: the date ends as skipped, with who and why, and the next one comes', async () => {
    const input = { partnershipId, rhythmId, date: '2026-10-20', reason: 'company meeting' };
    await within(() => skipNext(world.deps, as(maya), input));
    expect(await ledger()).toEqual(['2026-10-20 skipped Left out by Maya Lindqvist: company meeting']);
    await world.walkTo('2026-10-27T16:00:00Z');
    expect((await ledger()).at(-1)).toBe('2026-10-27 open');
    expect(posted()).toEqual(['2026-10-27T15:00']);
  });

  it('by a pause: the date ends as skipped', async () => {
    await within(() => pauseRhythm(world.deps, as(maya), { partnershipId, reason: 'contract talks' }));
    expect(await ledger()).toEqual(['2026-10-20 skipped Paused: contract talks']);
    expect(posted()).toEqual([]);
  });

  it('to another weekday: the date ends as skipped, and the first of the new ones comes', async () => {
    await within(() => set({ rule: { kind: 'weekly', every: 1, weekday: 3 } }));
    expect(await ledger()).toEqual(['2026-10-20 skipped The rhythm was changed at that moment.']);
    await world.walkTo('2026-10-21T16:00:00Z');
    expect((await ledger()).at(-1)).toBe('2026-10-21 open');
    expect(posted()).toEqual(['2026-10-21T14:00']);
  });

  it('to an end before it: the date ends as skipped, and none follows', async () => {
    await within(() => set({ endDate: '2026-10-19' }));
    await world.walkTo('2026-10-29T16:00:00Z');
    expect(await ledger()).toEqual(['2026-10-20 skipped The rhythm was changed at that moment.']);
    expect(posted()).toEqual([]);
  });

  it('to a later time of that day: the review waits for it, as the rhythm is now', async () => {
    await within(() => set({ time: '18:00', windowDays: 1 }));
    expect(await ledger()).toEqual(['2026-10-20 due']);
    expect(posted()).toEqual([]);
    await world.walkTo('2026-10-20T17:00:00Z');
    expect(posted()).toEqual(['2026-10-20T16:00']);
    const [review] = await store().occurrences.find({ kind: 'review' });
    expect(review).toMatchObject({
      state: 'open',
      postedLate: false,
      asked: { ours: [{ userId: maya.userId }] },
    });
    expect(review?.closesAt).toEqual(new Date('2026-10-21T16:00:00Z'));
    expect((await rhythm()).nextDate).toBe('2026-10-27');
  });

  it('and one just after it leave the review alone that came by the rule before', async () => {
    world.slack.faults.push({ limitedMs: 60_000 });
    await world.walkTo('2026-10-20T14:00:10Z');
    await set({ rule: { kind: 'weekly', every: 1, weekday: 3 } });
    await world.walkTo('2026-10-20T15:00:00Z');
    expect(await ledger()).toEqual(['2026-10-20 open']);
    expect((await rhythm()).nextDate).toBe('2026-10-28');
  });
});
