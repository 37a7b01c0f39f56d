/**
 * Slack has no key that makes a post idempotent, but it keeps the operation id in a message's metadata. So what may
 * have happened is looked up: before a second post, after one that was tried twice, and by a poster who came too late.
 */
import { type Copy, sortOut } from '../domain/copies.ts';
import type { OutboxMessage } from '../domain/message.ts';
import type { Deps } from '../ports.ts';
import { followCopy, tellStandsTwice } from '../usecases/stands-twice.ts';
import { isTooLate } from './in-time.ts';
import { backoffAfter, type Claim, later, leaseMs, settle } from './outbox.ts';

const lookBackMs = 10 * 60_000;
/** Then, after more than an hour, a copy that people can see and delete is better than a review that nobody sees. */
const mostUnreadable = 5;
/** But not more of them. */
const mostBlind = 2;
/** An audit that could not look, or could not remove what it found, is due again a lease later; so often, then it counts. */
const mostVain = 20;

/** When copies are looked for after a post that may not be the only one: each this many leases after the one before. */
const auditLeases = [2, 2, 4] as const;

export const firstAudit = (deps: Deps): Date => later(deps, auditLeases[0] * leaseMs);

/** The audit was in vain, a faulty Slack: due again soon, and not counted. */
export const sameAudit = (deps: Deps, message: OutboxMessage): OutboxMessage => {
  const vainAudits = (message.vainAudits ?? 0) + 1;
  if (vainAudits > mostVain) return nextAudit(deps, message);
  return { ...message, vainAudits, auditAt: later(deps, leaseMs) };
};

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

/** False when Slack did not take them all away, and may when it is asked again. */
const removeAll = async (deps: Deps, workspaceId: string, places: readonly Place[]): Promise<boolean> => {
  let gone = true;
  for (const place of places) {
    const { channelId, ts } = place;
    const outcome = await deps.messenger.remove({ workspaceId, channelId, ts });
    if (outcome.kind === 'limited')
      await deps.store.installations.pause(workspaceId, later(deps, outcome.retryAfterMs));
    deps.log.warn('a second copy of a message is taken away', { channelId, ts, outcome: outcome.kind });
    if (outcome.kind !== 'done' && !(outcome.kind === 'refused' && outcome.permanent)) gone = false;
  }
  return gone;
};

/** Leaves one copy where it can be left: the recorded one, or the one that somebody replied to, which is `keep`. */
const leaveOne = async (
  deps: Deps,
  message: OutboxMessage,
  found: readonly Copy[],
): Promise<{ readonly keep?: Copy; readonly gone: boolean }> => {
  const { keep, remove, keptToo } = sortOut(found, message.ts);
  const gone = await removeAll(deps, message.workspaceId, remove);
  if (keep !== undefined && keptToo.length > 0) await tellStandsTwice(deps, message, keep, keptToo);
  return keep === undefined ? { gone } : { keep, gone };
};

export type LookedUp =
  /** Slack has it already; further copies are removed. */
  | { readonly kind: 'found'; readonly place: Place }
  /** It is not there: post. */
  | { readonly kind: 'absent' }
  /** History could not be read for long: post, although it may stand there. */
  | { readonly kind: 'blind' }
  /** Nor can it be read after posts that were made so: it is not known what stands there. */
  | { readonly kind: 'never' }
  /** History cannot be read now: the message wakes again later. */
  | { readonly kind: 'wait' }
  | { readonly kind: 'limited'; readonly retryAfterMs: number };

/** Before a second post. */
export const lookUp = async (deps: Deps, held: Claim, threadTs: string | undefined): Promise<LookedUp> => {
  const { message } = held;
  const found = await copies(deps, message, threadTs);
  switch (found.kind) {
    case 'limited':
      return found;
    case 'unreadable': {
      const unreadable = (message.unreadable ?? 0) + 1;
      const isLong = unreadable > mostUnreadable;
      if (isLong && (message.blind ?? 0) < mostBlind) return { kind: 'blind' };
      if (isLong && (message.postBy === undefined || isTooLate(deps, message))) return { kind: 'never' };
      const wakeAt = later(deps, backoffAfter(unreadable));
      await settle(deps, held, (current) => ({ ...current, unreadable, wakeAt }));
      return { kind: 'wait' };
    }
    case 'copies': {
      const { keep: place } = await leaveOne(deps, message, found.copies);
      return place === undefined ? { kind: 'absent' } : { kind: 'found', place };
    }
  }
};

export type Audited =
  /**
   * `other`: the message goes on as that one. `vain`: history could not be read or a copy not be removed, so that there
   * may still be two.
   */
  | { readonly kind: 'looked'; readonly other?: Place; readonly vain: boolean }
  | { readonly kind: 'limited'; readonly retryAfterMs: number };

/**
 * Some time after a post that was tried twice: what arrived late is removed. The recorded one stays, unless somebody
 * replied to another and nobody to it.
 */
export const audit = async (deps: Deps, held: Claim, threadTs: string | undefined): Promise<Audited> => {
  const { message } = held;
  const found = await copies(deps, message, threadTs);
  if (found.kind === 'limited') return found;
  if (found.kind === 'unreadable') return { kind: 'looked', vain: true };
  const { keep, gone } = await leaveOne(deps, message, found.copies);
  if (keep === undefined || keep.ts === message.ts) return { kind: 'looked', vain: !gone };
  await followCopy(deps, message, keep);
  return { kind: 'looked', other: keep, vain: !gone };
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
 * recorded nothing yet, or Slack does not take this one away now, it is told to look for copies afterwards.
 */
export const retreat = async (deps: Deps, held: Claim, mine: Place): Promise<void> => {
  const { _id, workspaceId } = held.message;
  const { messages } = deps.store.workspace(workspaceId);
  for (;;) {
    const current = await messages.get(_id);
    if (current?.ts === mine.ts) return;
    if (current?.channelId !== held.message.channelId)
      return void (await removeAll(deps, workspaceId, [mine]));
    if (current.ts !== undefined) {
      const stays = await mayHaveReplies(deps, current, mine);
      if (!stays && (await removeAll(deps, workspaceId, [mine]))) return;
      return tellOfCopy(deps, held);
    }
    const told =
      current.state === 'failed'
        ? postedAfterAll(current, mine)
        : { ...current, ambiguous: true, auditAt: firstAudit(deps), audits: 0 };
    if (await messages.replace(told)) return;
  }
};

/** A process that slept for long after its post may find that people have gone on from there. Not known: they may have. */
const mayHaveReplies = async (deps: Deps, message: OutboxMessage, { ts }: Place): Promise<boolean> => {
  // What hangs in a thread has no replies of its own.
  if (message.threadOf !== undefined) return false;
  const found = await copies(deps, message, undefined);
  return found.kind !== 'copies' || found.copies.some((one) => one.ts === ts && one.replies > 0);
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
