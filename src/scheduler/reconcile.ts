/**
 * Slack has no key that makes a post idempotent, but it keeps the operation id in a message's metadata. So what may
 * have happened is looked up: before a second post, after one that was tried twice, and by a poster who came too late.
 */
import { type Copy, sortOut } from '../domain/copies.ts';
import type { OutboxMessage } from '../domain/message.ts';
import type { Deps } from '../ports.ts';
import { followCopy, tellStandsTwice } from '../usecases/stands-twice.ts';
import { type Claim, later, leaseMs, settle } from './outbox.ts';

const lookBackMs = 10 * 60_000;
/** Then a copy that people can see and delete is better than a review that nobody sees. */
const mostUnreadable = 5;

/** When copies are looked for after a post that may not be the only one: each this many leases after the one before. */
const auditLeases = [2, 2, 4] as const;

export const firstAudit = (deps: Deps): Date => later(deps, auditLeases[0] * leaseMs);

/** One audit is done: the next is due later, and after the last none is. */
export const nextAudit = (deps: Deps, { auditAt: _done, ...message }: OutboxMessage): OutboxMessage => {
  const audits = (message.audits ?? 0) + 1;
  const leases = auditLeases[audits];
  return leases === undefined
    ? { ...message, audits }
    : { ...message, audits, auditAt: later(deps, leases * leaseMs) };
};

/** Before which nothing of this message can stand: its first claim, or when it was due where that was forgotten. */
const since = ({ firstClaimAt, createdAt, dueAt }: OutboxMessage): Date =>
  new Date(Math.min((firstClaimAt ?? createdAt).getTime(), (dueAt ?? createdAt).getTime()) - lookBackMs);

export interface Place {
  readonly channelId: string;
  readonly ts: string;
}

const copies = (deps: Deps, message: OutboxMessage, threadTs: string | undefined) =>
  deps.messenger.find({
    workspaceId: message.workspaceId,
    channelId: message.postedChannelId ?? message.channelId,
    operationId: message._id,
    since: since(message),
    ...(threadTs === undefined ? {} : { threadTs }),
  });

const removeAll = async (deps: Deps, workspaceId: string, places: readonly Place[]): Promise<void> => {
  for (const place of places) {
    const { channelId, ts } = place;
    const outcome = await deps.messenger.remove({ workspaceId, channelId, ts });
    deps.log.warn('removed a second copy of a message', { channelId, ts, outcome: outcome.kind });
  }
};

/** Leaves one copy where it can be left: the recorded one, or the one that somebody replied to, which is returned. */
const leaveOne = async (
  deps: Deps,
  message: OutboxMessage,
  found: readonly Copy[],
): Promise<Copy | undefined> => {
  const { keep, remove, keptToo } = sortOut(found, message.ts);
  await removeAll(deps, message.workspaceId, remove);
  if (keep !== undefined && keptToo.length > 0) await tellStandsTwice(deps, message, keep, keptToo);
  return keep;
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
  const place = await leaveOne(deps, message, found);
  return place === undefined ? { kind: 'absent' } : { kind: 'found', place };
};

/**
 * Some time after a post that was tried twice: what arrived late is removed. The recorded one stays, unless somebody
 * replied to another and nobody to it: then the message goes on as that one, which is returned.
 */
export const audit = async (
  deps: Deps,
  held: Claim,
  threadTs: string | undefined,
): Promise<Place | undefined> => {
  const { message } = held;
  const keep = await leaveOne(deps, message, (await copies(deps, message, threadTs)) ?? []);
  if (keep === undefined || keep.ts === message.ts) return undefined;
  await followCopy(deps, message, keep);
  return keep;
};

/** What stands there was drawn for an earlier claim: it is drawn anew. */
export const goesOnAs = (message: OutboxMessage, { channelId, ts }: Place): OutboxMessage => ({
  ...message,
  ts,
  postedChannelId: channelId,
  posted: message.wanted - 1,
});

/**
 * The record was lost: another process took the claim over while this one was posting. When that one has recorded
 * another message, this copy goes, or is left to an audit when somebody replied to it already; when that one has
 * recorded nothing yet, it is told to look for copies afterwards.
 */
export const retreat = async (deps: Deps, held: Claim, mine: Place): Promise<void> => {
  const { _id, workspaceId } = held.message;
  const { messages } = deps.store.workspace(workspaceId);
  for (;;) {
    const current = await messages.get(_id);
    if (current?.ts === mine.ts) return;
    if (current?.channelId !== held.message.channelId) return removeAll(deps, workspaceId, [mine]);
    if (current.ts !== undefined) {
      if (!(await hasReplies(deps, current, mine))) return removeAll(deps, workspaceId, [mine]);
      return tellOfCopy(deps, held);
    }
    const told =
      current.state === 'failed'
        ? postedAfterAll(current, mine)
        : { ...current, ambiguous: true, auditAt: firstAudit(deps), audits: 0 };
    if (await messages.replace(told)) return;
  }
};

/** A process that slept for long after its post may find that people have gone on from there. */
const hasReplies = async (deps: Deps, message: OutboxMessage, { ts }: Place): Promise<boolean> => {
  // What hangs in a thread has no replies of its own.
  if (message.threadOf !== undefined) return false;
  const found = await copies(deps, message, undefined);
  return found?.some((one) => one.ts === ts && one.replies > 0) ?? false;
};

/**
 * A post of this claim may yet arrive, and another claim has gone on meanwhile: whoever has the message now looks for
 * copies, again from the first time on. A message that was given up stays so.
 */
export const tellOfCopy = async (deps: Deps, held: Claim): Promise<void> => {
  const { _id, workspaceId } = held.message;
  const { messages } = deps.store.workspace(workspaceId);
  for (;;) {
    const current = await messages.get(_id);
    if (current === undefined || current.state === 'failed') return;
    const auditAt = firstAudit(deps);
    const wakeAt = current.wakeAt !== undefined && current.wakeAt < auditAt ? current.wakeAt : auditAt;
    const told = { ...current, auditAt, audits: 0 };
    if (await messages.replace(current.ts === undefined ? { ...told, ambiguous: true } : { ...told, wakeAt }))
      return;
  }
};

/** Given up meanwhile, yet here it stands. */
const postedAfterAll = (message: OutboxMessage, mine: Place): OutboxMessage => {
  const { reason: _reason, ...rest } = message;
  return { ...rest, state: 'posted', posted: 1, ts: mine.ts, postedChannelId: mine.channelId };
};
