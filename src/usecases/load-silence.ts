import type { Occurrence } from '../domain/occurrence.ts';
import { type ClosedReview, reviewsToLookAt } from '../domain/silence.ts';
import type { Deps } from '../ports.ts';
import { answersOf } from './load-review.ts';

/** A rhythm's last closed reviews that were due before `until`, newest first; reviews out of turn are no part of it. */
export const closedBefore = async (
  deps: Deps,
  { workspaceId, partnershipId, rhythmId }: Occurrence,
  until: Date,
): Promise<readonly ClosedReview[]> => {
  const closed = await deps.store
    .workspace(workspaceId)
    .occurrences.find(
      { partnershipId, rhythmId, kind: 'review', state: 'closed', dueAt: { $lt: until } },
      { sort: { dueAt: -1 }, limit: reviewsToLookAt },
    );
  const inTurn = closed.filter((one) => one.onDemand !== true);
  return Promise.all(inTurn.map(async (review) => ({ review, answers: await answersOf(deps, review) })));
};
