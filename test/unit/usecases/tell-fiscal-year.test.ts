import { afterEach, beforeEach, expect, it } from 'vitest';
import type { FiscalYear } from '../../../src/domain/partnership.ts';
import { type TellFiscalYear, tellFiscalYear } from '../../../src/usecases/tell-fiscal-year.ts';
import { as, jordan, maya } from '../../support/deps.ts';
import { introduceAcme, made, type PlanWorld, planWorld, stored } from '../../support/plan-world.ts';

let world: PlanWorld;
let partnershipId: string;
let base: FiscalYear;
beforeEach(async () => {
  world = await planWorld();
  partnershipId = (await introduceAcme(world.deps, ['UJORDAN']))._id;
  const { theirFiscalYear } = await stored(world.deps, partnershipId);
  if (theirFiscalYear === undefined) throw new Error('there is no year');
  base = theirFiscalYear;
});
afterEach(() => world.close());

const tell = (who: typeof maya, said: Omit<TellFiscalYear, 'partnershipId'>, requestId?: string) =>
  tellFiscalYear(world.deps, as(who, requestId), { partnershipId, ...said });
const startMonth = async () => (await stored(world.deps, partnershipId)).theirFiscalYear?.startMonth;

it('a fiscal year that somebody told meanwhile is not overwritten, until the person has seen it', async () => {
  made(await tell(jordan, { startMonth: 4, base }));
  await expect(tell(maya, { startMonth: 7, base })).rejects.toMatchObject({
    code: 'conflict',
    message: "Jordan Ellis changed Acme's fiscal year while this form was open. Your text is kept below.",
  });
  expect(await startMonth()).toBe(4);
  made(await tell(maya, { startMonth: 4, base }));
  made(await tell(maya, { startMonth: 7, base: { ...base, startMonth: 4 } }));
  expect(await startMonth()).toBe(7);
});

it('a fiscal year is told once by a form that is sent twice, and follows what it says last', async () => {
  made(await tell(jordan, { startMonth: 4, base }, 'VSAME'));
  made(await tell(jordan, { startMonth: 4, base }, 'VSAME'));
  made(await tell(jordan, { startMonth: 5, base }, 'VSAME'));
  expect(await startMonth()).toBe(5);
});
