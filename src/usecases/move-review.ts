import { worthPostingUntil } from '../domain/catch-up.ts';
import type { Occurrence } from '../domain/occurrence.ts';
import type { Partnership } from '../domain/partnership.ts';
import type { Rhythm } from '../domain/rhythm.ts';
import type { Deps } from '../ports.ts';
import { reviewOf } from './materialise-rhythm.ts';

/**
 * Moves a due review, of which no message is wanted yet, whose rhythm was set to a later time of the same date in the
 * moment it came: it becomes what the rhythm says now and waits. False when the rhythm does not have that date ahead.
 */
export const moveReview = async (
  deps: Deps,
  review: Occurrence,
  partnership: Partnership,
  rhythm: Rhythm,
): Promise<boolean> => {
  const { workspaceId, version, schemaVersion, date } = review;
  const { nextAt } = rhythm;
  if (rhythm.nextDate !== date || nextAt === undefined || nextAt <= review.dueAt) return false;
  await deps.store.workspace(workspaceId).occurrences.replace({
    ...reviewOf(rhythm, partnership, date),
    workspaceId,
    version,
    schemaVersion,
    wakeAt: nextAt,
    postBy: worthPostingUntil(rhythm.rule, nextAt),
  });
  return true;
};
