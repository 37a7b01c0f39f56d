import { describe, expect, it } from 'vitest';
import type {
  ClosedGoalLine,
  CloseFormFacts,
  PeriodFormFacts,
  PeriodRoot,
  YearPeriod,
  YearsPage,
} from '../../../../src/domain/period-card.ts';
import {
  buildCloseForm,
  keptOfEnded,
  parseCloseForm,
} from '../../../../src/slack/views/close-period-form.ts';
import { buildPeriodForm, parsePeriodForm } from '../../../../src/slack/views/period-form.ts';
import { buildPeriodRoot } from '../../../../src/slack/views/period-root.ts';
import { buildYears } from '../../../../src/slack/views/years.ts';
import { faultsOfMessage, faultsOfView, pingedBy } from '../../../support/accepted-by-slack.ts';
import { submit } from '../../../support/submission.ts';
import { aCard, aLine, firms, jordan, maya, nasty, nastyFirms } from './samples.ts';

const id = 'a'.repeat(20);
const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));
const period = { start: '2026-07-01', end: '2026-12-31' };
const { goals, kpis } = aCard();
const word = {
  by: 'Jordan Ellis',
  on: '2026-12-04',
  change: [],
  stop: ['Day rate'],
  sentence: 'It says little.',
};
const closedGoal: ClosedGoalLine = {
  title: 'Win 12 joint customers',
  side: 'joint',
  vision: 'Manufacturers choose Northwind first.',
  outcome: 'partly',
  sentence: 'Nine were won',
  goesOn: true,
};
const aRoot = (over: Partial<PeriodRoot> = {}): PeriodRoot => ({
  occurrenceId: 'p1:period:1',
  partnershipId: 'p1',
  firms,
  period,
  today: '2026-12-03',
  state: 'open',
  goals,
  kpis,
  words: {},
  waitingFor: { ours: [maya], theirs: [jordan] },
  ...over,
});
const someFacts = (over: Partial<PeriodFormFacts> = {}): PeriodFormFacts => ({
  occurrenceId: 'p1:period:1',
  base: 0,
  firms,
  firm: 'theirs',
  period,
  channelName: 'northwind-acme',
  goals,
  kpis,
  choices: {},
  ...over,
});
const someClosing = (over: Partial<CloseFormFacts> = {}): CloseFormFacts => ({
  partnershipId: 'p1',
  nth: 1,
  firms,
  period,
  finalUntil: '2027-01-21',
  goals,
  ended: [],
  kpis: kpis.map(({ kpiId, name }) => ({ id: kpiId, name, internal: false })),
  stops: [],
  words: {},
  next: { start: '2027-01-01', end: '2027-06-30' },
  ...over,
});
const aYear = (over: Partial<YearPeriod> = {}): YearPeriod => ({
  ...period,
  names: { ours: 'FY26 Q3 to Q4', theirs: 'FY27 Q2 to Q4' },
  visionNumber: 2,
  goals: [closedGoal],
  kpis: [
    { name: 'Subscription revenue', side: 'ours', final: '$1.1m of $1.2m', internal: false },
    { name: 'Day rate', side: 'theirs', final: 'Behind', internal: false },
  ],
  words: { theirs: 'It says little.' },
  ...over,
});
const years = (over: Partial<YearsPage> = {}): YearsPage => ({
  partnershipId: 'p1',
  firms,
  vision: { number: 2, joint: 'By 2029 manufacturers choose Northwind first.' },
  periods: [aYear()],
  ...over,
});
const textOf = (view: { blocks: readonly unknown[] }): string => JSON.stringify(view.blocks);

describe('the message that ends a period', () => {
  it('lists goals and KPIs, asks both firms, and pings those who have not answered', () => {
    const root = buildPeriodRoot(
      aRoot({ words: { theirs: word }, waitingFor: { ours: [maya], theirs: [] } }),
    );
    expect(root.text.split('\n').slice(0, 3)).toEqual([
      'Northwind and Acme. The period ends on 31 Dec. What shall go on after it, what change, what stop? One answer a firm is enough.',
      'Waiting for Northwind.',
      'Acme (Jordan Ellis): stop Day rate; the rest goes on. "It says little."',
    ]);
    expect(root.text).toContain('Goal 1. Win 12 joint customers · Joint · On pace');
    expect(root.text).toContain('KPIs · Acme: Consulting revenue $210k, expected $450k (30 Sep)');
    expect(pingedBy(root)).toEqual(['user:UMAYA']);
    expect(faultsOfMessage('period root', root)).toBe('');
  });

  it('says when the period is over, and after it was closed what became of each goal, pinging nobody', () => {
    expect(buildPeriodRoot(aRoot({ today: '2027-01-01' })).text).toContain('The period ended on 31 Dec.');
    const closed = buildPeriodRoot(
      aRoot({
        state: 'closed',
        closed: {
          by: 'Maya Lindqvist',
          goals: [closedGoal],
          next: { start: '2027-01-01', end: '2027-06-30' },
        },
      }),
    );
    expect(closed.text.split('\n')).toEqual([
      'Northwind and Acme: the period 1 Jul – 31 Dec 2026 is closed. Closed by Maya Lindqvist.',
      'Win 12 joint customers · Joint · Partly met: Nine were won. Goes on.',
      'The next period is 1 Jan – 30 Jun 2027.',
    ]);
    expect(pingedBy(closed)).toEqual([]);
    expect(faultsOfMessage('period root closed', closed)).toBe('');
    const off = buildPeriodRoot(aRoot({ state: 'off', reason: 'The partnership has ended.' }));
    expect(off.text).toBe('Northwind and Acme. The partnership has ended.');
  });

  it('is taken by Slack at its longest, and pings only who is asked', () => {
    const line = (index: number) =>
      aLine(nasty, { kpiId: `${id}${index}`, side: 'theirs', value: '$1', asOf: '2026-09-30' });
    const long = {
      by: nasty,
      on: '2026-12-04',
      change: times(12, () => nasty),
      stop: times(24, () => nasty),
      sentence: nasty,
    };
    const goal = (index: number) => ({
      goalId: `${id}${index}`,
      title: nasty,
      side: 'joint' as const,
      pace: 'behind' as const,
      linked: true,
      outcome: { kind: 'missed' as const, sentence: nasty },
    });
    const all = aRoot({
      firms: nastyFirms,
      goals: times(60, goal),
      kpis: times(24, line),
      words: { ours: long, theirs: long },
    });
    const messages = [
      all,
      {
        ...all,
        state: 'closed' as const,
        closed: {
          by: nasty,
          goals: times(60, () => ({ ...closedGoal, title: nasty, sentence: nasty })),
          next: period,
        },
      },
      { ...all, state: 'off' as const, reason: nasty },
    ].map(buildPeriodRoot);
    expect(messages.map((one) => faultsOfMessage('period root at its longest', one))).toEqual(['', '', '']);
    expect(messages.map(pingedBy)).toEqual([['user:UMAYA', 'user:UJORDAN'], [], []]);
  });
});

describe('the form for what goes on', () => {
  it('carries everything on until somebody says otherwise, and gives back what was chosen', () => {
    const view = buildPeriodForm(
      someFacts({ choices: { g2: 'stop' }, said: { by: 'Sam Ortiz', sentence: 'Too much.' } }),
    );
    expect(textOf(view)).toContain('Sam Ortiz answered for Acme: what you send takes its place.');
    expect(parsePeriodForm(submit(view, { 'period:dayrate': 'change' }))).toEqual({
      ok: true,
      value: {
        occurrenceId: 'p1:period:1',
        base: 0,
        choices: [
          { of: 'g1', choice: 'carry' },
          { of: 'g2', choice: 'stop' },
          { of: 'subscriptionrevenue', choice: 'carry' },
          { of: 'consultingrevenue', choice: 'carry' },
          { of: 'dayrate', choice: 'change' },
          { of: 'dealswon', choice: 'carry' },
        ],
        sentence: 'Too much.',
      },
    });
  });

  it('is taken by Slack with twelve goals and 24 KPIs', () => {
    const view = buildPeriodForm(
      someFacts({
        firms: nastyFirms,
        channelName: nasty,
        goals: times(12, (index) => ({
          goalId: `${id}${index}`,
          title: nasty,
          side: 'joint',
          pace: 'behind',
          linked: true,
        })),
        kpis: times(24, (index) => aLine(nasty, { kpiId: `${id}k${index}`, value: '$1' })),
        said: { by: nasty, sentence: nasty },
      }),
    );
    expect(faultsOfView('period form at its longest', view)).toBe('');
  });
});

describe('the form that closes a period', () => {
  it('asks for every open goal, proposes what goes on from what both firms said, and the next period', () => {
    const view = buildCloseForm(
      someClosing({ stops: ['g2', 'dayrate'], words: { theirs: word }, basis: 'our-quarter' }),
    );
    const text = textOf(view);
    expect(text).toContain('are taken until 21 Jan 2027');
    expect(text).toContain('A firm wants to stop it.');
    expect(text).toContain("Proposed as Northwind's quarter.");
    const typed = { 'outcome:g1': 'met', 'sentence:g1': 'Twelve.', 'outcome:g2': 'missed' };
    expect(parseCloseForm(submit(view, typed))).toEqual({
      partnershipId: 'p1',
      nth: 1,
      goals: [
        { goalId: 'g1', outcome: 'met', sentence: 'Twelve.' },
        { goalId: 'g2', outcome: 'missed' },
      ],
      goOn: ['g1'],
      stopKpis: ['dayrate'],
      nextStart: '2027-01-01',
      nextEnd: '2027-06-30',
    });
  });

  it('keeps what was typed of a goal that ended meanwhile, however often it is drawn anew', () => {
    const view = submit(buildCloseForm(someClosing()), {
      'outcome:g1': 'missed',
      'sentence:g1': 'Only nine.',
    });
    const [first, ...others] = goals;
    const met = { kind: 'met' as const, sentence: 'Twelve on 9 Dec.' };
    const facts = someClosing({
      goals: others,
      ended: first === undefined ? [] : [{ ...first, outcome: met }],
    });
    const again = buildCloseForm(facts, { notice: 'Tom closed it.', kept: keptOfEnded(view, facts) });
    const words = 'You had said of Win 12 joint customers: Missed. \\"Only nine.\\"';
    expect(textOf(again)).toContain(words);
    expect(textOf(again)).toContain('Met: Twelve on 9 Dec.');
    const third = { notice: 'Tom added one.', kept: keptOfEnded(submit(again, {}), facts) };
    expect(textOf(buildCloseForm(facts, third)).split(words)).toHaveLength(2);
  });

  it('is taken by Slack with twelve open goals, 48 ended ones and 48 KPIs, and with none', () => {
    const goal = (index: number) => ({
      goalId: `${id}${index}`,
      title: nasty,
      side: 'joint' as const,
      pace: 'behind' as const,
      linked: true,
    });
    const long = { by: nasty, on: '2026-12-04', change: [nasty], stop: [nasty], sentence: nasty };
    const most = buildCloseForm(
      someClosing({
        firms: nastyFirms,
        goals: times(12, goal),
        ended: times(48, (index) => ({ ...goal(index), outcome: { kind: 'met' as const, sentence: nasty } })),
        kpis: times(48, (index) => ({ id: `${id}k${index}`, name: nasty, internal: index > 23 })),
        words: { ours: long, theirs: long },
        basis: 'our-year',
      }),
      { notice: nasty, kept: [] },
    );
    expect(faultsOfView('close form at its longest', most)).toBe('');
    const least = buildCloseForm(someClosing({ goals: [], kpis: [] }));
    expect(faultsOfView('close form empty', least)).toBe('');
  });
});

describe('the years', () => {
  it('stand under the vision: both names, each goal with what it moved, final values by firm', () => {
    const text = textOf(buildYears(years({ periods: [aYear({ finalUntil: '2027-01-21' })], olderFrom: 3 })));
    for (const words of [
      'Vision 2',
      'Northwind FY26 Q3 to Q4 · Acme FY27 Q2 to Q4 · vision 2',
      'Partly met: Nine were won. Goes on.',
      'Moved: \\"Manufacturers choose Northwind first.\\"',
      'KPIs, final values until 21 Jan',
      'Northwind: Subscription revenue $1.1m of $1.2m',
      'Acme: \\"It says little.\\"',
      'Update KPIs',
      'Older',
    ])
      expect(text).toContain(words);
    expect(textOf(buildYears(years({ periods: [] })))).toContain('No period was closed yet.');
  });

  it('show the final value of every KPI, however many there are and however long their names', () => {
    const name = (nth: number) => `${'A measure that both firms look at every month, number'} ${nth}.`;
    const kpis = times(24, (nth) => ({
      name: name(nth),
      side: 'theirs' as const,
      final: `$${nth}m of $1.2m`,
      internal: false,
    }));
    const view = buildYears(years({ periods: [aYear({ kpis })] }));
    expect(faultsOfView('years with many KPIs', view)).toBe('');
    for (const one of kpis) expect(textOf(view)).toContain(`${one.name} ${one.final}`);
  });

  it('are taken by Slack at their longest', () => {
    const most = (goals: number) =>
      aYear({
        names: { ours: nasty, theirs: nasty },
        goals: times(goals, () => ({ ...closedGoal, title: nasty, sentence: nasty, vision: nasty })),
        kpis: times(48, () => ({
          name: nasty,
          side: 'theirs' as const,
          final: '$999,999,999 of $1',
          internal: true,
        })),
        words: { ours: nasty, theirs: nasty },
        finalUntil: '2027-01-21',
      });
    const page = (longest: readonly YearPeriod[]) =>
      years({
        firms: nastyFirms,
        vision: { number: 9, joint: nasty },
        periods: longest,
        olderFrom: 3,
      });
    for (const longest of [[most(60)], times(3, () => most(8))])
      expect(faultsOfView('years at their longest', buildYears(page(longest)))).toBe('');
  });
});
