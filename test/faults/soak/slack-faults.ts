import { chance, weighted } from './seeded.ts';

/** What becomes of one call of the Web API. */
export type SlackFault =
  | { readonly kind: 'limited'; readonly retryAfterSeconds: number }
  | { readonly kind: 'reset before it was accepted' }
  | { readonly kind: 'reset after it was accepted' }
  /** Accepted at once, answered after the client has given up. */
  | { readonly kind: 'answered too late' }
  | { readonly kind: '500, posted' }
  | { readonly kind: '500, not posted' }
  | { readonly kind: 'internal_error, posted' }
  | { readonly kind: 'internal_error, not posted' }
  | { readonly kind: 'fatal_error, posted' }
  | { readonly kind: 'fatal_error, not posted' }
  | { readonly kind: 'missing_scope' };
export type FaultKind = SlackFault['kind'];

/** 28 of 100 posts meet one of these, as in the prototype of this proof. */
const onWriting: Readonly<Record<Exclude<FaultKind, 'missing_scope'>, number>> = {
  limited: 0.06,
  'reset before it was accepted': 0.03,
  'reset after it was accepted': 0.05,
  'answered too late': 0.04,
  '500, posted': 0.025,
  '500, not posted': 0.025,
  'internal_error, posted': 0.015,
  'internal_error, not posted': 0.015,
  'fatal_error, posted': 0.01,
  'fatal_error, not posted': 0.01,
};
const onHistory = { limited: 0.06, 'reset before it was accepted': 0.03, '500, not posted': 0.03 };
const onReading = { limited: 0.02, 'reset before it was accepted': 0.01, '500, not posted': 0.01 };

const writing = new Set(['chat.postMessage', 'chat.update', 'chat.delete']);
export const history = new Set(['conversations.history', 'conversations.replies']);

/** For so long at a time history may be forbidden, in product time; longer than three looks, shorter than the audits. */
const forbiddenMs = 5 * 60_000;
const forbiddenChance = 0.06;

/** Seldom long: all of a workspace's posts wait for it. */
const retryAfter = (roll: number): number => {
  if (roll < 0.7) return 1;
  return roll < 0.97 ? 30 : 300;
};

/** The fault that call number `nth` about `about` meets at this product time, if any. */
export const faultOf = (
  seed: number,
  call: { readonly method: string; readonly about: string; readonly nth: number },
  nowMs: number,
): SlackFault | undefined => {
  const { method, about, nth } = call;
  const roll = (what: string): number => chance(seed, what, method, about, nth);
  if (writing.has(method)) {
    const kind = weighted(onWriting, roll('fault'));
    if (kind !== 'limited') return kind && { kind };
    return { kind, retryAfterSeconds: retryAfter(roll('retry after')) };
  }
  if (!history.has(method)) {
    const kind = weighted(onReading, roll('fault'));
    // This client waits by itself, on the host's time: a second of it is longer than a message may be drawn.
    return kind === 'limited' ? { kind, retryAfterSeconds: 1 } : kind && { kind };
  }
  const stretch = Math.floor(nowMs / forbiddenMs);
  if (chance(seed, 'forbidden', stretch) < forbiddenChance) return { kind: 'missing_scope' };
  const kind = weighted(onHistory, roll('fault'));
  return kind === 'limited' ? { kind, retryAfterSeconds: retryAfter(roll('retry after')) } : kind && { kind };
};

/** After a lost answer the message may not be seen in history yet: a fifth of the time the outbox waits, at most. */
const mostHiddenMs = 18_000;

/** For how long after its post a message is not to be seen in history, in product milliseconds. */
export const hiddenMs = (seed: number, operation: string, nth: number): number => {
  const roll = chance(seed, 'hidden', operation, nth);
  return roll < 0.7 ? 0 : ((roll - 0.7) / 0.3) * mostHiddenMs;
};
