import { z } from 'zod';
import { channelTrouble } from './channel.ts';
import { personRef } from './person.ts';
import { civilDate, storedFields } from './stored.ts';

/**
 * What a message shows, by reference: a message is rendered from the current state when it is delivered, so a
 * stored message never goes stale. Each kind has one view in slack/views.
 */
export const messageContent = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('owner-card'), partnershipId: z.string() }),
  z.object({ kind: z.literal('introduction'), partnershipId: z.string() }),
  z.object({ kind: z.literal('partnership-card'), partnershipId: z.string() }),
  z.object({ kind: z.literal('review-root'), occurrenceId: z.string() }),
  z.object({ kind: z.literal('review-answer'), answerId: z.string() }),
  z.object({ kind: z.literal('review-summary'), occurrenceId: z.string() }),
  /** A person's one message of a day, in their zone, with everything they are asked for over all partnerships. */
  z.object({ kind: z.literal('nudge'), receiver: personRef, date: civilDate, zone: z.string() }),
  /** To the owner: a firm has not answered for some reviews in a row, up to this one. */
  z.object({ kind: z.literal('silence'), occurrenceId: z.string() }),
  z.object({ kind: z.literal('digest'), occurrenceId: z.string() }),
  /** The digest with what our firm alone may see: in the internal channel, or to `receiver` directly. */
  z.object({
    kind: z.literal('internal-digest'),
    occurrenceId: z.string(),
    channelId: z.string(),
    receiver: personRef.optional(),
  }),
  /** What stands where something internal stood, in a channel that others read now. */
  z.object({ kind: z.literal('withdrawn') }),
  /** In the channel that a partnership moved away from, instead of its card. */
  z.object({ kind: z.literal('moved'), partnershipId: z.string(), fromShared: z.boolean() }),
  /** To the owner: a channel cannot be used as it was since `at` (ms since 1970), and what to do. */
  z.object({
    kind: z.literal('channel-trouble'),
    partnershipId: z.string(),
    place: z.enum(['home', 'internal']),
    trouble: channelTrouble.shape.kind,
    name: z.string(),
    at: z.number(),
  }),
  /** To a backup owner or an alliance lead: somebody is gone, and this is all that they held. */
  z.object({
    kind: z.literal('departure'),
    person: personRef,
    receiver: personRef,
    /** What the person owned of it when it was said. Absent in messages from before it was kept. */
    partnershipIds: z.array(z.string()).exactOptional(),
  }),
  /** In the channel: the partner's lead is gone since `at` (ms since 1970); somebody of theirs may take their place. */
  z.object({
    kind: z.literal('lead-gone'),
    partnershipId: z.string(),
    person: personRef,
    /** Absent in messages from before it was kept: since the message is there. */
    at: z.number().exactOptional(),
  }),
  z.object({ kind: z.literal('period-root'), occurrenceId: z.string() }),
  z.object({ kind: z.literal('note'), text: z.string().max(3000) }),
]);
export type MessageContent = z.infer<typeof messageContent>;

/**
 * The outbox: everything the bot posts or updates. `_id` is deterministic (`card:<partnership>`, `<occurrence>`,
 * `<answer>:reply` …), so wanting the same message twice is harmless. `wanted` counts changes asked for, `posted` the
 * one Slack has. States:
 *
 *   waiting ──claim──► claimed ──► posted            an unknown outcome stays `claimed` with `ambiguous`, and is
 *      ▲                  └─► failed (permanent)     looked up in Slack's history before any second post
 *      └── 429 or a sure refusal, with a later wakeAt
 */
export const outboxMessage = z.object({
  ...storedFields,
  channelId: z.string(),
  /** The outbox `_id` of the thread's root; the reply waits until that one has a `ts`. */
  threadOf: z.string().optional(),
  /** The outbox `_id` of a message that has to stand above this one; waited for until it is posted or has failed. */
  after: z.string().optional(),
  content: messageContent,
  wanted: z.number().int().min(1),
  posted: z.number().int().min(0),
  state: z.enum(['waiting', 'claimed', 'posted', 'failed']),
  ts: z.string().optional(),
  /** The channel Slack answered with: for a direct message it differs from `channelId`. */
  postedChannelId: z.string().optional(),
  fence: z.number().int().min(0),
  token: z.string().optional(),
  ambiguous: z.boolean(),
  attempts: z.number().int().min(0),
  /** How often history could not be read before a post that may be a second one. */
  unreadable: z.number().int().min(0).optional(),
  firstClaimAt: z.date().optional(),
  updatedAt: z.date().optional(),
  /** When Slack last took a post or an update of it. */
  sentAt: z.date().optional(),
  /** When what it says was due. Posted long after that, it may stand in the channel already: it is looked up first. */
  dueAt: z.date().optional(),
  /** After this it is not worth posting any more; set on what a ledger's date is posted by. */
  postBy: z.date().optional(),
  /** When to look for a second copy, after a post whose earlier try may have arrived late; and how often it was done. */
  auditAt: z.date().optional(),
  audits: z.number().int().min(0).optional(),
  /** How often an audit could not look, or could not remove what it found. */
  vainAudits: z.number().int().min(0).optional(),
  wakeAt: z.date().optional(),
  /** `wakeAt` as it was when its workspace uninstalled the app. */
  parkedAt: z.date().optional(),
  /** How often it was posted although history could not say whether it stands already. */
  blind: z.number().int().min(0).optional(),
  /** An earlier try of it was not to be seen in history, and may yet arrive: copies are looked for after the next. */
  retried: z.boolean().optional(),
  /** Taken back by the ledger before Slack had it: nobody refused it, and it may be wanted anew. */
  withdrawn: z.boolean().optional(),
  reason: z.string().optional(),
  createdAt: z.date(),
});
export type OutboxMessage = z.infer<typeof outboxMessage>;

/** A message that counts: one that was taken back is as none. */
export const inForce = (message: OutboxMessage | undefined): OutboxMessage | undefined =>
  message?.withdrawn === true && message.ts === undefined ? undefined : message;

/**
 * In Slack's hands now, or perhaps: only its delivery knows what becomes of it. One that was given up after an unknown
 * outcome keeps `ambiguous`, for whoever wants it again, and is not on its way.
 */
export const isOnItsWay = ({ state, ambiguous }: OutboxMessage): boolean =>
  state === 'claimed' || (ambiguous && state !== 'failed');
