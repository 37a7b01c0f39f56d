import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { type DefineKpi, defineKpi } from '../../../src/usecases/define-kpi.ts';
import { recordReadings } from '../../../src/usecases/record-readings.ts';
import { viewNumbers } from '../../../src/usecases/view-numbers.ts';
import { viewPartnership } from '../../../src/usecases/view-partnership.ts';
import { updateFormFacts } from '../../../src/usecases/view-update-form.ts';
import { as, jordan, maya } from '../../support/deps.ts';
import {
  consultingRevenue,
  introduceAcme,
  made,
  type PlanWorld,
  planWorld,
} from '../../support/plan-world.ts';

let world: PlanWorld;
let id: string;
beforeEach(async () => {
  world = await planWorld();
  world.clock.set('2026-10-05T08:00:00Z');
  id = (await introduceAcme(world.deps, ['UJORDAN']))._id;
});
afterEach(() => world.close());

const customers = (over: Partial<DefineKpi> = {}): DefineKpi => ({
  ...consultingRevenue(id),
  name: 'Customers',
  unit: { kind: 'count' },
  target: '100',
  ...over,
});
const define = async (over: Partial<DefineKpi> = {}) =>
  made(await defineKpi(world.deps, as(maya), customers(over))).kpi;
const record = async (kpiId: string, value: string, asOf: string) =>
  made(
    await recordReadings(world.deps, as(jordan), {
      partnershipId: id,
      entries: [{ kpiId, value, asOf }],
      confirmedUnlikely: false,
    }),
  );
const onCard = async (kpiId: string) =>
  (await viewPartnership(world.deps, as(maya), { partnershipId: id, form: 'shared' })).kpis.find(
    (one) => one.kpiId === kpiId,
  );

describe('a KPI that goes on from the target it had', () => {
  it('is drawn wherever it stands, also with a first step at its new baseline', async () => {
    const { id: kpiId } = await define();
    world.clock.set('2026-11-05T08:00:00Z');
    await record(kpiId, '98', '2026-11-03');
    world.clock.set('2026-11-10T08:00:00Z');
    const steps = '1 Nov 2026: 100\n1 Dec 2026: 150';
    await define({ kpiId, baseRev: 1, baseline: '100', target: '200', steps });
    expect(await onCard(kpiId)).toMatchObject({ value: '98', earlierTarget: { target: '100' } });
    const partnershipId = id;
    const { kpis } = await viewNumbers(world.deps, as(maya), { partnershipId });
    expect(kpis).toMatchObject([{ line: { value: '98' } }]);
    const form = await updateFormFacts(world.deps, as(jordan), { partnershipId });
    expect(form.kpis).toMatchObject([{ last: '98', expected: '100' }]);
  });
});

describe('what a value is held against', () => {
  const goesOn = async (first: Partial<DefineKpi>, value: string, then: Partial<DefineKpi>) => {
    world.clock.set('2026-10-05T08:00:00Z');
    const { id: kpiId } = await define(first);
    world.clock.set('2026-11-05T08:00:00Z');
    await record(kpiId, value, '2026-11-03');
    const before = await onCard(kpiId);
    world.clock.set('2026-11-10T08:00:00Z');
    await define({ kpiId, baseRev: 1, ...first, ...then });
    return { kpiId, before, after: await onCard(kpiId) };
  };

  it('is the baseline and target of its own day, also where only the baseline changed', async () => {
    const { before, after } = await goesOn({}, '70', { baseline: '60', target: '200' });
    expect(before).toMatchObject({ expected: '84', pace: 'on-pace' });
    expect(after).toMatchObject({ expected: '84', pace: 'on-pace', target: '200' });
    const only = await goesOn({ name: 'Partners' }, '70', { name: 'Partners', baseline: '60' });
    expect(only.after).toEqual(only.before);
  });

  it('is what was agreed then, and not a limit that was set later', async () => {
    const unit = { kind: 'percent' } as const;
    const { kpiId, after } = await goesOn({ unit, target: '80%' }, '40%', {
      unit,
      direction: 'keep-below',
      target: '15%',
    });
    expect(after).toMatchObject({ expected: '67.3%', pace: 'behind', target: '15%' });
    expect(after).not.toHaveProperty('limit');
    await record(kpiId, '14%', '2026-11-10');
    expect(await onCard(kpiId)).toMatchObject({ limit: 'keep below 15%', pace: 'on-pace' });
  });

  it('is the steps and the due day of then', async () => {
    const { before, after } = await goesOn({ steps: '1 Nov 2026: 20' }, '20', {
      steps: '1 Nov 2026: 150',
      target: '200',
      due: '2027-06-30',
    });
    expect(before).toMatchObject({ expected: '20', pace: 'on-pace' });
    expect(after).toMatchObject({ expected: '20', pace: 'on-pace', earlierTarget: { target: '100' } });
  });
});
