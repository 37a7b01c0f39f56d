import { z } from 'zod';
import { personRef, side } from './person.ts';
import { civilDate } from './stored.ts';

/** What both firms do together in a period. `vision` is the sentence of the vision it moves, absent: not linked. */
export const goal = z.object({
  id: z.string(),
  rev: z.number().int().min(1),
  title: z.string().min(1).max(150),
  vision: z.string().max(600).optional(),
  side,
  owner: personRef.optional(),
  due: civilDate.optional(),
  kpiIds: z.array(z.string()),
  createdAt: z.date(),
});
export type Goal = z.infer<typeof goal>;

export const goalLimits = { title: 150, active: 12, withoutReason: 3 } as const;
