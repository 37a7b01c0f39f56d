/** The step from one operating period into the next, as a pure change of the partnership. */
import { type Goal, type GoalOutcome, isOpenGoal } from './goal.ts';
import { isInUse, type Kpi } from './kpi.ts';
import type { Partnership } from './partnership.ts';
import type { ClosedPeriod } from './period.ts';
import type { PersonRef } from './person.ts';

/** What people decided of each open goal, and of the KPIs that stop. */
export interface Closing {
  readonly outcomes: readonly {
    readonly goalId: string;
    readonly kind: GoalOutcome;
    readonly sentence: string;
  }[];
  /** Ids of goals that stay open in the next period. */
  readonly goOn: readonly string[];
  readonly stopKpis: readonly string[];
  readonly next: Partnership['period'];
  readonly by: PersonRef;
  readonly at: Date;
}

/** Every goal with what became of it: as it ended within the period, dropped ones too, or as it is said now. */
export const closedGoals = (
  { goals }: Pick<Partnership, 'goals'>,
  { outcomes, goOn, by, at }: Closing,
): ClosedPeriod['goals'] =>
  goals.flatMap(({ id, title, side, vision, outcome }) => {
    const now = outcomes.find((one) => one.goalId === id);
    // What was said first stands: who closes the period saw the goal open.
    const kept = outcome ?? (now && { kind: now.kind, sentence: now.sentence, by, at });
    if (kept === undefined) return [];
    const goesOn = outcome === undefined && goOn.includes(id);
    return [{ id, title, side, ...(vision === undefined ? {} : { vision }), outcome: kept, goesOn }];
  });

/**
 * The partnership in its next period: goals that go on stay open under their ids, all others have left the plan with
 * their outcome; KPIs go on with their readings, those that stop are retired and still take their final values.
 */
export const inNextPeriod = (
  now: Partnership,
  closing: Closing,
): Pick<Partnership, 'period' | 'goals' | 'kpis'> => ({
  period: closing.next,
  goals: now.goals
    .filter((one) => isOpenGoal(one) && closing.goOn.includes(one.id))
    .map((one) => carriedGoal(one, closing)),
  kpis: now.kpis.map((one) => {
    if (!isInUse(one)) return one;
    return closing.stopKpis.includes(one.id) ? stopped(one, now, closing) : carriedKpi(one, closing);
  }),
});

const carriedGoal = (goal: Goal, { next }: Closing): Goal =>
  goal.due === undefined || goal.due >= next.start ? goal : { ...goal, due: next.end, rev: goal.rev + 1 };

const stopped = (kpi: Kpi, { period }: Partnership, { by, at }: Closing): Kpi => ({
  ...kpi,
  rev: kpi.rev + 1,
  retired: { reason: 'It ended with its period.', by, at, lastDay: period.end },
});

/**
 * One that is due later has dates of its own and goes on as it is. Of the others steps and replaced targets were the
 * old period's; baseline and target stay until somebody says new ones, which for what rises or falls the plan asks for.
 * A limit holds as it is.
 */
const carriedKpi = (kpi: Kpi, { next }: Closing): Kpi => {
  if (kpi.due >= next.start) return kpi;
  const { checkpoints, ...rest } = kpi;
  const ahead = checkpoints?.filter((one) => one.date >= next.start) ?? [];
  return {
    ...rest,
    rev: kpi.rev + 1,
    start: next.start,
    due: next.end,
    earlierTargets: [],
    ...((kpi.direction === 'increase' || kpi.direction === 'decrease') &&
      kpi.gives === 'number' && { carriedOver: true }),
    ...(ahead.length === 0 ? {} : { checkpoints: ahead }),
  };
};
