import { isLate, lookAgainAt, postByOf, windowFrom } from '../domain/catch-up.ts';
import { inForce } from '../domain/message.ts';
import type { Occurrence } from '../domain/occurrence.ts';
import type { Partnership } from '../domain/partnership.ts';
import type { Deps } from '../ports.ts';
import { currentHealth } from './load-health.ts';
import { startNudges } from './nudge-review.ts';
import { wantRoot } from './save-answer.ts';
import { waitsForDay } from './take-back.ts';
import { wantCards, wantOnce } from './want-message.ts';

/**
 * Brings a due review out. First its window is set and its root wanted; when the root stands in the channel it is
 * open. Both steps may be repeated: the root's `_id` is the review's.
 */
export const openReview = async (
  deps: Deps,
  occurrence: Occurrence,
  partnership: Partnership,
): Promise<void> => {
  const { occurrences, messages } = deps.store.workspace(occurrence.workspaceId);
  const now = deps.clock.now();
  const { holidays } = partnership;
  const root = inForce(await messages.get(occurrence._id));
  if (root?.ts !== undefined) {
    // Slack took it later than meant (a limit, an outage): the window starts anew and the root says so.
    const postedAt = root.sentAt ?? now;
    const delayed = occurrence.openedAt === undefined || isLate(occurrence.openedAt, postedAt);
    const openedAt = delayed ? postedAt : (occurrence.openedAt ?? postedAt);
    const closesAt = delayed
      ? windowFrom(openedAt, occurrence, holidays)
      : (occurrence.closesAt ?? windowFrom(openedAt, occurrence, holidays));
    const opened: Occurrence = {
      ...occurrence,
      state: 'open',
      ts: root.ts,
      openedAt,
      closesAt,
      wakeAt: closesAt,
      postedLate: isLate(occurrence.dueAt, openedAt),
    };
    // Before it is stored as open: dying in between repeats both.
    await startNudges(deps, opened);
    if (!(await occurrences.replace(opened))) return;
    if (delayed) await wantRoot(deps, opened);
    // The card names the next review, which is now the one after this.
    await wantCards(deps, partnership);
    return;
  }
  if (await waitsForDay(deps, occurrence, root)) return;
  const openedAt = occurrence.openedAt ?? now;
  const begun: Occurrence = {
    ...occurrence,
    channelId: root?.channelId ?? partnership.channelId,
    openedAt,
    closesAt: occurrence.closesAt ?? windowFrom(openedAt, occurrence, holidays),
    postedLate: isLate(occurrence.dueAt, openedAt),
    healthBefore: occurrence.healthBefore ?? (await currentHealth(deps, partnership)),
    wakeAt: lookAgainAt(now, postByOf(occurrence), root?.wakeAt),
  };
  if (!(await occurrences.replace(begun)) || root !== undefined) return;
  await wantOnce(deps, begun.workspaceId, {
    _id: begun._id,
    channelId: begun.channelId,
    content: { kind: 'review-root', occurrenceId: begun._id },
    dueAt: begun.dueAt,
    postBy: postByOf(begun),
  });
};
