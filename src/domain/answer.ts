import { z } from 'zod';
import { firm, personRef } from './person.ts';
import { civilDate, storedFields } from './stored.ts';

export const answerLimits = { text: 1000 } as const;

/** What one person said in one review. Only the confidence is required in the modal; a thread reply has none. */
export const answerContent = z.object({
  confidence: z.number().int().min(1).max(5).optional(),
  moved: z.string().max(1000).optional(),
  stuck: z.object({ text: z.string().max(1000), acts: firm.optional(), by: civilDate.optional() }).optional(),
  need: z.string().max(1000).optional(),
  bringBack: z.string().max(1000).optional(),
  readingIds: z.array(z.string()),
  noChange: z.boolean(),
});
export type AnswerContent = z.infer<typeof answerContent>;

/**
 * One person's answer in one review; `_id` is `<occurrence>:answer:<team>.<user>`, so a person has one. A change
 * moves what stood before into `history`. `late`: it came after the review closed.
 */
export const answer = z.object({
  ...storedFields,
  partnershipId: z.string(),
  occurrenceId: z.string(),
  person: personRef,
  firm,
  via: z.enum(['modal', 'thread']),
  /** The request (view id, or event id) that wrote it last: a repeat of it changes nothing. */
  requestId: z.string(),
  content: answerContent,
  history: z.array(z.object({ content: answerContent, until: z.date() })).max(50),
  /** `ts` of the person's own thread message, for answers by reply. */
  sourceTs: z.string().optional(),
  /** When that message was edited last, as Slack says. */
  sourceEditTs: z.string().optional(),
  /** That message was deleted: an edit of it that arrives later changes nothing. */
  sourceDeleted: z.boolean().optional(),
  withdrawn: z.boolean(),
  late: z.boolean(),
  at: z.date(),
  changedAt: z.date().optional(),
});
export type Answer = z.infer<typeof answer>;
