import { DomainError } from '../domain/errors.ts';
import { type Goal, isOpenGoal } from '../domain/goal.ts';
import type { GoalLine } from '../domain/partnership-card.ts';
import type { PeriodWords } from '../domain/period.ts';
import type { CloseFormFacts, PeriodFormFacts } from '../domain/period-card.ts';
import { finalUntil, mayClosePeriod, nextPeriod } from '../domain/period-dates.ts';
import type { Asking, Deps } from '../ports.ts';
import { type Loaded, loadPartnership, nameOf } from './load.ts';
import { firmsOf } from './load-review.ts';
import { namesOf } from './names.ts';
import { periodQuestionId } from './plan-period-question.ts';
import { viewPartnership } from './view-partnership.ts';
import { loadPeriodFor, wordLines } from './view-period.ts';

/** What the form shows to one person, with what their firm said before. Throws as `loadPeriodFor`. */
export const periodFormFacts = async (
  deps: Deps,
  asking: Asking,
  { occurrenceId }: { readonly occurrenceId: string },
): Promise<PeriodFormFacts> => {
  const { partnership, question, firm } = await loadPeriodFor(deps, asking, occurrenceId);
  const { goals, kpis, firms } = await viewPartnership(deps, asking, {
    partnershipId: partnership._id,
    form: 'shared',
  });
  const before = question.periodWords?.[firm];
  return {
    occurrenceId,
    base: before?.at.getTime() ?? 0,
    firms,
    firm,
    period: partnership.period,
    channelName: partnership.channelName,
    goals: goals.filter((one) => one.outcome === undefined),
    kpis,
    choices: Object.fromEntries((before?.choices ?? []).map(({ of, choice }) => [of, choice])),
    ...(before && {
      said: {
        by: await nameOf(deps, asking.workspaceId, before.by),
        ...(before.sentence === undefined ? {} : { sentence: before.sentence }),
      },
    }),
  };
};

/** What both firms said of the running period, as far as they did. */
export const wordsOf = async ({ partnership, store }: Loaded): Promise<PeriodWords> =>
  (await store.occurrences.get(periodQuestionId(partnership)))?.periodWords ?? {};

/** Throws `closed` until four weeks before the period's end. */
export const demandClosable = ({ partnership: { period }, today }: Loaded): void => {
  if (!mayClosePeriod(period, today))
    throw new DomainError(
      'closed',
      'The period can be closed from four weeks before its end on. Nothing was changed. To change its dates, press Edit.',
    );
};

/** Dropped ones too: they stay in the period, and no KPI judges what has ended. */
const endedLine = ({ id, title, side, vision, outcome }: Goal): GoalLine => ({
  goalId: id,
  title,
  side,
  pace: 'not-judged',
  linked: vision !== undefined,
  ...(outcome && { outcome: { kind: outcome.kind, sentence: outcome.sentence } }),
});

/** What the form that closes the period shows. Throws `not-found`, `not-allowed`, `ended` or `closed`. */
export const closeFormFacts = async (
  deps: Deps,
  asking: Asking,
  { partnershipId }: { readonly partnershipId: string },
): Promise<CloseFormFacts> => {
  const loaded = await loadPartnership(deps, asking, partnershipId, 'edit-plan');
  demandClosable(loaded);
  const { partnership } = loaded;
  const { period, closedPeriods = [], goals, kpis } = partnership;
  const [card, words] = await Promise.all([
    viewPartnership(deps, asking, { partnershipId }),
    wordsOf(loaded),
  ]);
  const nameOfPerson = await namesOf(deps, asking.workspaceId, [words.ours?.by, words.theirs?.by]);
  const { basis, ...next } = nextPeriod(partnership);
  const said = [...(words.ours?.choices ?? []), ...(words.theirs?.choices ?? [])];
  return {
    partnershipId,
    nth: closedPeriods.length + 1,
    firms: firmsOf(partnership),
    period,
    finalUntil: finalUntil(period.end),
    goals: card.goals.filter((one) => one.outcome === undefined),
    ended: goals.filter((one) => !isOpenGoal(one)).map(endedLine),
    kpis: [
      ...card.kpis.map(({ kpiId, name }) => ({ id: kpiId, name, internal: false })),
      ...(card.internal?.kpis ?? []).map(({ kpiId, name }) => ({ id: kpiId, name, internal: true })),
    ],
    stops: said.flatMap(({ of, choice }) => (choice === 'stop' ? [of] : [])),
    words: wordLines(
      words,
      [...goals.map(({ id, title }) => ({ id, name: title })), ...kpis],
      nameOfPerson,
      partnership.zone,
    ),
    next,
    ...(basis === undefined ? {} : { basis }),
  };
};
