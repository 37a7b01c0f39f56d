/**
 * The dates of a rule as a closed form, step number to date: computed from the rule each time, never from the date
 * before, so that nothing drifts, downtime costs nothing, and a date is the same however it was reached.
 */
import { addDays, daysBetween, epochDay, fromEpochDay, partsOf } from './civil-date.ts';
import {
  monthOf,
  monthSpan,
  nearQuarter,
  quarterSpan,
  type Span,
  weekdayOnOrAfter,
  weekdayOnOrBefore,
} from './quarters.ts';
import type { InMonth, InQuarter, Rule } from './rhythm.ts';
import type { CivilDate } from './stored.ts';

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
      return nearQuarter(rule.quarters, date);
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
