import { z } from 'zod';
import { healthResult } from './health-result.ts';
import { periodWords } from './period.ts';
import { firm, personRef } from './person.ts';
import { reviewKind } from './rhythm.ts';
import { civilDate, storedFields } from './stored.ts';

/**
 * One occurrence of a rhythm (a review), or of what follows from it, ledger and work item in one.
 *
 *   review:          due → open → closed               the window's end is the open review's own `wakeAt`
 *   period:          due → open → closed               open until somebody closes the period
 *   digest, nudge:   due → posted
 *   any of them:     due → missed | skipped | failed, always with a reason a person can read
 *
 * `_id` is `<partnership>:<rhythm>:<nominal date>` for a review, so the primary key makes it unique whatever happens to
 * time, zone, rule or holidays; `<partnership>:<rhythm>:now:<view id>` for one on demand; and the review's with
 * `:digest`, `:nudge1`, `:nudge1:<user>`, `:snooze2:<user>` behind it for what follows. The question that ends the nth
 * period is `<partnership>:period:<n>`, wherever its dates are moved to. `wakeAt` is when somebody must
 * look at it next; absent in a final state. The post itself is the outbox's work: the message whose `_id` is the
 * occurrence's, or for nudges the person's one message of that day. A nudge to sign a version of the vision is
 * `<partnership>:vision:<number>:sign:<user>`.
 */
export const occurrence = z.object({
  ...storedFields,
  partnershipId: z.string(),
  rhythmId: z.string(),
  kind: z.enum(['review', 'digest', 'nudge', 'period']),
  /** What review it is, or follows from. Absent in documents from before there were several kinds: a pulse. */
  reviewKind: reviewKind.optional(),
  /** The nominal date, which a shift to a working day does not change; for a period its last day. */
  date: civilDate,
  /** The last nominal date that this missed entry stands for: one for many after a long silence. Absent: its own. */
  until: civilDate.optional(),
  zone: z.string(),
  dueAt: z.date(),
  state: z.enum(['due', 'open', 'closed', 'posted', 'missed', 'skipped', 'failed']),
  reason: z.string().optional(),
  /** After this it is not worth posting any more. */
  postBy: z.date().optional(),
  wakeAt: z.date().optional(),
  /** `wakeAt` as it was when its workspace uninstalled the app. */
  parkedAt: z.date().optional(),
  windowDays: z.number().int().optional(),
  asked: z.object({ ours: z.array(personRef), theirs: z.array(personRef) }),
  channelId: z.string(),
  ts: z.string().optional(),
  openedAt: z.date().optional(),
  closesAt: z.date().optional(),
  closedAt: z.date().optional(),
  /** When it went out after its due time for a reason worth saying. */
  postedLate: z.boolean(),
  /** Why it waited for its channel, as a sentence. Absent: it did not. */
  heldBecause: z.string().optional(),
  skips: z.array(z.object({ firm, by: personRef, reason: z.string(), at: z.date() })),
  /** A nudge's review and receiver. A nudge without a receiver is the step that decides who gets one. */
  reviewId: z.string().optional(),
  receiver: personRef.optional(),
  /** Which nudge of its review, 1 or 2; for a snooze its number. */
  step: z.number().int().min(1).optional(),
  /** A nudge that its receiver asked for by Snooze. */
  snoozed: z.boolean().optional(),
  /** For a nudge to sign: the version of the vision. It follows no review. */
  vision: z.number().int().min(1).optional(),
  /** A review that somebody asked for out of turn. */
  onDemand: z.boolean().optional(),
  /** What both firms said that a period's end shall carry, change or stop. */
  periodWords: periodWords.optional(),
  healthBefore: healthResult.optional(),
  healthAfter: healthResult.optional(),
});
export type Occurrence = z.infer<typeof occurrence>;
