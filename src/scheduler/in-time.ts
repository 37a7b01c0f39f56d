/**
 * The post of a review, a digest or a question is worth something for a while only, and a late one goes out by day.
 * Asked before each try, since a message may have waited for hours: for this process, for Slack, or for its turn.
 */
import { isLate, waitsUntil } from '../domain/catch-up.ts';
import type { OutboxMessage } from '../domain/message.ts';
import type { Occurrence } from '../domain/occurrence.ts';
import type { Deps } from '../ports.ts';
import { failedWith, later } from './outbox.ts';

/** Until the ledger has said what became of its date, and taken the message back. */
const ledgerWaitMs = 60_000;

/** What becomes of a message that must not be posted now; undefined when it may be. */
export const heldBack = async (
  deps: Deps,
  { workspaceId, content, postBy, dueAt, _id }: OutboxMessage,
): Promise<((message: OutboxMessage) => OutboxMessage) | undefined> => {
  const now = deps.clock.now();
  if (postBy === undefined || dueAt === undefined || !isLate(dueAt, now) || !('occurrenceId' in content))
    return undefined;
  const occurrence = await deps.store.workspace(workspaceId).occurrences.get(content.occurrenceId);
  if (now > postBy)
    return isDecidedBy(occurrence, _id)
      ? (message) => ({ ...message, wakeAt: later(deps, ledgerWaitMs) })
      : (message) => failedWith(message, 'It was too late to post it.');
  if (occurrence === undefined) return undefined;
  // It had its place in the crowd when it was wanted.
  const { zone, heldBecause } = occurrence;
  const byDay = waitsUntil({ _id, zone, heldBecause, dueAt, postBy, wakeAt: now }, now);
  return byDay === undefined ? undefined : (message) => ({ ...message, wakeAt: byDay });
};

/** Its own occurrence is still to end, as missed; what only hangs from one ends by itself. */
const isDecidedBy = (occurrence: Occurrence | undefined, messageId: string): boolean =>
  occurrence?._id === messageId && occurrence.state === 'due';
