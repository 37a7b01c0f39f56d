import { z } from 'zod';
import { statusWord } from './kpi.ts';
import { personRef } from './person.ts';
import { civilDate, storedFields } from './stored.ts';

/**
 * One KPI value as of a date. Never overwritten: a correction is a new reading that names the one it
 * `supersedes`. Exactly one of `value` and `status` is set, unless `notKnownUntil` is: an answer, not a value.
 * `confirms` marks "no change": the last value is confirmed as of this reading's `asOf`. A told value that its own
 * side confirms gets such a reading too, on the same as-of date.
 */
export const reading = z.object({
  ...storedFields,
  partnershipId: z.string(),
  kpiId: z.string(),
  value: z.number().optional(),
  status: statusWord.optional(),
  notKnownUntil: civilDate.optional(),
  asOf: civilDate,
  at: z.date(),
  by: personRef,
  /** `own`: by the side it belongs to. `told`: told by the other side, counts half in freshness until confirmed. */
  kind: z.enum(['own', 'told']),
  rough: z.boolean(),
  confirms: z.boolean(),
  note: z.string().max(500).optional(),
  supersedes: z.string().optional(),
  occurrenceId: z.string().optional(),
  /** It puts right one that stays with our firm, and so stays there too, whenever it was entered. */
  keptBack: z.literal(true).optional(),
});
export type Reading = z.infer<typeof reading>;
