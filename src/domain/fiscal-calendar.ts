import { addDays, civilDateOf, daysBetween, mondayOf, partsOf } from './civil-date.ts';
import type { FiscalYear } from './partnership.ts';
import type { CivilDate } from './stored.ts';

/** Both days belong to it. */
export interface Period {
  readonly start: CivilDate;
  readonly end: CivilDate;
}

export interface FiscalPosition {
  /** The year as the firm names it, in four digits: 2027 for FY27. */
  readonly year: number;
  /** 1 … 4. */
  readonly quarter: number;
  /** Calendar weeks, Monday first; week 1 holds the quarter's first day. */
  readonly week: number;
  readonly quarterStart: CivilDate;
  readonly quarterEnd: CivilDate;
  /** "FY26 Q4 wk 4" */
  readonly label: string;
}

/** The first day of the month that is `months` after month 1 of year 0. */
const monthStart = (months: number): CivilDate =>
  civilDateOf({ year: Math.floor(months / 12), month: (months % 12) + 1, day: 1 });

/** `months` calendar months from the first day of a month. */
const periodOfMonths = (firstMonth: number, months: number): Period => ({
  start: monthStart(firstMonth),
  end: addDays(monthStart(firstMonth + months), -1),
});

const monthsOf = (date: CivilDate): number => {
  const { year, month } = partsOf(date);
  return year * 12 + month - 1;
};

const monthsIntoYear = (date: CivilDate, fiscalYear: FiscalYear): number =>
  (partsOf(date).month - fiscalYear.startMonth + 12) % 12;

/** The fiscal year that `date` falls in. */
export const fiscalYearPeriod = (date: CivilDate, fiscalYear: FiscalYear): Period =>
  periodOfMonths(monthsOf(date) - monthsIntoYear(date, fiscalYear), 12);

/** The fiscal quarter that `date` falls in. */
export const quarterPeriod = (date: CivilDate, fiscalYear: FiscalYear): Period =>
  periodOfMonths(monthsOf(date) - (monthsIntoYear(date, fiscalYear) % 3), 3);

/** Which calendar week of a period a date is in, and how many there are; week 1 holds the period's first day. */
export const periodWeek = (period: Period, date: CivilDate): { week: number; weeks: number } => {
  const firstMonday = mondayOf(period.start);
  const weekOf = (day: CivilDate): number => daysBetween(firstMonday, mondayOf(day)) / 7 + 1;
  return { week: weekOf(date), weeks: weekOf(period.end) };
};

export const fiscalPosition = (date: CivilDate, fiscalYear: FiscalYear): FiscalPosition => {
  const wholeYear = fiscalYearPeriod(date, fiscalYear);
  const { start, end } = quarterPeriod(date, fiscalYear);
  const year = partsOf(fiscalYear.namedBy === 'start' ? wholeYear.start : wholeYear.end).year;
  const quarter = Math.floor(monthsIntoYear(date, fiscalYear) / 3) + 1;
  const { week } = periodWeek({ start, end }, date);
  const label = `FY${String(year % 100).padStart(2, '0')} Q${quarter} wk ${week}`;
  return { year, quarter, week, quarterStart: start, quarterEnd: end, label };
};

/** How most firms with this start month name their years: by the year they end in. */
export const usualFiscalYear = (startMonth: number): FiscalYear => ({ startMonth, namedBy: 'end' });
