/**
 * The post of a review, a digest or a question is worth something for a while only, and a late one goes out by day.
 * Asked before each try, since a message may have waited for hours: for this process, for Slack, or for its turn.
 */
import { isLate, waitsUntil } from '../domain/catch-up.ts';
import type { OutboxMessage } from '../domain/message.ts';
import type { Occurrence } from '../domain/occurrence.ts';
import type { Deps } from '../ports.ts';
import { failedWith, later } from './outbox.ts';

/** Until the ledger has taken the message back: to say what became of its date, or to want it anew by day. */
const ledgerWaitMs = 60_000;

/** Past the hour until which it is worth posting. */
export const isTooLate = (deps: Deps, { postBy }: OutboxMessage): boolean =>
  postBy !== undefined && deps.clock.now() > postBy;

/** What becomes of a message that must not be posted now; undefined when it may be. */
export const heldBack = async (
  deps: Deps,
  message: OutboxMessage,
): Promise<((message: OutboxMessage) => OutboxMessage) | undefined> => {
  const { _id, workspaceId, content, postBy, dueAt, createdAt } = message;
  const now = deps.clock.now();
  if (postBy === undefined || dueAt === undefined || !isLate(dueAt, now) || !('occurrenceId' in content))
    return undefined;
  const occurrence = await deps.store.workspace(workspaceId).occurrences.get(content.occurrenceId);
  const tooLate = isTooLate(deps, message);
  if (occurrence === undefined) return tooLate ? gone : undefined;
  const { zone, onDemand, heldBecause } = occurrence;
  // It had its place in the crowd when it was wanted, and it was wanted in the moment in which its channel was opened.
  const one = { _id, zone, onDemand, dueAt, postBy, wakeAt: now };
  const byDay = waitsUntil(one, now, heldBecause === undefined ? undefined : createdAt);
  if (!tooLate && byDay === undefined) return undefined;
  if (isDecidedBy(occurrence, _id)) return (one) => ({ ...one, wakeAt: later(deps, ledgerWaitMs) });
  return tooLate || byDay === undefined ? gone : (one) => ({ ...one, wakeAt: byDay });
};

/** For the ledger's step, which is due at once. */
const decideMs = 5_000;

/**
 * A post that surely did not happen, though it was tried, is as a new one: by now its review may be paused or its
 * partnership have ended. What the message becomes, and then the ledger is `woken`; undefined when none decides of it.
 */
export const backToLedger = async (
  deps: Deps,
  { _id, workspaceId, content, postBy }: OutboxMessage,
): Promise<
  { readonly change: (message: OutboxMessage) => OutboxMessage; woken(): Promise<void> } | undefined
> => {
  if (postBy === undefined || !('occurrenceId' in content)) return undefined;
  const { occurrences } = deps.store.workspace(workspaceId);
  const occurrence = await occurrences.get(content.occurrenceId);
  if (occurrence === undefined || !isDecidedBy(occurrence, _id)) return undefined;
  return {
    change: (message) => ({
      ...message,
      state: 'waiting',
      ambiguous: false,
      retried: true,
      wakeAt: later(deps, decideMs),
    }),
    // A lost race was lost to a step of the ledger.
    woken: async () => void (await occurrences.replace({ ...occurrence, wakeAt: deps.clock.now() })),
  };
};

const gone = (message: OutboxMessage): OutboxMessage => failedWith(message, 'It was too late to post it.');

/** Its own occurrence is still to end or to wait; what only hangs from one ends and waits by itself. */
const isDecidedBy = (occurrence: Occurrence, messageId: string): boolean =>
  occurrence._id === messageId && occurrence.state === 'due';
