import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Partnership } from '../../src/domain/partnership.ts';
import type { Reading } from '../../src/domain/reading.ts';
import { ids } from '../../src/local-slack/seed.ts';
import type { Actor, MessageRef } from '../../src/local-slack/test-actor.ts';
import { buttonsOf, readOf } from '../support/accepted-by-slack.ts';
import { type LocalWorld, startLocalWorld } from '../support/local-world.ts';
import {
  done,
  fillIn,
  formOf,
  ownerDm,
  posted,
  pressAndFill,
  replied,
  said,
  shared,
  told,
  untilPlanned,
  walkTo,
  workspaceOf,
} from '../support/story-steps.ts';

/** Northwind × Acme from Mon 12 Oct 2026; Maya enters what Acme told her by phone. */
describe('the readings of a partnership', () => {
  let world: LocalWorld;
  let maya: Actor;
  let jordan: Actor;
  let dana: Actor;
  let card: MessageRef;

  const partnership = async (): Promise<Partnership> => {
    const [found] = await (await workspaceOf(world)).partnerships.find({});
    if (found === undefined) throw new Error('there is no partnership');
    return found;
  };
  const kpiId = async (name: string): Promise<string> => {
    const found = (await partnership()).kpis.find((one) => one.name === name);
    if (found === undefined) throw new Error(`there is no KPI ${name}`);
    return found.id;
  };
  const readings = async (name: string): Promise<Reading[]> => {
    const { readings: all } = await workspaceOf(world);
    return all.find({ partnershipId: (await partnership())._id, kpiId: await kpiId(name) });
  };
  const enter = async (who: Actor, name: string, value: string, asOf: string): Promise<void> => {
    const id = await kpiId(name);
    const typed = { [`value:${id}`]: value, [`asOf:${id}`]: asOf };
    await pressAndFill(world, who, [card, 'Update KPIs'], 'update', typed);
  };
  const cardSays = (words: string) =>
    world.eventually(`"${words}" on the card`, () =>
      world.slack.messages(shared).find((one) => one.ts === card.ts && said(one).includes(words)),
    );
  const viewSays = (who: Actor, words: string) =>
    world.eventually(`"${words}" in the view`, () => JSON.stringify(who.view() ?? '').includes(words));
  /** The history of a KPI as this person reaches it from the card. */
  const historyOf = async (who: Actor, name: string) => {
    const before = who.ephemerals(shared).length;
    expect(await who.click(card, 'Numbers')).toEqual(done);
    const numbers = await world.eventually('the numbers', () => who.ephemerals(shared)[before]);
    const at = readOf(numbers)
      .split('\n')
      .slice(1)
      .findIndex((one) => one.startsWith(name));
    expect(await who.click(numbers, at === 0 ? 'press:kpi-history' : `press:kpi-history:${at}`)).toEqual(
      done,
    );
    return world.eventually('the history', () => who.ephemerals(shared)[before + 1]);
  };

  beforeAll(async () => {
    world = await startLocalWorld('Socket Mode');
    [maya, jordan, dana] = [world.slack.as(ids.maya), world.slack.as(ids.jordan), world.slack.as(ids.dana)];
    ({ card } = await untilPlanned(world));
    for (const form of [
      {
        name: 'Certified consultants',
        side: 'theirs',
        unit: 'count',
        baseline: '6',
        target: '14',
        cadence: 'weekly',
      },
      {
        name: 'Average discount',
        side: 'ours',
        unit: 'percent',
        baseline: '30',
        target: '15',
        direction: 'decrease',
        visibility: 'internal',
      },
    ]) {
      await maya.command('/partnership kpi', shared);
      await formOf(world, maya, 'kpi');
      await maya.click('view', { blockId: 'side', value: form.side });
      if (form.visibility !== undefined) await viewSays(maya, '"block_id":"visibility"');
      await fillIn(world, maya, 'kpi', { ...form, ownerUserId: ids.maya });
    }
    await cardSays('Certified consultants');
  });
  afterAll(() => world.close());

  it('say who told them, and only the people they are about confirm them, once', async () => {
    await enter(maya, 'Consulting revenue', '190k', '2026-08-31');
    const label =
      'Consulting revenue $190k, expected $599k (31 Aug), told by Acme, entered by Maya Lindqvist';
    const shown = await cardSays(`${label}, not confirmed yet`);
    expect(buttonsOf(shown)).toContain('Correct Consulting revenue');
    for (const who of [maya, dana]) {
      expect(await who.click(card, 'Confirm Consulting revenue')).toEqual(done);
      await told(world, who, 'Only the people that Acme named can confirm its values. Nothing was changed.');
    }
    expect(await jordan.click(card, 'Confirm Consulting revenue')).toEqual(done);
    expect(await jordan.click(card, 'press:confirm-reading')).toEqual(done);
    await world.eventually(
      'two answers',
      () =>
        jordan.ephemerals(shared).filter((one) => said(one).includes('confirmed by Jordan Ellis. It counts'))
          .length === 2,
    );
    expect((await readings('Consulting revenue')).filter((one) => one.confirms)).toHaveLength(1);
    await world.eventually('a card without the label', () =>
      world.slack
        .messages(shared)
        .some((one) => one.ts === card.ts && said(one).includes('$190k') && !said(one).includes('told by')),
    );
  });

  it('are put right in a form that shows what stood; a value that cannot be read keeps all of it', async () => {
    await enter(maya, 'Consulting revenue', '21k', '2026-09-30');
    await cardSays('$21k');
    expect(await jordan.click(card, 'Correct Consulting revenue')).toEqual(done);
    await formOf(world, jordan, 'update');
    const id = await kpiId('Consulting revenue');
    expect(JSON.stringify(jordan.view())).toContain('"initial_value":"$21,000"');
    await viewSays(jordan, 'It stands as $21,000 as of 30 Sep, told by Acme, entered by Maya Lindqvist');
    expect(await jordan.submit({ [`value:${id}`]: '1.2.3m', [`note:${id}`]: 'a slip' })).toMatchObject({
      result: 'errors',
      errors: { [`value:${id}`]: expect.stringContaining('I cannot read "1.2.3m"') },
    });
    expect(await jordan.submit({ [`value:${id}`]: '210k', [`note:${id}`]: 'a slip' })).toEqual(done);
    await viewSays(jordan, 'Saved. Read as:');
    await jordan.close(true);
    await cardSays('Consulting revenue $210k, expected $673k (30 Sep)');
    expect(await readings('Consulting revenue')).toHaveLength(4);
  });

  it('meet somebody quicker with both values in sight, and keep what was typed', async () => {
    await enter(maya, 'Certified consultants', '8', '2026-09-30');
    await cardSays('Confirm Certified consultants');
    const id = await kpiId('Certified consultants');
    for (const who of [jordan, maya]) {
      expect(await who.click(card, 'Correct Certified consultants')).toEqual(done);
      await formOf(world, who, 'update');
    }
    expect(await maya.submit({ [`value:${id}`]: '9' })).toEqual(done);
    await maya.close(true);
    expect(await jordan.submit({ [`value:${id}`]: '10' })).toEqual(done);
    await viewSays(jordan, 'Maya Lindqvist corrected this to 9 meanwhile. Your text is kept below.');
    expect(buttonsOf(jordan.view() ?? { blocks: [] })).toContain("Take Maya's");
    expect(JSON.stringify(jordan.view())).toContain('"initial_value":"10"');
    expect(await jordan.submit({})).toEqual(done);
    await viewSays(jordan, 'Certified consultants: 10 as of 30 Sep (was 9)');
    await jordan.close(true);
  });

  it('are a history each: who, when, what was corrected to what, with a chart and its words', async () => {
    const shown = await historyOf(jordan, 'Consulting revenue');
    expect(shown.blocks.map((one) => one.type)).toContain('data_visualization');
    expect(shown.text).toContain(
      'By date: 31 Aug 2026 $190k (expected $599k) · 30 Sep 2026 $210k (expected $673k)',
    );
    const lines = shown.text.split('\n').slice(2);
    expect(lines).toMatchObject([
      expect.stringMatching(
        /^12 Oct 2026, \d\d:\d\d · \$210k as of 30 Sep 2026 · Jordan Ellis · corrects \$21k · Note: a slip$/,
      ),
      expect.stringMatching(
        /· \$21k as of 30 Sep 2026 · told by Acme, entered by Maya Lindqvist · replaced on 12 Oct 2026 by Jordan Ellis: now \$210k$/,
      ),
      expect.stringMatching(/· confirmed, no change: \$190k as of 31 Aug 2026 · Jordan Ellis$/),
      expect.stringMatching(/entered by Maya Lindqvist · confirmed by Jordan Ellis on 12 Oct 2026$/),
    ]);
  });

  it('of an internal KPI are there for its own firm alone', async () => {
    await enter(maya, 'Average discount', '17', '2026-09-30');
    const numbers = async (who: Actor) => {
      expect(await who.click(card, 'Numbers')).toEqual(done);
      return said(await told(world, who, 'Northwind and Acme: KPIs.'));
    };
    expect(await numbers(maya)).toContain('only Northwind sees it');
    for (const who of [jordan, dana]) {
      const text = await numbers(who);
      expect(text).toContain('Certified consultants');
      expect(text).not.toContain('Average discount');
    }
  });

  it('open over the update form, where nothing typed is lost', async () => {
    expect(await maya.click(card, 'Update KPIs')).toEqual(done);
    await formOf(world, maya, 'update');
    const id = await kpiId('Consulting revenue');
    expect(await maya.click('view', 'Numbers', { [`value:${id}`]: '215k' })).toEqual(done);
    await viewSays(maya, 'Numbers · Northwind × Acme');
    expect(await maya.click('view', 'press:kpi-history')).toEqual(done);
    await viewSays(maya, '· values ·');
    expect(maya.views()).toHaveLength(2);
    expect(await maya.click('view', 'All KPIs')).toEqual(done);
    await viewSays(maya, 'Numbers · Northwind × Acme');
    expect(await maya.close()).toEqual(done);
    expect(maya.view()).toMatchObject({ callback_id: 'form:update' });
    await maya.close(true);
  });

  it('told in a review carry their buttons in its thread', async () => {
    await walkTo(world, '2026-10-13T14:00:30Z');
    const root = await posted(world, shared, 'Northwind × Acme · 13 Oct');
    expect(await maya.click(root, 'Answer')).toEqual(done);
    await formOf(world, maya, 'answer');
    const id = await kpiId('Certified consultants');
    expect(await maya.submit({ confidence: '4', [`value:${id}`]: '11' })).toEqual(done);
    await maya.close(true);
    const label = 'told by Acme, entered by Maya Lindqvist';
    const reply = await replied(world, root, `${label}, not confirmed yet`);
    expect(await jordan.click(reply, 'Confirm Certified consultants')).toEqual(done);
    await replied(world, root, `${label}, confirmed by Jordan Ellis`);
    const [now] = world.slack.replies(root.channelId, root.ts).filter((one) => one.ts === reply.ts);
    expect(buttonsOf(now ?? { blocks: [] })).toEqual(['Change my answer']);
    await posted(world, ownerDm(world), 'Certified consultants 11');
    expect(world.log.filter((one) => one.level === 'error')).toEqual([]);
  });

  it('of a plan with more than twelve KPIs are given in a form over the first', async () => {
    const now = await partnership();
    const [like] = now.kpis.filter((one) => one.name === 'Certified consultants');
    if (like === undefined) throw new Error('there is no KPI to copy');
    const more = Array.from({ length: 12 }, (_, nth) => ({ ...like, id: `more${nth}`, name: `More ${nth}` }));
    const { partnerships } = await workspaceOf(world);
    expect(await partnerships.replace({ ...now, kpis: [...now.kpis, ...more] })).toBe(true);
    expect(await maya.click(card, 'Update KPIs')).toEqual(done);
    await formOf(world, maya, 'update');
    const id = await kpiId('Consulting revenue');
    expect(JSON.stringify(maya.view()?.blocks)).not.toContain(`value:${id}`);
    expect(await maya.click('view', 'press:update-kpis:1')).toEqual(done);
    await viewSays(maya, `value:${id}`);
    expect(maya.views()).toHaveLength(2);
    expect(await maya.submit({ [`value:${id}`]: '$230k' })).toEqual(done);
    await viewSays(maya, 'Saved. Read as:');
    expect(await maya.close()).toEqual(done);
    expect(await maya.submit({ 'value:more0': '7' })).toEqual(done);
    await viewSays(maya, 'More 0: 7 as of');
    await maya.close(true);
  });
});
