import type { Answer } from '../domain/answer.ts';
import { DomainError } from '../domain/errors.ts';
import type { Occurrence } from '../domain/occurrence.ts';
import type { Partnership } from '../domain/partnership.ts';
import { type Firm, type PersonRef, type Profile, personKey } from '../domain/person.ts';
import type { NamedPerson } from '../domain/review-card.ts';
import type { Asking, Deps } from '../ports.ts';
import { loadPartnership } from './load.ts';

export interface Review {
  readonly occurrence: Occurrence;
  readonly partnership: Partnership;
}

export interface AskedReview extends Review {
  readonly profile: Profile;
  /** The firm of the person who asks. */
  readonly firm: Firm;
}

export const firmsOf = (partnership: Partnership) => ({
  ours: partnership.firmName,
  theirs: partnership.name,
});
export const otherFirm = (firm: Firm): Firm => (firm === 'ours' ? 'theirs' : 'ours');

export const answerId = (occurrenceId: string, person: PersonRef): string =>
  `${occurrenceId}:answer:${personKey(person)}`;

/** A review with its partnership, or undefined when either is gone. */
export const loadReview = async (
  deps: Deps,
  workspaceId: string,
  occurrenceId: string,
): Promise<Review | undefined> => {
  const store = deps.store.workspace(workspaceId);
  const occurrence = await store.occurrences.get(occurrenceId);
  if (occurrence === undefined) return undefined;
  const partnership = await store.partnerships.get(occurrence.partnershipId);
  return partnership === undefined ? undefined : { occurrence, partnership };
};

/** The same for somebody who wants to act on it. Throws `not-found`, `not-allowed` or `ended`. */
export const loadReviewFor = async (
  deps: Deps,
  asking: Asking,
  occurrenceId: string,
  action: 'answer' | 'skip',
): Promise<AskedReview> => {
  const review = await loadReview(deps, asking.workspaceId, occurrenceId);
  if (review === undefined || review.occurrence.kind !== 'review')
    throw new DomainError('not-found', 'This review is not here any more. Nothing was changed.');
  const { partnership, profile, firm } = await loadPartnership(deps, asking, review.partnership._id, action);
  if (firm === 'outsider') throw new DomainError('not-allowed', 'Only people of the two firms can do this.');
  return { occurrence: review.occurrence, partnership, profile, firm };
};

export const answersOf = (deps: Deps, occurrence: Occurrence): Promise<Answer[]> =>
  deps.store
    .workspace(occurrence.workspaceId)
    .answers.find({ occurrenceId: occurrence._id }, { sort: { at: 1 } });

/** This person's answers before this review, newest first. */
export const earlierAnswers = async (
  deps: Deps,
  occurrence: Occurrence,
  person: PersonRef,
): Promise<Answer[]> => {
  const store = deps.store.workspace(occurrence.workspaceId);
  const reviews = await store.occurrences.find(
    { partnershipId: occurrence.partnershipId, kind: 'review', dueAt: { $lt: occurrence.dueAt } },
    { sort: { dueAt: -1 }, limit: 12 },
  );
  const found = await Promise.all(reviews.map((one) => store.answers.get(answerId(one._id, person))));
  return found.filter((one) => one !== undefined).filter((one) => !one.withdrawn);
};

/** A person by name, and whether they have pressed one of the bot's buttons before. */
export const named = async (deps: Deps, workspaceId: string, person: PersonRef): Promise<NamedPerson> => {
  const [profile, known] = await Promise.all([
    deps.directory.person(workspaceId, person),
    deps.store.workspace(workspaceId).people.get(`${workspaceId}:${personKey(person)}`),
  ]);
  return { teamId: person.teamId, userId: person.userId, name: profile.name, met: known?.met ?? false };
};
