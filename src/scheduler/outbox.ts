/**
 * Who may post a message, and what became of it. A claim is a compare-and-set that raises the fence; what happened is
 * recorded only while that fence still stands. Everything here is a write that another process may win instead.
 */
import type { OutboxMessage } from '../domain/message.ts';
import type { Deps } from '../ports.ts';

export const leaseMs = 90_000;
/** From an unknown outcome to the look into Slack's history: the client's timeout, and time to show up there. */
const settleMs = 90_000;
/** Between two updates of one message. */
export const updateGapMs = 3_000;
const backoffMs = [15_000, 60_000, 240_000, 900_000, 3_600_000] as const;
const mostAttempts = 10;

/** Milliseconds to the next try of what Slack may have done: never sooner than a late arrival shows in its history. */
export const backoffAfter = (attempts: number): number =>
  Math.max(settleMs, backoffMs[Math.min(attempts, backoffMs.length) - 1] ?? settleMs);

/** One right to post: valid while the stored fence is this one. */
export interface Claim {
  readonly message: OutboxMessage;
  readonly fence: number;
  /** The version that this attempt renders. */
  readonly wanted: number;
  /** Monotonic and wall time of the claim, for the self-fence. */
  readonly elapsed: number;
  readonly at: Date;
}

export const later = (deps: Deps, ms: number): Date => new Date(deps.clock.now().getTime() + ms);

export const claim = async (deps: Deps, message: OutboxMessage): Promise<Claim | undefined> => {
  const at = deps.clock.now();
  const elapsed = deps.clock.elapsed();
  const claimed: OutboxMessage = {
    ...message,
    state: 'claimed',
    fence: message.fence + 1,
    token: deps.ids.next(),
    // The last holder of an unposted claim never said what happened: it may have posted.
    ambiguous: message.ambiguous || (message.state === 'claimed' && message.ts === undefined),
    firstClaimAt: message.firstClaimAt ?? at,
    wakeAt: new Date(at.getTime() + leaseMs),
  };
  const won = await deps.store.workspace(message.workspaceId).messages.replace(claimed);
  if (!won) return undefined;
  return { message: claimed, fence: claimed.fence, wanted: message.wanted, elapsed, at };
};

/** Too long since the claim (a frozen process, a machine asleep): drop it, it wakes when the lease ends. */
export const mayStillPost = (deps: Deps, held: Claim): boolean =>
  deps.clock.elapsed() - held.elapsed < leaseMs / 3 &&
  deps.clock.now().getTime() - held.at.getTime() < leaseMs / 3;

/** Writes over the newest version while the claim stands; undefined when the fence has moved or the message is gone. */
export const settle = async (
  deps: Deps,
  held: Claim,
  change: (current: OutboxMessage) => OutboxMessage,
): Promise<OutboxMessage | undefined> => {
  const { messages } = deps.store.workspace(held.message.workspaceId);
  for (;;) {
    const current = await messages.get(held.message._id);
    if (current?.fence !== held.fence || current.token !== held.message.token) return undefined;
    const changed = change(current);
    if (await messages.replace(changed)) return changed;
  }
};

/** Slack has the message, in the version this claim rendered. A newer wish makes it due again. */
export const sent = (
  deps: Deps,
  held: Claim,
  at: { readonly channelId: string; readonly ts: string },
  auditAt?: Date,
) =>
  settle(deps, held, (current) => {
    const now = deps.clock.now();
    const { wakeAt: _wakeAt, token: _token, reason: _reason, unreadable: _unreadable, ...left } = current;
    const { retried: _retried, ...rest } = left;
    const audit = auditAt ?? current.auditAt;
    const audits = auditAt === undefined ? {} : { audits: 0 };
    const wakeAt = current.wanted > held.wanted ? later(deps, updateGapMs) : audit;
    return {
      ...rest,
      state: 'posted',
      posted: held.wanted,
      ts: at.ts,
      postedChannelId: at.channelId,
      ambiguous: false,
      attempts: 0,
      sentAt: now,
      ...audits,
      ...(audit === undefined ? {} : { auditAt: audit }),
      ...(wakeAt === undefined ? {} : { wakeAt }),
    };
  });

/**
 * An update of this claim may stand in Slack, or arrive yet, over the newer one of whoever has the message now: it is
 * drawn once more.
 */
export const updateAgain = async (deps: Deps, held: Claim): Promise<void> => {
  const { messages } = deps.store.workspace(held.message.workspaceId);
  for (;;) {
    const current = await messages.get(held.message._id);
    if (current?.ts === undefined || current.state === 'failed') return;
    const again = { ...current, wanted: current.wanted + 1 };
    const due = { ...again, state: 'waiting' as const, wakeAt: later(deps, settleMs) };
    // Whoever delivers it now sees the higher number and goes round again.
    if (await messages.replace(current.state === 'claimed' ? again : due)) return;
  }
};

/** Slack said "later": no attempt is counted. Returns until when; a little longer than asked, and never the same twice. */
export const limited = async (deps: Deps, held: Claim, retryAfterMs: number): Promise<Date> => {
  const until = later(deps, retryAfterMs * (1 + (held.fence % 5) / 25));
  await settle(deps, held, (current) => ({ ...current, state: 'waiting', wakeAt: until }));
  return until;
};

/** What has an hour until which it is worth posting is tried until then, everything else ten times. */
export const triedEnough = (deps: Deps, message: OutboxMessage): boolean =>
  message.attempts >= mostAttempts &&
  (message.postBy === undefined || message.ts !== undefined || deps.clock.now() > message.postBy);

/** A sure refusal that may pass: tried again 15 s, 1, 4, 15, 60 min later, and every hour from then on. */
export const retryLater = (deps: Deps, held: Claim, error: string) =>
  settle(deps, held, (current) => {
    const attempts = current.attempts + 1;
    if (triedEnough(deps, { ...current, attempts })) return failedWith(current, error);
    const wait = backoffMs[Math.min(attempts, backoffMs.length) - 1] ?? leaseMs;
    return { ...current, state: 'waiting', attempts, reason: error, wakeAt: later(deps, wait) };
  });

export const fail = (deps: Deps, held: Claim, reason: string) =>
  settle(deps, held, (current) => failedWith(current, reason));

export const failedWith = (message: OutboxMessage, reason: string): OutboxMessage => {
  const { wakeAt: _wakeAt, token: _token, auditAt: _auditAt, ...rest } = message;
  return { ...rest, state: 'failed', reason };
};

/** It may have happened: stays claimed, and is looked up before any second post. Updates may simply be repeated. */
export const unsure = (deps: Deps, held: Claim, error: string) =>
  settle(deps, held, (current) => {
    const attempts = current.attempts + 1;
    const { unreadable: _before, ...rest } = current;
    return {
      ...rest,
      ambiguous: current.ts === undefined,
      attempts,
      reason: error,
      wakeAt: later(deps, backoffAfter(attempts)),
    };
  });
