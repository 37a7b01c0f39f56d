/** The ledger decides about a post until Slack has it: it may take the message back, and want it anew. */
import { waitsUntil } from '../domain/catch-up.ts';
import { isOnItsWay, type OutboxMessage } from '../domain/message.ts';
import type { Occurrence } from '../domain/occurrence.ts';
import type { Deps } from '../ports.ts';

/**
 * Takes a message back that was never handed to Slack. False when it was, or may have been, or when somebody else was
 * faster. Repeatable.
 */
export const takeBack = async (
  deps: Deps,
  message: OutboxMessage | undefined,
  reason: string,
): Promise<boolean> => {
  if (message === undefined || (message.state === 'failed' && message.ts === undefined)) return true;
  if (isOnItsWay(message) || message.ts !== undefined) return false;
  const { wakeAt: _wakeAt, ...rest } = message;
  const { messages } = deps.store.workspace(message.workspaceId);
  return messages.replace({ ...rest, state: 'failed', withdrawn: true, reason });
};

/**
 * Whether one that comes late was put off till the day, to be decided about anew then: a message that waits meanwhile
 * would go out whatever has become of its review. True when its step is done.
 */
export const waitsForDay = async (
  deps: Deps,
  occurrence: Occurrence,
  message: OutboxMessage | undefined,
): Promise<boolean> => {
  const now = deps.clock.now();
  const opened = occurrence.heldBecause === undefined ? undefined : (message?.createdAt ?? occurrence.wakeAt);
  // What is wanted already had its place in the crowd: by day it goes on.
  const one = message === undefined ? occurrence : { ...occurrence, wakeAt: now };
  const wakeAt = waitsUntil(one, now, opened);
  if (wakeAt === undefined || !(await takeBack(deps, message, 'It waits for the day.'))) return false;
  const { openedAt: _openedAt, closesAt: _closesAt, ...rest } = occurrence;
  await deps.store.workspace(occurrence.workspaceId).occurrences.replace({ ...rest, wakeAt });
  return true;
};
