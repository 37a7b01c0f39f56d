/**
 * Dates of a rhythm as a closed form over an anchor, `anchor + 7 * every * k` for every integer k: computed from the
 * anchor each time, never from the date before, so that nothing drifts and downtime costs nothing.
 */
import {
  addDays,
  daysBetween,
  epochDay,
  formatWeekday,
  fromEpochDay,
  weekdayNames,
  weekdayOf,
} from './civil-date.ts';
import type { Rule } from './rhythm.ts';
import type { CivilDate, LocalTime } from './stored.ts';
import { cityOf, civilDateAt, formatMoments, instantOf, localTimeAt } from './zone.ts';

const intervalDays = (rule: Rule): number => 7 * rule.every;

const stepsFrom = (rule: Rule, date: CivilDate): number =>
  Math.floor(daysBetween(rule.anchor, date) / intervalDays(rule));

const dateAtStep = (rule: Rule, step: number): CivilDate =>
  fromEpochDay(epochDay(rule.anchor) + intervalDays(rule) * step);

/** The rule "every n weeks on this weekday", anchored at its first date on or after `from`. */
export const weeklyRule = (weekday: number, every: number, from: CivilDate): Rule => ({
  kind: 'weekly',
  anchor: addDays(from, (weekday - weekdayOf(from) + 7) % 7),
  every,
});

/** The first date strictly after `after`. The anchor is a date like any other, not a beginning. */
export const nextDate = (rule: Rule, after: CivilDate): CivilDate =>
  dateAtStep(rule, stepsFrom(rule, after) + 1);

/** The last date on or before `onOrBefore`. */
export const previousDate = (rule: Rule, onOrBefore: CivilDate): CivilDate =>
  dateAtStep(rule, stepsFrom(rule, onOrBefore));

/** `count` dates in order, the first on or after `from`. */
export const datesFrom = (rule: Rule, from: CivilDate, count: number): CivilDate[] => {
  const first = stepsFrom(rule, addDays(from, -1)) + 1;
  return Array.from({ length: count }, (_, index) => dateAtStep(rule, first + index));
};

/** The rhythm's local time on a date, as an instant. */
export const dueAt = (at: { readonly time: LocalTime; readonly zone: string }, date: CivilDate): Date =>
  instantOf(date, at.time, at.zone);

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

/** As `firstDateAfterEdit`, but today counts while its due time still lies ahead of `now`. */
export const firstDateFrom = (
  rhythm: { readonly rule: Rule; readonly time: LocalTime; readonly zone: string },
  lastPosted: CivilDate | undefined,
  now: Date,
): CivilDate => {
  const today = civilDateAt(now, rhythm.zone);
  const over = dueAt(rhythm, today).getTime() <= now.getTime();
  return firstDateAfterEdit(rhythm.rule, lastPosted, over ? today : addDays(today, -1));
};

/** `count` working days (Monday to Friday) later. From a weekend the first working day is Monday. */
export const addWorkingDays = (date: CivilDate, count: number): CivilDate => {
  let day = date;
  let left = count;
  while (left > 0) {
    day = addDays(day, 1);
    if (weekdayOf(day) <= 5) left -= 1;
  }
  return day;
};

/**
 * When a review that opened at `openedAt` closes: `windowDays` working days later in `zone`, at the same local time
 * of day, or at `time` when given, so that one posted late still closes at the rhythm's own hour.
 */
export const closesAt = (
  openedAt: Date,
  window: { readonly windowDays: number; readonly zone: string; readonly time?: LocalTime },
): Date =>
  instantOf(
    addWorkingDays(civilDateAt(openedAt, window.zone), window.windowDays),
    window.time ?? localTimeAt(openedAt, window.zone),
    window.zone,
  );

/** "every week on Tuesday at 16:00 Berlin", "every 2 weeks on …" */
export const ruleInWords = (rule: Rule, time: LocalTime, zone: string): string => {
  const often = rule.every === 1 ? 'every week' : `every ${rule.every} weeks`;
  return `${often} on ${weekdayNames[weekdayOf(rule.anchor) - 1]} at ${time} ${cityOf(zone)}`;
};

interface Timed {
  readonly rule: Rule;
  readonly time: LocalTime;
  readonly zone: string;
}

/** Minutes by which clocks in `other` are ahead of the rhythm's own when a date is due. */
const aheadBy = (rhythm: Timed, date: CivilDate, other: string): number => {
  const due = dueAt(rhythm, date);
  const there = instantOf(civilDateAt(due, other), localTimeAt(due, other), 'UTC');
  return (there.getTime() - instantOf(date, rhythm.time, 'UTC').getTime()) / 60_000;
};

/** Two countries that change clocks on different days are out of step for at most this long (Morocco's Ramadan). */
const outOfStepDays = 42;

interface Stretch {
  readonly ahead: number;
  /** The usual distance, when this stretch is a short exception to it. */
  readonly usual: number | undefined;
  readonly first: CivilDate;
  readonly last: CivilDate;
}

/** The run of dates around `date` on which the two clocks keep the same distance. */
const stretchAround = (rhythm: Timed, date: CivilDate, other: string): Stretch => {
  const ahead = aheadBy(rhythm, date, other);
  const edge = (step: (from: CivilDate) => CivilDate): { inside: CivilDate; outside: CivilDate } => {
    let inside = date;
    let outside = step(date);
    while (
      aheadBy(rhythm, outside, other) === ahead &&
      Math.abs(daysBetween(date, outside)) <= outOfStepDays
    ) {
      inside = outside;
      outside = step(outside);
    }
    return { inside, outside };
  };
  const start = edge((from) => previousDate(rhythm.rule, addDays(from, -1)));
  const end = edge((from) => nextDate(rhythm.rule, from));
  const before = aheadBy(rhythm, start.outside, other);
  const exception =
    before !== ahead &&
    before === aheadBy(rhythm, end.outside, other) &&
    daysBetween(start.inside, end.inside) <= outOfStepDays;
  return { ahead, usual: exception ? before : undefined, first: start.inside, last: end.inside };
};

const shiftInWords = (minutes: number, zone: string): string => {
  const size = Math.abs(minutes);
  const hours = size === 60 ? 'An hour' : `${size / 60} hours`;
  const long = size === 30 ? 'Half an hour' : `${size} minutes`;
  return `${size % 60 === 0 ? hours : long} ${minutes > 0 ? 'later' : 'earlier'} in ${cityOf(zone)}`;
};

/** What the clocks do on a date, against the usual distance of the two zones; undefined when there is nothing to say. */
const clockNote = (
  rhythm: Timed,
  date: CivilDate,
  listed: readonly CivilDate[],
  other: string,
): string | undefined => {
  const { ahead, usual, first, last } = stretchAround(rhythm, date, other);
  const earlier = listed.filter((one) => one < date);
  if (usual !== undefined) {
    if (earlier.some((one) => one >= first)) return undefined;
    const howLong = first === last ? 'this once' : `until ${formatWeekday(last)}`;
    return `${shiftInWords(ahead - usual, other)} ${howLong}: the clocks change.`;
  }
  const previous = earlier.at(-1);
  if (previous === undefined) return undefined;
  const before = stretchAround(rhythm, previous, other);
  const was = before.usual ?? before.ahead;
  return was === ahead ? undefined : `${shiftInWords(ahead - was, other)} from then on: the clocks change.`;
};

/**
 * The next dates for the rhythm form, one sentence or two each: "Tue 27 Oct, 16:00 Berlin, 10:00 Chicago. An hour later
 * in Chicago this once: the clocks change." `otherZone` is the partner's, when known.
 */
export const nextDatesInWords = (
  rhythm: Timed,
  list: { readonly from: CivilDate; readonly count: number; readonly otherZone?: string },
): string[] => {
  const dates = datesFrom(rhythm.rule, list.from, list.count);
  const other = list.otherZone === rhythm.zone ? undefined : list.otherZone;
  return dates.map((date) => {
    const moment = formatMoments(
      dueAt(rhythm, date),
      other === undefined ? [rhythm.zone] : [rhythm.zone, other],
    );
    const note = other === undefined ? undefined : clockNote(rhythm, date, dates, other);
    return note === undefined ? `${moment}.` : `${moment}. ${note}`;
  });
};
