import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buttonIds } from '../../../src/slack/ids.ts';
import { buildNumbers } from '../../../src/slack/views/numbers.ts';
import { type DefineKpi, defineKpi } from '../../../src/usecases/define-kpi.ts';
import { openItems } from '../../../src/usecases/open-items.ts';
import { recordReadings } from '../../../src/usecases/record-readings.ts';
import { viewNumbers } from '../../../src/usecases/view-numbers.ts';
import { viewPartnership } from '../../../src/usecases/view-partnership.ts';
import { updateFormFacts } from '../../../src/usecases/view-update-form.ts';
import { as, jordan, maya } from '../../support/deps.ts';
import {
  consultingRevenue,
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

const kpi = (over: Partial<DefineKpi> = {}, asking = as(maya)) =>
  defineKpi(world.deps, asking, { ...consultingRevenue(id), ...over });
const record = (kpiId: string, value: string) =>
  recordReadings(world.deps, as(jordan), {
    partnershipId: id,
    entries: [{ kpiId, value }],
    confirmedUnlikely: false,
  });
const card = () => viewPartnership(world.deps, as(maya), { partnershipId: id, form: 'shared' });
const days = { kind: 'time', in: 'days' } as const;
const weeks = { kind: 'time', in: 'weeks' } as const;

describe('what is rarely said of a KPI', () => {
  const rare = {
    source: ' Finance  report ',
    weight: 3,
    steps: '30 Sep 2026: 150k',
    knownAfter: 15,
  } as const;

  it('is kept, echoed, and stays where a form does not show it', async () => {
    const { kpi: saved, notes } = made(await kpi(rare));
    expect(saved).toMatchObject({
      source: 'Finance report',
      weight: 3,
      knownAfter: 15,
      checkpoints: [{ date: '2026-09-30', value: 150_000 }],
    });
    expect(notes).toEqual(['Expected in steps: 30 Sep 2026: $150k', 'Known from the 15th.']);
    const edit = { kpiId: saved.id, baseRev: 1, knownAfter: 15 };
    expect(made(await kpi(edit)).kpi).toEqual(saved);
    const emptied = made(await kpi({ ...edit, source: '', steps: '', weight: 1 })).kpi;
    expect([emptied.source, emptied.checkpoints, emptied.weight, emptied.rev]).toEqual([
      undefined,
      undefined,
      1,
      2,
    ]);
  });

  it.each<[Partial<DefineKpi>, string, string]>([
    [{ source: 'a'.repeat(151) }, 'source', '150 is the most'],
    [{ weight: Number('x') }, 'weight', '1 to 100. One of 2 counts twice'],
    [{ knownAfter: 91 }, 'knownAfter', 'like the 15th'],
    [
      { steps: 'soon' },
      'steps',
      'I cannot read "soon". The form is as you left it. Write a day and a number',
    ],
    [{ steps: '30 Sep 2026: $1m' }, 'steps', 'not between the start and the target'],
    [{ state: 'retired' }, 'retireReason', 'Say why'],
    [{ state: 'retired', retireReason: 'a'.repeat(301) }, 'retireReason', '300 is the most'],
  ])('is refused at its field: %o', async (over, field, words) => {
    const { kpi: saved } = made(await kpi());
    const fields = fieldsOf(await kpi({ kpiId: saved.id, baseRev: 1, ...over }));
    expect(Object.keys(fields)).toEqual([field]);
    expect(fields[field]).toContain(words);
  });

  it('is dropped with the numbers it lies between, and said where a new target leaves it outside', async () => {
    const { kpi: saved } = made(await kpi(rare));
    const edit = { kpiId: saved.id, baseRev: 1 };
    expect(fieldsOf(await kpi({ ...edit, target: '100k' })).steps).toContain('not between');
    expect(made(await kpi({ ...edit, direction: 'keep-above' })).kpi.checkpoints).toBeUndefined();
  });
});

describe('a unit', () => {
  it('is changed where the values can be read in the new one, earlier targets with them', async () => {
    const { kpi: saved } = made(
      await kpi({
        unit: days,
        direction: 'decrease',
        baseline: '60',
        target: '40',
        name: 'Days to first value',
      }),
    );
    made(await record(saved.id, '51 days'));
    world.clock.set('2026-11-03T08:00:00Z');
    const edit = { kpiId: saved.id, baseRev: 1, name: 'Time to first value', unit: weeks } as const;
    const changed = made(await kpi({ ...edit, direction: 'decrease', baseline: '60 days', target: '5' }));
    expect(changed.readAs).toBe('Read as: 8.57 weeks to 5 weeks by 31 Dec 2026');
    const line = (await card()).kpis.find((one) => one.kpiId === saved.id);
    expect(line).toMatchObject({
      value: '7.29 weeks',
      target: '5 weeks',
      earlierTarget: { target: '5.71 weeks' },
    });
    const [reading] = await world.store.workspace('w1').readings.find({ kpiId: saved.id });
    expect(reading?.value).toBe(51);
  });

  it.each([
    [{ kind: 'currency', currency: 'EUR' }, '1', 'in USD, and I do not convert between currencies.'],
    [{ kind: 'percent' }, '50%', 'in USD, and those cannot become percent.'],
    [days, '40', 'in USD, and those cannot become days.'],
    [{ kind: 'count' }, '12', 'in USD, and those cannot become a plain number.'],
  ] as const)('is not changed to %o once there are values', async (unit, target, words) => {
    const { kpi: saved } = made(await kpi());
    made(await record(saved.id, '210k'));
    const fields = fieldsOf(await kpi({ kpiId: saved.id, baseRev: 1, unit, target }));
    expect(fields.unit).toBe(
      `Consulting revenue has values already, ${words} Put it back, or add a new KPI.`,
    );
    expect((await stored(world.deps, id)).kpis[0]?.unit).toEqual({ kind: 'currency', currency: 'USD' });
  });
});

it('a decimal mark that is changed moves no target', async () => {
  const count = { unit: { kind: 'count' }, target: '1,500', steps: '30 Sep 2026: 1,200' } as const;
  const { kpi: saved } = made(await kpi(count));
  const edit = { ...count, kpiId: saved.id, baseRev: 1, decimalMark: ',' } as const;
  expect(Object.keys(fieldsOf(await kpi(edit))).sort()).toEqual(['steps', 'target']);
  const { steps: _untouched, ...rest } = edit;
  const changed = made(await kpi({ ...rest, target: '1.500' })).kpi;
  expect(changed).toMatchObject({ target: 1500, checkpoints: [{ value: 1200 }], decimalMark: ',' });
});

describe('a retired KPI', () => {
  const retire = { state: 'retired', retireReason: 'Acme measures margin instead.' } as const;

  it('leaves the card, the forms and what is owed, and keeps its readings', async () => {
    const { kpi: saved } = made(await kpi({ ownerUserId: 'UJORDAN' }));
    made(await record(saved.id, '210k'));
    const edit = { kpiId: saved.id, baseRev: 1, ownerUserId: 'UJORDAN' };
    const gone = made(await kpi({ ...edit, ...retire }));
    expect(gone.kpi.retired).toMatchObject({ reason: retire.retireReason, by: { userId: 'UMAYA' } });
    expect(gone.notes).toEqual([
      'It is retired. Its values are kept. To bring it back, choose it under KPIs.',
    ]);
    expect((await card()).kpis).toEqual([]);
    expect((await card()).nextStep).toBe('goal');
    world.clock.set('2026-12-20T08:00:00Z');
    expect((await openItems(world.deps, as(jordan))).kpis).toEqual([]);
    expect((await updateFormFacts(world.deps, as(jordan), { partnershipId: id })).kpis).toEqual([]);
    await expect(record(saved.id, '220k')).rejects.toMatchObject({
      code: 'not-found',
      message: 'Consulting revenue was retired. Nothing was saved. KPIs brings it back.',
    });
    const back = made(await kpi({ ...edit, baseRev: 2, state: 'in-use' }));
    expect(back.kpi.retired).toBeUndefined();
    expect((await card()).kpis).toMatchObject([{ name: 'Consulting revenue', value: '$210k' }]);
    const audit = await world.store.workspace('w1').audit.find({ of: id, entity: saved.id });
    expect(audit.map((one) => one.summary).sort()).toEqual([
      'added the KPI Consulting revenue',
      'brought back the KPI Consulting revenue',
      'retired the KPI Consulting revenue: Acme measures margin instead.',
    ]);
  });

  it('stands last under Numbers, as retired, and leads to its history', async () => {
    const { kpi: saved } = made(await kpi());
    made(await record(saved.id, '210k'));
    made(await kpi({ kpiId: saved.id, baseRev: 1, ...retire }));
    const other = made(await kpi({ name: 'Another' })).kpi;
    const ours = { side: 'ours', visibility: 'internal', name: 'Hidden' } as const;
    const hidden = made(await kpi(ours)).kpi;
    made(await kpi({ ...ours, kpiId: hidden.id, baseRev: 1, ...retire }));
    const numbers = (who: typeof maya) => viewNumbers(world.deps, as(who), { partnershipId: id });
    const names = async (who: typeof maya) =>
      (await numbers(who)).kpis.map((one) => [one.line.name, one.retired ?? false]);
    const both = [
      [other.name, false],
      [saved.name, true],
    ];
    expect(await names(jordan)).toEqual(both);
    expect(await names(maya)).toEqual([...both, ['Hidden', true]]);
    const { text, blocks } = buildNumbers(await numbers(jordan));
    expect(text).toContain('Consulting revenue $210k');
    expect(text).toMatch(/· Retired$/m);
    const ids = { verb: 'kpi-history', partnershipId: id, kpiId: saved.id } as const;
    expect(JSON.stringify(blocks)).toContain(JSON.stringify(buttonIds(ids).value));
  });

  it('makes room for another, and asks for a reason to come back to three', async () => {
    const first = made(await kpi({ name: '1' })).kpi;
    for (const name of ['2', '3']) made(await kpi({ name }));
    const edit = { kpiId: first.id, name: '1' };
    made(await kpi({ ...edit, baseRev: 1, ...retire }));
    made(await kpi({ name: '4' }));
    const back = { ...edit, baseRev: 2, state: 'in-use' } as const;
    expect(fieldsOf(await kpi(back)).reason).toContain('Acme has 3 KPIs');
    made(await kpi({ ...edit, baseRev: 2, name: 'renamed while retired' }));
    made(await kpi({ ...back, baseRev: 3, reason: 'Both count.' }));
    expect((await stored(world.deps, id)).limitReasons).toMatchObject([
      { of: first.id, reason: 'Both count.' },
    ]);
  });
});

it('a full plan tells nobody how many KPIs are internal', async () => {
  const { partnerships } = world.store.workspace('w1');
  const { kpi: one } = made(await kpi());
  const now = await stored(world.deps, id);
  const internal = [...Array(24).keys()].map((at) => ({
    ...one,
    id: `i${at}`,
    side: 'ours' as const,
    visibility: 'internal' as const,
  }));
  await partnerships.replace({ ...now, kpis: [one, ...internal] });
  expect(made(await kpi({ name: 'Another' }, as(jordan))).kpi.name).toBe('Another');
  const more = { side: 'ours', visibility: 'internal', name: 'More', reason: 'Asked for.' } as const;
  expect(fieldsOf(await kpi(more)).name).toContain('There are 24 KPIs, and that is the most.');
});

it('a KPI known from the 15th is owed from then on, and not before', async () => {
  const { kpi: saved } = made(await kpi({ ownerUserId: 'UJORDAN', knownAfter: 15 }));
  await recordReadings(world.deps, as(jordan), {
    partnershipId: id,
    entries: [{ kpiId: saved.id, value: '210k', asOf: '2026-09-30' }],
    confirmedUnlikely: false,
  });
  const owed = async (on: string) => {
    world.clock.set(`${on}T08:00:00Z`);
    return (await openItems(world.deps, as(jordan))).kpis.length;
  };
  expect([await owed('2026-11-14'), await owed('2026-11-15')]).toEqual([0, 1]);
});
