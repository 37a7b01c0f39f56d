import { z } from 'zod';
import { healthResult } from './health-result.ts';
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
