import { z } from 'zod';
import { firm, personRef } from './person.ts';
import { civilDate, storedFields } from './stored.ts';

/** A promise: what, who, which side, by when. */
export const commitment = z.object({
  ...storedFields,
  partnershipId: z.string(),
  what: z.string().min(1).max(300),
  firm,
  owner: personRef.optional(),
  due: civilDate,
  state: z.enum(['open', 'done', 'dropped']),
  doneAt: z.date().optional(),
  occurrenceId: z.string().optional(),
  createdBy: personRef,
  createdAt: z.date(),
});
export type Commitment = z.infer<typeof commitment>;
