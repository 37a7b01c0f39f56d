import { formatPeriod } from '../domain/civil-date.ts';
import { accepted, type DomainError, type Outcome, refused } from '../domain/errors.ts';
import { type GoalOutcome, goalLimits, isOpenGoal } from '../domain/goal.ts';
import { isInUse } from '../domain/kpi.ts';
import type { Partnership } from '../domain/partnership.ts';
import type { ClosedPeriod } from '../domain/period.ts';
import { type Closing, closedGoals, inNextPeriod } from '../domain/period-close.ts';
import { nextPeriod, periodName } from '../domain/period-dates.ts';
import type { Asking, Deps, New, WorkspaceStore } from '../ports.ts';
import { finishPeriod, type PeriodClosed } from './finish-period.ts';
import { latestVision } from './latest-vision.ts';
import { type Loaded, loadPartnership } from './load.ts';
import { ownPeriod } from './own-period.ts';
import { refOf, tooLong } from './plan-fields.ts';
import { idFromRequest } from './request-id.ts';
import { demandClosable, wordsOf } from './view-period-form.ts';
import { changePartnership, conflictOf } from './write.ts';

/** Every open goal with its outcome, as the form showed them. Dates are `YYYY-MM-DD`. */
export interface ClosePeriod {
  readonly partnershipId: string;
  /** Which period the form was about, counted from 1. */
  readonly nth: number;
  readonly goals: readonly {
    readonly goalId: string;
    readonly outcome?: GoalOutcome;
    readonly sentence?: string;
  }[];
  /** Of the goals that were partly met or missed: which stay open in the next period. */
  readonly goOn: readonly string[];
  readonly stopKpis: readonly string[];
  readonly nextStart: string;
  readonly nextEnd: string;
}

const outcomeFieldOf = (goalId: string): string => `outcome:${goalId}`;
const sentenceFieldOf = (goalId: string): string => `sentence:${goalId}`;

/**
 * Closes the running period: it is kept as it was, and the partnership goes into its next one. The period is written
 * first and counts from the moment its partnership names it, so that one write decides. A repeat finds what the first
 * did. Throws `closed`, `conflict`, `not-found`, `not-allowed`, `ended`.
 */
export const closePeriod = async (
  deps: Deps,
  asking: Asking,
  input: ClosePeriod,
): Promise<Outcome<PeriodClosed>> => {
  const loaded = await loadPartnership(deps, asking, input.partnershipId, 'edit-plan');
  const { partnership, store } = loaded;
  const made = await idFromRequest(asking.workspaceId, 'period', partnership._id, asking.requestId);
  const mine = partnership.closedPeriods?.find((id) => id.endsWith(`:${made}`));
  if (mine !== undefined) return accepted(await finishPeriod(deps, store, partnership, mine));
  if (nthOf(partnership) !== input.nth) throw await closedMeanwhile(deps, asking, loaded);
  demandClosable(loaded);
  const faults = faultsOf(input);
  const next = ownPeriod(partnership.period, { periodStart: input.nextStart, periodEnd: input.nextEnd });
  if (next.value === undefined || Object.keys(faults).length > 0)
    return refused({
      ...faults,
      ...(next.faults.periodStart === undefined ? {} : { nextStart: next.faults.periodStart }),
      ...(next.faults.periodEnd === undefined ? {} : { nextEnd: next.faults.periodEnd }),
    });
  if (next.value.start <= partnership.period.end)
    return refused({ nextStart: 'The next period begins after this one. Choose a later day.' });

  const outcomes = input.goals.flatMap(({ goalId, outcome, sentence }) =>
    outcome === undefined || sentence === undefined ? [] : [{ goalId, kind: outcome, sentence }],
  );
  const closing: Closing = {
    outcomes,
    goOn: input.goOn.filter((id) => outcomes.some((one) => one.goalId === id && isUnfinished(one.kind))),
    stopKpis: input.stopKpis,
    next: withBasis(next.value, partnership),
    by: refOf(asking.by),
    at: deps.clock.now(),
  };
  const vision = await latestVision(deps, asking.workspaceId, partnership._id);
  const saved = await changePartnership(deps, asking, partnership, async (current) => {
    if ((current.closedPeriods ?? []).some((id) => id.endsWith(`:${made}`))) return undefined;
    await demandAsShown(deps, asking, loaded, current, input);
    const _id = `${current._id}:${current.period.end}:${made}`;
    const { start, end, basis } = current.period;
    const { ourFiscalYear, theirFiscalYear } = current;
    await keep(store, {
      _id,
      partnershipId: current._id,
      start,
      end,
      ...(basis === undefined ? {} : { basis }),
      names: {
        ours: periodName(current.period, ourFiscalYear),
        ...(theirFiscalYear && { theirs: periodName(current.period, theirFiscalYear) }),
      },
      zone: current.zone,
      ...(vision === undefined ? {} : { visionNumber: vision.number }),
      goals: closedGoals(current, closing),
      kpis: current.kpis.filter(isInUse),
      words: await wordsOf(loaded),
      closedBy: closing.by,
      closedAt: closing.at,
    });
    return {
      next: {
        ...current,
        ...inNextPeriod(current, closing),
        closedPeriods: [...(current.closedPeriods ?? []), _id],
      },
      action: 'close-period',
      entity: current._id,
      summary: `closed the period ${formatPeriod(start, end)}; the next one is ${formatPeriod(closing.next.start, closing.next.end)}`,
      movesPlan: true,
    };
  });
  const named = saved.closedPeriods?.find((id) => id.endsWith(`:${made}`));
  if (named === undefined) throw await closedMeanwhile(deps, asking, loaded);
  return accepted(await finishPeriod(deps, store, saved, named));
};

/** Which period runs, counted from 1. */
const nthOf = ({ closedPeriods = [] }: Partnership): number => closedPeriods.length + 1;

/** What was met or dropped has nothing to go on with. */
const isUnfinished = (kind: GoalOutcome): boolean => kind === 'partly' || kind === 'missed';

const faultsOf = ({ goals }: ClosePeriod): Record<string, string> => {
  const faults: Record<string, string> = {};
  for (const { goalId, outcome, sentence = '' } of goals) {
    if (outcome === undefined) faults[outcomeFieldOf(goalId)] = 'Choose what became of it.';
    if (sentence === '') faults[sentenceFieldOf(goalId)] = 'Say in one sentence what became of it.';
    else if (sentence.length > goalLimits.said)
      faults[sentenceFieldOf(goalId)] = tooLong('The sentence', sentence.length, goalLimits.said);
  }
  return faults;
};

/** Dates that were left as proposed are what they were proposed as: a firm's quarter or year. */
const withBasis = (
  dates: Pick<Partnership['period'], 'start' | 'end'>,
  partnership: Partnership,
): Partnership['period'] => {
  const proposed = nextPeriod(partnership);
  return proposed.start === dates.start && proposed.end === dates.end ? proposed : dates;
};

/** Throws `conflict` when the period was closed or moved, and when a goal came to be open, or ended, that the form showed otherwise. */
const demandAsShown = async (
  deps: Deps,
  asking: Asking,
  loaded: Loaded,
  current: Partnership,
  input: ClosePeriod,
): Promise<void> => {
  const { goals, period } = current;
  if (nthOf(current) !== input.nth) throw await closedMeanwhile(deps, asking, loaded);
  const shown = new Set(input.goals.map(({ goalId }) => goalId));
  const open = new Set(goals.filter(isOpenGoal).map(({ id }) => id));
  const moved = [...open].find((id) => !shown.has(id)) ?? [...shown].find((id) => !open.has(id));
  const before = loaded.partnership.period;
  if (period.start === before.start && period.end === before.end && moved === undefined) return;
  throw await conflictOf(deps, asking, loaded.store, {
    of: current._id,
    ...(moved === undefined ? {} : { entity: moved }),
    since: 0,
  });
};

const closedMeanwhile = async (
  deps: Deps,
  asking: Asking,
  { store, partnership }: Loaded,
): Promise<DomainError> =>
  conflictOf(deps, asking, store, { of: partnership._id, entity: partnership._id, since: 0 });

/** As this request says it: what an attempt before wrote and no partnership names yet is written over. */
const keep = async (store: WorkspaceStore, period: New<ClosedPeriod>): Promise<void> => {
  for (;;) {
    if ((await store.periods.insert(period)) === 'inserted') return;
    const found = await store.periods.get(period._id);
    if (found !== undefined && (await store.periods.replace({ ...found, ...period }))) return;
  }
};
