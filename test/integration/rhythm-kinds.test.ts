import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Rhythm } from '../../src/domain/rhythm.ts';
import type { Deps } from '../../src/ports.ts';
import { maya, ref, rhythm, workspaceId } from '../support/review-world.ts';
import { openWalkingWorld, type WalkingWorld } from '../support/walking-world.ts';

describe('rhythms of several kinds, walked through time', () => {
  let world: WalkingWorld;
  let clock: WalkingWorld['clock'];
  let slack: WalkingWorld['slack'];
  let deps: Deps;
  let walk: WalkingWorld['walk'];
  let log: WalkingWorld['log'];

  beforeEach(async () => {
    world = await openWalkingWorld('2026-10-14T09:00:00Z');
    ({ clock, slack, deps, walk, log } = world);
  });
  afterEach(async () => {
    await world.close();
    expect(log.errors).toEqual([]);
  });

  const store = () => deps.store.workspace(workspaceId);
  const add = (over: Partial<Rhythm>) =>
    store().rhythms.insert({ ...rhythm(clock.now(), over), _id: over.kind ?? 'other' });
  const change = async (over: Partial<Rhythm>) => {
    const found = await store().rhythms.get('pulse');
    if (found === undefined) throw new Error('no pulse');
    await store().rhythms.replace({ ...found, ...over });
  };
  const ledger = async () => {
    const reviews = await store().occurrences.find({ kind: 'review' }, { sort: { dueAt: 1 } });
    return reviews.map((one) => [one.date, one.reviewKind, one.state, one.reason ?? ''].join(' ').trim());
  };
  const monthly = { kind: 'monthly', on: { kind: 'nth-weekday', nth: 1, weekday: 2 } } as const;

  it('the monthly check-in takes the place of the pulse of the same day, once', async () => {
    await add({ kind: 'monthly', rule: { ...monthly, anchor: '2026-10-01', every: 1 } });
    await walk.walkTo(new Date('2026-11-12T16:00:00Z'));
    expect(await ledger()).toEqual([
      '2026-10-20 pulse closed',
      '2026-10-27 pulse closed',
      '2026-11-03 monthly closed',
      '2026-11-03 pulse skipped Covered by the monthly check-in of 3 Nov.',
      '2026-11-10 pulse closed',
    ]);
    expect(slack.roots('review-root')).toHaveLength(4);
  });

  it('what was covered by a review that was missed itself takes place', async () => {
    await add({ kind: 'monthly', rule: { ...monthly, anchor: '2026-10-01', every: 1 }, time: '05:00' });
    slack.faults.push({ limitedMs: 1 });
    const found = await store().rhythms.get('monthly');
    if (found === undefined) throw new Error('no monthly');
    // The check-in of Monday stands as missed in the ledger, a day before the pulse.
    await store().rhythms.replace({ ...found, lastDate: '2026-10-19', nextDate: '2026-12-01' });
    await store().occurrences.insert({
      _id: 'acme:monthly:2026-10-19',
      partnershipId: 'acme',
      rhythmId: 'monthly',
      kind: 'review',
      reviewKind: 'monthly',
      date: '2026-10-19',
      zone: 'Europe/Berlin',
      dueAt: new Date('2026-10-19T03:00:00Z'),
      state: 'missed',
      reason: 'I was offline for more than 3 days.',
      asked: { ours: [], theirs: [] },
      channelId: 'C1SHARED',
      postedLate: false,
      skips: [],
    });
    await walk.walkTo(new Date('2026-10-20T15:00:00Z'));
    expect((await ledger()).at(-1)).toBe('2026-10-20 pulse open');
  });

  it('a date left out and dates while paused end as skipped, with who and why', async () => {
    await change({ skipped: [{ date: '2026-10-20', by: ref(maya), reason: 'company meeting' }] });
    await walk.walkTo(new Date('2026-10-21T09:00:00Z'));
    await change({ paused: { at: clock.now(), by: ref(maya), reason: 'contract talks' } });
    await walk.walkTo(new Date('2026-11-04T09:00:00Z'));
    expect(await ledger()).toEqual([
      '2026-10-20 pulse skipped Left out by Maya Lindqvist: company meeting',
      '2026-10-27 pulse skipped Paused: contract talks',
      '2026-11-03 pulse skipped Paused: contract talks',
    ]);
    expect(slack.messages).toEqual([]);
  });

  it('one that is paused in the minute it is due is not posted', async () => {
    slack.faults.push({ limitedMs: 60_000 });
    await walk.walkTo(new Date('2026-10-20T14:00:10Z'));
    await change({ paused: { at: clock.now(), by: ref(maya), reason: 'contract talks' } });
    await walk.walkTo(new Date('2026-10-20T16:00:00Z'));
    expect(await ledger()).toEqual(['2026-10-20 pulse skipped Paused: contract talks']);
    expect(slack.roots('review-root')).toEqual([]);
  });

  it('a rhythm that has come to its end posts its last review and sleeps', async () => {
    await change({ endDate: '2026-10-27' });
    await walk.walkTo(new Date('2026-12-01T09:00:00Z'));
    expect(await ledger()).toEqual(['2026-10-20 pulse closed', '2026-10-27 pulse closed']);
    expect((await store().rhythms.get('pulse'))?.nextAt).toBeUndefined();
    expect(await deps.store.due.earliest(deps.clock.now())).toBeUndefined();
  });

  it('holidays of both firms move a review and stretch its window', async () => {
    const acme = await store().partnerships.get('acme');
    if (acme === undefined) throw new Error('no partnership');
    const holidays = { ours: ['2026-10-20'], theirs: ['2026-10-22'] };
    await store().partnerships.replace({ ...acme, holidays });
    await change({ shift: 'next', nextAt: new Date('2026-10-21T14:00:00Z') });
    await walk.walkTo(new Date('2026-10-21T15:00:00Z'));
    const [review] = await store().occurrences.find({ kind: 'review' });
    expect(review).toMatchObject({
      date: '2026-10-20',
      state: 'open',
      dueAt: new Date('2026-10-21T14:00:00Z'),
      // Thursday is a holiday at Acme, then a weekend, and the clocks change.
      closesAt: new Date('2026-10-26T15:00:00Z'),
    });
  });
});
