import { addDays, daysBetween, mondayOf } from './civil-date.ts';
import type { FiscalYear, Partnership, PeriodBasis } from './partnership.ts';
import { endMonthOf, fiscalYearSpan, placeOfQuarter, quarterAt, quarterSpan, type Span } from './quarters.ts';
import type { Quarters } from './rhythm.ts';
import type { CivilDate } from './stored.ts';

export interface FiscalPosition {
  /** The year as the firm names it, in four digits: 2027 for FY27. */
  readonly year: number;
  /** 1 … 4. */
  readonly quarter: number;
  /** As `periodWeek` counts: 1 … 14. */
  readonly week: number;
  readonly quarterStart: CivilDate;
  readonly quarterEnd: CivilDate;
  /** "FY26 Q4 wk 4" */
  readonly label: string;
}

type Years = Pick<Partnership, 'ourFiscalYear' | 'theirFiscalYear'>;

/** The quarters of a firm's year, as rhythms count them too. */
export const quartersOf = ({ startMonth, weeks }: FiscalYear): Quarters =>
  weeks === undefined
    ? { kind: 'months', startMonth }
    : { kind: 'weeks', endMonth: endMonthOf(startMonth), ...weeks };

/** The fiscal year that `date` falls in. */
export const fiscalYearPeriod = (date: CivilDate, fiscalYear: FiscalYear): Span => {
  const quarters = quartersOf(fiscalYear);
  return fiscalYearSpan(quarters, placeOfQuarter(quarterAt(quarters, date)).year);
};

/** The fiscal quarter that `date` falls in. */
export const quarterPeriod = (date: CivilDate, fiscalYear: FiscalYear): Span => {
  const quarters = quartersOf(fiscalYear);
  return quarterSpan(quarters, quarterAt(quarters, date));
};

/**
 * Which week of a period a date is in, and how many there are; week 1 holds the period's first day. Weeks are calendar
 * weeks, Monday first; of a year of weeks the firm's own, which begin on the weekday of its first day.
 */
export const periodWeek = (
  period: Span,
  date: CivilDate,
  weeks: 'calendar' | 'own' = 'calendar',
): { week: number; weeks: number } => {
  const first = weeks === 'own' ? period.start : mondayOf(period.start);
  const weekOf = (day: CivilDate): number => Math.floor(daysBetween(first, day) / 7) + 1;
  return { week: weekOf(date), weeks: weekOf(period.end) };
};

const weeksOf = ({ weeks }: FiscalYear): 'calendar' | 'own' => (weeks === undefined ? 'calendar' : 'own');

/** The same of an operating period: one that was agreed as a firm's quarter or year counts as that firm does. */
export const operatingWeek = (
  { period, ourFiscalYear, theirFiscalYear }: Years & Pick<Partnership, 'period'>,
  date: CivilDate,
): { week: number; weeks: number } => {
  const firm = period.basis?.startsWith('our-') ? ourFiscalYear : theirFiscalYear;
  const asFirm = period.basis !== undefined && period.basis !== 'shared-quarter' && firm !== undefined;
  return periodWeek(period, date, asFirm ? weeksOf(firm) : 'calendar');
};

export const fiscalPosition = (date: CivilDate, fiscalYear: FiscalYear): FiscalPosition => {
  const quarters = quartersOf(fiscalYear);
  const step = quarterAt(quarters, date);
  const place = placeOfQuarter(step);
  const { start, end } = quarterSpan(quarters, step);
  // A year of weeks may end in the first days of the next month, and is still named by its end month.
  const startsBefore = fiscalYear.namedBy === 'start' && fiscalYear.startMonth !== 1;
  const year = startsBefore ? place.year - 1 : place.year;
  const quarter = place.nth + 1;
  const { week } = periodWeek({ start, end }, date, weeksOf(fiscalYear));
  const label = `FY${String(year % 100).padStart(2, '0')} Q${quarter} wk ${week}`;
  return { year, quarter, week, quarterStart: start, quarterEnd: end, label };
};

/** How most firms with this start month name their years: by the year they end in. */
export const usualFiscalYear = (startMonth: number): FiscalYear => ({ startMonth, namedBy: 'end' });

/** Quarter ends of two firms that lie closer than this are one: a year of weeks ends some days off a month's end. */
const sharedWithinDays = 7;
const farthestQuarters = 5;

/** From one quarter end that both firms share to the next: undefined when their quarters never end together. */
const sharedQuarterPeriod = (today: CivilDate, one: FiscalYear, other: FiscalYear): Span | undefined => {
  const quarters = quartersOf(one);
  const others = quartersOf(other);
  const sharedEnd = (step: number): CivilDate | undefined => {
    const { end } = quarterSpan(quarters, step);
    const near = quarterAt(others, end);
    const ends = [near - 1, near].map((each) => quarterSpan(others, each).end);
    const shared = ends.find((each) => Math.abs(daysBetween(end, each)) < sharedWithinDays);
    return shared && (shared > end ? shared : end);
  };
  const now = quarterAt(quarters, today);
  const ends = Array.from({ length: 2 * farthestQuarters + 1 }, (_, index) => index - farthestQuarters)
    .map((step) => sharedEnd(now + step))
    .filter((end) => end !== undefined);
  const end = ends.find((each) => each >= today);
  const before = ends.findLast((each) => each < today);
  return end === undefined || before === undefined ? undefined : { start: addDays(before, 1), end };
};

/** The period that a basis means today; undefined while the firm's year is not known, or no quarter end is shared. */
export const periodOn = (
  today: CivilDate,
  basis: PeriodBasis,
  { ourFiscalYear: ours, theirFiscalYear: theirs }: Years,
): Span | undefined => {
  switch (basis) {
    case 'our-quarter':
      return quarterPeriod(today, ours);
    case 'our-year':
      return fiscalYearPeriod(today, ours);
    case 'their-quarter':
      return theirs && quarterPeriod(today, theirs);
    case 'their-year':
      return theirs && fiscalYearPeriod(today, theirs);
    case 'shared-quarter':
      return theirs && sharedQuarterPeriod(today, ours, theirs);
  }
};

const warnDays = 14;

/** Where both firms stand in their years, and whose quarter ends within two weeks, the nearer end first. */
export interface FiscalToday {
  readonly ours: string;
  readonly theirs?: string;
  readonly ending: readonly { readonly firm: 'ours' | 'theirs'; readonly on: CivilDate }[];
}

export const fiscalToday = ({ ourFiscalYear, theirFiscalYear }: Years, today: CivilDate): FiscalToday => {
  const ours = fiscalPosition(today, ourFiscalYear);
  const theirs = theirFiscalYear && fiscalPosition(today, theirFiscalYear);
  return {
    ours: ours.label,
    ...(theirs && { theirs: theirs.label }),
    ending: [
      { firm: 'ours' as const, on: ours.quarterEnd },
      ...(theirs ? [{ firm: 'theirs' as const, on: theirs.quarterEnd }] : []),
    ]
      .filter(({ on }) => daysBetween(today, on) <= warnDays)
      .sort((a, b) => a.on.localeCompare(b.on)),
  };
};
