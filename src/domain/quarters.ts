/**
 * The quarters of a fiscal year as a closed form, step number to days: four steps to each year, so that step
 * 4 × 2027 + 2 is the third quarter of the year that ends in (or, counted in weeks, near) 2027's end month. Reviews
 * hang from these days and every position of a firm in its year is read from them: there is no second calendar.
 */
import { addDays, civilDateOf, partsOf, weekdayOf } from './civil-date.ts';
import type { Quarters } from './rhythm.ts';
import type { CivilDate } from './stored.ts';

/** Both days belong to it. */
export interface Span {
  readonly start: CivilDate;
  readonly end: CivilDate;
}

/** Months since month 1 of year 0. */
export const monthOf = (date: CivilDate): number => {
  const { year, month } = partsOf(date);
  return year * 12 + month - 1;
};

const firstDay = (months: number): CivilDate =>
  civilDateOf({ year: Math.floor(months / 12), month: (((months % 12) + 12) % 12) + 1, day: 1 });

export const monthSpan = (months: number, count = 1): Span => ({
  start: firstDay(months),
  end: addDays(firstDay(months + count), -1),
});

export const weekdayOnOrAfter = (date: CivilDate, weekday: number): CivilDate =>
  addDays(date, (weekday - weekdayOf(date) + 7) % 7);
export const weekdayOnOrBefore = (date: CivilDate, weekday: number): CivilDate =>
  addDays(date, -((weekdayOf(date) - weekday + 7) % 7));

/** The calendar month that a fiscal year ends in, or near: the one before its first. */
export const endMonthOf = (startMonth: number): number => ((startMonth + 10) % 12) + 1;
const endMonth = (quarters: Quarters): number =>
  quarters.kind === 'months' ? endMonthOf(quarters.startMonth) : quarters.endMonth;

/** The last day of the fiscal year that ends in or near its end month of this calendar year. */
const yearEnd = (quarters: Quarters, year: number): CivilDate => {
  const monthEnd = monthSpan(year * 12 + endMonth(quarters) - 1).end;
  if (quarters.kind === 'months') return monthEnd;
  return quarters.ends === 'last'
    ? weekdayOnOrBefore(monthEnd, quarters.weekday)
    : weekdayOnOrAfter(addDays(monthEnd, -3), quarters.weekday);
};

/** Year and place of a quarter: `{ year: 2027, nth: 2 }` is the third quarter of the year that ends in 2027. */
export const placeOfQuarter = (step: number): { readonly year: number; readonly nth: number } => {
  const year = Math.floor(step / 4);
  return { year, nth: step - 4 * year };
};

/** Three calendar months, or 13 weeks; the fourth quarter of a year of 53 weeks has 14. */
export const quarterSpan = (quarters: Quarters, step: number): Span => {
  const { year, nth } = placeOfQuarter(step);
  if (quarters.kind === 'months') return monthSpan(year * 12 + endMonth(quarters) - 12 + 3 * nth, 3);
  const start = addDays(yearEnd(quarters, year - 1), 1 + 91 * nth);
  return { start, end: nth === 3 ? yearEnd(quarters, year) : addDays(start, 90) };
};

export const fiscalYearSpan = (quarters: Quarters, year: number): Span => ({
  start: addDays(yearEnd(quarters, year - 1), 1),
  end: yearEnd(quarters, year),
});

/** A quarter near the date's: for months its own, for weeks at most one away. */
export const nearQuarter = (quarters: Quarters, date: CivilDate): number =>
  Math.floor((monthOf(date) + 12 - endMonth(quarters)) / 3);

/** The quarter that a date lies in. */
export const quarterAt = (quarters: Quarters, date: CivilDate): number => {
  let step = nearQuarter(quarters, date);
  while (quarterSpan(quarters, step).start > date) step -= 1;
  while (quarterSpan(quarters, step).end < date) step += 1;
  return step;
};
