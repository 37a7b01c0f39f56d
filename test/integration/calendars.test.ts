import { afterAll, beforeAll, expect, it } from 'vitest';
import { ids } from '../../src/local-slack/seed.ts';
import type { Actor, MessageRef } from '../../src/local-slack/test-actor.ts';
import { type LocalWorld, startLocalWorld } from '../support/local-world.ts';
import { done, formOf, posted, shared, untilPlanned, walkTo, workspaceOf } from '../support/story-steps.ts';

let world: LocalWorld;
let maya: Actor;
let card: MessageRef;

const shows = (): string => JSON.stringify(maya.view() ?? '');
const says = (words: string) => world.eventually(`"${words}"`, () => shows().includes(words));
const choose = async (blockId: string, value: string, words: string) => {
  expect(await maya.click('view', { blockId, value })).toEqual(done);
  await says(words);
};
const cardText = (): string => world.slack.messages(shared).find((one) => one.ts === card.ts)?.text ?? '';
const openEdit = async () => {
  await maya.command('/partnership edit', shared);
  await formOf(world, maya, 'edit');
};

beforeAll(async () => {
  world = await startLocalWorld('Socket Mode');
  maya = world.slack.as(ids.maya);
  ({ card } = await untilPlanned(world));
});
afterAll(() => world.close());

it('the partner says from the card in the shared channel when its own year starts', async () => {
  const jordan = world.slack.as(ids.jordan);
  const priya = world.slack.as(ids.priya);
  await posted(world, shared, 'Acme: fiscal year not known yet');
  expect(await priya.click(card, "Add Acme's fiscal year")).toEqual(done);
  await world.eventually('the refusal', () =>
    JSON.stringify(priya.view() ?? '').includes('Only the people that Acme named'),
  );
  await priya.close(true);
  expect(await jordan.click(card, "Add Acme's fiscal year")).toEqual(done);
  await formOf(world, jordan, 'fiscal-year');
  expect(await maya.click(card, "Add Acme's fiscal year")).toEqual(done);
  await formOf(world, maya, 'fiscal-year');
  await jordan.click('view', { blockId: 'theirStartMonth', value: '2' });
  await world.eventually('how it reads', () =>
    JSON.stringify(jordan.view() ?? '').includes(
      'Read as: today is FY27 Q3 wk 12. This quarter: 1 Aug – 31 Oct 2026.',
    ),
  );
  expect(await jordan.submit({})).toEqual(done);
  await posted(world, shared, 'Northwind FY26 Q4 wk 3 · Acme FY27 Q3 wk 12');
  expect(cardText()).not.toContain('not known yet');
});

it('who says it at the same time sees that the partner was quicker, and decides', async () => {
  expect(await maya.submit({ theirStartMonth: '4' })).toEqual(done);
  await says("Jordan Ellis changed Acme's fiscal year while this form was open. Your text is kept below.");
  expect(maya.view()?.submit?.text).toBe('Keep mine');
  const year = async () => (await (await workspaceOf(world)).partnerships.find({}))[0]?.theirFiscalYear;
  expect(await year()).toEqual({ startMonth: 2, namedBy: 'end' });
  expect(await maya.click('view', "Take Jordan's")).toEqual(done);
  await says('Read as: today is FY27 Q3 wk 12.');
  expect(await maya.submit({})).toEqual(done);
  expect(await year()).toEqual({ startMonth: 2, namedBy: 'end' });
});

it('both fiscal years and the period are agreed in one form, which says at once how it reads them', async () => {
  await posted(world, shared, "31 Dec 2026 (Northwind's year)");
  await openEdit();
  await says('Read as: today is FY27 Q3 wk 12. This quarter: 1 Aug – 31 Oct 2026.');
  await maya.click('view', { blockId: 'theirWeeks', value: 'last:6' }, { name: 'Acme Consulting' });
  await says('This quarter: 2 Aug – 31 Oct 2026.');
  await choose('theirNamedBy', 'start', 'Read as: today is FY26 Q3 wk 11.');
  await choose('periodBasis', 'own', '"block_id":"periodEnd"');
  await maya.click('view', { blockId: 'periodBasis', value: 'their-quarter' });
  await world.eventually('no own dates', () => !shows().includes('periodEnd'));
  await says('"initial_value":"Acme Consulting"');
  expect(await maya.submit({ name: 'Acme' })).toEqual(done);
  await posted(world, shared, "2 Aug – 31 Oct 2026 (Acme's quarter)");
  const [stored] = await (await workspaceOf(world)).partnerships.find({});
  expect(stored).toMatchObject({
    ourFiscalYear: { startMonth: 1, namedBy: 'end' },
    theirFiscalYear: { startMonth: 2, namedBy: 'start', weeks: { weekday: 6, ends: 'last' } },
    period: { start: '2026-08-02', end: '2026-10-31', basis: 'their-quarter' },
  });
});

it('card, review and digest name both positions, and from two weeks before whose quarter ends', async () => {
  const positions = 'Northwind FY26 Q4 wk 3 · Acme FY26 Q3 wk 11';
  await posted(world, shared, positions);
  expect(cardText()).not.toContain('quarter ends');
  await walkTo(world, '2026-10-30T20:00:00Z');
  const [first, next] = await world.eventually('two reviews', () => {
    const roots = world.slack.messages(shared).filter((one) => one.text.startsWith('Pulse'));
    return roots.length === 2 && roots;
  });
  expect(first?.text).toContain('Northwind FY26 Q4 wk 3 · Acme FY26 Q3 wk 11');
  expect(next?.text).toContain('Northwind FY26 Q4 wk 5 · Acme FY26 Q3 wk 13');
  await posted(world, shared, "Acme's quarter ends Sat 31 Oct.");
  expect(cardText()).toContain("Acme's quarter ends Sat 31 Oct.");
  expect(world.log.filter((one) => one.level === 'error')).toEqual([]);
});

it('a period that was agreed as a quarter stays what it was when that quarter is over', async () => {
  await walkTo(world, '2026-11-03T08:00:00Z');
  await openEdit();
  await says('As it is');
  expect(await maya.submit({ tier: 'strategic' })).toEqual(done);
  await openEdit();
  expect(await maya.submit({ periodBasis: 'their-quarter' })).toEqual(done);
  await posted(world, shared, "1 Nov 2026 – 30 Jan 2027 (Acme's quarter), week 1 of 13");
});
