/**
 * A firm that is asked and stays silent: after two reviews in a row of one rhythm without an answer or a skip of it,
 * it is left alone until somebody there answers or somebody new is asked, and our owner is told what can be changed.
 */
import type { Answer } from './answer.ts';
import type { Occurrence } from './occurrence.ts';
import { type Firm, includesPerson, type PersonRef } from './person.ts';
import { answeredBy } from './review-questions.ts';

/** From this many on a firm is left alone, and the owner hears of it. */
export const silentAfter = 2;
/** The owner hears of it once more, and then not again. */
export const lastWordAfter = 3;
/** As many reviews as the decision needs, with room for some that did not ask the firm. */
export const reviewsToLookAt = 8;

export interface ClosedReview {
  readonly review: Pick<Occurrence, 'asked' | 'skips'>;
  readonly answers: readonly Answer[];
}

/** The closed reviews of a rhythm, newest first, that passed without a word from a firm that was asked. */
const silentOnes = (firm: Firm, newestFirst: readonly ClosedReview[]): readonly ClosedReview[] => {
  const asked = newestFirst.filter(({ review }) => review.asked[firm].length > 0);
  const spoke = asked.findIndex(
    ({ review, answers }) =>
      answeredBy(answers, firm).length > 0 || review.skips.some((one) => one.firm === firm),
  );
  return spoke === -1 ? asked : asked.slice(0, spoke);
};

export const silentRun = (firm: Firm, newestFirst: readonly ClosedReview[]): number =>
  silentOnes(firm, newestFirst).length;

/** Whether a firm is left alone. Somebody asked now who was not asked in those reviews has not been silent. */
export const isSilent = (
  firm: Firm,
  newestFirst: readonly ClosedReview[],
  askedNow: readonly PersonRef[],
): boolean => {
  const silent = silentOnes(firm, newestFirst);
  const askedThen = silent.flatMap(({ review }) => review.asked[firm]);
  return silent.length >= silentAfter && askedNow.every((one) => includesPerson(askedThen, one));
};

/** What the owner is told of a firm when a review has closed: once after two, once more after three. */
export const silenceToTell = (run: number): 'second' | 'third' | undefined =>
  run === silentAfter ? 'second' : run === lastWordAfter ? 'third' : undefined;
