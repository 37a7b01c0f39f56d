import { compareDesc } from 'date-fns/compareDesc';
import type { Answer } from './answer.ts';
import { daysBetween } from './civil-date.ts';
import type { Firm } from './person.ts';
import type { CivilDate } from './stored.ts';
import { civilDateAt } from './zone.ts';

const keptForDays = 100;
const wideGap = 2;
const steadyGap = { steps: 1, reviews: 3 } as const;

/** A firm's confidence in one review, 1 to 5: the mean of those of its people who gave one. */
export interface Confidence {
  readonly occurrenceId: string;
  readonly value: number;
  readonly on: CivilDate;
}

/** A firm's confidences, one a review, latest first. Withdrawn answers and answers without one are left out. */
export const confidencesOf = (answers: readonly Answer[], firm: Firm): Confidence[] => {
  const byReview = new Map<string, { values: number[]; last: Date }>();
  for (const { firm: of, withdrawn, content, occurrenceId, at } of answers) {
    if (of !== firm || withdrawn || content.confidence === undefined) continue;
    const seen = byReview.get(occurrenceId);
    const last = seen && seen.last > at ? seen.last : at;
    byReview.set(occurrenceId, { values: [...(seen?.values ?? []), content.confidence], last });
  }
  return [...byReview]
    .sort(([, a], [, b]) => compareDesc(a.last, b.last))
    .map(([occurrenceId, { values, last }]) => ({
      occurrenceId,
      value: values.reduce((sum, one) => sum + one, 0) / values.length,
      on: civilDateAt(last, 'UTC'),
    }));
};

export const isStale = (confidence: Confidence, today: CivilDate): boolean =>
  daysBetween(confidence.on, today) > keptForDays;

/** 0 to 100. */
export const confidenceScore = (confidence: number): number => ((confidence - 1) / 4) * 100;

/** "3", or "3.5" where two people of a firm differ. */
export const confidenceInWords = (confidence: number): string => String(Math.round(confidence * 10) / 10);

/** Two steps of five apart, or one step the same way three reviews running, in words; undefined otherwise. */
export const perceptionGap = (
  firms: { readonly ours: string; readonly theirs: string },
  answers: readonly Answer[],
): string | undefined => {
  const theirs = new Map(confidencesOf(answers, 'theirs').map((one) => [one.occurrenceId, one.value]));
  const pairs = confidencesOf(answers, 'ours').flatMap((one) => {
    const other = theirs.get(one.occurrenceId);
    return other === undefined ? [] : [{ ours: one.value, theirs: other, gap: one.value - other }];
  });
  const [latest] = pairs;
  if (!latest) return undefined;
  const said = `${firms.ours} says ${confidenceInWords(latest.ours)} of 5, ${firms.theirs} ${confidenceInWords(latest.theirs)}`;
  if (Math.abs(latest.gap) >= wideGap) return `The two firms see this differently: ${said}.`;
  const recent = pairs.slice(0, steadyGap.reviews);
  const steady =
    recent.length === steadyGap.reviews &&
    recent.every((one) => one.gap * Math.sign(latest.gap) >= steadyGap.steps);
  return steady ? `Three reviews running the two firms see this differently: now ${said}.` : undefined;
};
