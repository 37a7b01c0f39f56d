import { z } from 'zod';
import { personRef, side } from './person.ts';
import { civilDate } from './stored.ts';

/** The unit a KPI fixes once: an ISO 4217 currency, percent, or a plain count. */
export const unit = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('currency'), currency: z.string().regex(/^[A-Z]{3}$/) }),
  z.object({ kind: z.literal('percent') }),
  z.object({ kind: z.literal('count') }),
]);
export type Unit = z.infer<typeof unit>;

export const decimalMark = z.enum(['.', ',']);
export type DecimalMark = z.infer<typeof decimalMark>;

export const direction = z.enum(['increase', 'decrease', 'keep-above', 'keep-below']);
export type Direction = z.infer<typeof direction>;

export const cadence = z.enum(['weekly', 'monthly', 'quarterly']);
export type Cadence = z.infer<typeof cadence>;

/** Status only: the number stays at its firm. Worth 100, 60 and 20 points. */
export const statusWord = z.enum(['on-track', 'behind', 'off-track']);
export type StatusWord = z.infer<typeof statusWord>;

/**
 * One measure. `baseline` and `target` are in the unit's plain number (35 means 35 %, 1200000 means $1.2m); for
 * `keep-above` and `keep-below` the target is the limit and there is no baseline. A status-only KPI has neither.
 */
export const kpi = z.object({
  id: z.string(),
  rev: z.number().int().min(1),
  name: z.string().min(1).max(80),
  definition: z.string().max(300).optional(),
  side,
  gives: z.enum(['number', 'status']),
  unit,
  decimalMark,
  direction,
  baseline: z.number().optional(),
  target: z.number().optional(),
  /** Replaced targets of this period, newest last: a changed target keeps the old one visible. */
  earlierTargets: z.array(z.object({ target: z.number(), until: civilDate })),
  start: civilDate,
  due: civilDate,
  weight: z.number().min(1).max(100),
  cadence,
  owner: personRef.optional(),
  visibility: z.enum(['shared', 'internal']),
  createdAt: z.date(),
});
export type Kpi = z.infer<typeof kpi>;

export const kpiLimits = { name: 80, active: 24, perSideWithoutReason: 3 } as const;
/** A cadence in days: freshness is full up to one of these and gone after three. */
export const cadenceDays: Readonly<Record<Cadence, number>> = { weekly: 7, monthly: 31, quarterly: 92 };
