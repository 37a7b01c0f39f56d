import { addDays, civilDateOf, daysBetween, mondayOf, partsOf, weekdayNames } from './civil-date.ts';
import { type Cadence, cadenceDays, type Kpi } from './kpi.ts';
import type { CivilDate } from './stored.ts';

type Timed = Pick<Kpi, 'cadence' | 'knownAfter' | 'start'>;

const monthIndex = (date: CivilDate): number => {
  const { year, month } = partsOf(date);
  return year * 12 + month - 1;
};

const lastDayOf = (index: number): CivilDate => {
  const next = index + 1;
  return addDays(civilDateOf({ year: Math.floor(next / 12), month: (next % 12) + 1, day: 1 }), -1);
};

/**
 * The last day of the week, month or quarter that `date` lies in. Quarters run from the month in which the KPI starts:
 * that is where the operating period starts, whichever firm's year it follows.
 */
const endOfSpan = ({ cadence, start }: Timed, date: CivilDate): CivilDate => {
  if (cadence === 'weekly') return addDays(mondayOf(date), 6);
  if (cadence === 'monthly') return lastDayOf(monthIndex(date));
  const first = monthIndex(start);
  return lastDayOf(first + 3 * Math.floor((monthIndex(date) - first) / 3) + 2);
};

/** Days since the value after the one of `asOf` is known; below nought, that one is as new as can be. */
export const daysOverdue = (kpi: Timed, asOf: CivilDate, today: CivilDate): number =>
  kpi.knownAfter === undefined
    ? daysBetween(asOf, today) - cadenceDays[kpi.cadence]
    : daysBetween(endOfSpan(kpi, addDays(asOf, 1)), today) - kpi.knownAfter;

/** The day on which a KPI's first value is known. */
export const firstKnownOn = (kpi: Timed): CivilDate =>
  kpi.knownAfter === undefined
    ? addDays(kpi.start, cadenceDays[kpi.cadence])
    : addDays(endOfSpan(kpi, kpi.start), kpi.knownAfter);

/** Whether there is something to enter: no value yet, or the one after `lastAsOf` is known by now. */
export const isValueDue = (kpi: Timed, lastAsOf: CivilDate | undefined, today: CivilDate): boolean => {
  if (lastAsOf === undefined) return kpi.knownAfter === undefined || today >= firstKnownOn(kpi);
  // Where no day is set, a value may be given on any day of its last.
  return daysOverdue(kpi, lastAsOf, today) >= (kpi.knownAfter === undefined ? 1 : 0);
};

const spanWords: Readonly<Record<Cadence, string>> = {
  weekly: 'week',
  monthly: 'month',
  quarterly: 'quarter',
};

const ordinal = (day: number): string => {
  const teen = day > 10 && day < 14;
  const ending = teen ? 'th' : (['th', 'st', 'nd', 'rd'][day % 10] ?? 'th');
  return `${day}${ending}`;
};

/** "the 15th", "the Monday after", "20 days after the quarter", "the last day of the month". */
export const knownInWords = (cadence: Cadence, knownAfter: number): string => {
  if (knownAfter === 0) return `the last day of the ${spanWords[cadence]}`;
  const weekday = weekdayNames[knownAfter - 1];
  if (cadence === 'weekly' && weekday !== undefined) return `the ${weekday} after`;
  if (cadence === 'monthly' && knownAfter <= 28) return `the ${ordinal(knownAfter)}`;
  return `${knownAfter} days after the ${spanWords[cadence]}`;
};
