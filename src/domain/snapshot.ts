import { z } from 'zod';
import { healthColour, healthResult } from './health-result.ts';
import { civilDate, storedFields } from './stored.ts';

/** Health as it stood when a review closed, or at the week's end; `_id` is `<partnership>:<date>`. */
export const snapshot = z.object({
  ...storedFields,
  partnershipId: z.string(),
  date: civilDate,
  health: healthResult,
  occurrenceId: z.string().optional(),
  at: z.date(),
});
export type Snapshot = z.infer<typeof snapshot>;

/**
 * The newest snapshot of a partnership in short; `_id` is the partnership's. Lists read it: health moves when a review
 * closes and no partnership has more than one of these, however long its past.
 */
export const latestHealth = z.object({
  ...storedFields,
  partnershipId: z.string(),
  colour: healthColour,
  score: z.number().optional(),
  /** The snapshot's. */
  at: z.date(),
});
export type LatestHealth = z.infer<typeof latestHealth>;
