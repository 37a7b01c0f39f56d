import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ids } from '../../src/local-slack/seed.ts';
import { type LocalWorld, startLocalWorld } from '../support/local-world.ts';
import {
  done,
  fillIn,
  formOf,
  kpiNamed,
  onlyPartnership,
  ownerDm,
  posted,
  pressAndFill,
  said,
  shared,
  told,
  untilPlanned,
  walkTo,
  workspaceOf,
} from '../support/story-steps.ts';

describe('the end of a period over sockets', () => {
  let world: LocalWorld;
  beforeEach(async () => {
    world = await startLocalWorld('HTTP', new Date('2026-11-23T08:00:00Z'));
  });
  afterEach(() => world.close());

  const now = (words: string) => posted(world, shared, words);
  const questions = () =>
    world.slack.messages(shared).filter((one) => said(one).includes('End of the period ·'));

  it('is asked once, answered by both firms, closed, completed ten days later, and read by both sides', async () => {
    const { ownerCard, card } = await untilPlanned(world);
    const [maya, jordan] = [world.slack.as(ids.maya), world.slack.as(ids.jordan)];
    const { goals } = await onlyPartnership(world);
    const [goalId = ''] = goals.map((one) => one.id);
    const [revenue, consulting] = [
      await kpiNamed(world, 'Subscription revenue'),
      await kpiNamed(world, 'Consulting revenue'),
    ];

    await walkTo(world, '2026-12-03T07:59:00Z');
    expect(questions()).toHaveLength(0);
    await walkTo(world, '2026-12-03T08:00:30Z');
    const root = await now('The period ends on 31 Dec.');
    expect(said(root)).toContain('Win 12 joint customers');
    await world.restart();

    expect(await jordan.click(root, 'Carry, change or stop')).toEqual(done);
    await formOf(world, jordan, 'period-answer');
    expect(await jordan.submit({ [`period:${consulting.id}`]: 'stop' })).toMatchObject({
      result: 'errors',
      errors: { sentence: expect.stringContaining('one sentence') },
    });
    await fillIn(world, jordan, 'period-answer', {
      [`period:${consulting.id}`]: 'stop',
      sentence: 'We count it elsewhere.',
    });
    await now('Acme (Jordan Ellis): stop Consulting revenue; the rest goes on.');
    await pressAndFill(world, maya, [root, 'Carry, change or stop'], 'period-answer');
    await now('Northwind (Maya Lindqvist): carry everything on.');

    await walkTo(world, '2027-01-04T10:00:00Z');
    await posted(world, ownerDm(world), 'Next: the period ended on 31 Dec. Close it');
    expect(questions()).toHaveLength(1);
    expect(await jordan.click(root, 'Close the period')).toEqual(done);
    await world.eventually('a refusal', () =>
      JSON.stringify(jordan.view() ?? '').includes('Only Maya Lindqvist, the backup owner and the editors'),
    );
    await jordan.close(true);
    expect(await maya.click(ownerCard, 'Close the period')).toEqual(done);
    const form = JSON.stringify((await formOf(world, maya, 'close-period')).blocks);
    expect(form).toContain('Acme (Jordan Ellis): stop Consulting revenue');
    expect(form).toContain('"initial_date":"2027-12-31"');
    expect(await maya.submit({ [`outcome:${goalId}`]: 'partly' })).toMatchObject({ result: 'errors' });
    expect(
      await maya.submit({ [`outcome:${goalId}`]: 'partly', [`sentence:${goalId}`]: 'Nine were won.' }),
    ).toEqual(done);
    expect(JSON.stringify(maya.view()?.blocks)).toContain('The next period is 1 Jan – 31 Dec 2027.');
    await maya.close(true);
    await now('Win 12 joint customers · Joint · Partly met: Nine were won. Goes on.');
    const after = await onlyPartnership(world);
    expect(after.goals.map((one) => [one.id, one.outcome])).toEqual([[goalId, undefined]]);
    expect(after.kpis.map((one) => one.retired?.lastDay)).toEqual([undefined, '2026-12-31']);

    await walkTo(world, '2027-01-10T10:00:00Z');
    await pressAndFill(world, maya, [ownerCard, 'Update KPIs'], 'update', {
      [`value:${revenue.id}`]: '$1.1m',
      [`asOf:${revenue.id}`]: '2026-12-31',
    });
    await pressAndFill(world, jordan, [card, 'Update KPIs'], 'update', {
      [`value:${consulting.id}`]: '$850k',
    });

    for (const [who, on] of [
      [maya, ownerCard],
      [jordan, card],
    ] as const) {
      expect(await who.click(on, 'Years')).toEqual(done);
      const years = await world.eventually('the years', () => {
        const shown = JSON.stringify(who.view()?.blocks ?? []);
        return shown.includes('1 Jan – 31 Dec 2026') && shown;
      });
      for (const words of [
        'Northwind FY26 · vision 1',
        'Partly met: Nine were won. Goes on.',
        'final values until 21 Jan',
        'Northwind: Subscription revenue $1.1m of $1.2m',
        'Acme: Consulting revenue $850k of $900k',
        'Acme: \\"We count it elsewhere.\\"',
      ])
        expect(years).toContain(words);
      await who.close(true);
    }
    const store = await workspaceOf(world);
    expect(await store.periods.find({})).toHaveLength(1);
    expect(await store.occurrences.find({ kind: 'period' }, { sort: { dueAt: 1 } })).toMatchObject([
      { state: 'closed' },
      { state: 'due', dueAt: new Date('2027-12-03T08:00:00Z') },
    ]);
    expect(world.log.filter((one) => one.level === 'error')).toEqual([]);
  }, 120_000);

  it('waits for a channel that is archived, and says so when it comes out', async () => {
    await untilPlanned(world);
    const archive = (archived: boolean) =>
      world.slack.disturb({ act: 'archive', channelId: shared, archived });
    await walkTo(world, '2026-12-02T12:00:00Z');
    archive(true);
    await posted(world, ownerDm(world), '#northwind-acme is archived.');
    await walkTo(world, '2026-12-04T12:00:00Z');
    const question = async () => (await workspaceOf(world)).occurrences.find({ kind: 'period' });
    expect(await question()).toMatchObject([{ state: 'due', heldBecause: '#northwind-acme was archived.' }]);
    expect(questions()).toHaveLength(0);

    archive(false);
    await now('The period ends on 31 Dec.');
    expect(await question()).toMatchObject([{ state: 'open', postedLate: true }]);
    expect(questions()).toHaveLength(1);
    const maya = world.slack.as(ids.maya);
    expect(await maya.command('/partnership history', shared)).toEqual(done);
    expect(await maya.click(await told(world, maya, 'All entries'), 'All entries')).toEqual(done);
    await told(world, maya, 'End of the period · open · posted a day late: #northwind-acme was archived');
  });

  it('that could never be asked is still closed: the cards ask for it when it is over', async () => {
    const { ownerCard } = await untilPlanned(world);
    await walkTo(world, '2026-12-02T12:00:00Z');
    world.slack.disturb({ act: 'archive', channelId: shared, archived: true });
    await posted(world, ownerDm(world), '#northwind-acme is archived.');
    await walkTo(world, '2026-12-03T12:00:00Z');
    await world.slack.clock({ act: 'jump-to', date: '2027-01-04T12:00:00Z' });
    await world.settle();
    expect(await (await workspaceOf(world)).occurrences.find({ kind: 'period' })).toMatchObject([
      { state: 'skipped', reason: '#northwind-acme was archived.' },
    ]);
    const maya = world.slack.as(ids.maya);
    expect(await maya.click(ownerCard, 'Close the period')).toEqual(done);
    await formOf(world, maya, 'close-period');
  });

  it('shows the second of a firm what the first said beside their own, and takes back nothing of it', async () => {
    await untilPlanned(world);
    const [maya, tom] = [world.slack.as(ids.maya), world.slack.as(ids.tom)];
    const store = await workspaceOf(world);
    const planned = await onlyPartnership(world);
    await store.partnerships.replace({
      ...planned,
      editors: [{ teamId: ids.northwind, userId: ids.tom }],
    });
    await walkTo(world, '2026-12-03T08:00:30Z');
    const root = await now('The period ends on 31 Dec.');
    const [goalId = ''] = planned.goals.map((one) => one.id);
    const [revenue = '', consulting = ''] = planned.kpis.map((one) => one.id);
    for (const who of [maya, tom]) {
      expect(await who.click(root, 'Carry, change or stop')).toEqual(done);
      await formOf(world, who, 'period-answer');
    }
    await fillIn(world, tom, 'period-answer', {
      [`period:${goalId}`]: 'stop',
      [`period:${revenue}`]: 'change',
      sentence: 'Twelve are won.',
    });
    const typed = {
      [`period:${goalId}`]: 'change',
      [`period:${consulting}`]: 'stop',
      sentence: 'We count it elsewhere.',
    };
    expect(await maya.submit(typed)).toEqual(done);
    const shown = JSON.stringify(maya.view()?.blocks);
    for (const words of [
      'Tom Okafor said for Northwind what to carry, change or stop',
      '"initial_value":"We count it elsewhere."',
      'As it stands now:\\nTwelve are won.',
      'As it stands now:\\nStop',
    ])
      expect(shown).toContain(words);
    expect(await maya.submit({})).toEqual(done);
    const [question] = await store.occurrences.find({ kind: 'period' });
    const said = Object.fromEntries(
      (question?.periodWords?.ours?.choices ?? []).map(({ of, choice }) => [of, choice]),
    );
    expect(said).toEqual({ [goalId]: 'change', [revenue]: 'change', [consulting]: 'stop' });
  });

  it('keeps what two people wrote at once: a goal that came meanwhile is asked about, a second closing is told', async () => {
    const { ownerCard } = await untilPlanned(world);
    const [maya, tom] = [world.slack.as(ids.maya), world.slack.as(ids.tom)];
    const store = await workspaceOf(world);
    const planned = await onlyPartnership(world);
    await store.partnerships.replace({
      ...planned,
      editors: [{ teamId: ids.northwind, userId: ids.tom }],
    });
    await walkTo(world, '2026-12-03T08:00:30Z');
    const root = await now('The period ends on 31 Dec.');
    const [first = ''] = planned.goals.map((one) => one.id);
    expect(await tom.click(root, 'Close the period')).toEqual(done);
    await formOf(world, tom, 'close-period');
    await pressAndFill(world, maya, [ownerCard, 'Goals'], 'goal', {
      title: 'A practice of 40',
      vision: 'none',
      side: 'theirs',
    });
    const typed = { [`outcome:${first}`]: 'met', [`sentence:${first}`]: 'Twelve were won.' };
    expect(await tom.submit(typed)).toEqual(done);
    const again = JSON.stringify(tom.view()?.blocks);
    expect(again).toContain('Maya Lindqvist added the goal \\"A practice of 40\\"');
    expect(again).toContain('"initial_value":"Twelve were won."');
    const second = (await onlyPartnership(world)).goals.map((one) => one.id).find((id) => id !== first);

    expect(await maya.click(root, 'Close the period')).toEqual(done);
    await formOf(world, maya, 'close-period');
    const both = { [`outcome:${second}`]: 'dropped', [`sentence:${second}`]: 'Nobody trained.' };
    expect(await tom.submit(both)).toEqual(done);
    expect(JSON.stringify(tom.view()?.blocks)).toContain('Closed: 1 Jan – 31 Dec 2026.');
    expect(await maya.submit({ ...typed, ...both })).toEqual(done);
    const told = JSON.stringify(maya.view()?.blocks);
    expect(told).toContain('Tom Okafor closed the period 1 Jan – 31 Dec 2026');
    expect(told).toContain('"initial_value":"Twelve were won."');
    const { goals, closedPeriods, period } = await onlyPartnership(world);
    expect([goals, closedPeriods?.length, period.start]).toEqual([[], 1, '2027-01-01']);
  }, 120_000);
});
