import { z } from 'zod';
import { healthResult } from './health-result.ts';
import { firm, personRef } from './person.ts';
import { civilDate, storedFields } from './stored.ts';

/**
 * One occurrence of a rhythm (a review), or of what follows from it (the weekly digest), ledger and work item in one.
 *
 *   review:  due → open → closed        digest:  due → posted
 *            due → missed | skipped | failed (both), always with a reason a person can read
 *
 * `_id` is `<partnership>:<rhythm>:<date>` (`:digest` appended for the digest), so the primary key makes it unique.
 * `wakeAt` is when somebody must look at it next; absent in a final state. The post itself is the outbox's work:
 * the message whose `_id` is the occurrence's.
 */
export const occurrence = z.object({
  ...storedFields,
  partnershipId: z.string(),
  rhythmId: z.string(),
  kind: z.enum(['review', 'digest']),
  date: civilDate,
  zone: z.string(),
  dueAt: z.date(),
  state: z.enum(['due', 'open', 'closed', 'posted', 'missed', 'skipped', 'failed']),
  reason: z.string().optional(),
  wakeAt: z.date().optional(),
  windowDays: z.number().int().optional(),
  asked: z.object({ ours: z.array(personRef), theirs: z.array(personRef) }),
  channelId: z.string(),
  ts: z.string().optional(),
  openedAt: z.date().optional(),
  closesAt: z.date().optional(),
  closedAt: z.date().optional(),
  /** When it went out after its due time for a reason worth saying. */
  postedLate: z.boolean(),
  skips: z.array(z.object({ firm, by: personRef, reason: z.string(), at: z.date() })),
  healthBefore: healthResult.optional(),
  healthAfter: healthResult.optional(),
});
export type Occurrence = z.infer<typeof occurrence>;
