import { describe, expect, it } from 'vitest';
import type { Goal } from '../../../src/domain/goal.ts';
import { type Closing, closedGoals, inNextPeriod } from '../../../src/domain/period-close.ts';
import { aKpi, aPartnership, maya } from './samples.ts';

const at = new Date('2027-01-05T10:00:00Z');
const goal = (id: string, over: Partial<Goal> = {}): Goal => ({
  id,
  rev: 1,
  title: id,
  side: 'joint',
  kpiIds: [],
  createdAt: at,
  due: '2026-12-31',
  ...over,
});
const closing = (over: Partial<Closing> = {}): Closing => ({
  outcomes: [
    { goalId: 'won', kind: 'met', sentence: 'Twelve were won.' },
    { goalId: 'practice', kind: 'partly', sentence: 'Eight of forty.' },
  ],
  goOn: ['practice'],
  stopKpis: [],
  next: { start: '2027-01-01', end: '2027-12-31', basis: 'our-year' },
  by: maya,
  at,
  ...over,
});
const ended = { kind: 'missed' as const, sentence: 'Nobody came.', by: maya, at };
const plan = aPartnership({
  period: { start: '2026-01-01', end: '2026-12-31', basis: 'our-year' },
  goals: [
    goal('won', { vision: 'Firms choose us first.' }),
    goal('practice'),
    goal('early', { outcome: ended }),
    goal('left', { outcome: { ...ended, kind: 'dropped' } }),
  ],
  kpis: [
    aKpi('deals', {
      start: '2026-01-01',
      earlierTargets: [{ target: 9, until: '2026-09-03' }],
      checkpoints: [
        { date: '2026-06-30', value: 5 },
        { date: '2027-06-30', value: 90 },
      ],
    }),
    aKpi('rate', { start: '2026-01-01', due: '2027-03-31' }),
    aKpi('old', { retired: { reason: 'Because', by: maya, at } }),
  ],
});

describe('closing a period', () => {
  it('keeps each goal with what became of it, said now or before, also what was dropped before', () => {
    expect(closedGoals(plan, closing())).toEqual([
      {
        id: 'won',
        title: 'won',
        side: 'joint',
        vision: 'Firms choose us first.',
        outcome: { kind: 'met', sentence: 'Twelve were won.', by: maya, at },
        goesOn: false,
      },
      {
        id: 'practice',
        title: 'practice',
        side: 'joint',
        outcome: { kind: 'partly', sentence: 'Eight of forty.', by: maya, at },
        goesOn: true,
      },
      { id: 'early', title: 'early', side: 'joint', outcome: ended, goesOn: false },
      { id: 'left', title: 'left', side: 'joint', outcome: { ...ended, kind: 'dropped' }, goesOn: false },
    ]);
  });

  it('leaves open what goes on, under its id and with the new end; all else has left the plan', () => {
    const { goals, period } = inNextPeriod(plan, closing({ goOn: ['practice', 'early', 'unknown'] }));
    expect(goals).toEqual([goal('practice', { due: '2027-12-31', rev: 2 })]);
    expect(period).toEqual({ start: '2027-01-01', end: '2027-12-31', basis: 'our-year' });
  });

  it('takes KPIs on without the steps and changes of the old period, and one that is due later as it is', () => {
    const [deals, rate, old] = inNextPeriod(plan, closing()).kpis;
    expect(deals).toMatchObject({
      id: 'deals',
      rev: 2,
      start: '2027-01-01',
      due: '2027-12-31',
      baseline: 0,
      target: 100,
      earlierTargets: [],
      checkpoints: [{ date: '2027-06-30', value: 90 }],
      carriedOver: true,
    });
    const limit = inNextPeriod({ ...plan, kpis: [aKpi('discount', { direction: 'keep-below' })] }, closing());
    expect(limit.kpis[0]).not.toHaveProperty('carriedOver');
    expect(rate).toEqual(plan.kpis[1]);
    expect(old).toEqual(plan.kpis[2]);
  });

  it('retires a KPI that stops, with the last day of its final values', () => {
    const [deals] = inNextPeriod(plan, closing({ stopKpis: ['deals'] })).kpis;
    expect(deals).toMatchObject({
      due: '2026-12-31',
      retired: { reason: 'It ended with its period.', by: maya, at, lastDay: '2026-12-31' },
    });
  });
});
