/**
 * Days on the calendar as integers: epoch day 0 is 1970-01-01, and no `Date` is involved, so that no process zone and
 * no clock change can move a day. The conversions are the usual ones over 400-year eras (proleptic Gregorian).
 */
import type { CivilDate } from './stored.ts';

const shape = /^(\d{4})-(\d{2})-(\d{2})$/;
const daysPerEra = 146_097;
/** Days from 0000-03-01 to 1970-01-01: years are counted from March, so that a leap day is a year's last. */
const eraShift = 719_468;

export const monthNames = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;

export const weekdayNames = [
  'Monday',
  'Tuesday',
  'Wednesday',
  'Thursday',
  'Friday',
  'Saturday',
  'Sunday',
] as const;

export interface DateParts {
  readonly year: number;
  /** 1 January … 12 December. */
  readonly month: number;
  readonly day: number;
}

const dayNumber = ({ year, month, day }: DateParts): number => {
  const marchYear = month <= 2 ? year - 1 : year;
  const era = Math.floor(marchYear / 400);
  const yearOfEra = marchYear - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * daysPerEra + dayOfEra - eraShift;
};

const partsOfDayNumber = (epoch: number): DateParts => {
  const shifted = epoch + eraShift;
  const era = Math.floor(shifted / daysPerEra);
  const dayOfEra = shifted - era * daysPerEra;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / (daysPerEra - 1))) /
      365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
  const day = dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1;
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day };
};

const padded = (value: number, width: number): string => String(value).padStart(width, '0');

/** The civil date with this epoch day. Throws a RangeError outside the years 0000 to 9999. */
export const fromEpochDay = (epoch: number): CivilDate => {
  const { year, month, day } = partsOfDayNumber(epoch);
  if (!Number.isInteger(epoch) || year < 0 || year > 9999)
    throw new RangeError(`no civil date: day ${epoch}`);
  return `${padded(year, 4)}-${padded(month, 2)}-${padded(day, 2)}`;
};

const readParts = (text: string): DateParts | undefined => {
  const match = shape.exec(text);
  if (match === null) return undefined;
  const parts = { year: Number(match[1]), month: Number(match[2]), day: Number(match[3]) };
  if (parts.month < 1 || parts.month > 12 || parts.day < 1) return undefined;
  return partsOfDayNumber(dayNumber(parts)).day === parts.day ? parts : undefined;
};

/** Year, month and day of a date. Throws a RangeError for what is no day, as 2026-02-30. */
export const partsOf = (date: CivilDate): DateParts => {
  const parts = readParts(date);
  if (parts === undefined) throw new RangeError(`no civil date: ${JSON.stringify(date)}`);
  return parts;
};

/** Days since 1970-01-01. Throws a RangeError for what is no day. */
export const epochDay = (date: CivilDate): number => dayNumber(partsOf(date));

/** A date from outside: `YYYY-MM-DD` of a day that exists, else undefined. */
export const parseCivilDate = (text: string): CivilDate | undefined => {
  const trimmed = text.trim();
  return readParts(trimmed) === undefined ? undefined : trimmed;
};

export const civilDateOf = (parts: DateParts): CivilDate => fromEpochDay(dayNumber(parts));
export const addDays = (date: CivilDate, days: number): CivilDate => fromEpochDay(epochDay(date) + days);
/** Days from `from` to `to`, negative when `to` is earlier. */
export const daysBetween = (from: CivilDate, to: CivilDate): number => epochDay(to) - epochDay(from);

/** ISO weekday: 1 Monday … 7 Sunday. 1970-01-01 was a Thursday. */
export const weekdayOf = (date: CivilDate): number => {
  const fromMonday = (epochDay(date) + 3) % 7;
  return (fromMonday < 0 ? fromMonday + 7 : fromMonday) + 1;
};

/** The Monday of the date's week. */
export const mondayOf = (date: CivilDate): CivilDate => addDays(date, 1 - weekdayOf(date));

const shortMonth = (month: number): string => (monthNames[month - 1] ?? '').slice(0, 3);

/** "20 Oct" */
export const formatDay = (date: CivilDate): string => {
  const { month, day } = partsOf(date);
  return `${day} ${shortMonth(month)}`;
};

/** "Tue 20 Oct" */
export const formatWeekday = (date: CivilDate): string =>
  `${(weekdayNames[weekdayOf(date) - 1] ?? '').slice(0, 3)} ${formatDay(date)}`;

/** "20 Oct 2026" */
export const formatWithYear = (date: CivilDate): string => `${formatDay(date)} ${partsOf(date).year}`;

/** "1 Jul – 31 Dec 2026", or with both years when they differ. */
export const formatPeriod = (start: CivilDate, end: CivilDate): string =>
  partsOf(start).year === partsOf(end).year
    ? `${formatDay(start)} – ${formatWithYear(end)}`
    : `${formatWithYear(start)} – ${formatWithYear(end)}`;
