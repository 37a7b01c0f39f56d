import type { Occurrence } from '../domain/occurrence.ts';
import type { Partnership } from '../domain/partnership.ts';
import { silenceToTell, silentRun } from '../domain/silence.ts';
import type { SilenceCard } from '../domain/silence-card.ts';
import type { Deps } from '../ports.ts';
import { firmsOf, loadReview } from './load-review.ts';
import { closedBefore } from './load-silence.ts';
import { wantOnce } from './want-message.ts';

/** When a review has closed: the owner hears of a firm that did not answer the last two, or three. Repeatable. */
export const tellSilence = async (
  deps: Deps,
  review: Occurrence,
  partnership: Partnership,
): Promise<void> => {
  if (review.onDemand === true) return;
  const runs = await runsAt(deps, review);
  if (silenceToTell(runs.ours) === undefined && silenceToTell(runs.theirs) === undefined) return;
  await wantOnce(deps, review.workspaceId, {
    _id: `silent:${partnership._id}:${review.rhythmId}:${review.date}`,
    channelId: partnership.owner.userId,
    content: { kind: 'silence', occurrenceId: review._id },
  });
  deps.poke();
};

const runsAt = async (deps: Deps, review: Occurrence) => {
  const closed = await closedBefore(deps, review, new Date(review.dueAt.getTime() + 1));
  return { ours: silentRun('ours', closed), theirs: silentRun('theirs', closed) };
};

/** What the owner is told; undefined when somebody answered late meanwhile. */
export const loadSilence = async (
  deps: Deps,
  workspaceId: string,
  occurrenceId: string,
): Promise<SilenceCard | undefined> => {
  const found = await loadReview(deps, workspaceId, occurrenceId);
  if (found === undefined) return undefined;
  const { occurrence, partnership } = found;
  const runs = await runsAt(deps, occurrence);
  const silent = (['ours', 'theirs'] as const).flatMap((firm) => {
    const told = silenceToTell(runs[firm]);
    return told === undefined ? [] : [{ firm, told }];
  });
  if (silent.length === 0) return undefined;
  return {
    partnershipId: partnership._id,
    rhythmId: occurrence.rhythmId,
    firms: firmsOf(partnership),
    kind: occurrence.reviewKind ?? 'pulse',
    silent,
  };
};
