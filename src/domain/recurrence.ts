/**
 * When the dates of a rhythm are due, and when what they open closes. A date's key is always the nominal one that the
 * rule gives; the day and instant on which it takes place are derived here.
 */
import { addDays, civilDateOf, daysBetween, partsOf } from './civil-date.ts';
import type { Holidays, Partnership } from './partnership.ts';
import type { Rhythm, Rule, Shift } from './rhythm.ts';
import { intervalDays, nextDate, previousDate } from './rule-dates.ts';
import type { CivilDate, LocalTime } from './stored.ts';
import { addWorkingDays, shifted } from './working-days.ts';
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

/** Whether a nominal date takes place only after the last day on which the rhythm may be due. */
export const isPastEnd = (timed: Pick<Timed, 'shift' | 'holidays' | 'endDate'>, date: CivilDate): boolean =>
  timed.endDate !== undefined && dayOf(timed, date) > timed.endDate;

/** The first date strictly after `after` that the rhythm still has, or undefined when its end comes first. */
export const dateAfter = (timed: Timed, after: CivilDate): CivilDate | undefined => {
  const next = nextDate(timed.rule, after);
  return isPastEnd(timed, next) ? undefined : next;
};

/**
 * The first date of a new or edited rule: the first one due after `now` that takes place at least half an interval
 * after the last date that was posted, so that moving a rhythm never asks twice in a row. Undefined when the rhythm
 * ends before.
 */
export const firstDateFrom = (
  timed: Timed,
  lastPosted: CivilDate | undefined,
  now: Date,
): CivilDate | undefined => {
  const half = intervalDays(timed.rule) / 2;
  const lastDay = lastPosted && dayOf(timed, lastPosted);
  const isNew = (date: CivilDate): boolean =>
    dueAt(timed, date).getTime() > now.getTime() && (lastPosted === undefined || date > lastPosted);
  // A shift may put the first one due after now long after its nominal date; it never changes the order of dates.
  let date = nextDate(timed.rule, lastLater(civilDateAt(now, timed.zone), lastPosted));
  for (let earlier = date; isNew(earlier); earlier = previousDate(timed.rule, addDays(earlier, -1)))
    date = earlier;
  const tooSoon = (one: CivilDate): boolean =>
    lastDay !== undefined && daysBetween(lastDay, dayOf(timed, one)) < half;
  while (!isNew(date) || tooSoon(date)) date = nextDate(timed.rule, date);
  return isPastEnd(timed, date) ? undefined : date;
};

const lastLater = (day: CivilDate, other: CivilDate | undefined): CivilDate =>
  other !== undefined && other > day ? other : day;

/** Whether a date takes place from `from` to the same day so many years later. */
export const hasDateWithin = (timed: Timed, from: CivilDate, years: number): boolean => {
  const { year, month, day } = partsOf(from);
  const last = addDays(civilDateOf({ year: year + years, month, day: 1 }), day - 1);
  let date = dateAfter(timed, addDays(from, -1));
  while (date !== undefined && dayOf(timed, date) < from) date = dateAfter(timed, date);
  return date !== undefined && dayOf(timed, date) <= last;
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
