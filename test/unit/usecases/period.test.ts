import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Goal } from '../../../src/domain/goal.ts';
import type { Partnership } from '../../../src/domain/partnership.ts';
import { tickUntilQuiet } from '../../../src/scheduler/tick.ts';
import { render } from '../../../src/slack/render.ts';
import { buildUpdateForm, parseUpdateForm } from '../../../src/slack/views/update-form.ts';
import { answerPeriod } from '../../../src/usecases/answer-period.ts';
import { type ClosePeriod, closePeriod } from '../../../src/usecases/close-period.ts';
import { type DefineKpi, defineKpi } from '../../../src/usecases/define-kpi.ts';
import { endPartnership } from '../../../src/usecases/end-partnership.ts';
import { planAllPeriodQuestions } from '../../../src/usecases/plan-period-question.ts';
import { recordReadings } from '../../../src/usecases/record-readings.ts';
import { reopenPartnership } from '../../../src/usecases/reopen-partnership.ts';
import { setGoal } from '../../../src/usecases/set-goal.ts';
import { updatePartnership } from '../../../src/usecases/update-partnership.ts';
import { viewChanges } from '../../../src/usecases/view-changes.ts';
import { viewHistory } from '../../../src/usecases/view-history.ts';
import { viewKpiHistory } from '../../../src/usecases/view-kpi-history.ts';
import { loadCard } from '../../../src/usecases/view-partnership.ts';
import { closeFormFacts } from '../../../src/usecases/view-period-form.ts';
import { updateFormFacts } from '../../../src/usecases/view-update-form.ts';
import { viewYears } from '../../../src/usecases/view-years.ts';
import { readOf } from '../../support/accepted-by-slack.ts';
import { made } from '../../support/plan-world.ts';
import { as, jordan, kpi, maya, ref, sam, stranger, tom, workspaceId } from '../../support/review-world.ts';
import { submit } from '../../support/submission.ts';
import { openWalkingWorld, type WalkingWorld } from '../../support/walking-world.ts';

const partnershipId = 'acme';
const goal = (id: string, title: string, over: Partial<Goal> = {}): Goal => ({
  id,
  rev: 1,
  title,
  side: 'joint',
  kpiIds: ['revenue'],
  due: '2026-12-31',
  createdAt: new Date('2026-01-05T09:00:00Z'),
  ...over,
});
const plan: Partial<Partnership> = {
  period: { start: '2026-01-01', end: '2026-12-31', basis: 'our-year' },
  editors: [ref(tom)],
  theirLead: ref(jordan),
  goals: [goal('won', 'Win 12 joint customers'), goal('practice', 'A practice of 40')],
  kpis: [
    kpi({ id: 'revenue', name: 'Subscription revenue', side: 'ours', owner: ref(maya) }),
    kpi({ id: 'consulting', name: 'Consulting revenue', side: 'theirs', owner: ref(jordan) }),
    kpi({ id: 'discount', name: 'Average discount', side: 'ours', visibility: 'internal' }),
  ],
};

let world: WalkingWorld;
const open = async (start: string, over: Partial<Partnership> = {}): Promise<void> => {
  world = await openWalkingWorld(start, { ...plan, ...over });
  const { rhythms } = store();
  await rhythms.remove('pulse');
  await planAllPeriodQuestions(world.deps, workspaceId);
};
beforeEach(() => open('2026-11-23T09:00:00Z'));
afterEach(async () => {
  await world.close();
  expect(world.log.errors).toEqual([]);
});

const store = () => world.deps.store.workspace(workspaceId);
const roots = () => world.slack.roots('period-root').map((one) => one.postedAt.toISOString());
const cards = () => world.slack.roots('partnership-card').map((one) => one.postedAt.toISOString());
const stored = async (): Promise<Partnership> => {
  const found = await store().partnerships.get(partnershipId);
  if (found === undefined) throw new Error('gone');
  return found;
};
const question = (nth = 1) => store().occurrences.get(`acme:period:${nth}`);
const root = async (nth = 1) =>
  (await render(world.deps, workspaceId, { kind: 'period-root', occurrenceId: `acme:period:${nth}` }))?.text;
const move = async (period: { start: string; end: string }) => {
  const { version } = await stored();
  made(
    await updatePartnership(world.deps, as(maya), {
      partnershipId,
      baseVersion: version,
      periodStart: period.start,
      periodEnd: period.end,
    }),
  );
};
const answer = (who: typeof maya, over: Partial<Parameters<typeof answerPeriod>[2]> = {}) =>
  answerPeriod(world.deps, as(who), { occurrenceId: 'acme:period:1', base: 0, choices: [], ...over });
const closing: ClosePeriod = {
  partnershipId,
  nth: 1,
  goals: [
    { goalId: 'won', outcome: 'met', sentence: 'Twelve were won.' },
    { goalId: 'practice', outcome: 'partly', sentence: 'Eight of forty.' },
  ],
  goOn: ['practice'],
  stopKpis: ['consulting'],
  nextStart: '2027-01-01',
  nextEnd: '2027-12-31',
};
const close = (over: Partial<ClosePeriod> = {}, who = maya, requestId?: string) =>
  closePeriod(world.deps, as(who, requestId), { ...closing, ...over });

describe('the question that ends a period', () => {
  it('stands in the channel once, four weeks before the end, also of a partnership from before there was one', async () => {
    await world.walkTo('2026-12-03T07:59:00Z');
    expect(roots()).toEqual([]);
    await world.walkTo('2026-12-03T08:00:01Z');
    expect(roots()).toEqual(['2026-12-03T08:00:00.000Z']);
    await planAllPeriodQuestions(world.deps, workspaceId);
    await world.walkTo('2027-01-20T08:00:00Z');
    expect(roots()).toHaveLength(1);
    const text = await root();
    expect(text).toContain('The period ended on 31 Dec.');
    expect(text).toContain('Goal 1. Win 12 joint customers');
    expect(text).toContain('KPIs · Acme: Consulting revenue');
    expect(text).not.toContain('Average discount');
  });

  it('moves with the period while it waits, and stays where it stands when the period moves later', async () => {
    await move({ start: '2026-01-01', end: '2027-01-10' });
    await world.walkTo('2026-12-14T08:00:01Z');
    expect(roots()).toEqual(['2026-12-14T08:00:00.000Z']);
    await move({ start: '2026-01-01', end: '2027-03-31' });
    await world.walkTo('2027-04-02T09:00:00Z');
    expect(roots()).toHaveLength(1);
    expect(await question()).toMatchObject({ state: 'open', date: '2027-03-31' });
    expect(await root()).toContain('The period ended on 31 Mar.');
  });

  it('asks nobody for a draft, for an ended partnership, and where there is no plan', async () => {
    const { state: _state, ...rest } = await stored();
    await store().partnerships.replace({ ...rest, state: 'draft' });
    await store().occurrences.remove('acme:period:1');
    await planAllPeriodQuestions(world.deps, workspaceId);
    expect(await question()).toBeUndefined();
    await world.close();
    await open('2026-11-23T09:00:00Z', { goals: [], kpis: [] });
    await world.walkTo('2026-12-04T09:00:00Z');
    expect(await question()).toMatchObject({ state: 'skipped', reason: expect.stringContaining('no goal') });
    await world.close();
    await open('2026-11-23T09:00:00Z');
    await endPartnership(world.deps, as(maya), {
      partnershipId,
      reason: 'Acme was bought.',
      on: '2026-11-23',
      tell: 'ours',
      commitments: 'keep',
    });
    await world.walkTo('2026-12-10T09:00:00Z');
    expect(roots()).toEqual([]);
    await reopenPartnership(world.deps, as(maya), { partnershipId });
    await world.walkTo('2026-12-11T09:00:00Z');
    expect(roots()).toEqual(['2026-12-11T08:00:00.000Z']);
  });

  it('waits for the morning after a night offline, and is missed when the period ended meanwhile', async () => {
    await world.walk.jumpTo(new Date('2026-12-08T22:00:00Z'));
    await world.walkTo('2026-12-09T07:10:01Z');
    expect(roots()).toEqual([expect.stringMatching(/^2026-12-09T07:(0\d|10)/)]);
    await world.close();
    await open('2026-11-23T09:00:00Z');
    await world.walk.jumpTo(new Date('2027-01-05T09:00:00Z'));
    expect(roots()).toEqual([]);
    expect(await question()).toMatchObject({ state: 'missed', reason: expect.stringContaining('offline') });
    expect(cards()).toHaveLength(1);
  });

  it('is left out when there is no time left for it, and the cards still say when the period is over', async () => {
    await world.close();
    await open('2026-12-30T12:00:00Z', { introducedAt: new Date('2026-12-29T09:00:00Z') });
    expect(await question()).toMatchObject({ state: 'skipped', reason: expect.stringContaining('no time') });
    await world.walkTo('2026-12-31T23:00:00Z');
    expect(cards()).toEqual([]);
    await world.walkTo('2027-01-01T08:01:00Z');
    expect(cards()).toHaveLength(1);
    expect(roots()).toEqual([]);
    await move({ start: '2026-01-01', end: '2027-03-31' });
    await world.walkTo('2027-03-03T08:00:01Z');
    expect(roots()).toEqual(['2027-03-03T08:00:00.000Z']);
  });

  it('is posted by one of two processes that work it at the same moment', async () => {
    await world.walk.jumpTo(new Date('2026-12-03T07:59:59Z'));
    await world.clock.moveTo(new Date('2026-12-03T08:00:01Z'));
    await Promise.all([tickUntilQuiet(world.deps), tickUntilQuiet(world.deps)]);
    expect(roots()).toHaveLength(1);
  });
});

describe('what both firms say before a period ends', () => {
  beforeEach(() => world.walkTo('2026-12-03T08:00:05Z'));

  it('stands on the root by firm, with who said it, and in the history', async () => {
    expect(await root()).toContain('Waiting for Northwind and Acme.');
    made(await answer(maya, { choices: [{ of: 'won', choice: 'carry' }] }));
    made(
      await answer(jordan, {
        choices: [
          { of: 'practice', choice: 'change' },
          { of: 'consulting', choice: 'stop' },
        ],
        sentence: 'Forty was too many.',
      }),
    );
    const text = await root();
    expect(text).toContain('Northwind (Maya Lindqvist): carry everything on.');
    expect(text).toContain(
      'Acme (Jordan Ellis): change A practice of 40; stop Consulting revenue; the rest goes on. "Forty was too many."',
    );
    expect(text).not.toContain('Waiting');
    const { lines } = await viewChanges(world.deps, as(maya), { partnershipId });
    expect(lines.join('\n')).toContain('Jordan Ellis said for Acme what to carry, change or stop');
    const history = await viewHistory(world.deps, as(jordan), { partnershipId, list: 'all' });
    expect(history.lines.map((one) => one.text)).toEqual([
      '31 Dec End of the period · open · both firms answered',
    ]);
  });

  it('takes a sentence with what changes or stops, and nothing of what the partner may not see', async () => {
    expect(await answer(jordan, { choices: [{ of: 'won', choice: 'stop' }] })).toEqual({
      ok: false,
      fields: { sentence: expect.stringContaining('one sentence') },
    });
    const said = made(
      await answer(jordan, { choices: [{ of: 'discount', choice: 'stop' }], sentence: 'Away with it.' }),
    );
    expect(said.choices).toEqual([]);
    await expect(answer(stranger)).rejects.toThrow('Only people of Northwind and Acme');
  });

  it('is not written over unseen: the second of a firm hears of the first', async () => {
    made(await answer(jordan));
    await expect(answer(sam, { choices: [{ of: 'won', choice: 'carry' }] })).rejects.toThrow(
      'Jordan Ellis said for Acme what to carry',
    );
    const seen = (await question())?.periodWords?.theirs?.at.getTime();
    made(await answer(sam, { base: seen ?? 0, choices: [{ of: 'won', choice: 'carry' }] }));
    expect(await root()).toContain('Acme (Sam Ortiz)');
  });

  it('asks only our side where nobody of the partner is known', async () => {
    const { theirLead: _lead, ...rest } = await stored();
    await store().partnerships.replace({ ...rest, theirPeople: [] });
    expect(await root()).toContain('Waiting for Northwind.');
  });
});

describe('closing a period', () => {
  it('waits until four weeks before its end, and for who may edit the plan', async () => {
    await expect(close()).rejects.toThrow('from four weeks before its end on');
    await world.walkTo('2026-12-03T09:00:00Z');
    await expect(close({}, jordan)).rejects.toThrow('Only Maya Lindqvist, the backup owner and the editors');
  });

  it('asks for an outcome and a sentence of every goal, and for a period after this one', async () => {
    await world.walkTo('2026-12-03T09:00:00Z');
    const outcome = await close({
      goals: [{ goalId: 'won' }, { goalId: 'practice', outcome: 'met', sentence: 'x'.repeat(301) }],
      nextEnd: '2027-01-05',
    });
    expect(outcome).toEqual({
      ok: false,
      fields: {
        'outcome:won': 'Choose what became of it.',
        'sentence:won': 'Say in one sentence what became of it.',
        'sentence:practice': expect.stringContaining('300'),
        nextEnd: expect.stringContaining('four weeks'),
      },
    });
    expect(await close({ nextStart: '2026-12-31' })).toEqual({
      ok: false,
      fields: { nextStart: expect.stringContaining('after this one') },
    });
  });

  it('keeps the period, takes the plan into the next one, and plans its question', async () => {
    await world.walkTo('2027-01-05T09:00:00Z');
    expect((await loadCard(world.deps, workspaceId, partnershipId, 'shared'))?.nextStep).toBe('close-period');
    made(await close());
    const { goals, kpis, period, closedPeriods = [] } = await stored();
    expect(goals.map((one) => [one.id, one.due, one.outcome])).toEqual([
      ['practice', '2027-12-31', undefined],
    ]);
    expect(period).toEqual({ start: '2027-01-01', end: '2027-12-31', basis: 'our-year' });
    expect(kpis.map((one) => [one.id, one.retired?.lastDay])).toEqual([
      ['revenue', undefined],
      ['consulting', '2026-12-31'],
      ['discount', undefined],
    ]);
    const [id = ''] = closedPeriods;
    expect(await store().periods.get(id)).toMatchObject({
      start: '2026-01-01',
      end: '2026-12-31',
      basis: 'our-year',
      names: { ours: 'FY26' },
      goals: [
        { id: 'won', outcome: { kind: 'met' }, goesOn: false },
        { id: 'practice', outcome: { kind: 'partly', sentence: 'Eight of forty.' }, goesOn: true },
      ],
      closedBy: ref(maya),
    });
    expect(await question()).toMatchObject({ state: 'closed' });
    expect(await question(2)).toMatchObject({ state: 'due', dueAt: new Date('2027-12-03T08:00:00Z') });
    await world.walkTo('2027-01-05T09:01:00Z');
    expect(await root()).toContain('is closed. Closed by Maya Lindqvist.');
    expect((await loadCard(world.deps, workspaceId, partnershipId, 'shared'))?.nextStep).not.toBe(
      'close-period',
    );
    const { lines } = await viewChanges(world.deps, as(maya), { partnershipId });
    expect(lines.join('\n')).toContain(
      'closed the period 1 Jan – 31 Dec 2026; the next one is 1 Jan – 31 Dec 2027',
    );
  });

  it('closes the period once: a repeat finds it, and the second of two people hears who was first', async () => {
    await world.walkTo('2027-01-05T09:00:00Z');
    made(await close({}, maya, 'VCLOSE'));
    made(await close({}, maya, 'VCLOSE'));
    await expect(close({}, tom)).rejects.toThrow('Maya Lindqvist closed the period 1 Jan – 31 Dec 2026');
    expect((await stored()).closedPeriods).toHaveLength(1);
    expect(await store().periods.find({})).toHaveLength(1);
  });

  it('lets one of two at the same moment win, whole', async () => {
    await world.walkTo('2027-01-05T09:00:00Z');
    const both = await Promise.allSettled([
      close({ goOn: [] }, maya),
      close({ goOn: ['won', 'practice'] }, tom),
    ]);
    expect(both.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
    const { closedPeriods = [], goals } = await stored();
    expect(closedPeriods).toHaveLength(1);
    const kept = await store().periods.get(closedPeriods[0] ?? '');
    expect(kept?.goals.filter((one) => one.goesOn).map((one) => one.id)).toEqual(goals.map((one) => one.id));
  });

  it('asks again where a goal ended while the form was filled in, and keeps how it ended', async () => {
    await world.walkTo('2027-01-05T09:00:00Z');
    const end = (outcome: 'met' | 'dropped', outcomeSentence: string) =>
      setGoal(world.deps, as(tom), {
        partnershipId,
        goalId: 'won',
        baseRev: 1,
        title: 'Win 12 joint customers',
        side: 'joint',
        kpiIds: ['revenue'],
        due: '2026-12-31',
        outcome,
        outcomeSentence,
      });
    made(await end('met', 'Twelve were won on 9 Dec.'));
    const stale = [
      { goalId: 'won', outcome: 'missed' as const, sentence: 'Only nine.' },
      ...closing.goals.slice(1),
    ];
    await expect(close({ goals: stale, goOn: ['won'] })).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('as met: Twelve were won on 9 Dec.'),
    });
    expect((await stored()).closedPeriods).toBeUndefined();
    made(await close({ goals: closing.goals.slice(1) }));
    const { periods } = await viewYears(world.deps, as(jordan), { partnershipId });
    expect(periods[0]?.goals).toMatchObject([
      { outcome: 'met', sentence: 'Twelve were won on 9 Dec.', goesOn: false },
      { outcome: 'partly' },
    ]);
  });

  it('keeps a goal that was dropped before with its sentence, and says so in the form and under Years', async () => {
    await world.walkTo('2027-01-05T09:00:00Z');
    const before = await stored();
    const outcome = {
      kind: 'dropped' as const,
      sentence: 'Acme left Brazil in May.',
      by: ref(maya),
      at: new Date('2026-05-04T09:00:00Z'),
    };
    const brazil = goal('brazil', 'Open Brazil', { outcome });
    await store().partnerships.replace({ ...before, goals: [...before.goals, brazil] });
    const facts = await closeFormFacts(world.deps, as(maya), { partnershipId });
    expect(facts.ended.map((one) => one.outcome)).toEqual([
      { kind: 'dropped', sentence: 'Acme left Brazil in May.' },
    ]);
    made(await close());
    const { periods } = await viewYears(world.deps, as(jordan), { partnershipId });
    expect(periods[0]?.goals.at(-1)).toMatchObject({
      title: 'Open Brazil',
      outcome: 'dropped',
      sentence: 'Acme left Brazil in May.',
      goesOn: false,
    });
  });

  it('loses no goal that was added while the form was filled in', async () => {
    await world.walkTo('2027-01-05T09:00:00Z');
    const added = await setGoal(world.deps, as(tom), {
      partnershipId,
      title: 'A third one',
      side: 'joint',
      kpiIds: [],
    });
    made(added);
    await expect(close()).rejects.toThrow('Tom Okafor added the goal "A third one"');
    expect((await stored()).closedPeriods).toBeUndefined();
  });
});

describe('a KPI that came over from a closed period', () => {
  it('waits for its target, which the card says, until somebody says one or saves it as it is', async () => {
    await world.walkTo('2027-01-05T09:00:00Z');
    made(await close({ stopKpis: [] }));
    const waiting = async () =>
      (await loadCard(world.deps, workspaceId, partnershipId, 'shared'))?.warnings.filter((one) =>
        one.includes("still the last period's"),
      );
    expect(await waiting()).toHaveLength(2);
    const save = async (id: string, target: string) => {
      const kpi = (await stored()).kpis.find((one) => one.id === id);
      if (kpi === undefined) throw new Error('gone');
      const { name, side, gives, unit, decimalMark, direction, cadence, visibility, due, rev: baseRev } = kpi;
      const form = { name, side, gives, unit, decimalMark, direction, cadence, visibility, due };
      made(
        await defineKpi(world.deps, as(maya), {
          ...form,
          partnershipId,
          kpiId: id,
          baseRev,
          baseline: '0',
          target,
        }),
      );
    };
    await save('revenue', '$1.4m');
    await save('consulting', '$900k');
    expect(await waiting()).toEqual([]);
    const revenue = (await stored()).kpis.find((one) => one.id === 'revenue');
    expect(revenue).toMatchObject({ target: 1_400_000, earlierTargets: [], start: '2027-01-01' });
  });
});

describe('a KPI that stopped with a period', () => {
  const back = (over: Partial<DefineKpi> = {}) =>
    defineKpi(world.deps, as(maya), {
      partnershipId,
      kpiId: 'revenue',
      baseRev: 3,
      name: 'Subscription revenue',
      side: 'ours',
      gives: 'number',
      unit: { kind: 'currency', currency: 'USD' },
      decimalMark: '.',
      direction: 'increase',
      baseline: '800k',
      target: '1.2m',
      due: '2027-12-31',
      cadence: 'monthly',
      visibility: 'shared',
      state: 'in-use',
      ...over,
    });

  it('comes back into the next one from its first day, without the targets and steps of before', async () => {
    await world.walkTo('2026-12-10T09:00:00Z');
    const steps = '30 Sep 2026: $800k\n1 Oct 2027: $1m';
    made(await back({ baseRev: 1, target: '1.1m', steps }));
    made(await close({ stopKpis: ['revenue'] }));
    await world.walkTo('2027-02-01T09:00:00Z');
    expect(await back({ due: '2026-12-31' })).toMatchObject({
      ok: false,
      fields: { due: expect.stringContaining('before the KPI begins') },
    });
    const { kpi: saved } = made(await back({ steps }));
    expect(saved).toMatchObject({
      start: '2027-01-01',
      earlierTargets: [],
      checkpoints: [{ date: '2027-10-01', value: 1_000_000 }],
    });
    const card = await loadCard(world.deps, workspaceId, partnershipId, 'shared');
    const line = card?.kpis.find((one) => one.kpiId === 'revenue');
    expect(line).not.toHaveProperty('earlierTarget');
  });
});

describe('the values of a closed period', () => {
  const value = (amount: string, asOf: string) =>
    recordReadings(world.deps, as(maya), {
      partnershipId,
      entries: [{ kpiId: 'revenue', value: amount, asOf }],
      confirmedUnlikely: true,
    });

  it('are held against its own baseline and target, and not against those of the next', async () => {
    await world.walkTo('2026-12-10T09:00:00Z');
    made(await value('$560k', '2026-09-30'));
    made(await value('$640k', '2026-11-30'));
    const shown = async () => {
      const page = await viewKpiHistory(world.deps, as(maya), { partnershipId, kpiId: 'revenue' });
      return [page.byDate, page.chart?.points.map((one) => one.expected)];
    };
    const before = await shown();
    expect(before[1]).not.toContain(undefined);
    made(await close({ stopKpis: [] }));
    expect(await shown()).toEqual(before);
  });

  it('are asked for without an expectation while the next period has not begun', async () => {
    await world.walkTo('2026-12-10T09:00:00Z');
    made(await value('$560k', '2026-09-30'));
    made(await close({ stopKpis: [] }));
    const { kpis } = await updateFormFacts(world.deps, as(maya), { partnershipId });
    const revenue = kpis.find((one) => one.kpiId === 'revenue');
    expect(revenue).toMatchObject({ last: '$560k', lastAsOf: '2026-09-30' });
    expect(revenue).not.toHaveProperty('expected');
  });
});

describe('the years', () => {
  const value = (kpiId: string, amount: string, asOf: string) =>
    recordReadings(world.deps, as(kpiId === 'consulting' ? jordan : maya), {
      partnershipId,
      entries: [{ kpiId, value: amount, asOf }],
      confirmedUnlikely: true,
    });

  it('take final values for 21 days after the end, also of a KPI that stopped, and none after it', async () => {
    await world.walkTo('2027-01-05T09:00:00Z');
    made(await value('revenue', '$700k', '2026-11-30'));
    made(await close());
    await world.walkTo('2027-01-15T09:00:00Z');
    made(await value('revenue', '$880k', '2026-12-31'));
    made(await value('consulting', '$450k', '2026-12-31'));
    expect(await value('consulting', '$460k', '2027-01-10')).toMatchObject({
      ok: false,
      fields: { 'asOf:consulting': expect.stringContaining('ended on 31 Dec') },
    });
    const finals = async (who = jordan) => {
      const { periods } = await viewYears(world.deps, as(who), { partnershipId });
      return periods.map((one) => [one.finalUntil, ...one.kpis.map((each) => `${each.name} ${each.final}`)]);
    };
    const shared = ['Subscription revenue $880k of $900k', 'Consulting revenue $450k of $900k'];
    expect(await finals()).toEqual([['2027-01-21', ...shared]]);
    expect(await finals(maya)).toEqual([['2027-01-21', ...shared, 'Average discount no value of $900k']]);
    await world.walkTo('2027-01-22T09:00:00Z');
    made(await value('revenue', '$990k', '2026-12-31'));
    await expect(value('consulting', '$460k', '2026-12-31')).rejects.toThrow('was retired');
    expect(await finals()).toEqual([[undefined, ...shared]]);
  });

  it('hold a final value that was entered on the day that the form proposes', async () => {
    await world.walkTo('2027-01-05T09:00:00Z');
    made(await value('consulting', '$210k', '2026-09-30'));
    made(await close({ stopKpis: [] }));
    await world.walkTo('2027-01-10T09:00:00Z');
    const form = async () =>
      buildUpdateForm(await updateFormFacts(world.deps, as(jordan), { partnershipId }));
    const proposed = await form();
    expect(readOf(proposed)).toContain(
      'The final value of the period to 31 Dec. Choose a later day for one of the new period.',
    );
    const typed = parseUpdateForm(submit(proposed, { 'value:consulting': '$880k' }));
    made(await recordReadings(world.deps, as(jordan), made(typed)));
    const { periods } = await viewYears(world.deps, as(jordan), { partnershipId });
    expect(periods[0]?.kpis.map((one) => one.final)).toContain('$880k of $900k');
    // From then on the form asks for today's value.
    expect(JSON.stringify(await form())).toContain('"initial_date":"2027-01-10"');
    expect(readOf(await form())).not.toContain('final value');
  });

  it('let a value of long before the new period be put right, and take no new one of that day', async () => {
    await world.walkTo('2027-01-05T09:00:00Z');
    const [slip] = made(await value('revenue', '$70k', '2025-12-20')).readings;
    made(await close({ stopKpis: [] }));
    const entry = { kpiId: 'revenue', value: '$700k', asOf: '2025-12-20' };
    const send = (over: { corrects?: string } = {}) =>
      recordReadings(world.deps, as(maya), {
        partnershipId,
        entries: [entry],
        confirmedUnlikely: false,
        ...over,
      });
    expect(await send()).toMatchObject({
      fields: { 'asOf:revenue': expect.stringContaining('more than a year before') },
    });
    expect(made(await send({ corrects: slip?._id ?? '' })).readings).toMatchObject([
      { value: 700_000, asOf: '2025-12-20', supersedes: slip?._id },
    ]);
  });

  it('show nothing of a KPI that became internal, and no number that its firm keeps by now', async () => {
    await world.walkTo('2027-01-05T09:00:00Z');
    made(await close({ stopKpis: [] }));
    const now = await stored();
    await store().partnerships.replace({
      ...now,
      kpis: now.kpis.map((one) =>
        one.id === 'revenue' ? { ...one, visibility: 'internal' } : { ...one, gives: 'status' },
      ),
    });
    const { periods } = await viewYears(world.deps, as(jordan), { partnershipId });
    expect(periods[0]?.kpis).toEqual([
      { name: 'Consulting revenue', side: 'theirs', final: 'not shown any more', internal: false },
    ]);
  });
});
