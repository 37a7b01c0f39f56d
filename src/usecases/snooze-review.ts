import { DomainError } from '../domain/errors.ts';
import { mostSnoozes, nudgeInstant, type SnoozeDays, snoozeDays, snoozeUntil } from '../domain/nudge.ts';
import type { Occurrence } from '../domain/occurrence.ts';
import { answeredBy } from '../domain/review-questions.ts';
import type { CivilDate } from '../domain/stored.ts';
import { civilDateAt } from '../domain/zone.ts';
import type { Asking, Deps } from '../ports.ts';
import { firmAsked, holidaysOf, receiverOf, snoozeId, snoozesOf } from './load-nudge.ts';
import { type AskedReview, answersOf, firmsOf, loadReviewFor } from './load-review.ts';
import { nudgeOf } from './nudge-review.ts';

/** What the snooze form shows. `until` is absent where the review closes before the person could be asked again. */
export interface SnoozeFacts {
  readonly occurrenceId: string;
  /** Which snooze of theirs it will be, 1 to 5. */
  readonly nth: number;
  readonly date: CivilDate;
  readonly zone: string;
  readonly closesAt: Date;
  readonly choices: readonly { readonly days: SnoozeDays; readonly until?: Date }[];
}

interface Snoozable {
  readonly review: AskedReview;
  readonly closesAt: Date;
  readonly zone: string;
  readonly holidays: readonly CivilDate[];
  readonly snoozes: readonly Occurrence[];
}

/** Throws `closed` when the review asks this person for nothing any more, else as `loadReviewFor`. */
const snoozable = async (deps: Deps, asking: Asking, occurrenceId: string): Promise<Snoozable> => {
  const review = await loadReviewFor(deps, asking, occurrenceId, 'answer');
  const { occurrence, partnership, firm } = review;
  const { closesAt } = occurrence;
  if (occurrence.state !== 'open' || closesAt === undefined)
    throw new DomainError('closed', 'This review is not open, so there is nothing to snooze.');
  if (firmAsked(occurrence, asking.by) === undefined)
    throw new DomainError('closed', 'This review does not ask you, so I never remind you of it.');
  if (answeredBy(await answersOf(deps, occurrence), firm).length > 0)
    throw new DomainError('closed', `${firmsOf(partnership)[firm]} has answered. I ask nobody there again.`);
  const [{ zone }, snoozes] = await Promise.all([
    receiverOf(deps, asking.workspaceId, asking.by, occurrence.zone),
    snoozesOf(deps, occurrence, asking.by),
  ]);
  return { review, closesAt, zone, holidays: holidaysOf(partnership, firm), snoozes };
};

const askedAgain = ({ closesAt, zone, holidays }: Snoozable, now: Date, days: SnoozeDays) => {
  const dueAt = snoozeUntil(now, days, zone);
  const until = nudgeInstant(dueAt, zone, holidays);
  return { dueAt, ...(until < closesAt ? { until } : {}) };
};

const demandRoom = (nth: number): void => {
  if (nth > mostSnoozes)
    throw new DomainError(
      'limit',
      `You have snoozed this review ${mostSnoozes} times, and that is the most. Skip it, or let it close.`,
    );
};

/** What each choice would mean, before anything is saved. */
export const snoozeFacts = async (
  deps: Deps,
  asking: Asking,
  input: { readonly occurrenceId: string },
): Promise<SnoozeFacts> => {
  const found = await snoozable(deps, asking, input.occurrenceId);
  const nth = found.snoozes.length + 1;
  demandRoom(nth);
  const now = deps.clock.now();
  return {
    occurrenceId: input.occurrenceId,
    nth,
    date: found.review.occurrence.date,
    zone: found.zone,
    closesAt: found.closesAt,
    choices: snoozeDays.map((days) => {
      const { until } = askedAgain(found, now, days);
      return { days, ...(until === undefined ? {} : { until }) };
    }),
  };
};

export interface SnoozeReview {
  readonly occurrenceId: string;
  /** As the form showed it: sent again, the same snooze is written again and no second one. */
  readonly nth: number;
  readonly days: SnoozeDays;
}

export interface Snoozed {
  /** When they are asked again; absent: not before the review closes. */
  readonly until?: Date;
  readonly zone: string;
}

const attempts = 5;

/**
 * Puts one person's reminders of one review off. Nobody else's move. Throws `closed`, `limit` after five times, and
 * as `loadReviewFor`.
 */
export const snoozeReview = async (deps: Deps, asking: Asking, input: SnoozeReview): Promise<Snoozed> => {
  demandRoom(input.nth);
  const found = await snoozable(deps, asking, input.occurrenceId);
  const { occurrence } = found.review;
  const { dueAt, until } = askedAgain(found, deps.clock.now(), input.days);
  const { occurrences } = deps.store.workspace(asking.workspaceId);
  const fresh = nudgeOf(occurrence, {
    _id: snoozeId(occurrence._id, input.nth, asking.by.userId),
    receiver: asking.by,
    step: input.nth,
    snoozed: true,
    dueAt,
    channelId: asking.by.userId,
    ...(until === undefined
      ? { state: 'skipped', reason: 'The review closes before that.' }
      : { state: 'due', wakeAt: until }),
  });
  const snoozed = { zone: found.zone, ...(until === undefined ? {} : { until }) };
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    if ((await occurrences.insert(fresh)) === 'inserted') return snoozed;
    const stored = await occurrences.get(fresh._id);
    if (stored === undefined) continue;
    // The form sent again with the same choice changes nothing; with another one it is that one's.
    if (civilDateAt(stored.dueAt, found.zone) === civilDateAt(dueAt, found.zone)) return snoozed;
    const { workspaceId, version, schemaVersion } = stored;
    if (await occurrences.replace({ ...fresh, workspaceId, version, schemaVersion })) return snoozed;
  }
  throw new DomainError(
    'conflict',
    'This review changed at the same moment. Nothing was snoozed. Try again.',
  );
};
