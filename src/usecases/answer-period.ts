import { accepted, DomainError, type Outcome, refused } from '../domain/errors.ts';
import { isOpenGoal } from '../domain/goal.ts';
import { isInUse } from '../domain/kpi.ts';
import { type PeriodChoice, type PeriodWord, periodLimits } from '../domain/period.ts';
import type { Asking, Deps } from '../ports.ts';
import { firmsOf } from './load-review.ts';
import { refOf, tooLong, trimmed } from './plan-fields.ts';
import { wantRoot } from './save-answer.ts';
import { loadPeriodFor } from './view-period.ts';
import { changeDocument, conflictOf } from './write.ts';

export interface AnswerPeriod {
  readonly occurrenceId: string;
  /** When the firm's word stood as the form showed it, in milliseconds; 0 for none. */
  readonly base: number;
  readonly choices: readonly { readonly of: string; readonly choice: PeriodChoice }[];
  readonly sentence?: string;
}

/**
 * Keeps what a firm wants to carry, change or stop, and shows it on the root. A later word of the same firm takes the
 * place of the one it saw; of one it did not see: `conflict`. Throws also `not-found`, `not-allowed`, `ended`, `closed`.
 */
export const answerPeriod = async (
  deps: Deps,
  asking: Asking,
  input: AnswerPeriod,
): Promise<Outcome<PeriodWord>> => {
  const { question, partnership, store, firm } = await loadPeriodFor(deps, asking, input.occurrenceId);
  const sentence = trimmed(input.sentence);
  if (sentence === undefined && input.choices.some(({ choice }) => choice !== 'carry'))
    return refused({ sentence: 'Say in one sentence what to change or stop, and why.' });
  if (sentence !== undefined && sentence.length > periodLimits.sentence)
    return refused({ sentence: tooLong('The sentence', sentence.length, periodLimits.sentence) });
  // Both firms read it: of an internal KPI, or of what has gone meanwhile, nothing is kept.
  const known = new Set([
    ...partnership.goals.filter(isOpenGoal).map(({ id }) => id),
    ...partnership.kpis.filter((one) => isInUse(one) && one.visibility === 'shared').map(({ id }) => id),
  ]);
  const choices = input.choices.filter(({ of }) => known.has(of));
  const by = refOf(asking.by);
  const saved = await changeDocument(
    deps,
    asking,
    store.occurrences,
    question,
    partnership._id,
    async (current) => {
      const before = current.periodWords?.[firm];
      if (before !== undefined && isSame(before, choices, sentence)) return undefined;
      if (current.state === 'closed')
        throw new DomainError(
          'closed',
          'This period was closed while you wrote. Your text is below to copy.',
        );
      if ((before?.at.getTime() ?? 0) !== input.base && before?.requestId !== asking.requestId)
        throw await conflictOf(deps, asking, store, { of: current._id, entity: firm, since: 0 });
      const word: PeriodWord = {
        choices,
        ...(sentence === undefined ? {} : { sentence }),
        by,
        at: deps.clock.now(),
        requestId: asking.requestId,
      };
      return {
        next: { ...current, periodWords: { ...current.periodWords, [firm]: word } },
        action: 'answer-period',
        entity: firm,
        summary: `said for ${firmsOf(partnership)[firm]} what to carry, change or stop after this period`,
      };
    },
  );
  const word = saved.periodWords?.[firm];
  if (word === undefined) throw new DomainError('not-found', 'This question is not here any more.');
  await wantRoot(deps, saved);
  deps.poke();
  return accepted(word);
};

const isSame = (
  before: PeriodWord,
  choices: AnswerPeriod['choices'],
  sentence: string | undefined,
): boolean =>
  before.sentence === sentence &&
  before.choices.length === choices.length &&
  choices.every((one) => before.choices.some(({ of, choice }) => of === one.of && choice === one.choice));
