import { z } from 'zod';
import { personRef, side } from './person.ts';
import { civilDate } from './stored.ts';

/** A day has 24 hours and a week seven days: what is known in one of these is known in all. */
export const timeUnit = z.enum(['hours', 'days', 'weeks']);
export type TimeUnit = z.infer<typeof timeUnit>;

/** What a KPI is counted in: an ISO 4217 currency, percent, a length of time, or a plain count. */
export const unit = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('currency'), currency: z.string().regex(/^[A-Z]{3}$/) }),
  z.object({ kind: z.literal('percent') }),
  z.object({ kind: z.literal('time'), in: timeUnit }),
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

export const kpiLimits = {
  name: 80,
  source: 150,
  /** Shared and internal ones each. */
  active: 24,
  /** With the retired ones, shared or internal each: together they are the choices of one select. */
  kept: 49,
  perSideWithoutReason: 3,
  steps: 12,
  retireReason: 300,
} as const;

const checkpoints = z.array(z.object({ date: civilDate, value: z.number() })).max(kpiLimits.steps);

/**
 * One measure. `baseline` and `target` are in the unit's plain number (35 means 35 %, 1200000 means $1.2m, time is
 * always in days); for `keep-above` and `keep-below` the target is the limit and there is no baseline. A status-only
 * KPI has neither.
 */
export const kpi = z.object({
  id: z.string(),
  rev: z.number().int().min(1),
  name: z.string().min(1).max(80),
  definition: z.string().max(300).optional(),
  /** Where the number comes from: "Acme finance report". */
  source: z.string().max(kpiLimits.source).optional(),
  side,
  gives: z.enum(['number', 'status']),
  unit,
  decimalMark,
  direction,
  baseline: z.number().optional(),
  target: z.number().optional(),
  /**
   * What was agreed before in this period, newest last, each until the day of its change: the old target stays visible,
   * and values of before are held against it. Without `direction` it was kept before the rest was kept with it.
   */
  earlierTargets: z.array(
    z.object({
      target: z.number(),
      until: civilDate,
      direction: direction.optional(),
      baseline: z.number().optional(),
      checkpoints: checkpoints.optional(),
      due: civilDate.optional(),
    }),
  ),
  /** It came over from a closed period, and nobody has said yet what it is to reach in this one. Absent: it has. */
  carriedOver: z.literal(true).optional(),
  /** In order: `value` is expected from `date` on, until the next. Absent: what is expected grows evenly. */
  checkpoints: checkpoints.optional(),
  start: civilDate,
  due: civilDate,
  weight: z.number().min(1).max(100),
  cadence,
  /** Days after a week, month or quarter on which its value is known. Absent: no fixed day. */
  knownAfter: z.number().int().min(0).max(90).optional(),
  owner: personRef.optional(),
  visibility: z.enum(['shared', 'internal']),
  /** It became internal then, of one that was shared. Absent: it is shared, or internal since `createdAt`. */
  internalSince: z.date().optional(),
  /** While it was internal, oldest first: what was entered from then until then stays with our firm. */
  keptBack: z.array(z.object({ from: z.date(), until: z.date() })).optional(),
  createdAt: z.date(),
  /** Out of the plan, with its readings kept. Absent: in use. */
  retired: z
    .object({
      reason: z.string(),
      by: personRef,
      at: z.date(),
      /** It ended with a period: the last day that it takes values of, for as long as final values are taken. */
      lastDay: civilDate.optional(),
    })
    .optional(),
});
export type Kpi = z.infer<typeof kpi>;

/** What the plan counts, shows and asks for; a retired KPI keeps its readings and waits to be brought back. */
export const isInUse = (one: Pick<Kpi, 'retired'>): boolean => one.retired === undefined;

/** A cadence in days: freshness is full up to one of these and gone after three. */
export const cadenceDays: Readonly<Record<Cadence, number>> = { weekly: 7, monthly: 31, quarterly: 92 };
