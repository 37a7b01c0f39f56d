import { windowFrom } from '../domain/catch-up.ts';
import { fiscalToday } from '../domain/fiscal-calendar.ts';
import type { Occurrence } from '../domain/occurrence.ts';
import { type Firm, includesPerson } from '../domain/person.ts';
import type { NamedPerson, ReviewCard } from '../domain/review-card.ts';
import { answeredBy } from '../domain/review-questions.ts';
import { reviewTitle } from '../domain/rule-words.ts';
import type { Deps } from '../ports.ts';
import { currentHealth } from './load-health.ts';
import { standingsOf } from './load-nudge.ts';
import { answersOf, firmsOf, loadReview, named } from './load-review.ts';

/** The root card of a review, or undefined when the review is gone. */
export const loadReviewCard = async (
  deps: Deps,
  workspaceId: string,
  occurrenceId: string,
): Promise<ReviewCard | undefined> => {
  const review = await loadReview(deps, workspaceId, occurrenceId);
  if (review === undefined) return undefined;
  const { occurrence, partnership } = review;
  const answers = await answersOf(deps, occurrence);
  const people = (refs: readonly { teamId: string; userId: string }[]): Promise<NamedPerson[]> =>
    Promise.all(refs.map((one) => named(deps, workspaceId, one)));
  const answered = (firm: Firm) => people(answeredBy(answers, firm).map((one) => one.person));
  const waitsFor = (firm: Firm) =>
    people(occurrence.asked[firm].filter((one) => !includesPerson(partnership.notAsked ?? [], one)));
  const [rhythm, askedOurs, askedTheirs, ours, theirs, zones, standings] = await Promise.all([
    deps.store.workspace(workspaceId).rhythms.get(occurrence.rhythmId),
    waitsFor('ours'),
    waitsFor('theirs'),
    answered('ours'),
    answered('theirs'),
    zonesOf(deps, occurrence),
    standingsOf(deps, occurrence, partnership),
  ]);
  const { healthAfter } = occurrence;
  const opening = occurrence.state === 'due';
  const openedAt = occurrence.openedAt ?? (opening ? deps.clock.now() : undefined);
  const closesAt =
    occurrence.closesAt ?? (openedAt && windowFrom(openedAt, occurrence, partnership.holidays));
  const healthBefore =
    occurrence.healthBefore ?? (opening ? await currentHealth(deps, partnership) : undefined);
  return {
    occurrenceId,
    partnershipId: partnership._id,
    firms: firmsOf(partnership),
    date: occurrence.date,
    title: reviewTitle(occurrence.reviewKind, rhythm?.rule),
    kindWords: reviewTitle(occurrence.reviewKind),
    zone: occurrence.zone,
    zones,
    // Rendered while it is being posted: whoever reads the message reads an open review.
    state: opening ? 'open' : occurrence.state,
    ...(occurrence.reason === undefined ? {} : { reason: occurrence.reason }),
    dueAt: occurrence.dueAt,
    ...(openedAt === undefined ? {} : { openedAt }),
    ...(closesAt === undefined ? {} : { closesAt }),
    postedLate: occurrence.postedLate,
    ...(occurrence.heldBecause !== undefined && { heldBecause: occurrence.heldBecause }),
    asked: { ours: askedOurs, theirs: askedTheirs },
    answered: { ours, theirs },
    leftAlone: (['ours', 'theirs'] as const).filter((firm) => standings[firm] === 'silent'),
    fiscal: fiscalToday(partnership, occurrence.date),
    skippedBy: [...new Set(occurrence.skips.map((one) => one.firm))],
    ...(healthBefore === undefined ? {} : { healthBefore }),
    ...(healthAfter === undefined ? {} : { healthAfter }),
  };
};

/** The review's own zone and, where it differs, one of the people asked at the other firm. */
const zonesOf = async (deps: Deps, occurrence: Occurrence): Promise<string[]> => {
  const asked = [...occurrence.asked.theirs, ...occurrence.asked.ours];
  const profiles = await Promise.all(asked.map((one) => deps.directory.person(occurrence.workspaceId, one)));
  const second = profiles
    .map((one) => one.zone)
    .find((zone) => zone !== undefined && zone !== occurrence.zone);
  return second === undefined ? [occurrence.zone] : [occurrence.zone, second];
};
