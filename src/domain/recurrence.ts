/**
 * Dates of a rhythm as a closed form over an anchor, `anchor + 7 * every * k` for every integer k: computed from the
 * anchor each time, never from the date before, so that nothing drifts and downtime costs nothing.
 */
import { addDays, daysBetween, epochDay, fromEpochDay, weekdayNames, weekdayOf } from './civil-date.ts';
import type { Rule } from './rhythm.ts';
import type { CivilDate, LocalTime } from './stored.ts';
import { cityOf, civilDateAt, instantOf, localTimeAt } from './zone.ts';

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
