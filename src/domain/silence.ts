/**
 * A firm that is asked and stays silent: after two reviews in a row of one rhythm without an answer or a skip of it,
 * it is left alone until somebody there answers again, and our owner is told what can be changed.
 */
import type { Answer } from './answer.ts';
import type { Occurrence } from './occurrence.ts';
import type { Firm } from './person.ts';
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

/** How many of a rhythm's closed reviews, newest first, passed without a word from a firm that was asked. */
export const silentRun = (firm: Firm, newestFirst: readonly ClosedReview[]): number => {
  let run = 0;
  for (const { review, answers } of newestFirst) {
    if (review.asked[firm].length === 0) continue;
    const spoke = answeredBy(answers, firm).length > 0 || review.skips.some((one) => one.firm === firm);
    if (spoke) break;
    run += 1;
  }
  return run;
};

export const isSilent = (firm: Firm, newestFirst: readonly ClosedReview[]): boolean =>
  silentRun(firm, newestFirst) >= silentAfter;

/** What the owner is told of a firm when a review has closed: once after two, once more after three. */
export const silenceToTell = (run: number): 'second' | 'third' | undefined =>
  run === silentAfter ? 'second' : run === lastWordAfter ? 'third' : undefined;
