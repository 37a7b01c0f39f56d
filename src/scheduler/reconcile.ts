/**
 * Slack has no key that makes a post idempotent, but it keeps the operation id in a message's metadata. So what may
 * have happened is looked up: before a second post, after one that was tried twice, and by a poster who came too late.
 */
import type { OutboxMessage } from '../domain/message.ts';
import type { Deps } from '../ports.ts';
import { type Claim, later, leaseMs, settle } from './outbox.ts';

const lookBackMs = 10 * 60_000;
/** Then a copy that people can see and delete is better than a review that nobody sees. */
const mostUnreadable = 5;

export interface Place {
  readonly channelId: string;
  readonly ts: string;
}

const copies = (deps: Deps, message: OutboxMessage, threadTs: string | undefined) =>
  deps.messenger.find({
    workspaceId: message.workspaceId,
    channelId: message.postedChannelId ?? message.channelId,
    operationId: message._id,
    since: new Date((message.firstClaimAt ?? message.createdAt).getTime() - lookBackMs),
    ...(threadTs === undefined ? {} : { threadTs }),
  });

const removeAll = async (deps: Deps, workspaceId: string, places: readonly Place[]): Promise<void> => {
  for (const place of places) {
    const { channelId, ts } = place;
    const outcome = await deps.messenger.remove({ workspaceId, channelId, ts });
    deps.log.warn('removed a second copy of a message', { channelId, ts, outcome: outcome.kind });
  }
};

/**
 * Before a second post. `found`: Slack has it already, further copies are removed. `absent`: post. `wait`: history
 * cannot be read now, the message wakes again later.
 */
export const lookUp = async (
  deps: Deps,
  held: Claim,
  threadTs: string | undefined,
): Promise<{ kind: 'found'; place: Place } | { kind: 'absent' } | { kind: 'wait' }> => {
  const { message } = held;
  const found = await copies(deps, message, threadTs);
  if (found === undefined) {
    if (message.attempts >= mostUnreadable) return { kind: 'absent' };
    await settle(deps, held, (current) => ({
      ...current,
      attempts: current.attempts + 1,
      wakeAt: later(deps, leaseMs),
    }));
    return { kind: 'wait' };
  }
  const [place, ...rest] = found;
  if (place === undefined) return { kind: 'absent' };
  await removeAll(deps, message.workspaceId, rest);
  return { kind: 'found', place };
};

/** Some time after a post that was tried twice: what arrived late is removed, the recorded one stays. */
export const audit = async (deps: Deps, held: Claim, threadTs: string | undefined): Promise<void> => {
  const { message } = held;
  const found = (await copies(deps, message, threadTs)) ?? [];
  await removeAll(
    deps,
    message.workspaceId,
    found.filter((place) => place.ts !== message.ts),
  );
};

/**
 * The record was lost: another process took the claim over while this one was posting. When that one has recorded
 * another message, this copy goes; when it has recorded nothing yet, it is told to look for copies afterwards.
 */
export const retreat = async (deps: Deps, held: Claim, mine: Place): Promise<void> => {
  const { _id, workspaceId } = held.message;
  const { messages } = deps.store.workspace(workspaceId);
  for (;;) {
    const current = await messages.get(_id);
    if (current?.ts === mine.ts) return;
    if (current?.channelId !== held.message.channelId || current.ts !== undefined)
      return removeAll(deps, workspaceId, [mine]);
    const told =
      current.state === 'failed'
        ? postedAfterAll(current, mine)
        : { ...current, ambiguous: true, auditAt: later(deps, 2 * leaseMs) };
    if (await messages.replace(told)) return;
  }
};

/** Given up meanwhile, yet here it stands. */
const postedAfterAll = (message: OutboxMessage, mine: Place): OutboxMessage => {
  const { reason: _reason, ...rest } = message;
  return { ...rest, state: 'posted', posted: 1, ts: mine.ts, postedChannelId: mine.channelId };
};
