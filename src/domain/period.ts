import { z } from 'zod';
import { goal, goalOutcome } from './goal.ts';
import { kpi } from './kpi.ts';
import { periodBasis } from './partnership.ts';
import { personRef } from './person.ts';
import { civilDate, storedFields } from './stored.ts';

export const periodLimits = { sentence: 300 } as const;

/** What a firm wants of a goal or KPI in the next period. */
export const periodChoice = z.enum(['carry', 'change', 'stop']);
export type PeriodChoice = z.infer<typeof periodChoice>;

/** One firm's word before a period ends, by the person who gave it last. `of` is a goal's or shared KPI's id. */
export const periodWord = z.object({
  choices: z.array(z.object({ of: z.string(), choice: periodChoice })),
  sentence: z.string().max(periodLimits.sentence).optional(),
  by: personRef,
  at: z.date(),
  /** The request that made it: its repeat is no conflict with itself. */
  requestId: z.string(),
});
export type PeriodWord = z.infer<typeof periodWord>;

/** What both firms said, each absent until it did. */
export const periodWords = z.object({ ours: periodWord.optional(), theirs: periodWord.optional() });
export type PeriodWords = z.infer<typeof periodWords>;

/** A goal at the end of a period: what became of it, in one sentence. One that goes on is open in the next period. */
const closedGoal = goal.pick({ id: true, title: true, side: true, vision: true }).extend({
  outcome: z.object({ kind: goalOutcome, sentence: z.string(), by: personRef, at: z.date() }),
  goesOn: z.boolean(),
});

/**
 * A period that was closed, as it was then: never changed afterwards. KPIs stand in it with their baselines and
 * targets; their final values are read from the readings, which outlive every period. `_id` is
 * `<partnership>:<period end>:<hash of the request>`; it counts from the moment its partnership names it.
 */
export const closedPeriod = z.object({
  ...storedFields,
  partnershipId: z.string(),
  start: civilDate,
  end: civilDate,
  basis: periodBasis.optional(),
  /** As each firm called it then: "FY26 Q4". */
  names: z.object({ ours: z.string(), theirs: z.string().optional() }),
  /** The partnership's zone, in which its days are counted. */
  zone: z.string(),
  visionNumber: z.number().int().min(1).optional(),
  goals: z.array(closedGoal),
  kpis: z.array(kpi),
  words: periodWords.optional(),
  closedBy: personRef,
  closedAt: z.date(),
});
export type ClosedPeriod = z.infer<typeof closedPeriod>;
