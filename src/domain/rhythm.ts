import { z } from 'zod';
import { personRef } from './person.ts';
import { civilDate, localTime, storedFields } from './stored.ts';

/** The civil rule of a rhythm, a closed form from an anchor: never computed from the previous date. */
export const rule = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('weekly'), anchor: civilDate, every: z.number().int().min(1).max(8) }),
]);
export type Rule = z.infer<typeof rule>;

/**
 * A recurring review. `rule`, `time` and `zone` are the truth in civil terms; `nextDate` and `nextAt` are derived
 * from them with the zone data `tzdb` names. `nextAt` is absent while the rhythm does not run.
 */
export const rhythm = z.object({
  ...storedFields,
  partnershipId: z.string(),
  kind: z.enum(['pulse']),
  rule,
  time: localTime,
  zone: z.string(),
  /** How long a review stays open, in working days. */
  windowDays: z.number().int().min(1).max(5),
  asked: z.object({ ours: z.array(personRef), theirs: z.array(personRef) }),
  rev: z.number().int().min(1),
  nextDate: civilDate.optional(),
  nextAt: z.date().optional(),
  lastDate: civilDate.optional(),
  tzdb: z.string(),
  createdAt: z.date(),
  updatedAt: z.date(),
});
export type Rhythm = z.infer<typeof rhythm>;
