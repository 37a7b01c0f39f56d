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
