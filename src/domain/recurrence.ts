/**
 * When the dates of a rhythm are due, and when what they open closes. A date's key is always the nominal one that the
 * rule gives; the day and instant on which it takes place are derived here.
 */
import { addDays, daysBetween, formatDay } from './civil-date.ts';
import type { Holidays, Partnership } from './partnership.ts';
import type { Rhythm, Rule, Shift } from './rhythm.ts';
import { intervalDays, nextDate } from './rule-dates.ts';
import type { CivilDate, LocalTime } from './stored.ts';
import { addWorkingDays, shifted, workingDaysBetween } from './working-days.ts';
import { civilDateAt, instantOf, localTimeAt } from './zone.ts';

/** A rhythm in civil terms, with what moves its dates. */
export interface Timed {
  readonly rule: Rule;
  readonly time: LocalTime;
  readonly zone: string;
  readonly shift?: Shift | undefined;
  readonly endDate?: CivilDate | undefined;
  readonly holidays?: Holidays | undefined;
}

/** A stored rhythm with its partnership's holidays. */
export const timedBy = (
  { rule, time, zone, shift, endDate }: Rhythm,
  { holidays }: Pick<Partnership, 'holidays'>,
): Timed => ({ rule, time, zone, shift, endDate, holidays });

/** The day on which a nominal date takes place. */
export const dayOf = (timed: Pick<Timed, 'shift' | 'holidays'>, date: CivilDate): CivilDate =>
  shifted(date, timed.shift, timed.holidays);

/** The instant at which a nominal date is due: the rhythm's local time on the day it takes place. */
export const dueAt = (timed: Omit<Timed, 'rule'>, date: CivilDate): Date =>
  instantOf(dayOf(timed, date), timed.time, timed.zone);

/** The first date strictly after `after` that the rhythm still has, or undefined when its end comes first. */
export const dateAfter = (timed: Timed, after: CivilDate): CivilDate | undefined => {
  const next = nextDate(timed.rule, after);
  return timed.endDate !== undefined && next > timed.endDate ? undefined : next;
};

/** Why holidays leave no room for a date, in words: the next one of its rhythm was moved onto it, or right behind it. */
export const crowdedOut = (timed: Timed, date: CivilDate): string | undefined => {
  const next = dateAfter(timed, date);
  if (next === undefined) return undefined;
  const day = dayOf(timed, next);
  return workingDaysBetween(dayOf(timed, date), day, timed.holidays) > 1
    ? undefined
    : `Days off move it next to the review of ${formatDay(day)}, which takes its place.`;
};

/**
 * The first date of an edited (or new) rule: strictly after `today`, and at least half an interval after the last
 * date that was posted, so that moving a rhythm never asks twice in a row.
 */
export const firstDateAfterEdit = (
  rule: Rule,
  lastPosted: CivilDate | undefined,
  today: CivilDate,
): CivilDate => {
  if (lastPosted === undefined) return nextDate(rule, today);
  const earliest = addDays(lastPosted, Math.ceil(intervalDays(rule) / 2));
  return nextDate(rule, daysBetween(today, earliest) > 0 ? addDays(earliest, -1) : today);
};

/**
 * As `firstDateAfterEdit`, but today counts while its due time still lies ahead of `now`, and dates are taken where a
 * shift puts them. Undefined when the rhythm ends before.
 */
export const firstDateFrom = (
  timed: Timed,
  lastPosted: CivilDate | undefined,
  now: Date,
): CivilDate | undefined => {
  const half = Math.ceil(intervalDays(timed.rule) / 2);
  const lastDay = lastPosted && dayOf(timed, lastPosted);
  const today = civilDateAt(now, timed.zone);
  const fits = (date: CivilDate): boolean =>
    dueAt(timed, date).getTime() > now.getTime() &&
    (lastPosted === undefined || date > lastPosted) &&
    (lastDay === undefined || daysBetween(lastDay, dayOf(timed, date)) >= half);
  // A shift moves a date by a holiday or two, so the first that fits may lie a little before today.
  let date = dateAfter(timed, addDays(today, -half));
  while (date !== undefined && !fits(date)) date = dateAfter(timed, date);
  return date;
};

/**
 * When a review that opened at `openedAt` closes: `windowDays` working days later in `zone`, at the same local time
 * of day, or at `time` when given, so that one posted late still closes at the rhythm's own hour.
 */
export const closesAt = (
  openedAt: Date,
  window: {
    readonly windowDays: number;
    readonly zone: string;
    readonly time?: LocalTime;
    readonly holidays?: Holidays | undefined;
  },
): Date =>
  instantOf(
    addWorkingDays(civilDateAt(openedAt, window.zone), window.windowDays, window.holidays),
    window.time ?? localTimeAt(openedAt, window.zone),
    window.zone,
  );
