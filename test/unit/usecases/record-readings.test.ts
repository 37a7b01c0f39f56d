import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { currentReading } from '../../../src/domain/kpi-pace.ts';
import { type DefineKpi, defineKpi } from '../../../src/usecases/define-kpi.ts';
import { type ReadingEntry, recordReadings } from '../../../src/usecases/record-readings.ts';
import { as, casey, dana, jordan, maya, priya, robin, workspaceId } from '../../support/deps.ts';
import {
  addKpi,
  consultingRevenue,
  fieldsOf,
  introduceAcme,
  made,
  type PlanWorld,
  planWorld,
} from '../../support/plan-world.ts';

let world: PlanWorld;
let id: string;
let revenue: string;
let dayRate: string;
let discount: string;
beforeEach(async () => {
  world = await planWorld();
  id = (await introduceAcme(world.deps, ['UJORDAN']))._id;
  const form = consultingRevenue(id);
  revenue = (await addKpi(world.deps, form)).id;
  dayRate = (await addKpi(world.deps, { ...form, name: 'Day rate', gives: 'status', target: '' })).id;
  discount = (
    await addKpi(world.deps, {
      ...form,
      name: 'Average discount',
      side: 'ours',
      visibility: 'internal',
      unit: { kind: 'percent' },
      direction: 'keep-below',
      target: '15%',
    })
  ).id;
});
afterEach(() => world.close());

const record = (
  entries: readonly ReadingEntry[],
  asking = as(jordan),
  over: { confirmedUnlikely?: boolean; occurrenceId?: string } = {},
) => recordReadings(world.deps, asking, { partnershipId: id, entries, confirmedUnlikely: false, ...over });
const readings = (kpiId: string) =>
  world.store.workspace(workspaceId).readings.find({ partnershipId: id, kpiId });
const current = async (kpiId: string) => currentReading(await readings(kpiId), kpiId);

describe('recording readings', () => {
  it('echoes how each value was read and what it was', async () => {
    const first = made(await record([{ kpiId: revenue, value: '190k', asOf: '2026-08-31' }]));
    expect(first.receipts).toEqual(['Consulting revenue: $190,000 as of 31 Aug']);
    const second = made(
      await record([
        { kpiId: revenue, value: '$210,000', asOf: '2026-09-30' },
        { kpiId: dayRate, status: 'behind' },
      ]),
    );
    expect(second.receipts).toEqual([
      'Consulting revenue: $210,000 as of 30 Sep (was $190,000)',
      'Day rate: Behind as of 20 Oct',
    ]);
    expect(second.readings).toMatchObject([
      { value: 210_000, asOf: '2026-09-30', kind: 'own', by: { userId: 'UJORDAN' }, rough: false },
      { status: 'behind', asOf: '2026-10-20' },
    ]);
    expect(await readings(revenue)).toHaveLength(2);
  });

  it('keeps rough figures, notes and days from which a value is known', async () => {
    const { receipts, readings: saved } = made(
      await record([
        { kpiId: revenue, value: '~200k', note: ' two invoices are late ' },
        { kpiId: dayRate, notKnownUntil: '2026-11-15' },
      ]),
    );
    expect(receipts).toEqual([
      'Consulting revenue: about $200,000 as of 20 Oct',
      'Day rate: not known until 15 Nov',
    ]);
    expect(saved).toMatchObject([
      { rough: true, note: 'two invoices are late' },
      { notKnownUntil: '2026-11-15' },
    ]);
    expect(await current(dayRate)).toBeUndefined();
  });

  it('leaves out entries that say nothing', async () => {
    const outcome = await record([{ kpiId: revenue, value: '  ' }, { kpiId: dayRate }]);
    expect(made(outcome)).toEqual({ readings: [], receipts: [] });
  });

  it.each<[Omit<ReadingEntry, 'kpiId'>, string, string]>([
    [{ value: '1.2.3m' }, 'value', 'I cannot read "1.2.3m". The form is as you left it.'],
    [{ value: '210k €' }, 'value', 'is in EUR, and this KPI is in USD'],
    [{ value: '35%' }, 'value', 'a percentage'],
    [{ status: 'behind' }, 'status', 'takes a number'],
    [{ value: '1', asOf: '2026-10-21' }, 'asOf', 'still to come'],
    [{ value: '1', asOf: '2024-12-31' }, 'asOf', 'more than a year before'],
    [{ value: '1', asOf: 'yesterday' }, 'asOf', 'cannot read'],
    [{ note: 'Two invoices are late' }, 'note', 'goes with a value'],
    [{ value: '1', note: 'a'.repeat(501) }, 'note', '500 is the most'],
    [{ notKnownUntil: '2026-10-20' }, 'notKnownUntil', 'has come'],
    [{ notKnownUntil: '2028-10-20' }, 'notKnownUntil', 'more than a year'],
    [{ notKnownUntil: '2026-11-20', value: '1' }, 'notKnownUntil', 'not both'],
  ])('refuses %o at its field, and writes none of the form', async (entry, field, words) => {
    const fields = fieldsOf(
      await record([
        { kpiId: dayRate, status: 'on-track' },
        { kpiId: revenue, ...entry },
      ]),
    );
    expect(Object.keys(fields)).toEqual([`${field}:${revenue}`]);
    expect(fields[`${field}:${revenue}`]).toContain(words);
    expect(await readings(dayRate)).toEqual([]);
  });

  it('wants a status where only a status is given', async () => {
    const fields = fieldsOf(await record([{ kpiId: dayRate, value: '1,200' }]));
    expect(fields[`value:${dayRate}`]).toContain('On track, Behind or Off track');
  });

  it('asks again when the KPI got another unit or decimal mark than the form showed', async () => {
    const days = {
      ...consultingRevenue(id),
      name: 'Days to value',
      unit: { kind: 'time', in: 'days' } as const,
    };
    const { id: kpiId } = await addKpi(world.deps, {
      ...days,
      direction: 'decrease',
      baseline: '90',
      target: '30',
    });
    const inForm = { kpiId, value: '54', shownIn: 'days.' };
    made(await record([inForm]));
    const change = async (baseRev: number, over: Partial<DefineKpi>) =>
      made(
        await defineKpi(world.deps, as(maya), {
          ...days,
          ...{ direction: 'decrease', baseline: '90 days', target: '30 days', kpiId, baseRev },
          ...over,
        }),
      );
    await change(1, { unit: { kind: 'time', in: 'weeks' } });
    expect(fieldsOf(await record([inForm]))).toEqual({
      [`unit:${kpiId}`]: 'Days to value is in weeks now. Write it like 45 weeks, 45 or 2 weeks.',
    });
    await change(2, { unit: { kind: 'time', in: 'weeks' }, decimalMark: ',' });
    expect(fieldsOf(await record([{ ...inForm, shownIn: 'weeks.' }]))[`unit:${kpiId}`]).toContain(
      'is written with a decimal comma now.',
    );
    expect(await readings(kpiId)).toHaveLength(1);
    // A tick or a day says nothing in a unit.
    made(await record([{ kpiId, shownIn: 'days.', notKnownUntil: '2026-11-15' }]));
  });

  it('takes today as the day it is for the person who writes, or for the partnership', async () => {
    world.clock.set('2026-10-20T22:30:00Z');
    made(await record([{ kpiId: revenue, value: '1', asOf: '2026-10-21' }], as(jordan)));
    made(await record([{ kpiId: revenue, value: '1', asOf: '2025-01-01' }]));
  });
});

describe('a value a hundred times off the last one', () => {
  it('asks once more, and says how to confirm it', async () => {
    made(await record([{ kpiId: revenue, value: '210k', asOf: '2026-09-30' }]));
    const fields = fieldsOf(await record([{ kpiId: revenue, value: '21m' }]));
    const sentence =
      '$21,000,000 is a hundred times off the last value, $210,000. If it is right, tick that it is and send again.';
    expect(fields).toEqual({ [`value:${revenue}`]: sentence, confirmedUnlikely: sentence });
    expect(await readings(revenue)).toHaveLength(1);
    made(await record([{ kpiId: revenue, value: '21m' }], as(jordan), { confirmedUnlikely: true }));
    expect((await current(revenue))?.value).toBe(21_000_000);
  });

  it('is asked about only when all else can be read', async () => {
    made(await record([{ kpiId: revenue, value: '210k' }]));
    const fields = fieldsOf(
      await record([
        { kpiId: revenue, value: '21m' },
        { kpiId: dayRate, value: 'x' },
      ]),
    );
    expect(Object.keys(fields)).toEqual([`value:${dayRate}`]);
  });
});

describe('corrections', () => {
  it('supersede what stood for the same day, and keep it', async () => {
    const [first] = made(await record([{ kpiId: revenue, value: '201k', asOf: '2026-09-30' }])).readings;
    world.clock.pass(60_000);
    made(await record([{ kpiId: revenue, value: '210k', asOf: '2026-09-30' }]));
    expect(await current(revenue)).toMatchObject({ value: 210_000, supersedes: first?._id });
    expect((await readings(revenue)).find((one) => one._id === first?._id)?.value).toBe(201_000);
  });

  it('supersede what the same person gave in the same review, also for another day', async () => {
    const review = { occurrenceId: 'o1' };
    made(await record([{ kpiId: revenue, value: '201k' }], as(jordan), review));
    world.clock.pass(60_000);
    made(await record([{ kpiId: revenue, value: '210k', asOf: '2026-09-30' }], as(jordan), review));
    expect(await current(revenue)).toMatchObject({ value: 210_000, asOf: '2026-09-30' });
  });

  it('are made by the same form sent again with other text, and a plain repeat makes none', async () => {
    const asking = as(jordan, 'VREAD');
    made(await record([{ kpiId: revenue, value: '190k', asOf: '2026-08-31' }]));
    const first = made(await record([{ kpiId: revenue, value: '201k' }], asking));
    const repeat = made(await record([{ kpiId: revenue, value: '201k' }], asking));
    expect(repeat).toEqual(first);
    const other = made(await record([{ kpiId: revenue, value: '210k' }], asking));
    expect(other.receipts).toEqual(['Consulting revenue: $210,000 as of 20 Oct (was $190,000)']);
    expect(made(await record([{ kpiId: revenue, value: '210k' }], asking)).readings).toEqual(other.readings);
    expect(await current(revenue)).toMatchObject({ value: 210_000, supersedes: first.readings[0]?._id });
    expect(await readings(revenue)).toHaveLength(3);
  });

  it('are written once by two of the same form at once', async () => {
    const asking = as(jordan, 'VREAD');
    await Promise.all([
      record([{ kpiId: revenue, value: '1' }], asking),
      record([{ kpiId: revenue, value: '1' }], asking),
    ]);
    expect(await readings(revenue)).toHaveLength(1);
  });
});

describe('whose values', () => {
  it('a value of theirs that we enter is told, and cannot replace the one they gave', async () => {
    const told = made(await record([{ kpiId: revenue, value: '200k', asOf: '2026-08-31' }], as(maya)));
    expect(told.readings).toMatchObject([{ kind: 'told', by: { userId: 'UMAYA' } }]);
    made(await record([{ kpiId: revenue, value: '210k', asOf: '2026-09-30' }]));
    const fields = fieldsOf(await record([{ kpiId: revenue, value: '220k', asOf: '2026-09-30' }], as(maya)));
    expect(fields[`value:${revenue}`]).toBe(
      'Acme gave $210,000 for 30 Sep itself. Nothing was saved. Ask Acme to correct it.',
    );
  });

  it.each([
    ['a colleague of ours who is not named', priya, 'not-allowed'],
    ['a person of the partner who is not named', dana, 'not-allowed'],
    ['a third firm in the channel', robin, 'not-allowed'],
    ['a stranger', casey, 'not-found'],
  ])('refuses %s', async (_title, person, code) => {
    await expect(record([{ kpiId: revenue, value: '1' }], as(person))).rejects.toMatchObject({ code });
    expect(await readings(revenue)).toEqual([]);
  });

  it('takes them from the owner of a KPI who is not named otherwise', async () => {
    const own = await addKpi(world.deps, {
      ...consultingRevenue(id),
      name: 'Certified',
      ownerUserId: 'UDANA',
    });
    made(await record([{ kpiId: own.id, value: '7' }], as(dana)));
  });

  it('has no internal KPI for the partner', async () => {
    const hidden = await record([{ kpiId: discount, value: '17%' }]).catch((error: unknown) => error);
    const absent = await record([{ kpiId: 'none', value: '17%' }]).catch((error: unknown) => error);
    expect(hidden).toMatchObject({ code: 'not-found' });
    expect(hidden).toEqual(absent);
    made(await record([{ kpiId: discount, value: '17%' }], as(maya)));
  });
});
