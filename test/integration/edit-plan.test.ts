import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Partnership } from '../../src/domain/partnership.ts';
import { ids } from '../../src/local-slack/seed.ts';
import type { Actor, MessageRef } from '../../src/local-slack/test-actor.ts';
import { type LocalWorld, startLocalWorld } from '../support/local-world.ts';
import {
  done,
  fillIn,
  formOf,
  kpiNamed,
  onlyPartnership,
  ownerDm,
  posted,
  shared,
  type Typed,
  untilPlanned,
  valueBlock,
  walkTo,
  workspaceOf,
} from '../support/story-steps.ts';

let world: LocalWorld;
let maya: Actor;
let tom: Actor;
let jordan: Actor;
let card: MessageRef;

const shows = (who: Actor): string => JSON.stringify(who.view() ?? '');
const says = (who: Actor, words: string): Promise<unknown> =>
  world.eventually(`"${words}" in the view`, () => shows(who).includes(words));
const partnership = () => onlyPartnership(world);
const kpi = (name: string) => kpiNamed(world, name);
const store = async (change: (now: Partnership) => Partnership): Promise<void> => {
  const { partnerships } = await workspaceOf(world);
  expect(await partnerships.replace(change(await partnership()))).toBe(true);
};
const command = async (who: Actor, text: string, form: string): Promise<void> => {
  expect(await who.command(`/partnership ${text}`, shared)).toMatchObject(done);
  await formOf(world, who, form);
};
const select = z.object({
  element: z.object({ options: z.array(z.object({ text: z.object({ text: z.string() }) })) }),
});
const offered = (who: Actor, block: 'goalId' | 'kpiId'): string[] =>
  select
    .parse(who.view()?.blocks.find((one) => one.block_id === block))
    .element.options.map((one) => one.text.text);
/** Chooses which one the form is about and waits until it shows that one. */
const choose = async (who: Actor, block: 'goalId' | 'kpiId', id: string, typed: Typed = {}) => {
  const before = shows(who);
  expect(await who.click('view', { blockId: block, value: id }, typed)).toEqual(done);
  await world.eventually('another form', () => shows(who) !== before);
};

beforeAll(async () => {
  world = await startLocalWorld('Socket Mode');
  maya = world.slack.as(ids.maya);
  tom = world.slack.as(ids.tom);
  jordan = world.slack.as(ids.jordan);
  ({ card } = await untilPlanned(world));
  await command(maya, 'edit', 'edit');
  expect(await maya.submit({ backupUserId: ids.tom })).toEqual(done);
  await command(maya, 'kpi', 'kpi');
  await maya.click('view', { blockId: 'side', value: 'ours' });
  await says(maya, '"block_id":"visibility"');
  await fillIn(world, maya, 'kpi', {
    name: 'Average discount',
    side: 'ours',
    unit: 'percent',
    baseline: '30',
    direction: 'decrease',
    target: '15',
    visibility: 'internal',
  });
});
afterAll(async () => {
  await world.close();
});

describe('a KPI that is there', () => {
  it('is chosen by name, shows what is stored, and keeps the replaced target on the card', async () => {
    await walkTo(world, '2026-10-13T08:00:00Z');
    await command(maya, 'kpi', 'kpi');
    expect(offered(maya, 'kpiId')).toEqual([
      'New KPI',
      'Subscription revenue',
      'Consulting revenue',
      'Average discount',
    ]);
    expect(shows(maya)).toContain('Only Northwind sees it');
    const { id } = await kpi('Subscription revenue');
    await choose(maya, 'kpiId', id, { name: 'Half typed' });
    expect(shows(maya)).toContain('"initial_value":"Subscription revenue"');
    expect(shows(maya)).toContain('Read as: $0 to $1,200,000 by 31 Dec 2026');
    expect(shows(maya)).not.toContain('Half typed');
    const receipt = await fillIn(world, maya, 'kpi', { target: '$900k', definition: 'Signed contracts' });
    expect(receipt).toContain('$0 to $900,000 by 31 Dec 2026');
    await posted(world, shared, 'target $900k, was $1.2m until 13 Oct');
    await posted(world, ownerDm(world), 'target $900k, was $1.2m until 13 Oct');
    expect(await kpi('Subscription revenue')).toMatchObject({
      id,
      rev: 2,
      definition: 'Signed contracts',
      owner: { userId: ids.maya },
      earlierTargets: [{ target: 1_200_000, until: '2026-10-13' }],
    });
    expect((await partnership()).kpis).toHaveLength(3);
  });

  it('goes back to a new one with nothing of the other in it', async () => {
    await command(maya, 'kpi', 'kpi');
    await choose(maya, 'kpiId', (await kpi('Consulting revenue')).id);
    await choose(maya, 'kpiId', 'new');
    expect(shows(maya)).not.toContain('"initial_value":"Consulting revenue"');
    expect(
      await maya.submit({ name: 'Deals', side: 'joint', unit: 'count', baseline: '0', target: '12' }),
    ).toEqual(done);
    await says(maya, 'Saved: Deals.');
    await maya.close(true);
    expect((await partnership()).kpis.map((one) => [one.name, one.rev])).toEqual([
      ['Subscription revenue', 2],
      ['Consulting revenue', 1],
      ['Average discount', 1],
      ['Deals', 1],
    ]);
  });

  it("is offered to the partner's people when it is theirs or joint, and never an internal one", async () => {
    expect(await jordan.click(card, 'KPIs')).toEqual(done);
    await formOf(world, jordan, 'kpi');
    expect(offered(jordan, 'kpiId')).toEqual(['New KPI', 'Consulting revenue', 'Deals']);
    expect(shows(jordan)).not.toContain('Average discount');
    await choose(jordan, 'kpiId', (await kpi('Consulting revenue')).id);
    await fillIn(world, jordan, 'kpi', { cadence: 'monthly' });
    expect(await kpi('Consulting revenue')).toMatchObject({ cadence: 'monthly', rev: 2 });
  });

  it('keeps whose it is, number or status, and its unit once it has values', async () => {
    expect(await jordan.click(card, 'Update KPIs')).toEqual(done);
    await formOf(world, jordan, 'update');
    await fillIn(world, jordan, 'update', { [valueBlock(jordan)]: '210k' });
    await command(maya, 'kpi', 'kpi');
    await choose(maya, 'kpiId', (await kpi('Consulting revenue')).id);
    expect(shows(maya)).toContain('so whose it is, number or status, and the unit stay');
    expect(await maya.submit({ unit: 'EUR' })).toEqual({
      result: 'refused',
      message: '"EUR" is not offered; these are: USD',
    });
    expect(await maya.submit({ name: 'Consulting revenue, invoiced' })).toEqual(done);
    await says(maya, 'Saved: Consulting revenue, invoiced.');
    await maya.close(true);
  });

  it('is not written over when the form was sent before it showed it', async () => {
    await command(maya, 'kpi', 'kpi');
    const { id } = await kpi('Deals');
    const typed = { name: 'Mistaken', side: 'ours', unit: 'count', baseline: '1', target: '2' };
    expect(await maya.submit({ ...typed, kpiId: id })).toMatchObject({
      result: 'errors',
      errors: { kpiId: expect.stringContaining('Nothing was saved.') },
    });
    await maya.close(true);
    expect((await partnership()).kpis.map((one) => one.name)).not.toContain('Mistaken');
  });
});

describe('two people on one KPI', () => {
  const both = async (typed: { tom: Typed; maya: Typed }) => {
    const { id } = await kpi('Deals');
    for (const who of [maya, tom]) {
      await command(who, 'kpi', 'kpi');
      await choose(who, 'kpiId', id);
    }
    await fillIn(world, tom, 'kpi', typed.tom);
    await maya.submit(typed.maya);
  };

  it('the second sees what changed beside their own text, and may keep it', async () => {
    await both({ tom: { target: '20' }, maya: { target: '14', definition: 'Signed by both' } });
    await says(maya, 'Tom Okafor changed the target of Deals to 20');
    expect(shows(maya)).toContain('"initial_value":"14"');
    expect(maya.view()?.submit?.text).toBe('Keep mine');
    await maya.click('view', { blockId: 'direction', value: 'keep-above' });
    await world.eventually('no start', () => maya.view()?.blocks.every((one) => one.block_id !== 'baseline'));
    expect(shows(maya)).toContain('Tom Okafor changed the target of Deals to 20');
    expect(maya.view()?.submit?.text).toBe('Keep mine');
    expect(await maya.submit({})).toEqual(done);
    await says(maya, 'stays above 14');
    await maya.close(true);
    expect(await kpi('Deals')).toMatchObject({ target: 14, definition: 'Signed by both', rev: 3 });
  });

  it('or takes theirs where both changed it, with their own under it and all else as they typed it', async () => {
    await both({ tom: { name: 'Deals won' }, maya: { name: 'Deals signed', target: '15' } });
    await says(maya, 'Tom Okafor changed the KPI Deals won: the name to Deals won (was Deals)');
    expect(shows(maya)).toContain('As it stands now:\\nDeals won');
    expect(await maya.click('view', "Take Tom's")).toEqual(done);
    await says(maya, '"initial_value":"Deals won"');
    expect(shows(maya)).not.toContain('"initial_value":"Deals signed"');
    expect(shows(maya)).toContain('Yours was:\\nDeals signed');
    expect(shows(maya)).toContain('"initial_value":"15"');
    expect(maya.view()?.submit?.text).toBe('Save KPI');
    expect(offered(maya, 'kpiId')).toContain('Deals won');
    await maya.click('view', { blockId: 'cadence', value: 'weekly' });
    await says(maya, 'the Monday after');
    expect(shows(maya)).toContain('Yours was:\\nDeals signed');
    expect(await maya.submit({ target: '16' })).toEqual(done);
    await says(maya, 'Saved: Deals won.');
    await maya.close(true);
    expect(await kpi('Deals won')).toMatchObject({ target: 16, cadence: 'weekly', rev: 5 });
  });

  it('the second keeps what they typed, and takes back nothing of what they left alone', async () => {
    const { id } = await kpi('Deals won');
    for (const who of [maya, tom]) {
      await command(who, 'kpi', 'kpi');
      await choose(who, 'kpiId', id);
    }
    await fillIn(world, tom, 'kpi', { target: '18' });
    await command(tom, 'kpi', 'kpi');
    await choose(tom, 'kpiId', id);
    await fillIn(world, tom, 'kpi', { cadence: 'quarterly', due: '2026-11-30', name: 'Deals of both' });
    await maya.submit({ definition: 'Typed by Maya', name: 'Deals of Maya' });
    await says(
      maya,
      'Tom Okafor changed the target of Deals won to 18 (was 16); changed the KPI Deals of both',
    );
    expect(shows(maya)).toContain('What you had not changed shows what stands now.');
    expect(shows(maya)).toContain('"initial_value":"18"');
    expect(shows(maya)).toContain('Read as: stays above 18');
    expect(shows(maya)).toContain('As it stands now:\\nDeals of both');
    expect(shows(maya)).not.toContain('As it stands now:\\nTyped');
    expect(await maya.submit({})).toEqual(done);
    await says(maya, 'Saved: Deals of Maya.');
    await maya.close(true);
    expect(await kpi('Deals of Maya')).toMatchObject({
      target: 18,
      cadence: 'quarterly',
      due: '2026-11-30',
      definition: 'Typed by Maya',
    });
    await command(maya, 'kpi', 'kpi');
    await choose(maya, 'kpiId', id);
    await fillIn(world, maya, 'kpi', { name: 'Deals won', due: '2026-12-31' });
  });
});

describe('a goal that is there', () => {
  it('is changed from the card and by command, and a conflict is decided by who was slower', async () => {
    const ownerCard = await posted(world, ownerDm(world), 'Goal 1. Win 12 joint customers');
    expect(await maya.click(ownerCard, 'Goals')).toEqual(done);
    await formOf(world, maya, 'goal');
    expect(offered(maya, 'goalId')).toEqual(['New goal', 'Win 12 joint customers']);
    const [goal] = (await partnership()).goals;
    for (const who of [maya, tom]) {
      if (who === tom) await command(tom, 'goal', 'goal');
      await choose(who, 'goalId', goal?.id ?? '');
      expect(shows(who)).toContain('"initial_value":"Win 12 joint customers"');
    }
    expect(await tom.submit({ title: 'Win 20 joint customers', side: 'ours', due: '2026-12-01' })).toEqual(
      done,
    );
    await maya.submit({ title: 'Win 14 joint customers' });
    await says(maya, 'whom it serves to Northwind (was Joint), the due day to 1 Dec 2026 (was 31 Dec 2026)');
    expect(shows(maya)).toContain('"initial_value":"Win 14 joint customers"');
    expect(shows(maya)).toContain('As it stands now:\\nWin 20 joint customers');
    expect(await maya.submit({})).toEqual(done);
    await posted(world, shared, 'Goal 1. Win 14 joint customers');
    expect((await partnership()).goals).toMatchObject([
      { id: goal?.id, rev: 3, vision: goal?.vision, side: 'ours', due: '2026-12-01' },
    ]);
  });

  it("is refused to the partner's people in a sentence, since the plan is the editors'", async () => {
    expect(await jordan.click(card, 'Goals')).toEqual(done);
    await says(jordan, 'Only Maya Lindqvist, the backup owner and the editors can change this.');
    await jordan.close(true);
  });
});

it('a KPI written in the other mark keeps its target', async () => {
  await command(maya, 'kpi', 'kpi');
  await fillIn(world, maya, 'kpi', {
    name: 'Trained people',
    side: 'joint',
    unit: 'count',
    baseline: '0',
    target: '1,500',
  });
  await command(maya, 'kpi', 'kpi');
  await choose(maya, 'kpiId', (await kpi('Trained people')).id);
  expect(await maya.click('view', { blockId: 'decimalMark', value: ',' })).toEqual(done);
  await says(maya, '"initial_value":"1.500"');
  const receipt = await fillIn(world, maya, 'kpi', {});
  expect(receipt).toContain('Read as: 0 to 1.500 by 31 Dec 2026');
  expect(await kpi('Trained people')).toMatchObject({ target: 1500, decimalMark: ',' });
});

describe('what is gone meanwhile', () => {
  it('a KPI: a plain sentence, the text kept, and saved as a new one when that is chosen', async () => {
    const { id } = await kpi('Deals won');
    await command(maya, 'kpi', 'kpi');
    await choose(maya, 'kpiId', id);
    await command(tom, 'kpi', 'kpi');
    await store((now) => ({ ...now, kpis: now.kpis.filter((one) => one.id !== id) }));
    await maya.submit({ name: 'Deals of both' });
    await says(maya, 'This KPI is not here any more. Nothing was changed. Your text is kept below.');
    expect(shows(maya)).toContain('"initial_value":"Deals of both"');
    await choose(maya, 'kpiId', 'new', { name: 'Deals of both' });
    expect(shows(maya)).toContain('"initial_value":"Deals of both"');
    expect(await maya.submit({})).toEqual(done);
    await says(maya, 'Saved: Deals of both.');
    await maya.close(true);

    await choose(tom, 'kpiId', id, { name: 'Half typed' });
    expect(shows(tom)).toContain('That one is not here any more.');
    expect(shows(tom)).toContain('"initial_value":"Half typed"');
    expect(offered(tom, 'kpiId')).not.toContain('Deals won');
    await tom.close(true);
  });

  it('the partnership: a plain sentence, and the text kept', async () => {
    await command(maya, 'kpi', 'kpi');
    await choose(maya, 'kpiId', (await kpi('Deals of both')).id);
    await command(tom, 'goal', 'goal');
    await store((now) => ({ ...now, state: 'ended' }));
    await maya.submit({ definition: 'Typed as it ended' });
    await says(maya, 'The partnership with Acme has ended. Nothing was changed.');
    expect(shows(maya)).toContain('"initial_value":"Typed as it ended"');
    await maya.close(true);
    await tom.click('view', { blockId: 'goalId', value: (await partnership()).goals[0]?.id ?? '' });
    await world.eventually('the sentence on top', () =>
      tom.views().length > 1 ? shows(tom).includes('has ended') : false,
    );
    await tom.close(true);
    await maya.command('/partnership goal', shared);
    await says(maya, 'The partnership with Acme has ended.');
    await maya.close(true);
    expect(world.log.filter((one) => one.level === 'error')).toEqual([]);
  });
});
