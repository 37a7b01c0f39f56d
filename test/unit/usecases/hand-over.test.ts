import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { partnershipHandedOver } from '../../../src/domain/held.ts';
import type { Partnership } from '../../../src/domain/partnership.ts';
import type { Deps } from '../../../src/ports.ts';
import { tickUntilQuiet } from '../../../src/scheduler/tick.ts';
import { openMemoryStore } from '../../../src/store/open-store.ts';
import { handOver } from '../../../src/usecases/hand-over.ts';
import { takeLead } from '../../../src/usecases/take-lead.ts';
import { loadDeparture, loadHandOver, loadLeadGone } from '../../../src/usecases/view-departure.ts';
import { receiveEvent } from '../../../src/usecases/work-inbox.ts';
import { type FakeMessenger, fakeMessenger } from '../../support/fake-messenger.ts';
import {
  as,
  jordan,
  maya,
  partnership,
  ref,
  reviewDeps,
  rhythm,
  sam,
  seed,
  stranger,
  type TestClock,
  testClock,
  tom,
  workspaceId,
} from '../../support/review-world.ts';

let clock: TestClock;
let deps: Deps;
let slack: FakeMessenger;
const store = () => deps.store.workspace(workspaceId);

beforeEach(async () => {
  clock = testClock('2026-10-19T09:00:00Z');
  slack = fakeMessenger(clock);
  deps = reviewDeps({ store: await openMemoryStore(), clock, messenger: slack });
  await seed(deps, { backup: ref(tom), theirLead: ref(jordan) });
  for (const [_id, owner] of [
    ['price list', maya],
    ['sandbox', tom],
  ] as const)
    await store().commitments.insert({
      _id,
      partnershipId: 'acme',
      what: _id,
      firm: 'ours',
      owner: ref(owner),
      due: '2026-11-30',
      state: 'open',
      createdBy: ref(maya),
      createdAt: clock.now(),
    });
});
afterEach(() => deps.store.close());

const second = (over: Partial<Partnership> = {}) =>
  store().partnerships.insert({
    ...partnership({ backup: ref(tom), kpis: [], ...over }),
    _id: 'orbis',
    name: 'Orbis',
    channelId: 'C2',
  });
const deactivated = (person: typeof maya, eventId = 'E1') =>
  receiveEvent(deps, workspaceId, {
    event_id: eventId,
    event: { type: 'user_change', user: { id: person.userId, team_id: person.teamId, deleted: true } },
  });
const left = (person: typeof maya, channel: string, eventId = 'E2') =>
  receiveEvent(deps, workspaceId, {
    event_id: eventId,
    event: { type: 'member_left_channel', user: person.userId, team: person.teamId, channel },
  });
const told = async () =>
  (await store().messages.find({}, { sort: { _id: 1 } }))
    .filter((one) => /^(departure|lead-gone)/.test(one._id))
    .map((one) => `${one._id} to ${one.channelId}`);
const acme = async () => {
  const found = await store().partnerships.get('acme');
  if (found === undefined) throw new Error('gone');
  return found;
};
const change = async (over: Partial<Partnership>) => {
  await store().partnerships.replace({ ...(await acme()), ...over });
};
const toTom = { from: ref(maya), toUserId: tom.userId, partnershipIds: ['acme'] };

describe('an owner who is gone', () => {
  it('is told to the backup in one message with all that they held, however often Slack says it', async () => {
    await second();
    expect(await deactivated(maya)).toBe('kept');
    await tickUntilQuiet(deps);
    await deactivated(maya, 'E3');
    await left(maya, 'C1SHARED');
    await tickUntilQuiet(deps);
    expect(await told()).toEqual(['departure:T1.U1MAYA:T1.U2TOM to U2TOM']);
    const card = await loadDeparture(deps, workspaceId, { person: ref(maya), receiver: ref(tom) });
    expect(card).toMatchObject({
      name: 'Maya Lindqvist',
      held: [
        {
          firms: { theirs: 'Acme' },
          roles: ['owner'],
          kpis: ['Subscription revenue'],
          rhythms: 1,
          commitments: ['price list'],
        },
        { firms: { theirs: 'Orbis' }, roles: ['owner'] },
      ],
    });
  });

  it.each([
    ['the sponsor', { sponsors: { ours: ref(tom) } }],
    ['where there is neither backup nor sponsor the editors', { editors: [ref(tom)] }],
  ])('is told to %s', async (_who, lists) => {
    const { backup: _backup, ...rest } = await acme();
    await store().partnerships.replace({ ...rest, ...lists });
    await deactivated(maya);
    await tickUntilQuiet(deps);
    expect(await told()).toEqual(['departure:T1.U1MAYA:T1.U2TOM to U2TOM']);
    const card = await loadDeparture(deps, workspaceId, { person: ref(maya), receiver: ref(tom) });
    expect(card.held).toHaveLength(1);
  });

  it('is told of again, in a message of its own, when they leave another channel later', async () => {
    await second();
    await left(maya, 'C2', 'E1');
    await tickUntilQuiet(deps);
    await handOver(deps, as(tom), { ...toTom, partnershipIds: ['orbis'] });
    clock.pass(3_600_000);
    const first = 'departure:T1.U1MAYA:T1.U2TOM';
    // What the first told of is in other hands: another channel on the same day is news.
    await left(maya, 'C1SHARED', 'E2');
    await tickUntilQuiet(deps);
    expect(await told()).toEqual([`${first} to U2TOM`, `${first}:2 to U2TOM`]);
    await left(maya, 'C1SHARED', 'E2');
    await left(maya, 'C1SHARED', 'E3');
    await tickUntilQuiet(deps);
    expect(await told()).toHaveLength(2);
    clock.set('2027-02-01T09:00:00Z');
    await left(maya, 'C1SHARED', 'E4');
    await tickUntilQuiet(deps);
    expect(await told()).toHaveLength(3);
    const ids = ['', ':2', ':3'].map((nth) => `${first}${nth}`);
    expect(ids.map((one) => slack.held(one).map(({ updates }) => updates))).toEqual([[0], [1], [0]]);
  });

  it('is told of once, however many channels they leave on one day', async () => {
    await second();
    await left(maya, 'C2', 'E1');
    await tickUntilQuiet(deps);
    clock.pass(3_600_000);
    await left(maya, 'C1SHARED', 'E2');
    await tickUntilQuiet(deps);
    expect(await told()).toEqual(['departure:T1.U1MAYA:T1.U2TOM to U2TOM']);
    await handOver(deps, as(tom), { ...toTom, partnershipIds: ['acme'] });
    expect(await store().messages.get('departure:T1.U1MAYA:T1.U2TOM')).toMatchObject({
      content: { partnershipIds: ['orbis', 'acme'] },
    });
  });

  it('of no partnership, or out of a channel of none, is nothing', async () => {
    await deactivated(sam);
    expect(await left(maya, 'CELSEWHERE')).toBe('dropped');
    await tickUntilQuiet(deps);
    expect(await told()).toEqual([]);
  });

  it('keeps the rhythms going', async () => {
    await deactivated(maya);
    clock.set('2026-10-20T14:01:00Z');
    await tickUntilQuiet(deps);
    expect(await store().occurrences.find({ kind: 'review' })).toMatchObject([{ state: 'open' }]);
  });
});

describe('handing over', () => {
  it('moves roles, KPIs, goals, reviews and open commitments to one colleague, and nothing of others', async () => {
    const before = await acme();
    expect(await handOver(deps, as(tom), toTom)).toEqual({ ok: true, value: ['Acme'] });
    const after = await acme();
    expect(after).toMatchObject({ owner: ref(tom), theirLead: ref(jordan) });
    expect(after.backup).toBeUndefined();
    expect(after.kpis.map((one) => one.owner?.userId)).toEqual(['U2TOM', 'U3JORDAN']);
    expect(after.kpis.map((one) => one.rev)).toEqual(
      before.kpis.map((one, at) => one.rev + (at === 0 ? 1 : 0)),
    );
    expect((await store().rhythms.get('pulse'))?.asked).toEqual({
      ours: [ref(tom)],
      theirs: [ref(jordan), ref(sam)],
    });
    expect((await store().commitments.find({})).map((one) => one.owner)).toEqual([ref(tom), ref(tom)]);
    const audit = (await store().audit.find({ partnershipId: 'acme' })).map((one) => one.summary).sort();
    expect(audit).toEqual([
      'asks Tom Okafor instead of Maya Lindqvist in the weekly pulse',
      'gave Tom Okafor the commitment "price list" of Maya Lindqvist',
      'handed over what Maya Lindqvist held to Tom Okafor',
    ]);
  });

  it('changes nothing when it is repeated', async () => {
    await handOver(deps, as(tom), toTom);
    const whole = async () =>
      JSON.stringify([await acme(), await store().rhythms.find({}), await store().commitments.find({})]);
    const before = await whole();
    await handOver(deps, as(tom), toTom);
    expect(await whole()).toBe(before);
  });

  it('goes one by one: what was not chosen stays', async () => {
    await second();
    await store().rhythms.insert({ ...rhythm(clock.now()), _id: 'second', partnershipId: 'orbis' });
    await handOver(deps, as(tom), toTom);
    expect((await store().partnerships.get('orbis'))?.owner).toEqual(ref(maya));
    const card = await loadDeparture(deps, workspaceId, { person: ref(maya), receiver: ref(tom) });
    expect(card.held.map((one) => one.firms.theirs)).toEqual(['Orbis']);
  });

  it('is refused for an outsider of the plan, at a wrong field, and for one that has ended, before anything moved', async () => {
    await second();
    await expect(handOver(deps, as(jordan), toTom)).rejects.toThrow(
      'Only Maya Lindqvist, the backup owner, the editors',
    );
    expect(await handOver(deps, as(tom), { ...toTom, toUserId: jordan.userId })).toMatchObject({
      fields: { toUserId: 'Jordan Ellis is not from Northwind. Choose a colleague.' },
    });
    expect(await handOver(deps, as(tom), { ...toTom, partnershipIds: [] })).toMatchObject({
      fields: { partnershipIds: 'Choose at least one partnership.' },
    });
    const orbis = await store().partnerships.get('orbis');
    if (orbis === undefined) throw new Error('gone');
    await store().partnerships.replace({ ...orbis, state: 'ended' });
    await expect(handOver(deps, as(tom), { ...toTom, partnershipIds: ['acme', 'orbis'] })).rejects.toThrow(
      'has ended',
    );
    expect((await acme()).owner).toEqual(ref(maya));
  });
});

describe('handing over from the card', () => {
  it('offers whoever of ours holds something, the owner first, and what each of them holds', async () => {
    const card = await loadHandOver(deps, as(tom), { partnershipId: 'acme' });
    expect(card.person).toEqual(ref(maya));
    expect(card.of?.holders.map((one) => one.name)).toEqual(['Maya Lindqvist', 'Tom Okafor']);
    const toms = await loadHandOver(deps, as(tom), { partnershipId: 'acme', person: ref(tom) });
    expect(toms.held).toMatchObject([{ roles: ['backup'] }]);
    await expect(loadHandOver(deps, as(jordan), { partnershipId: 'acme' })).rejects.toThrow(
      'can hand this over',
    );
  });

  it('moves nothing of the partner’s people to a colleague of ours', async () => {
    const from = ref(jordan);
    await expect(
      handOver(deps, as(tom), { from, toUserId: tom.userId, partnershipIds: ['acme'] }),
    ).rejects.toThrow('This is in the hands of Acme. Nothing was changed.');
    expect((await acme()).theirLead).toEqual(from);
    const card = await loadDeparture(deps, workspaceId, { person: from, receiver: ref(tom) });
    expect(card.held).toEqual([]);
  });
});

describe('a lead of the partner who is gone', () => {
  it('is asked for in the channel once, and a colleague of theirs takes it with all that the lead held', async () => {
    await left(jordan, 'C1SHARED');
    await deactivated(jordan);
    await tickUntilQuiet(deps);
    expect(await told()).toEqual(['lead-gone:acme:T2.U3JORDAN to C1SHARED']);
    await takeLead(deps, as(sam), { partnershipId: 'acme', from: ref(jordan) });
    const after = await acme();
    expect(after.theirLead).toEqual(ref(sam));
    expect(after.theirPeople).toEqual([ref(sam)]);
    expect(after.kpis.map((one) => one.owner?.userId)).toEqual(['U1MAYA', 'U4SAM']);
    expect((await store().rhythms.get('pulse'))?.asked.theirs).toEqual([ref(sam)]);
    await takeLead(deps, as(sam), { partnershipId: 'acme', from: ref(jordan) });
    expect(await acme()).toEqual(after);
  });

  it('is asked for again when they leave again, and once taken neither message asks any more', async () => {
    await left(jordan, 'C1SHARED', 'E1');
    await tickUntilQuiet(deps);
    clock.set('2027-06-01T09:00:00Z');
    await left(jordan, 'C1SHARED', 'E2');
    await tickUntilQuiet(deps);
    const ids = ['lead-gone:acme:T2.U3JORDAN', 'lead-gone:acme:T2.U3JORDAN:2'];
    expect(await told()).toEqual(ids.map((one) => `${one} to C1SHARED`));
    // By the newest they are gone since a moment ago, though the first is long past.
    await takeLead(deps, as(sam), { partnershipId: 'acme', from: ref(jordan) });
    clock.pass(5_000);
    await tickUntilQuiet(deps);
    expect((await acme()).theirLead).toEqual(ref(sam));
    expect(ids.map((one) => slack.held(one).map(({ updates }) => updates))).toEqual([[1], [1]]);
  });

  it('is taken once, by the partner’s people alone', async () => {
    await left(jordan, 'C1SHARED');
    await tickUntilQuiet(deps);
    await expect(takeLead(deps, as(tom), { partnershipId: 'acme', from: ref(jordan) })).rejects.toThrow(
      'This is for the people of Acme.',
    );
    await takeLead(deps, as(sam), { partnershipId: 'acme', from: ref(jordan) });
    await expect(takeLead(deps, as(jordan), { partnershipId: 'acme', from: ref(jordan) })).rejects.toThrow(
      'Sam Ortiz speaks for Acme already. Nothing was changed.',
    );
  });

  it('of two who press at once is taken by one with all of it, and the other hears who', async () => {
    await store().rhythms.insert({ ...rhythm(clock.now()), _id: 'monthly' });
    await left(jordan, 'C1SHARED');
    await tickUntilQuiet(deps);
    await change({ theirTeamIds: ['T2', 'T9'] });
    const take = (who: typeof sam) => takeLead(deps, as(who), { partnershipId: 'acme', from: ref(jordan) });
    const both = await Promise.allSettled([take(sam), take(stranger)]);
    const after = await acme();
    const [winner, at] = after.theirLead?.userId === sam.userId ? [sam, 0] : [stranger, 1];
    expect(both[at]?.status).toBe('fulfilled');
    expect(both[1 - at]).toMatchObject({
      reason: { code: 'closed', message: `${winner.name} speaks for Acme already. Nothing was changed.` },
    });
    expect(after.kpis[1]?.owner).toEqual(ref(winner));
    const loser = at === 0 ? stranger : sam;
    for (const one of await store().rhythms.find({})) expect(one.asked.theirs).toContainEqual(ref(winner));
    expect(after.theirPeople.filter((one) => one.userId === loser.userId)).toHaveLength(at === 0 ? 0 : 1);
  });

  it('who is back is not replaced, and the message says that they are back', async () => {
    await left(jordan, 'C1SHARED');
    await tickUntilQuiet(deps);
    clock.pass(180_000);
    const before = await acme();
    const take = () => takeLead(deps, as(sam), { partnershipId: 'acme', from: ref(jordan) });
    const wanted = async () => (await store().messages.get('card:acme'))?.wanted ?? 0;
    const cards = await wanted();
    await expect(take()).rejects.toThrow('Jordan Ellis speaks for Acme already. Nothing was changed.');
    // The button stands on the card too.
    expect(await wanted()).toBe(cards + 1);
    await tickUntilQuiet(deps);
    const card = await loadLeadGone(deps, workspaceId, { partnershipId: 'acme', person: ref(jordan) });
    expect(card?.place).toBe('back');
    // The press shows the message again, which says nothing of who is there.
    await expect(take()).rejects.toThrow('Jordan Ellis speaks for Acme already.');
    expect(await acme()).toEqual(before);
  });

  it('and whom a changed button names instead gives up nothing', async () => {
    const nothing = await acme();
    const take = (from: typeof maya) => takeLead(deps, as(sam), { partnershipId: 'acme', from: ref(from) });
    await expect(take(jordan)).rejects.toThrow('Jordan Ellis speaks for Acme already.');
    await expect(take(maya)).rejects.toThrow('Jordan Ellis speaks for Acme already.');
    await deactivated(maya);
    await tickUntilQuiet(deps);
    await expect(take(maya)).rejects.toThrow('Jordan Ellis speaks for Acme already.');
    expect(await acme()).toEqual(nothing);
    const { theirLead: _lead, ...leaderless } = await acme();
    await store().partnerships.replace(leaderless);
    await expect(take(maya)).rejects.toThrow("Nobody's place at Acme is free.");
    expect((await acme()).owner).toEqual(ref(maya));
  });

  it('moves nothing into a place of the other firm', async () => {
    const acmeNow = await acme();
    for (const move of [
      { firm: 'theirs', from: ref(maya), to: ref(sam) },
      { firm: 'ours', from: ref(jordan), to: ref(tom) },
    ] as const)
      expect(partnershipHandedOver(acmeNow, move)).toBe(acmeNow);
    await change({ theirPeople: [ref(jordan), ref(tom)], ourPeople: [], backup: ref(maya) });
    expect(await handOver(deps, as(maya), { ...toTom, partnershipIds: ['acme'] })).toMatchObject({
      fields: { toUserId: 'Tom Okafor is named for Acme. Choose somebody else.' },
    });
  });
});
