/** The days around a period's end: when both firms are asked, when it may be closed, and what comes after it. */
import { addDays, daysBetween, partsOf } from './civil-date.ts';
import { fiscalPosition, fiscalYearPeriod, periodOn, quarterPeriod } from './fiscal-calendar.ts';
import type { FiscalYear, Partnership } from './partnership.ts';
import { monthOf, monthSpan, type Span } from './quarters.ts';
import type { CivilDate } from './stored.ts';
import { addWorkingDays, isWorkingDay, shifted } from './working-days.ts';
import { civilDateAt, instantOf } from './zone.ts';

type Period = Partnership['period'];

/** Four weeks before the end both firms are asked, and from then on the period may be closed. */
const noticeDays = 28;
/** Final values of a period are taken for this long after its end. */
const finalDays = 21;
/** Who was introduced late is asked a week later at the earliest. */
const settlingDays = 7;
/** As digests are: a working day begins with what there is to think about. */
const hour = '09:00';

export const periodLength = { least: 28, most: 731 } as const;

export const mayClosePeriod = (period: Span, today: CivilDate): boolean =>
  today >= addDays(period.end, -noticeDays);

/** The last day on which a value counts for the period that ended then. */
export const finalUntil = (end: CivilDate): CivilDate => addDays(end, finalDays);

/** The morning after a period's last day. */
export const periodOverAt = ({ end }: Pick<Period, 'end'>, zone: string): Date =>
  instantOf(addDays(end, 1), hour, zone);

export interface PeriodQuestion {
  readonly at: Date;
  /** When the period is over there is nothing left to ask. */
  readonly postBy: Date;
}

type Asked = Pick<Partnership, 'period' | 'zone' | 'holidays' | 'introducedAt'>;

/**
 * When both firms are asked what to carry, change or stop: four weeks before the period's end, on the next working
 * day. What lies behind `now` is asked on the first working morning to come; undefined when the period is over then.
 */
export const periodQuestion = (
  { period, zone, holidays, introducedAt }: Asked,
  now: Date,
): PeriodQuestion | undefined => {
  const at = (day: CivilDate): Date => instantOf(day, hour, zone);
  const settled = introducedAt && addDays(civilDateAt(introducedAt, zone), settlingDays);
  const nominal = addDays(period.end, -noticeDays);
  const first = settled !== undefined && settled > nominal ? settled : nominal;
  const day = shifted(first, 'next', holidays);
  const today = civilDateAt(now, zone);
  const morning =
    isWorkingDay(today, holidays) && at(today) > now ? today : addWorkingDays(today, 1, holidays);
  const asked = at(day) > now ? day : morning;
  return asked > period.end ? undefined : { at: at(asked), postBy: periodOverAt(period, zone) };
};

/**
 * The period after this one, the day after its end: of the same basis where that has one, else just as long, in whole
 * months where this one was whole months.
 */
export const nextPeriod = ({
  period,
  ourFiscalYear,
  theirFiscalYear,
}: Pick<Partnership, 'period' | 'ourFiscalYear' | 'theirFiscalYear'>): Period => {
  const start = addDays(period.end, 1);
  const { basis } = period;
  const agreed = basis && periodOn(start, basis, { ourFiscalYear, theirFiscalYear });
  if (agreed !== undefined && daysBetween(start, agreed.end) >= periodLength.least)
    return { start, end: agreed.end, basis };
  return { start, end: sameLength(period, start) };
};

const sameLength = (period: Span, start: CivilDate): CivilDate => {
  const whole = partsOf(period.start).day === 1 && partsOf(start).day === 1;
  return whole
    ? monthSpan(monthOf(start), monthOf(period.end) - monthOf(period.start) + 1).end
    : addDays(start, daysBetween(period.start, period.end));
};

/** A period as a firm names it: "FY26", "FY26 Q4", "FY26 Q3 to Q4", "FY26 Q3 to FY27 Q1". */
export const periodName = (period: Span, fiscalYear: FiscalYear): string => {
  const year = fiscalYearPeriod(period.start, fiscalYear);
  const [first, last] = [period.start, period.end].map((day) => fiscalPosition(day, fiscalYear));
  if (first === undefined || last === undefined) return '';
  const named = (one: typeof first): string => `${yearName(one.label)} Q${one.quarter}`;
  if (period.start === year.start && period.end === year.end) return yearName(first.label);
  if (first.year !== last.year) return `${named(first)} to ${named(last)}`;
  if (first.quarter !== last.quarter) return `${named(first)} to Q${last.quarter}`;
  const quarter = quarterPeriod(period.start, fiscalYear);
  const part = period.start === quarter.start && period.end === quarter.end ? '' : 'part of ';
  return `${part}${named(first)}`;
};

const yearName = (label: string): string => label.split(' ')[0] ?? label;
