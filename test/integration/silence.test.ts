import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ids } from '../../src/local-slack/seed.ts';
import { readOf } from '../support/accepted-by-slack.ts';
import { type LocalWorld, startLocalWorld } from '../support/local-world.ts';
import {
  done,
  fillIn,
  ownerDm,
  posted,
  pressAndFill,
  shared,
  untilPlanned,
  walkTo,
  workspaceOf,
} from '../support/story-steps.ts';

/** Every second Tuesday at 16:00 in Berlin, from 13 Oct 2026; nobody at Acme says a word. */
describe('a firm that does not answer', () => {
  let world: LocalWorld;
  beforeAll(async () => {
    world = await startLocalWorld('HTTP');
    await untilPlanned(world);
    const maya = world.slack.as(ids.maya);
    for (const [day, opens] of [
      ['13 Oct', '2026-10-13T14:00:30Z'],
      ['27 Oct', '2026-10-27T15:00:30Z'],
    ] as const) {
      await walkTo(world, opens);
      const root = await posted(world, shared, `Northwind × Acme · ${day}`);
      await pressAndFill(world, maya, [root, 'Answer'], 'answer', { confidence: '4' });
    }
    await walkTo(world, '2026-10-29T15:01:00Z');
  });
  afterAll(() => world.close());

  it('is named to the owner after two reviews, and a colleague there is asked with one button', async () => {
    const maya = world.slack.as(ids.maya);
    const card = await posted(world, ownerDm(world), 'has not answered the last two');
    expect(readOf(card).split('\n')[0]).toBe(
      'Acme has not answered the last two pulses of Northwind and Acme.',
    );
    expect(await maya.click(card, 'Ask someone else')).toEqual(done);
    await fillIn(world, maya, 'colleague', { userId: ids.dana });
    const { rhythms } = await workspaceOf(world);
    await world.eventually('the colleague', async () =>
      (await rhythms.find({})).some((one) => one.asked.theirs.some(({ userId }) => userId === ids.dana)),
    );
    expect(world.log.filter((one) => one.level === 'error')).toEqual([]);
  });
});
