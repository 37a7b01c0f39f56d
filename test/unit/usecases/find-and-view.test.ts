import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PartnershipFilter } from '../../../src/domain/partnership-filter.ts';
import { personKey } from '../../../src/domain/person.ts';
import { civilDateAt } from '../../../src/domain/zone.ts';
import { endPartnership } from '../../../src/usecases/end-partnership.ts';
import { findPartnership } from '../../../src/usecases/find-partnership.ts';
import { keepLatestHealth } from '../../../src/usecases/latest-health.ts';
import { type ListPartnerships, listPartnerships } from '../../../src/usecases/list-partnerships.ts';
import { currentHealth } from '../../../src/usecases/load-health.ts';
import { openItems } from '../../../src/usecases/open-items.ts';
import { recordReadings } from '../../../src/usecases/record-readings.ts';
import { setGoal } from '../../../src/usecases/set-goal.ts';
import { loadCard, viewPartnership } from '../../../src/usecases/view-partnership.ts';
import { as, casey, dana, jordan, maya, priya, robin, sam, tom, workspaceId } from '../../support/deps.ts';
import {
  addKpi,
  consultingRevenue,
  createAcme,
  introduceAcme,
  made,
  type PlanWorld,
  planWorld,
  stored,
} from '../../support/plan-world.ts';
import { ref } from '../../support/review-world.ts';

let world: PlanWorld;
let id: string;
beforeEach(async () => {
  world = await planWorld();
  id = (await introduceAcme(world.deps, ['UJORDAN']))._id;
});
afterEach(() => world.close());

const orbis = () => createAcme(world.deps, { name: 'Orbis', channelId: 'CSECOND', ownerUserId: 'UTOM' });
const list = async (person: typeof maya, of: Partial<ListPartnerships> = {}) =>
  listPartnerships(world.deps, as(person), { size: 20, ...of });
const listed = async (person: typeof maya, of: Partial<ListPartnerships> = {}) =>
  (await list(person, of)).rows.map((one) => one.name);
const names = (found: Awaited<ReturnType<typeof findPartnership>>) => {
  if (found.kind === 'found') return found.partnership.name;
  return found.kind === 'none' ? 'none' : found.partnerships.map((one) => one.name);
};
const find = async (person: typeof maya, input: { name?: string; channelId?: string }) =>
  names(await findPartnership(world.deps, as(person), input));

describe('finding a partnership', () => {
  it('goes by name, whatever its case, then by channel, then offers their own', async () => {
    await orbis();
    expect(await find(maya, { name: ' ACME ' })).toBe('Acme');
    expect(await find(maya, { name: 'orbis', channelId: 'CSHARED' })).toBe('Orbis');
    expect(await find(maya, { name: '', channelId: 'CSECOND' })).toBe('Orbis');
    expect(await find(maya, { channelId: 'CNONE' })).toEqual(['Acme', 'Orbis']);
    expect(await find(tom, {})).toEqual(['Orbis']);
    expect(await find(priya, {})).toBe('none');
  });

  it('offers the nearest names for a mistyped one', async () => {
    await orbis();
    await createAcme(world.deps, { name: 'Acorn', channelId: 'CTHIRD' });
    expect(await find(maya, { name: 'Amce' })).toEqual(['Acme']);
    expect(await find(maya, { name: 'aco' })).toEqual(['Acorn', 'Acme']);
    expect(await find(maya, { name: 'Zzzzzz' })).toBe('none');
  });

  it('never finds or offers what the asker may not see', async () => {
    await orbis();
    expect(await find(jordan, { name: 'Orbis' })).toBe('none');
    expect(await find(jordan, { name: 'Orbit' })).toBe('none');
    expect(await find(jordan, { channelId: 'CSECOND' })).toEqual(['Acme']);
    for (const person of [casey, sam]) expect(await find(person, { name: 'Orbis' })).toBe('none');
    expect(await find(casey, { channelId: 'CSHARED' })).toBe('none');
    expect(await find(robin, { channelId: 'CSHARED' })).toBe('Acme');
  });
});

describe('listing partnerships', () => {
  it('lists what the asker may see, with health and owner', async () => {
    await orbis();
    const { rows } = await list(priya);
    expect(rows.map(({ pair, owner, state, health }) => [pair, owner, state, health.colour])).toEqual([
      ['Northwind × Acme', 'Maya Lindqvist', 'introduced', 'unknown'],
      ['Northwind × Orbis', 'Tom Okafor', 'draft', 'unknown'],
    ]);
    expect(await listed(dana)).toEqual(['Acme']);
    expect(await list(casey)).toMatchObject({ rows: [], total: 0, visible: 0, owners: [], types: [] });
  });

  it('puts the worst first, and what has ended last', async () => {
    const { _id } = await orbis();
    const third = await createAcme(world.deps, { name: 'Kestrel', channelId: 'CTHIRD' });
    const store = world.store.workspace(workspaceId);
    const health = await currentHealth(world.deps, await stored(world.deps, id));
    const snapshot = (partnershipId: string, colour: 'red' | 'green', score: number) =>
      store.snapshots.insert({
        _id: `${partnershipId}:2026-10-18`,
        partnershipId,
        date: '2026-10-18',
        health: { ...health, colour, score },
        at: new Date('2026-10-18T10:00:00Z'),
      });
    await snapshot(_id, 'red', 41);
    await snapshot(id, 'green', 81);
    expect(await listed(maya)).toEqual(['Orbis', 'Kestrel', 'Acme']);
    const ended = await store.partnerships.get(third._id);
    if (ended !== undefined) await store.partnerships.replace({ ...ended, state: 'ended' });
    expect(await listed(maya)).toEqual(['Orbis', 'Acme', 'Kestrel']);
  });
});

describe('how a partnership stands in a list', () => {
  const snapshot = async (date: string, colour: 'red' | 'green' | 'unknown', score?: number) => {
    const { score: _score, ...health } = await currentHealth(world.deps, await stored(world.deps, id));
    const _id = `${id}:${date}`;
    const at = new Date(`${date}T10:00:00Z`);
    return { _id, partnershipId: id, date, health: { ...health, colour, ...(score && { score }) }, at };
  };
  const health = async () => (await list(maya)).rows.map((one) => [one.health.colour, one.health.score]);

  it('is as its latest closed review left it, in whatever order they were worked on', async () => {
    const store = world.store.workspace(workspaceId);
    await keepLatestHealth(store, await snapshot('2026-10-11', 'green', 81));
    expect(await health()).toEqual([['green', 81]]);
    await keepLatestHealth(store, await snapshot('2026-10-18', 'unknown'));
    await keepLatestHealth(store, await snapshot('2026-10-11', 'green', 81));
    expect(await health()).toEqual([['unknown', undefined]]);
    expect(await store.latestHealth.find({})).toHaveLength(1);
  });

  it('is found in its snapshots where an earlier version kept those alone, and kept from then on', async () => {
    const store = world.store.workspace(workspaceId);
    expect(await health()).toEqual([['unknown', undefined]]);
    await store.snapshots.insert(await snapshot('2026-10-11', 'green', 81));
    await store.snapshots.insert(await snapshot('2026-10-04', 'red', 30));
    expect(await health()).toEqual([['green', 81]]);
    expect(await store.latestHealth.get(id)).toMatchObject({ colour: 'green', score: 81 });
  });
});

describe('an end that only our firm may know of', () => {
  it('moves the partnership in no list of the partner, and out of the running ones of ours', async () => {
    await kpiOfJordan();
    const of = async (person: typeof maya) => ({
      mine: await listed(person, { filter: { kind: 'mine' } }),
      ended: await listed(person, { filter: { kind: 'ended' } }),
      states: (await list(person)).rows.map((one) => one.state),
    });
    const before = await of(jordan);
    expect(before).toEqual({ mine: ['Acme'], ended: [], states: ['introduced'] });
    await endAcme('ours');
    expect(await of(jordan)).toEqual(before);
    expect(await of(maya)).toEqual({ mine: [], ended: ['Acme'], states: ['ended'] });
    expect((await openItems(world.deps, as(jordan))).kpis).toEqual([]);
  });

  it('shows nobody of the partner a draft that ended', async () => {
    const store = world.store.workspace(workspaceId);
    const { introducedAt: _at, ...draft } = await stored(world.deps, id);
    await store.partnerships.replace({ ...draft, state: 'draft' });
    await endAcme('ours');
    expect(await listed(jordan)).toEqual([]);
    expect(await find(jordan, { name: 'Acme' })).toBe('none');
    expect(await find(maya, { name: 'Acme' })).toBe('Acme');
  });

  it('is an end for everybody when both firms may know', async () => {
    await endAcme('both');
    expect(await listed(jordan, { filter: { kind: 'ended' } })).toEqual(['Acme']);
  });
});

const kpiOfJordan = () => addKpi(world.deps, { ...consultingRevenue(id), ownerUserId: 'UJORDAN' });
const endAcme = async (tell: 'ours' | 'both') =>
  made(
    await endPartnership(world.deps, as(maya), {
      partnershipId: id,
      reason: 'We replace them.',
      on: '2026-10-20',
      tell,
      commitments: 'keep',
    }),
  );

describe('a list that is narrowed', () => {
  it('shows mine, those at risk, of one kind, of one owner, or ended, and only what the reader may see', async () => {
    const { _id: orbisId } = await orbis();
    const kestrel = await createAcme(world.deps, {
      name: 'Kestrel',
      channelId: 'CTHIRD',
      partnerType: 'isv',
    });
    const store = world.store.workspace(workspaceId);
    const base = await currentHealth(world.deps, await stored(world.deps, id));
    for (const [of, colour, at] of [
      [id, 'amber', '2026-10-18T10:00:00Z'],
      // The newest is older than two weeks, and a later one is not there yet.
      [orbisId, 'red', '2026-09-01T10:00:00Z'],
      [orbisId, 'green', '2026-12-01T10:00:00Z'],
    ] as const) {
      await store.snapshots.insert({
        _id: `${of}:${at.slice(0, 10)}`,
        partnershipId: of,
        date: civilDateAt(new Date(at), 'UTC'),
        at: new Date(at),
        health: { ...base, colour, score: 50 },
      });
    }
    await store.partnerships.replace({ ...(await stored(world.deps, orbisId)), state: 'introduced' });
    await store.partnerships.replace({ ...(await stored(world.deps, kestrel._id)), state: 'ended' });
    const of = (filter: PartnershipFilter, person = maya) => listed(person, { filter });
    expect(await of({ kind: 'all' })).toEqual(['Orbis', 'Acme', 'Kestrel']);
    expect(await of({ kind: 'mine' })).toEqual(['Orbis', 'Acme']);
    expect(await of({ kind: 'mine' }, tom)).toEqual(['Orbis']);
    expect(await of({ kind: 'mine' }, priya)).toEqual([]);
    expect(await of({ kind: 'at-risk' })).toEqual(['Orbis', 'Acme']);
    expect(await of({ kind: 'ended' })).toEqual(['Kestrel']);
    expect(await of({ kind: 'type', partnerType: 'si' })).toEqual(['Orbis', 'Acme']);
    expect(await of({ kind: 'type', partnerType: 'isv' })).toEqual([]);
    expect(await of({ kind: 'owner', owner: personKey(tom) })).toEqual(['Orbis']);
    expect(await of({ kind: 'owner', owner: personKey(tom) }, jordan)).toEqual([]);
    expect(await list(jordan)).toMatchObject({
      total: 1,
      visible: 1,
      types: ['si'],
      owners: [{ key: personKey(maya), name: 'Maya Lindqvist' }],
    });
  });

  it('asks Slack about no channel: a third firm finds a partnership in its channel, and in no list', async () => {
    world.deps.directory.channelPeople = () => Promise.reject(new Error('a channel was asked'));
    expect(await list(robin)).toMatchObject({ rows: [], total: 0, visible: 0 });
    expect(await listed(jordan)).toEqual(['Acme']);
    expect((await openItems(world.deps, as(priya))).kpis).toEqual([]);
  });

  it('goes on page by page past a hundred, each once, and ends at the last', async () => {
    const { partnerships } = world.store.workspace(workspaceId);
    const {
      version: _version,
      schemaVersion: _schema,
      workspaceId: _workspace,
      ...acme
    } = await stored(world.deps, id);
    for (let nth = 1; nth <= 120; nth += 1) {
      const name = `Firm ${String(nth).padStart(3, '0')}`;
      await partnerships.insert({ ...acme, _id: `firm${nth}`, name, channelId: `C${nth}` });
    }
    const pages = await Promise.all([0, 1, 2, 3, 4, 5, 6, 9].map((page) => list(maya, { page })));
    expect(pages.map((one) => [one.page, one.pages, one.rows.length, one.total])).toEqual([
      ...[0, 1, 2, 3, 4, 5].map((page) => [page, 7, 20, 121]),
      [6, 7, 1, 121],
      [6, 7, 1, 121],
    ]);
    const ids = pages.slice(0, 7).flatMap((one) => one.rows.map((row) => row.partnershipId));
    expect(new Set(ids).size).toBe(121);
  });
});

describe('viewing a partnership', () => {
  it('shows the internal form to our named people alone', async () => {
    const { id: secret } = await addKpi(world.deps, {
      ...consultingRevenue(id),
      name: 'Discount',
      side: 'ours',
      visibility: 'internal',
    });
    const seen = await Promise.all(
      [maya, priya, jordan, robin].map((one) =>
        viewPartnership(world.deps, as(one), { partnershipId: id, form: 'internal' }),
      ),
    );
    expect(seen[0]?.internal).toMatchObject({ owner: 'Maya Lindqvist', kpis: [{ kpiId: secret }] });
    for (const card of seen.slice(1)) expect(JSON.stringify(card)).not.toContain('Discount');
    expect(seen.slice(1).every((one) => one.internal === undefined)).toBe(true);
    const asAcme = await viewPartnership(world.deps, as(maya), { partnershipId: id, form: 'shared' });
    expect(asAcme.internal).toBeUndefined();
  });

  it('is the same, byte for byte, for the partner whatever stands in internal fields', async () => {
    const before = JSON.stringify(await loadCard(world.deps, workspaceId, id, 'shared'));
    const kpi = await addKpi(world.deps, {
      ...consultingRevenue(id),
      name: 'Discount',
      side: 'ours',
      visibility: 'internal',
    });
    made(
      await recordReadings(world.deps, as(maya), {
        partnershipId: id,
        entries: [{ kpiId: kpi.id, value: '17' }],
        confirmedUnlikely: false,
      }),
    );
    expect(JSON.stringify(await loadCard(world.deps, workspaceId, id, 'shared'))).toBe(before);
  });

  it('names people, goals, KPIs with their values, and what comes next', async () => {
    const { id: kpiId } = await addKpi(world.deps, { ...consultingRevenue(id), ownerUserId: 'UJORDAN' });
    made(
      await setGoal(world.deps, as(maya), {
        partnershipId: id,
        title: 'A practice that pays',
        side: 'theirs',
        ownerUserId: 'UTOM',
        kpiIds: [kpiId],
      }),
    );
    made(
      await recordReadings(world.deps, as(jordan), {
        partnershipId: id,
        entries: [{ kpiId, value: '210k', asOf: '2026-09-30' }],
        confirmedUnlikely: false,
      }),
    );
    const card = await viewPartnership(world.deps, as(dana), { partnershipId: id });
    expect(card).toMatchObject({
      firms: { ours: 'Northwind', theirs: 'Acme' },
      vision: { number: 1, ours: 'Mid-size manufacturers choose us first.' },
      goals: [{ title: 'A practice that pays', owner: 'Tom Okafor', linked: false }],
      kpis: [{ name: 'Consulting revenue', value: '$210k', owner: 'Jordan Ellis', asOf: '2026-09-30' }],
      nextStep: 'our-kpi',
    });
  });

  it('still draws a card when somebody on it has left Slack', async () => {
    const { people } = world.deps.directory;
    people.splice(people.indexOf(maya), 1);
    const card = await loadCard(world.deps, workspaceId, id, 'internal');
    expect(card?.internal?.owner).toBe('somebody who left');
  });

  it('is not there for a stranger, as if it did not exist', async () => {
    const unseen = await viewPartnership(world.deps, as(casey), { partnershipId: id }).catch(
      (error: unknown) => error,
    );
    const absent = await viewPartnership(world.deps, as(casey), { partnershipId: 'none' }).catch(
      (error: unknown) => error,
    );
    expect(unseen).toMatchObject({ code: 'not-found' });
    expect(unseen).toEqual(absent);
    expect(await loadCard(world.deps, workspaceId, 'none', 'shared')).toBeUndefined();
  });
});

describe('what a person owes', () => {
  const owed = (person: typeof maya) => openItems(world.deps, as(person));
  const openReview = (over: object = {}) =>
    world.store.workspace(workspaceId).occurrences.insert({
      _id: `${id}:r:2026-10-20`,
      partnershipId: id,
      rhythmId: 'r',
      kind: 'review',
      date: '2026-10-20',
      zone: 'Europe/Berlin',
      dueAt: world.clock.now(),
      state: 'open',
      asked: { ours: [ref(maya), ref(tom)], theirs: [ref(jordan)] },
      channelId: 'CSHARED',
      closesAt: new Date('2026-10-22T14:00:00Z'),
      postedLate: false,
      skips: [],
      ...over,
    });

  it('lists open reviews that ask them until their firm has answered or skipped', async () => {
    await openReview({
      skips: [{ firm: 'theirs', by: ref(jordan), reason: 'Holiday', at: world.clock.now() }],
    });
    expect((await owed(maya)).reviews).toMatchObject([{ pair: 'Northwind × Acme', date: '2026-10-20' }]);
    expect((await owed(jordan)).reviews).toEqual([]);
    expect((await owed(priya)).reviews).toEqual([]);
    await world.store.workspace(workspaceId).answers.insert({
      _id: 'a1',
      partnershipId: id,
      occurrenceId: `${id}:r:2026-10-20`,
      person: ref(tom),
      firm: 'ours',
      via: 'modal',
      requestId: 'V1',
      content: { confidence: 4, readingIds: [], noChange: false },
      history: [],
      withdrawn: false,
      late: false,
      at: world.clock.now(),
    });
    expect((await owed(maya)).reviews).toEqual([]);
  });

  it('lists KPIs they own without a fresh value', async () => {
    const { id: kpiId } = await addKpi(world.deps, { ...consultingRevenue(id), ownerUserId: 'UJORDAN' });
    expect((await owed(jordan)).kpis).toMatchObject([{ kpiId, name: 'Consulting revenue' }]);
    expect((await owed(maya)).kpis).toEqual([]);
    const give = (entry: object) =>
      recordReadings(world.deps, as(jordan), {
        partnershipId: id,
        entries: [{ kpiId, ...entry }],
        confirmedUnlikely: false,
      });
    made(await give({ value: '1', asOf: '2026-09-30' }));
    expect((await owed(jordan)).kpis).toEqual([]);
    world.clock.set('2026-11-02T08:00:00Z');
    expect((await owed(jordan)).kpis).toMatchObject([{ kpiId, lastAsOf: '2026-09-30' }]);
    made(await give({ notKnownUntil: '2026-11-15' }));
    expect((await owed(jordan)).kpis).toEqual([]);
  });

  it('lists what they promised, the first due first, and says what is overdue', async () => {
    const { commitments } = world.store.workspace(workspaceId);
    const promise = (_id: string, due: string, over: object = {}) =>
      commitments.insert({
        _id,
        partnershipId: id,
        what: _id,
        firm: 'ours',
        owner: ref(tom),
        due,
        state: 'open',
        createdBy: ref(maya),
        createdAt: world.clock.now(),
        ...over,
      });
    await promise('list', '2026-10-30');
    await promise('sandbox', '2026-10-16');
    await promise('done', '2026-10-10', { state: 'done' });
    await promise('of another', '2026-10-10', { owner: ref(jordan) });
    expect((await owed(tom)).commitments.map(({ what, overdue }) => [what, overdue])).toEqual([
      ['sandbox', true],
      ['list', false],
    ]);
  });
});
