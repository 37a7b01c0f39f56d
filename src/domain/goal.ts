import { z } from 'zod';
import { statusWord } from './kpi.ts';
import { personRef, side } from './person.ts';
import { civilDate } from './stored.ts';

export const goalLimits = { title: 150, said: 300, active: 12, kept: 60, withoutReason: 3 } as const;

/** How a goal ended. A dropped one leaves the plan and can be brought back. */
export const goalOutcome = z.enum(['met', 'partly', 'missed', 'dropped']);
export type GoalOutcome = z.infer<typeof goalOutcome>;

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
  /** How it stands, as a person said it. Absent: as its KPIs show. */
  status: z
    .object({
      word: statusWord,
      reason: z.string().max(goalLimits.said).optional(),
      by: personRef,
      at: z.date(),
    })
    .optional(),
  /** Absent: still open. */
  outcome: z
    .object({ kind: goalOutcome, sentence: z.string().max(goalLimits.said), by: personRef, at: z.date() })
    .optional(),
});
export type Goal = z.infer<typeof goal>;

export const isOpenGoal = (one: Pick<Goal, 'outcome'>): boolean => one.outcome === undefined;
/** Ended goals stay in view with what became of them; a dropped one does not. */
export const isListedGoal = (one: Pick<Goal, 'outcome'>): boolean => one.outcome?.kind !== 'dropped';
