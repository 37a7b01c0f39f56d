/**
 * The dates of a rule as a closed form, step number to date: computed from the rule each time, never from the date
 * before, so that nothing drifts, downtime costs nothing, and a date is the same however it was reached.
 */
import {
  addDays,
  civilDateOf,
  daysBetween,
  epochDay,
  fromEpochDay,
  partsOf,
  weekdayOf,
} from './civil-date.ts';
import type { InMonth, InQuarter, Quarters, Rule } from './rhythm.ts';
import type { CivilDate } from './stored.ts';

/** Months since month 1 of year 0. */
const monthOf = (date: CivilDate): number => {
  const { year, month } = partsOf(date);
  return year * 12 + month - 1;
};

const firstDay = (months: number): CivilDate =>
  civilDateOf({ year: Math.floor(months / 12), month: (((months % 12) + 12) % 12) + 1, day: 1 });

interface Span {
  readonly start: CivilDate;
  readonly end: CivilDate;
}

const monthSpan = (months: number, count = 1): Span => ({
  start: firstDay(months),
  end: addDays(firstDay(months + count), -1),
});

const weekdayOnOrAfter = (date: CivilDate, weekday: number): CivilDate =>
  addDays(date, (weekday - weekdayOf(date) + 7) % 7);
const weekdayOnOrBefore = (date: CivilDate, weekday: number): CivilDate =>
  addDays(date, -((weekdayOf(date) - weekday + 7) % 7));

const nthWeekday = ({ start, end }: Span, nth: number | 'last', weekday: number): CivilDate =>
  nth === 'last' ? weekdayOnOrBefore(end, weekday) : addDays(weekdayOnOrAfter(start, weekday), 7 * (nth - 1));

const placeInMonth = (on: InMonth, months: number): CivilDate => {
  const span = monthSpan(months);
  switch (on.kind) {
    case 'nth-weekday':
      return nthWeekday(span, on.nth, on.weekday);
    case 'day':
      return addDays(span.start, Math.min(on.day - 1, daysBetween(span.start, span.end)));
    case 'last-day':
      return span.end;
  }
};

const placeInQuarter = (on: InQuarter, span: Span): CivilDate => {
  switch (on.kind) {
    case 'nth-weekday':
      return nthWeekday(span, on.nth, on.weekday);
    case 'from-start':
      return addDays(span.start, on.days);
    case 'before-end':
      return addDays(span.end, -on.days);
  }
};

/** The last day of the fiscal year whose end lies in or near `endMonth` of this calendar year. */
const yearEnd = (quarters: Extract<Quarters, { kind: 'weeks' }>, year: number): CivilDate => {
  const monthEnd = monthSpan(year * 12 + quarters.endMonth - 1).end;
  return quarters.ends === 'last'
    ? weekdayOnOrBefore(monthEnd, quarters.weekday)
    : weekdayOnOrAfter(addDays(monthEnd, -3), quarters.weekday);
};

/** Quarter number `step`: for months counted from year 0, for weeks four to the year that ends in year 0 and on. */
const quarterSpan = (quarters: Quarters, step: number): Span => {
  if (quarters.kind === 'months') return monthSpan(((quarters.startMonth - 1) % 3) + 3 * step, 3);
  const year = Math.floor(step / 4);
  const nth = step - 4 * year;
  const start = addDays(yearEnd(quarters, year - 1), 1 + 91 * nth);
  return { start, end: nth === 3 ? yearEnd(quarters, year) : addDays(start, 90) };
};

const dateAtStep = (rule: Rule, step: number): CivilDate => {
  switch (rule.kind) {
    case 'weekly':
      return fromEpochDay(epochDay(rule.anchor) + 7 * rule.every * step);
    case 'monthly':
      return placeInMonth(rule.on, monthOf(rule.anchor) + rule.every * step);
    case 'quarterly':
      return placeInQuarter(rule.on, quarterSpan(rule.quarters, step));
    case 'annual':
      return placeInMonth({ kind: 'day', day: rule.day }, step * 12 + rule.month - 1);
  }
};

/** A step near the date's: at most two away. */
const nearStep = (rule: Rule, date: CivilDate): number => {
  switch (rule.kind) {
    case 'weekly':
      return Math.floor(daysBetween(rule.anchor, date) / (7 * rule.every));
    case 'monthly':
      return Math.floor((monthOf(date) - monthOf(rule.anchor)) / rule.every);
    case 'quarterly':
      return rule.quarters.kind === 'months'
        ? Math.floor((monthOf(date) - ((rule.quarters.startMonth - 1) % 3)) / 3)
        : Math.floor((monthOf(date) + 12 - rule.quarters.endMonth) / 3);
    case 'annual':
      return partsOf(date).year;
  }
};

/** The step of the last date on or before `date`. */
const stepOf = (rule: Rule, date: CivilDate): number => {
  let step = nearStep(rule, date);
  while (dateAtStep(rule, step) > date) step -= 1;
  while (dateAtStep(rule, step + 1) <= date) step += 1;
  return step;
};

/** About how many days lie between two dates; exact for weekly rules. */
export const intervalDays = (rule: Rule): number => {
  switch (rule.kind) {
    case 'weekly':
      return 7 * rule.every;
    case 'monthly':
      return 30 * rule.every;
    case 'quarterly':
      return 91;
    case 'annual':
      return 365;
  }
};

/** The rule "every n weeks on this weekday", anchored at its first date on or after `from`. */
export const weeklyRule = (weekday: number, every: number, from: CivilDate): Rule => ({
  kind: 'weekly',
  anchor: weekdayOnOrAfter(from, weekday),
  every,
});

/** The first date strictly after `after`. An anchor is a date like any other, not a beginning. */
export const nextDate = (rule: Rule, after: CivilDate): CivilDate =>
  dateAtStep(rule, stepOf(rule, after) + 1);

/** The last date on or before `onOrBefore`. */
export const previousDate = (rule: Rule, onOrBefore: CivilDate): CivilDate =>
  dateAtStep(rule, stepOf(rule, onOrBefore));

/** `count` dates in order, the first on or after `from`. */
export const datesFrom = (rule: Rule, from: CivilDate, count: number): CivilDate[] => {
  const first = stepOf(rule, addDays(from, -1)) + 1;
  return Array.from({ length: count }, (_, index) => dateAtStep(rule, first + index));
};
