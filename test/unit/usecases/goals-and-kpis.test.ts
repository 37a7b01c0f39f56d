import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type DefineKpi, defineKpi } from '../../../src/usecases/define-kpi.ts';
import { recordReadings } from '../../../src/usecases/record-readings.ts';
import { reviseVision } from '../../../src/usecases/revise-vision.ts';
import { type SetGoal, setGoal } from '../../../src/usecases/set-goal.ts';
import { updatePartnership } from '../../../src/usecases/update-partnership.ts';
import { viewPartnership } from '../../../src/usecases/view-partnership.ts';
import { as, dana, jordan, maya, priya, robin, tom } from '../../support/deps.ts';
import {
  addKpi,
  consultingRevenue,
  createAcme,
  fieldsOf,
  introduceAcme,
  made,
  type PlanWorld,
  planWorld,
  stored,
} from '../../support/plan-world.ts';

let world: PlanWorld;
let id: string;
beforeEach(async () => {
  world = await planWorld();
  id = (await introduceAcme(world.deps, ['UJORDAN']))._id;
});
afterEach(() => world.close());

const goalForm = (over: Partial<SetGoal> = {}): SetGoal => ({
  partnershipId: id,
  title: 'Win 12 joint customers',
  side: 'joint',
  kpiIds: [],
  ...over,
});
const goal = (over: Partial<SetGoal> = {}, asking = as(maya)) => setGoal(world.deps, asking, goalForm(over));
const kpi = (over: Partial<DefineKpi> = {}, asking = as(maya)) =>
  defineKpi(world.deps, asking, { ...consultingRevenue(id), ...over });

describe('goals', () => {
  it('keeps what the form says, and what it leaves out', async () => {
    const { id: kpiId } = await addKpi(world.deps, consultingRevenue(id));
    const saved = made(
      await goal({
        vision: 'Acme earns a practice.',
        ownerUserId: 'UJORDAN',
        due: '2026-12-31',
        kpiIds: [kpiId, kpiId],
      }),
    );
    expect(saved).toMatchObject({ rev: 1, owner: { userId: 'UJORDAN' }, kpiIds: [kpiId], due: '2026-12-31' });
    const edited = made(await goal({ goalId: saved.id, baseRev: 1, title: 'Win 14' }));
    expect(edited).toEqual({
      id: saved.id,
      rev: 2,
      title: 'Win 14',
      side: 'joint',
      kpiIds: [],
      createdAt: saved.createdAt,
    });
  });

  it('makes one goal of one form sent twice, and edits it when the text differs', async () => {
    const asking = as(maya, 'VGOAL');
    const first = made(await goal({}, asking));
    const second = made(await goal({}, asking));
    expect(second).toEqual(first);
    expect(made(await goal({ title: 'Win 14' }, asking))).toMatchObject({
      id: first.id,
      rev: 2,
      title: 'Win 14',
    });
    expect((await stored(world.deps, id)).goals).toHaveLength(1);
  });

  it('asks for a reason from the fourth on and keeps it, and takes no thirteenth', async () => {
    for (const title of ['1', '2', '3']) made(await goal({ title }));
    expect(fieldsOf(await goal({ title: '4' })).reason).toContain('This period has 3 goals');
    const fourth = made(await goal({ title: '4', reason: 'The board asked.' }));
    expect((await stored(world.deps, id)).limitReasons).toMatchObject([
      { of: fourth.id, reason: 'The board asked.', by: { userId: 'UMAYA' } },
    ]);
    made(await goal({ goalId: fourth.id, baseRev: 1, title: '4 again' }));
    for (let nth = 5; nth <= 12; nth += 1) made(await goal({ title: `${nth}`, reason: 'More.' }));
    expect(fieldsOf(await goal({ title: '13', reason: 'More.' })).title).toContain(
      '12 goals, and that is the most',
    );
  });

  it('asks for the reason also when another goal came first at the same moment', async () => {
    for (const title of ['1', '2']) made(await goal({ title }));
    const both = await Promise.all([goal({ title: '3' }), goal({ title: 'also 3' })]);
    expect(both.filter((one) => one.ok)).toHaveLength(1);
    expect(both.flatMap((one) => (one.ok ? [] : Object.keys(one.fields)))).toEqual(['reason']);
  });

  it.each([
    [{ title: ' ' }, 'title', 'Say what'],
    [{ title: 'a'.repeat(151) }, 'title', '150 is the most'],
    [{ vision: 'a'.repeat(601) }, 'vision', '600 is the most'],
    [{ due: 'soon' }, 'due', 'cannot read'],
    [{ due: '2025-12-31' }, 'due', 'before the operating period'],
    [{ kpiIds: ['nothing'] }, 'kpiIds', 'not here any more'],
    [{ ownerUserId: 'UROBIN' }, 'ownerUserId', 'do not know Robin Vale'],
  ])('refuses %o at its field', async (over, field, words) => {
    expect(fieldsOf(await goal(over))[field]).toContain(words);
    expect((await stored(world.deps, id)).goals).toEqual([]);
  });

  it('is not shown by an internal KPI, whose pace the partner would then see', async () => {
    const { id: kpiId } = await addKpi(world.deps, {
      ...consultingRevenue(id),
      side: 'ours',
      visibility: 'internal',
    });
    expect(fieldsOf(await goal({ kpiIds: [kpiId] })).kpiIds).toContain('seen by Northwind only');
    const open = await addKpi(world.deps, { ...consultingRevenue(id), side: 'ours', name: 'Open' });
    made(await goal({ kpiIds: [open.id] }));
    const hiding = await kpi({ kpiId: open.id, baseRev: 1, side: 'ours', visibility: 'internal' });
    expect(fieldsOf(hiding).visibility).toContain('both firms see that');
  });

  it('tells the second of two editors who was quicker', async () => {
    const saved = made(await goal({}));
    made(
      await updatePartnership(world.deps, as(maya), {
        partnershipId: id,
        baseVersion: 3,
        backupUserId: 'UTOM',
      }),
    );
    made(await goal({ goalId: saved.id, baseRev: 1, title: 'Win 20' }, as(tom)));
    made(
      await goal({ goalId: saved.id, baseRev: 2, title: 'Win 20', side: 'ours', due: '2026-12-01' }, as(tom)),
    );
    await expect(goal({ goalId: saved.id, baseRev: 1, title: 'Win 14' })).rejects.toMatchObject({
      code: 'conflict',
      message:
        'Tom Okafor changed the goal "Win 20": the words to "Win 20" (was "Win 12 joint customers"); changed the goal "Win 20": whom it serves to Northwind (was Joint), the due day to 1 Dec 2026 at 10:00. Your text is kept below.',
    });
  });

  it('are set by who may change the plan, and a goal that is gone is not set', async () => {
    await expect(goal({}, as(jordan))).rejects.toMatchObject({ code: 'not-allowed' });
    await expect(goal({}, as(priya))).rejects.toMatchObject({ code: 'not-allowed' });
    await expect(goal({ goalId: 'gone', baseRev: 1 })).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('KPIs', () => {
  it('reads amounts and echoes how', async () => {
    const { kpi: saved, readAs } = made(await kpi({ ownerUserId: 'UJORDAN' }));
    expect(saved).toMatchObject({
      baseline: 0,
      target: 900_000,
      start: '2026-01-01',
      due: '2026-12-31',
      weight: 1,
      rev: 1,
      earlierTargets: [],
      owner: { userId: 'UJORDAN' },
    });
    expect(readAs).toBe('Read as: $0 to $900,000 by 31 Dec 2026');
  });

  it('has only a limit to stay above or below, and nothing for a status', async () => {
    const percent = { unit: { kind: 'percent' }, side: 'ours', baseline: 'ignored' } as const;
    const below = made(await kpi({ ...percent, direction: 'keep-below', target: '15%' }));
    expect(below.readAs).toBe('Read as: stays below 15%');
    expect(below.kpi.baseline).toBeUndefined();
    const status = made(await kpi({ gives: 'status', baseline: '', target: '' }));
    expect(status.readAs).toBe('Read as: only a status: On track, Behind or Off track, by 31 Dec 2026');
    expect([status.kpi.baseline, status.kpi.target]).toEqual([undefined, undefined]);
  });

  it.each<[Partial<DefineKpi>, string, string]>([
    [
      { baseline: '900k' },
      'target',
      'Start and target are both $900k. The form is as you left it. Change one, or choose "stays above".',
    ],
    [{ baseline: '$1m' }, 'target', 'From $1m to $900k it falls.'],
    [{ direction: 'decrease' }, 'target', 'From $0 to $900k it rises.'],
    [
      { target: '1.2.3m' },
      'target',
      'I cannot read "1.2.3m". The form is as you left it. Write it like $1.2m',
    ],
    [{ baseline: '' }, 'baseline', 'There is no number here'],
    [{ target: '900k €' }, 'target', 'is in EUR, and this KPI is in USD'],
    [{ target: '', direction: 'keep-above' }, 'target', 'There is no number here'],
    [{ name: '' }, 'name', 'Name the KPI'],
    [{ name: 'a'.repeat(81) }, 'name', '80 is the most'],
    [{ definition: 'a'.repeat(301) }, 'definition', '300 is the most'],
    [{ due: 'x' }, 'due', 'cannot read'],
    [{ due: '2026-01-01' }, 'due', 'before the KPI begins'],
    [{ due: '2040-01-01' }, 'due', 'five years'],
    [{ weight: 0 }, 'weight', '1 to 100'],
    [{ ownerUserId: 'UROBIN' }, 'ownerUserId', 'do not know Robin Vale'],
    [{ visibility: 'internal' }, 'visibility', 'Only a KPI of Northwind can be internal'],
  ])('refuses %o at its field', async (over, field, words) => {
    const fields = fieldsOf(await kpi(over));
    expect(Object.keys(fields)).toEqual([field]);
    expect(fields[field]).toContain(words);
    expect((await stored(world.deps, id)).kpis).toEqual([]);
  });

  it('asks for a reason from the fourth of a side on, and takes no twenty-fifth', async () => {
    for (let nth = 1; nth <= 3; nth += 1) made(await kpi({ name: `${nth}` }));
    expect(fieldsOf(await kpi({ name: '4' })).reason).toContain('Acme has 3 KPIs');
    made(await kpi({ name: 'ours', side: 'ours' }));
    for (let nth = 4; nth <= 23; nth += 1) made(await kpi({ name: `${nth}`, reason: 'Asked for.' }));
    expect((await stored(world.deps, id)).kpis).toHaveLength(24);
    expect(fieldsOf(await kpi({ reason: 'One more.' })).name).toContain('24 KPIs, and that is the most');
  });

  it('keeps a target that was replaced visible, and not one put right on the same day', async () => {
    const { kpi: first } = made(await kpi({ target: '1.1m' }));
    const edit = { kpiId: first.id };
    made(await kpi({ ...edit, baseRev: 1, target: '1.2m' }));
    world.clock.set('2026-11-03T08:00:00Z');
    made(await kpi({ ...edit, baseRev: 2, target: '900k' }));
    const { kpi: saved } = made(await kpi({ ...edit, baseRev: 3, target: '950k' }));
    expect(saved).toMatchObject({
      target: 950_000,
      earlierTargets: [{ target: 1_200_000, until: '2026-11-03' }],
    });
  });

  it('shows no earlier target once the first one is put back on the same day, or the unit is another', async () => {
    const { kpi: first } = made(await kpi({ target: '1.1m' }));
    const edit = { kpiId: first.id };
    world.clock.set('2026-11-03T08:00:00Z');
    made(await kpi({ ...edit, baseRev: 1, target: '900k' }));
    const { kpi: back } = made(await kpi({ ...edit, baseRev: 2, target: '1.1m' }));
    expect(back.earlierTargets).toEqual([]);
    const { kpi: again } = made(await kpi({ ...edit, baseRev: 3, target: '900k' }));
    const due = '2026-12-31';
    expect(again.earlierTargets).toEqual([
      { target: 1_100_000, until: '2026-11-03', direction: 'increase', baseline: 0, due },
    ]);
    const { kpi: count } = made(await kpi({ ...edit, baseRev: 4, unit: { kind: 'count' }, target: '12' }));
    expect(count.earlierTargets).toEqual([]);
  });

  it('asks for a reason to move one to a side that has three, and keeps it', async () => {
    const { kpi: moved } = made(await kpi({ name: 'Moved', side: 'joint' }));
    for (let nth = 1; nth <= 3; nth += 1) made(await kpi({ name: `${nth}` }));
    const edit = { kpiId: moved.id, baseRev: 1, name: 'Moved' };
    expect(fieldsOf(await kpi(edit)).reason).toContain('Acme has 3 KPIs');
    made(await kpi({ ...edit, reason: 'Acme measures it now.' }));
    expect((await stored(world.deps, id)).limitReasons).toMatchObject([
      { of: moved.id, reason: 'Acme measures it now.' },
    ]);
  });

  it("are added by a side's own people, whose KPIs are always shared", async () => {
    const { kpi: theirs } = made(await kpi({ visibility: 'internal' }, as(jordan)));
    expect(theirs.visibility).toBe('shared');
    await expect(kpi({ side: 'ours' }, as(jordan))).rejects.toMatchObject({
      code: 'not-allowed',
      message: 'Only Northwind can change this KPI. Nothing was changed.',
    });
    for (const person of [dana, priya, robin]) {
      await expect(kpi({}, as(person))).rejects.toMatchObject({ code: 'not-allowed' });
    }
  });

  it('is as good as not there for who may not see an internal one', async () => {
    const { id: kpiId } = await addKpi(world.deps, {
      ...consultingRevenue(id),
      side: 'ours',
      visibility: 'internal',
    });
    const hidden = await kpi({ kpiId, baseRev: 1 }, as(jordan)).catch((error: unknown) => error);
    const absent = await kpi({ kpiId: 'none', baseRev: 1 }, as(jordan)).catch((error: unknown) => error);
    expect(hidden).toMatchObject({ code: 'not-found' });
    expect(hidden).toEqual(absent);
  });

  it('keeps unit, side and kind once it has values', async () => {
    const { id: kpiId } = await addKpi(world.deps, consultingRevenue(id));
    const entries = [{ kpiId, value: '210k' }];
    made(
      await recordReadings(world.deps, as(jordan), { partnershipId: id, entries, confirmedUnlikely: false }),
    );
    const edit = { kpiId, baseRev: 1 };
    expect(fieldsOf(await kpi({ ...edit, unit: { kind: 'count' } })).unit).toContain('has values already');
    expect(fieldsOf(await kpi({ ...edit, side: 'joint' })).side).toContain('has values already');
    expect(fieldsOf(await kpi({ ...edit, gives: 'status' })).gives).toContain('has values already');
    expect(made(await kpi({ ...edit, target: '800k' })).kpi.rev).toBe(2);
  });

  it('tells the second of two editors of every field that was changed since, by whom, and nothing of before', async () => {
    const { kpi: first } = made(await kpi({}, as(jordan)));
    made(await kpi({ kpiId: first.id, baseRev: 1, name: 'Consulting' }));
    made(await kpi({ kpiId: first.id, baseRev: 2, target: '950k' }, as(jordan)));
    const more = { target: '950k', baseline: '100k', cadence: 'quarterly', due: '2026-11-30' } as const;
    made(await kpi({ kpiId: first.id, baseRev: 3, ...more }, as(jordan)));
    await expect(kpi({ kpiId: first.id, baseRev: 2, definition: 'Invoiced' })).rejects.toMatchObject({
      code: 'conflict',
      message:
        'Jordan Ellis changed the KPI Consulting revenue: the name to Consulting revenue (was Consulting), the target to $950k (was $900k); changed the KPI Consulting revenue: the start to $100k (was $0), the last day to 30 Nov 2026 (was 31 Dec 2026), how often it is known to quarterly (was monthly) at 10:00. Your text is kept below.',
    });
  });

  it('tells the second of two editors what the target is now', async () => {
    const { kpi: first } = made(await kpi({}, as(jordan)));
    made(await kpi({ kpiId: first.id, baseRev: 1, target: '950k' }, as(jordan)));
    const late = kpi({ kpiId: first.id, baseRev: 1, target: '800k' });
    await expect(late).rejects.toMatchObject({
      code: 'conflict',
      message:
        'Jordan Ellis changed the target of Consulting revenue to $950k (was $900k) at 10:00. Your text is kept below.',
    });
    expect((await stored(world.deps, id)).kpis[0]?.target).toBe(950_000);
    made(await kpi({ kpiId: first.id, baseRev: 2, target: '800k' }));
  });

  it('does not take back a date that a new operating period moved', async () => {
    const { kpi: first } = made(await kpi());
    const { version } = await stored(world.deps, id);
    const period = { periodStart: '2026-07-01', periodEnd: '2026-12-20' };
    made(
      await updatePartnership(world.deps, as(maya), { partnershipId: id, baseVersion: version, ...period }),
    );
    const late = kpi({ kpiId: first.id, baseRev: 1, due: '2026-12-31', name: 'Revenue' }, as(jordan));
    await expect(late).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('Maya Lindqvist changed the operating period'),
    });
  });

  it('makes one KPI of one form sent twice', async () => {
    const asking = as(jordan, 'VKPI');
    const both = await Promise.all([kpi({}, asking), kpi({}, asking)]);
    expect(new Set(both.map((one) => made(one).kpi.id)).size).toBe(1);
    expect((await stored(world.deps, id)).kpis).toHaveLength(1);
  });
});

describe('a change of the plan', () => {
  it("wants the owner's card, and the channel's once it is introduced", async () => {
    const draft = await createAcme(world.deps, { name: 'Orbis', channelId: 'CSECOND' });
    const { messages } = world.store.workspace('w1');
    made(await goal({ partnershipId: draft._id }));
    expect(await messages.get(`owner-card:${draft._id}`)).toMatchObject({ wanted: 2 });
    expect(await messages.get(`card:${draft._id}`)).toBeUndefined();
    const before = await messages.get(`card:${id}`);
    made(await goal({}));
    expect((await messages.get(`card:${id}`))?.wanted).toBe((before?.wanted ?? 0) + 1);
  });
});

describe('a partnership that has ended', () => {
  it('is read and not written', async () => {
    const { id: kpiId } = await addKpi(world.deps, consultingRevenue(id));
    const { partnerships } = world.store.workspace('w1');
    await partnerships.replace({ ...(await stored(world.deps, id)), state: 'ended' });
    const { version } = await stored(world.deps, id);
    const entries = [{ kpiId, value: '1' }];
    for (const writing of [
      () => goal({}),
      () => kpi({ kpiId, baseRev: 1, name: 'Other' }),
      () =>
        updatePartnership(world.deps, as(maya), { partnershipId: id, baseVersion: version, name: 'Other' }),
      () => recordReadings(world.deps, as(jordan), { partnershipId: id, entries, confirmedUnlikely: false }),
      () => reviseVision(world.deps, as(maya), { partnershipId: id, baseNumber: 1, joint: 'Other.' }),
    ]) {
      await expect(writing()).rejects.toMatchObject({ code: 'ended' });
    }
    expect((await stored(world.deps, id)).version).toBe(version);
    expect((await viewPartnership(world.deps, as(jordan), { partnershipId: id })).state).toBe('ended');
  });
});
