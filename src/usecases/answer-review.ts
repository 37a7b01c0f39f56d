import { type Answer, type AnswerContent, answerLimits } from '../domain/answer.ts';
import { parseCivilDate } from '../domain/civil-date.ts';
import { accepted, DomainError, type Outcome, refused } from '../domain/errors.ts';
import type { Occurrence } from '../domain/occurrence.ts';
import { type Firm, samePerson } from '../domain/person.ts';
import { takesAnswers } from '../domain/review-questions.ts';
import type { Asking, Deps } from '../ports.ts';
import { askAgain } from './do-not-ask.ts';
import { answersOf, loadReviewFor } from './load-review.ts';
import { type RecordReadings, recordReadings } from './record-readings.ts';
import { saveAnswer, showAnswer } from './save-answer.ts';

export interface AnswerReview {
  readonly occurrenceId: string;
  /** 1 to 5; required. */
  readonly confidence?: number;
  readonly moved?: string;
  readonly stuck?: string;
  readonly stuckActs?: Firm;
  readonly stuckBy?: string;
  readonly need?: string;
  readonly bringBack?: string;
  readonly entries: RecordReadings['entries'];
  readonly confirmedUnlikely: boolean;
}

export interface AnswerReceipt {
  readonly answer: Answer;
  /** How each value was read, one line each. */
  readonly receipts: readonly string[];
}

/**
 * One person's answer by modal. Values become readings first, so that a repeat after a crash finds them; then the
 * answer; then its reply and the root are wanted. After closing it counts, marked late. Throws `not-found`,
 * `not-allowed`, `ended`, `closed` or `conflict`.
 */
export const answerReview = async (
  deps: Deps,
  asking: Asking,
  input: AnswerReview,
): Promise<Outcome<AnswerReceipt>> => {
  const { occurrence, partnership, firm } = await loadReviewFor(deps, asking, input.occurrenceId, 'answer');
  refuseWhenOver(occurrence);
  const fields = faultsOf(input);
  if (Object.keys(fields).length > 0) return refused(fields);

  const entries = input.entries.filter(isFilled);
  const recorded = entries.length
    ? await recordReadings(deps, asking, {
        partnershipId: partnership._id,
        entries,
        confirmedUnlikely: input.confirmedUnlikely,
        occurrenceId: occurrence._id,
      })
    : accepted({ readings: [], receipts: [] });
  if (!recorded.ok) return recorded;
  await askAgain(deps, asking, partnership);
  const { readings, receipts } = recorded.value;

  const earlier = (await answersOf(deps, occurrence)).find((one) => samePerson(one.person, asking.by));
  const given = new Set(readings.map((one) => one.kpiId));
  const kept = await keptReadings(deps, asking.workspaceId, earlier, given);
  const content = contentOf(input, [...kept, ...readings.map((one) => one._id)]);
  const answer = await saveAnswer(deps, asking, { occurrence, firm, via: 'modal', content });
  await showAnswer(deps, answer, occurrence);
  return accepted({ answer, receipts });
};

/** Throws `closed` for a review that takes no answer, saying why. */
export const refuseWhenOver = (occurrence: Occurrence): void => {
  if (takesAnswers(occurrence)) return;
  const why = occurrence.reason === undefined ? '' : ` ${occurrence.reason}`;
  throw new DomainError(
    'closed',
    occurrence.state === 'due'
      ? 'This review has not begun yet. Nothing was saved.'
      : `This review was ${occurrence.state}, so it takes no answers.${why} Nothing was saved.`,
  );
};

const isFilled = (entry: RecordReadings['entries'][number]): boolean =>
  Boolean(entry.value?.trim()) || entry.status !== undefined || entry.notKnownUntil !== undefined;

const keptReadings = async (
  deps: Deps,
  workspaceId: string,
  earlier: Answer | undefined,
  given: ReadonlySet<string>,
): Promise<string[]> => {
  const { readings } = deps.store.workspace(workspaceId);
  const found = await Promise.all((earlier?.content.readingIds ?? []).map((id) => readings.get(id)));
  return found.flatMap((one) => (one === undefined || given.has(one.kpiId) ? [] : [one._id]));
};

const texts = ['moved', 'stuck', 'need', 'bringBack'] as const;

const faultsOf = (input: AnswerReview): Record<string, string> => {
  const fields: Record<string, string> = {};
  const { confidence, stuckBy } = input;
  if (confidence === undefined || !Number.isInteger(confidence) || confidence < 1 || confidence > 5)
    fields.confidence = 'Choose how sure you are, from 1 to 5.';
  for (const name of texts)
    if ((input[name]?.length ?? 0) > answerLimits.text)
      fields[name] = `This is longer than ${answerLimits.text} characters. Shorten it a little.`;
  if (stuckBy !== undefined && stuckBy !== '' && parseCivilDate(stuckBy) === undefined)
    fields.stuckBy = 'I cannot read this date. Choose one from the calendar.';
  if (!input.stuck?.trim() && (stuckBy || input.stuckActs !== undefined))
    fields.stuck = 'Say what is stuck, or clear who acts and by when.';
  return fields;
};

const said = (text: string | undefined): string | undefined => text?.trim() || undefined;

const contentOf = (input: AnswerReview, readingIds: readonly string[]): AnswerContent => {
  const [moved, stuck, need, bringBack] = texts.map((name) => said(input[name]));
  const by = input.stuckBy ? parseCivilDate(input.stuckBy) : undefined;
  return {
    ...(input.confidence === undefined ? {} : { confidence: input.confidence }),
    ...(moved === undefined ? {} : { moved }),
    ...(stuck === undefined
      ? {}
      : {
          stuck: {
            text: stuck,
            ...(input.stuckActs === undefined ? {} : { acts: input.stuckActs }),
            ...(by === undefined ? {} : { by }),
          },
        }),
    ...(need === undefined ? {} : { need }),
    ...(bringBack === undefined ? {} : { bringBack }),
    readingIds: [...readingIds],
    noChange: false,
  };
};
