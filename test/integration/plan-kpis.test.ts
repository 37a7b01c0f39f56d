import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Goal } from '../../src/domain/goal.ts';
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
  said,
  shared,
  type Typed,
  untilPlanned,
  valueBlock,
  walkTo,
} from '../support/story-steps.ts';

let world: LocalWorld;
let maya: Actor;
let jordan: Actor;
let card: MessageRef;
let ownerCard: MessageRef;

const shows = (who: Actor): string => JSON.stringify(who.view() ?? '');
const says = (who: Actor, words: string): Promise<unknown> =>
  world.eventually(`"${words}" in the view`, () => shows(who).includes(words));
const plan = () => onlyPartnership(world);
const kpi = (name: string) => kpiNamed(world, name);
const goal = async (): Promise<Goal> => {
  const [found] = (await plan()).goals;
  if (found === undefined) throw new Error('there is no goal');
  return found;
};
const openOn = async (who: Actor, on: MessageRef, button: string, form: string): Promise<void> => {
  expect(await who.click(on, button)).toEqual(done);
  await formOf(world, who, form);
};
const tickMore = async (who: Actor, typed: Typed, block: string): Promise<void> => {
  expect(await who.click('view', { blockId: 'more', value: 'more' }, typed)).toEqual(done);
  await says(who, `"block_id":"${block}"`);
};
const choose = async (who: Actor, block: 'goalId' | 'kpiId', id: string): Promise<void> => {
  const before = shows(who);
  expect(await who.click('view', { blockId: block, value: id })).toEqual(done);
  await world.eventually('another form', () => shows(who) !== before);
};
const inChannel = (): string => {
  const found = world.slack.messages(shared).find((one) => one.ts === card.ts);
  return found === undefined ? '' : said(found);
};

beforeAll(async () => {
  world = await startLocalWorld('Socket Mode');
  maya = world.slack.as(ids.maya);
  jordan = world.slack.as(ids.jordan);
  ({ card, ownerCard } = await untilPlanned(world));
  await walkTo(world, '2026-10-14T08:00:00Z');
});
afterAll(async () => {
  await world.close();
});

describe('a KPI in the hands of the firm that owns it', () => {
  const time = { name: 'Time to certify', side: 'theirs', direction: 'decrease', unit: 'days' };

  it('is added from the channel with all that is rarely said, and nothing typed before More is lost', async () => {
    await openOn(jordan, card, 'KPIs', 'kpi');
    await jordan.click('view', { blockId: 'side', value: 'theirs' });
    await says(jordan, 'A measure by which Acme itself would know');
    await tickMore(jordan, { ...time, baseline: '60', target: '40' }, 'steps');
    for (const words of [
      '"initial_value":"Time to certify"',
      '"initial_value":"60"',
      '"block_id":"weight"',
    ]) {
      expect(shows(jordan)).toContain(words);
    }
    const rare = { knownAfter: '15', source: 'Acme academy', weight: '2', ownerUserId: ids.jordan };
    expect(await jordan.submit({ ...rare, weight: 'two', steps: 'soon' })).toMatchObject({
      result: 'errors',
      errors: {
        weight: expect.stringContaining('A weight is a whole number from 1 to 100.'),
        steps: expect.stringContaining('I cannot read "soon". The form is as you left it.'),
      },
    });
    const receipt = await fillIn(world, jordan, 'kpi', { ...rare, steps: '30 Nov 2026: 50 days' });
    expect(receipt).toContain('60 days to 40 days by 31 Dec 2026');
    expect(receipt).toContain('Expected in steps: 30 Nov 2026: 50 days');
    expect(receipt).toContain('Known from the 15th.');
    expect(await kpi('Time to certify')).toMatchObject({
      source: 'Acme academy',
      weight: 2,
      knownAfter: 15,
      checkpoints: [{ date: '2026-11-30', value: 50 }],
    });
    await posted(world, shared, 'Time to certify: no value yet, expected 60 days');
  });

  it('is counted in weeks from now on, its value with it, and never in dollars', async () => {
    await openOn(jordan, card, 'Update KPIs', 'update');
    const { id } = await kpi('Time to certify');
    expect(valueBlock(jordan)).toMatch(/^value:/);
    await fillIn(world, jordan, 'update', { [`value:${id}`]: '56 days' });
    await posted(world, shared, 'Time to certify 56 days, expected 60 days (14 Oct)');
    await openOn(jordan, card, 'KPIs', 'kpi');
    await choose(jordan, 'kpiId', id);
    expect(shows(jordan)).toContain('"initial_value":"30 Nov 2026: 50 days"');
    expect(await jordan.submit({ unit: 'USD' })).toMatchObject({ result: 'refused' });
    await fillIn(world, jordan, 'kpi', { unit: 'weeks' });
    await posted(world, shared, 'Time to certify 8 weeks, expected 8.57 weeks (14 Oct)');
    expect(inChannel()).not.toContain('56 days');
  });

  it('is retired with a reason, leaves the card, and comes back with its value', async () => {
    const { id } = await kpi('Time to certify');
    await openOn(jordan, card, 'KPIs', 'kpi');
    await choose(jordan, 'kpiId', id);
    expect(await jordan.submit({ state: 'retired' })).toMatchObject({
      result: 'errors',
      errors: { retireReason: expect.stringContaining('Say why, like') },
    });
    const receipt = await fillIn(world, jordan, 'kpi', {
      state: 'retired',
      retireReason: 'All are certified',
    });
    expect(receipt).toContain('It is retired. Its values are kept.');
    await world.eventually('a card without it', () => !inChannel().includes('Time to certify'));
    await openOn(jordan, card, 'KPIs', 'kpi');
    expect(shows(jordan)).toContain('Retired');
    await choose(jordan, 'kpiId', id);
    expect(shows(jordan)).toContain('"initial_value":"All are certified"');
    await fillIn(world, jordan, 'kpi', { state: 'in-use' });
    await posted(world, shared, 'Time to certify 8 weeks');
  });
});

describe('a goal', () => {
  it('stands as its owner at the other firm says, who may not change the plan', async () => {
    await openOn(maya, ownerCard, 'Goals', 'goal');
    await choose(maya, 'goalId', (await goal()).id);
    expect(await maya.submit({ ownerUserId: ids.jordan })).toEqual(done);
    expect((await goal()).owner?.userId).toBe(ids.jordan);
    await openOn(jordan, card, 'Goals', 'goal');
    expect(shows(jordan)).toContain('Win 12 joint customers, due 31 Dec 2026');
    expect(shows(jordan)).not.toContain('"block_id":"title"');
    expect(await jordan.submit({ status: 'behind' })).toMatchObject({
      result: 'errors',
      errors: { statusReason: expect.stringContaining('Say why in a line') },
    });
    expect(await jordan.submit({ status: 'behind', statusReason: 'Two projects slipped' })).toEqual(done);
    await posted(world, shared, 'Goal 1. Win 12 joint customers · Joint · Behind: Two projects slipped');
  });

  it('is dropped with a sentence, and then nothing of it is on the card until it comes back', async () => {
    await openOn(maya, ownerCard, 'Goals', 'goal');
    await choose(maya, 'goalId', (await goal()).id);
    await tickMore(maya, { title: 'Win 10 joint customers' }, 'outcome');
    expect(shows(maya)).toContain('"initial_value":"Win 10 joint customers"');
    expect(await maya.submit({ outcome: 'dropped' })).toMatchObject({
      result: 'errors',
      errors: { outcomeSentence: expect.stringContaining('Say it in one sentence') },
    });
    expect(await maya.submit({ outcome: 'dropped', outcomeSentence: 'No budget.' })).toEqual(done);
    await world.eventually('a card without it', () => !inChannel().includes('joint customers'));
    await posted(world, ownerDm(world), 'Next: add one goal');
    expect(await maya.command('/partnership goal', shared)).toMatchObject(done);
    await formOf(world, maya, 'goal');
    expect(shows(maya)).toContain('Dropped');
    await choose(maya, 'goalId', (await goal()).id);
    expect(await maya.submit({ outcome: 'open' })).toEqual(done);
    await posted(world, shared, 'Goal 1. Win 10 joint customers · Joint · Behind: Two projects slipped');
    expect(world.log.filter((one) => one.level === 'error')).toEqual([]);
  });
});
