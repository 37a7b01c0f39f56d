import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ids } from '../../src/local-slack/seed.ts';
import type { Actor, MessageRef } from '../../src/local-slack/test-actor.ts';
import { type LocalWorld, startLocalWorld } from '../support/local-world.ts';
import {
  done,
  formOf,
  onlyPartnership,
  shared,
  type Typed,
  untilPlanned,
  workspaceOf,
} from '../support/story-steps.ts';

let world: LocalWorld;
let maya: Actor;
let ownerCard: MessageRef;

const shows = (): string => JSON.stringify(maya.view() ?? '');
const says = (words: string): Promise<unknown> =>
  world.eventually(`"${words}" in the view`, () => shows().includes(words));
const sent = async (values: Typed): Promise<void> => {
  expect(await maya.submit(values)).toEqual(done);
  if (maya.view() !== undefined) await maya.close(true);
};
/** Opens the form of goals or KPIs on the first that there is, with what is rarely needed. */
const openFirst = async (button: 'Goals' | 'KPIs'): Promise<void> => {
  const [form, block, of] =
    button === 'Goals' ? (['goal', 'goalId', 'goals'] as const) : (['kpi', 'kpiId', 'kpis'] as const);
  expect(await maya.click(ownerCard, button)).toEqual(done);
  await formOf(world, maya, form);
  const [first] = (await onlyPartnership(world))[of];
  await maya.click('view', { blockId: block, value: first?.id ?? '' });
  await says(`"private_metadata":"{\\"form\\":\\"${form}\\",\\"partnershipId\\"`);
  await says(`\\"base\\":`);
};
const moreOfKpi = async (): Promise<void> => {
  await openFirst('KPIs');
  // A KPI that has something of it shows it at once.
  if (!shows().includes('"block_id":"steps"')) await maya.click('view', { blockId: 'more', value: 'more' });
  await says('"block_id":"steps"');
};

beforeAll(async () => {
  world = await startLocalWorld('HTTP');
  maya = world.slack.as(ids.maya);
  ({ ownerCard } = await untilPlanned(world));
});
afterAll(() => world.close());

describe('a field that may be empty, emptied in its form, is empty from then on', () => {
  it.each([
    ['backupUserId', [ids.tom], 'backup'],
    ['ourSponsor', [ids.priya], 'sponsors'],
    ['theirSponsor', [ids.dana], 'sponsors'],
  ] as const)('%s of the partnership', async (block, filled, field) => {
    for (const value of [[...filled], []]) {
      await maya.command('/partnership edit', shared);
      await formOf(world, maya, 'edit');
      await sent({ [block]: value });
      expect((await onlyPartnership(world))[field] !== undefined).toBe(value.length > 0);
    }
  });

  it('says in the history who is no backup any more', async () => {
    const { audit } = await workspaceOf(world);
    const entries = await audit.find({ action: 'update-partnership' });
    expect(entries.map((one) => one.summary)).toContain('changed the backup owner');
  });

  it.each([
    ['ownerUserId', [ids.tom], [], 'owner'],
    ['due', '2026-11-30', '', 'due'],
    ['vision', '0', 'none', 'vision'],
  ] as const)('%s of a goal', async (block, filled, empty, field) => {
    for (const value of [filled, empty]) {
      await openFirst('Goals');
      await sent({ [block]: typeof value === 'string' ? value : [...value] });
      const [goal] = (await onlyPartnership(world)).goals;
      expect(goal?.[field] !== undefined).toBe(value === filled);
    }
  });

  it.each([
    ['ownerUserId', [ids.tom], [], 'owner'],
    ['definition', 'Invoiced', '', 'definition'],
    ['knownAfter', '14', 'none', 'knownAfter'],
    ['source', 'Finance', '', 'source'],
    ['steps', '30 Nov 2026: 600k', '', 'checkpoints'],
  ] as const)('%s of a KPI', async (block, filled, empty, field) => {
    for (const value of [filled, empty]) {
      await moreOfKpi();
      await sent({ [block]: typeof value === 'string' ? value : [...value] });
      const [kpi] = (await onlyPartnership(world)).kpis;
      expect(kpi?.[field] !== undefined).toBe(value === filled);
    }
  });

  it('the end and the holidays of a rhythm, and whom it asks at the partner', async () => {
    const rhythm = async () => (await (await workspaceOf(world)).rhythms.find({}))[0];
    const write = async (values: Typed) => {
      await maya.command('/partnership rhythm', shared);
      await formOf(world, maya, 'rhythm');
      await sent(values);
    };
    await write({ endDate: '2027-06-30', holidaysTheirs: '2026-12-24', askedTheirs: [ids.jordan] });
    expect(await rhythm()).toMatchObject({ endDate: '2027-06-30', asked: { theirs: [{}] } });
    expect((await onlyPartnership(world)).holidays?.theirs).toEqual(['2026-12-24']);
    await write({ endDate: '', holidaysTheirs: '', askedTheirs: [] });
    expect(await rhythm()).not.toHaveProperty('endDate');
    expect(await rhythm()).toMatchObject({ asked: { theirs: [] } });
    expect((await onlyPartnership(world)).holidays?.theirs ?? []).toEqual([]);
  });

  it('and no error was logged by any of it', () => {
    expect(world.log.filter((one) => one.level === 'error')).toEqual([]);
  });
});
