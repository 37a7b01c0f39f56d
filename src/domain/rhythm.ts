import { z } from 'zod';
import { personRef } from './person.ts';
import { civilDate, localTime, storedFields } from './stored.ts';

/** What a review is, the smallest first: of two that come close together the larger takes the smaller's place. */
export const reviewKinds = ['pulse', 'monthly', 'quarterly', 'annual'] as const;
export const reviewKind = z.enum(reviewKinds);
export type ReviewKind = z.infer<typeof reviewKind>;

/** ISO: 1 Monday … 7 Sunday. */
const weekday = z.number().int().min(1).max(7);
const month = z.number().int().min(1).max(12);
/** A real fifth weekday comes four or five times a year, so a month offers the first four and the last. */
const nthInMonth = z.union([z.number().int().min(1).max(4), z.literal('last')]);
/** A quarter has at least twelve of each weekday. */
const nthInQuarter = z.union([z.number().int().min(1).max(12), z.literal('last')]);

const inMonth = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('nth-weekday'), nth: nthInMonth, weekday }),
  /** Clamped to the month's last day each time, from the rule and never from the date before. */
  z.object({ kind: z.literal('day'), day: z.number().int().min(1).max(31) }),
  z.object({ kind: z.literal('last-day') }),
]);
export type InMonth = z.infer<typeof inMonth>;

const inQuarter = z.discriminatedUnion('kind', [
  /** Days after the quarter's first day: 0 is that day. */
  z.object({ kind: z.literal('from-start'), days: z.number().int().min(0).max(80) }),
  z.object({ kind: z.literal('nth-weekday'), nth: nthInQuarter, weekday }),
  /** Days before the quarter's last day: 0 is that day. */
  z.object({ kind: z.literal('before-end'), days: z.number().int().min(0).max(80) }),
]);
export type InQuarter = z.infer<typeof inQuarter>;

/** How a firm divides its fiscal year into quarters: calendar months, or weeks as retailers count them. */
const quarters = z.discriminatedUnion('kind', [
  /** Quarters of three calendar months; the year starts with this month. */
  z.object({ kind: z.literal('months'), startMonth: month }),
  /**
   * 4-4-5 and its kin: quarters of 13 weeks. The year ends on `weekday`: the last one in `endMonth`, or the one nearest
   * to that month's end. A 53rd week falls in the fourth quarter.
   */
  z.object({
    kind: z.literal('weeks'),
    endMonth: month,
    weekday,
    ends: z.enum(['last', 'nearest']),
  }),
]);
export type Quarters = z.infer<typeof quarters>;

/** The civil rule of a rhythm: a closed form from step number to date, never computed from the previous date. */
export const rule = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('weekly'), anchor: civilDate, every: z.number().int().min(1).max(8) }),
  /** Every so many months, counted from the month that `anchor` lies in. */
  z.object({
    kind: z.literal('monthly'),
    anchor: civilDate,
    every: z.number().int().min(1).max(12),
    on: inMonth,
  }),
  z.object({ kind: z.literal('quarterly'), quarters, on: inQuarter }),
  /** 29 February is the 28th in common years. */
  z.object({ kind: z.literal('annual'), month, day: z.number().int().min(1).max(31) }),
]);
export type Rule = z.infer<typeof rule>;

/** Where a date goes that is no working day: Saturday, Sunday or a holiday of either firm. */
export const shifts = ['none', 'next', 'previous', 'modified-following'] as const;
export const shift = z.enum(shifts);
export type Shift = z.infer<typeof shift>;

/**
 * A recurring review. `rule`, `time` and `zone` are the truth in civil terms; `nextDate` and `nextAt` are derived
 * from them with the zone data `tzdb` names. `nextAt` is absent while the rhythm does not run.
 */
export const rhythm = z.object({
  ...storedFields,
  partnershipId: z.string(),
  kind: reviewKind,
  rule,
  time: localTime,
  zone: z.string(),
  /** Absent: dates stay where the rule puts them. */
  shift: shift.optional(),
  /** The last day on which a review of this rhythm may be due. */
  endDate: civilDate.optional(),
  /** Nominal dates that a person chose to leave out, each with who and why. */
  skipped: z.array(z.object({ date: civilDate, by: personRef, reason: z.string().max(300) })).optional(),
  /** While set, each date ends as skipped. `by` is absent when the bot paused it after two failures in a row. */
  paused: z.object({ at: z.date(), by: personRef.optional(), reason: z.string().max(300) }).optional(),
  /** How long a review stays open, in working days. */
  windowDays: z.number().int().min(1).max(5),
  asked: z.object({ ours: z.array(personRef), theirs: z.array(personRef) }),
  rev: z.number().int().min(1),
  /** The next nominal date, and the instant at which its review is due. */
  nextDate: civilDate.optional(),
  nextAt: z.date().optional(),
  /** The first nominal date that the rule as it stands gave: from it on, each has an entry in the ledger once it is due. */
  firstDate: civilDate.optional(),
  /** The last nominal date that has come to its end, whatever that was. */
  lastDate: civilDate.optional(),
  tzdb: z.string(),
  /** `nextAt` as it was when its workspace uninstalled the app: out of the ticker's sight until it comes back. */
  parkedAt: z.date().optional(),
  createdAt: z.date(),
  updatedAt: z.date(),
});
export type Rhythm = z.infer<typeof rhythm>;
