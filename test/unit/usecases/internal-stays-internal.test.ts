import { afterEach, beforeEach, expect, it } from 'vitest';
import { defineKpi } from '../../../src/usecases/define-kpi.ts';
import { currentHealth } from '../../../src/usecases/load-health.ts';
import { recordReadings } from '../../../src/usecases/record-readings.ts';
import { updatePartnership } from '../../../src/usecases/update-partnership.ts';
import { loadDigest } from '../../../src/usecases/view-digest.ts';
import { viewNumbers } from '../../../src/usecases/view-numbers.ts';
import { loadCard } from '../../../src/usecases/view-partnership.ts';
import { as, jordan, maya, sam, tom, workspaceId } from '../../support/deps.ts';
import {
  addKpi,
  consultingRevenue,
  fieldsOf,
  introduceAcme,
  made,
  type PlanWorld,
  planWorld,
  stored,
} from '../../support/plan-world.ts';
import { kpi, ref } from '../../support/review-world.ts';

let world: PlanWorld;
let id: string;
beforeEach(async () => {
  world = await planWorld();
  id = (await introduceAcme(world.deps, ['UJORDAN']))._id;
});
afterEach(() => world.close());

const update = async (fields: object) =>
  made(
    await updatePartnership(world.deps, as(maya), {
      partnershipId: id,
      baseVersion: (await stored(world.deps, id)).version,
      ...fields,
    }),
  );
const theirEdit = (kpiId: string, baseRev: number) =>
  defineKpi(world.deps, as(jordan), { ...consultingRevenue(id), kpiId, baseRev, target: '800k' });

it('a KPI that moved on tells the partner of its own change, and not of the tier that was changed since', async () => {
  const { id: kpiId } = await addKpi(world.deps, consultingRevenue(id));
  made(
    await defineKpi(world.deps, as(maya), { ...consultingRevenue(id), kpiId, baseRev: 1, target: '950k' }),
  );
  await update({ tier: 'strategic' });
  await expect(theirEdit(kpiId, 1)).rejects.toMatchObject({
    message: expect.stringMatching(
      /^Maya Lindqvist changed the target of Consulting revenue to \$950k \(was \$900k\) at/,
    ),
  });
});

it('a KPI that moved with the period tells the partner of the period alone', async () => {
  const { id: kpiId } = await addKpi(world.deps, consultingRevenue(id));
  await update({ tier: 'strategic', periodEnd: '2027-03-31' });
  await expect(theirEdit(kpiId, 1)).rejects.toMatchObject({
    message: expect.stringMatching(/^Maya Lindqvist changed the operating period at/),
  });
});

it("a change of the tier disturbs nobody's edit of a KPI", async () => {
  const { id: kpiId } = await addKpi(world.deps, consultingRevenue(id));
  const again = as(jordan, 'VONE');
  const edit = { ...consultingRevenue(id), kpiId, baseRev: 1, target: '800k' };
  made(await defineKpi(world.deps, again, edit));
  await update({ tier: 'strategic' });
  expect(made(await defineKpi(world.deps, again, { ...edit, target: '810k' })).kpi.target).toBe(810_000);
});

it('a partner at the limit of KPIs does not learn how many are internal', async () => {
  const { partnerships } = world.store.workspace(workspaceId);
  const now = await stored(world.deps, id);
  const some = (visibility: 'shared' | 'internal', many: number) =>
    Array.from({ length: many }, (_, nth) =>
      kpi({ id: `${visibility}${nth}`, name: `K${nth}`, side: 'ours', visibility, owner: ref(tom) }),
    );
  const full = { ...now, kpis: [...some('shared', 23), ...some('internal', 20)] };
  await partnerships.replace(full);
  const add = () => defineKpi(world.deps, as(jordan), { ...consultingRevenue(id), reason: 'We need it.' });
  made(await add());
  expect(fieldsOf(await add()).name).toContain('There are 24 KPIs, and that is the most.');
});

it('a guest who speaks for us is not asked why one more beside internal KPIs that they do not see', async () => {
  const { partnerships } = world.store.workspace(workspaceId);
  const now = await stored(world.deps, id);
  const internal = ['a', 'b', 'c'].map((one) =>
    kpi({ id: one, name: one, side: 'ours', visibility: 'internal', owner: ref(maya) }),
  );
  const ourPeople = [...now.ourPeople, ref(sam)];
  await partnerships.replace({ ...now, ourPeople, kpis: [...now.kpis, ...internal] });
  const ours = { ...consultingRevenue(id), side: 'ours', visibility: 'shared' } as const;
  made(await defineKpi(world.deps, as(sam), ours));
  expect(fieldsOf(await defineKpi(world.deps, as(maya), ours)).reason).toContain('Northwind has 4 KPIs.');
});

it('the shared digest is drawn also when the owner of an internal KPI has left Slack', async () => {
  const { partnerships } = world.store.workspace(workspaceId);
  const now = await stored(world.deps, id);
  const before = await loadDigest(world.deps, workspaceId, id, 'shared');
  const nobody = { teamId: 'TNORTHWIND', userId: 'UNOBODY' };
  const internal = kpi({ id: 'k', name: 'Discount', side: 'ours', visibility: 'internal', owner: nobody });
  await partnerships.replace({ ...now, kpis: [internal] });
  expect(await loadDigest(world.deps, workspaceId, id, 'shared')).toEqual(before);
});

it('what is shared stands whatever number of internal values was entered since', async () => {
  const revenue = await addKpi(world.deps, consultingRevenue(id));
  const form = { ...consultingRevenue(id), name: 'Hidden', side: 'ours', visibility: 'internal' } as const;
  const hidden = await addKpi(world.deps, form);
  made(
    await recordReadings(world.deps, as(jordan), {
      partnershipId: id,
      entries: [{ kpiId: revenue.id, value: '210k', asOf: '2026-09-30' }],
      confirmedUnlikely: false,
    }),
  );
  const shared = async () => [
    (await loadCard(world.deps, workspaceId, id, 'shared'))?.kpis,
    await viewNumbers(world.deps, as(jordan), { partnershipId: id }),
    (await loadDigest(world.deps, workspaceId, id, 'shared'))?.kpis,
    await currentHealth(world.deps, await stored(world.deps, id)),
  ];
  const before = await shared();
  expect(JSON.stringify(before[0])).toContain('$210k');
  const { readings } = world.store.workspace(workspaceId);
  for (let nth = 0; nth < 1000; nth += 1) {
    const reading = { kpiId: hidden.id, partnershipId: id, value: nth, asOf: '2026-10-20' };
    const at = new Date(world.clock.now().getTime() + 1000 + nth);
    const how = { by: ref(maya), kind: 'own', rough: false, confirms: false } as const;
    await readings.insert({ _id: `hidden${nth}`, ...reading, at, ...how });
  }
  expect(await shared()).toEqual(before);
  const mine = await viewNumbers(world.deps, as(maya), { partnershipId: id });
  expect(mine.kpis).toMatchObject([{ line: { value: '$210k' } }, { line: { value: '$999' } }]);
});
