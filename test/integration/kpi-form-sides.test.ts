import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Profile } from '../../src/domain/person.ts';
import { guest, type PressedWorld, partnershipId, startPressedWorld } from '../support/pressed-world.ts';
import { jordan, kpi, maya, ref } from '../support/review-world.ts';

let world: PressedWorld;
beforeEach(async () => {
  world = await startPressedWorld();
  const found = await world.workspace.partnerships.get(partnershipId);
  if (found === undefined) throw new Error('there is no partnership');
  const internal = ['a', 'b', 'c'].map((id) =>
    kpi({ id, name: `Secret ${id}`, side: 'ours', visibility: 'internal', owner: ref(maya) }),
  );
  await world.workspace.partnerships.replace({
    ...found,
    ourPeople: [...found.ourPeople, ref(guest)],
    kpis: [...found.kpis, ...internal],
  });
});
afterEach(() => world.close());

const formOf = async (who: Profile, ids: object) => {
  await world.press(who, 'add-kpi', ids);
  return JSON.stringify(world.lastView());
};
const offered = (form: string) =>
  ['ours', 'theirs', 'joint'].filter((side) => form.includes(`"value":"${side}"`));

it('offers everybody only the sides whose KPIs they may define', async () => {
  expect(offered(await formOf(jordan, { partnershipId }))).toEqual(['theirs', 'joint']);
  expect(offered(await formOf(maya, { partnershipId }))).toEqual(['ours', 'theirs', 'joint']);
});

it('counts internal KPIs for who sees them alone', async () => {
  expect(await formOf(maya, { partnershipId, side: 'ours' })).toContain('4 KPIs are for Northwind already.');
  expect(await formOf(guest, { partnershipId, side: 'ours' })).not.toContain('already');
});
