/** The next dates of a rhythm in words, with what is unusual about each: what its form shows before it is saved. */
import { addDays, formatDay, formatWeekday, weekdayOf } from './civil-date.ts';
import { clockNote } from './clock-note.ts';
import { type Covering, coveringTitle } from './covering.ts';
import { dayOf, dueAt, isPastEnd, type Timed } from './recurrence.ts';
import { datesFrom } from './rule-dates.ts';
import type { CivilDate } from './stored.ts';
import { addWorkingDays } from './working-days.ts';
import { formatMoments } from './zone.ts';

export interface NextDates {
  /** The first nominal date is on or after this day. */
  readonly from: CivilDate;
  readonly count: number;
  /** The other firm's, when known. */
  readonly otherZone?: string;
  /** With it, a holiday that moves the end of a review is told. */
  readonly windowDays?: number;
  readonly firms?: { readonly ours: string; readonly theirs: string };
  /** The larger review that takes the place of a nominal date. */
  readonly covered?: (date: CivilDate) => Covering | undefined;
  /** Nominal dates that a person left out. */
  readonly skipped?: readonly CivilDate[];
}

type Firms = NextDates['firms'];

/** "at Acme", "at both firms"; undefined for a day that is no holiday. */
const holidayAt = ({ holidays }: Timed, day: CivilDate, firms: Firms): string | undefined => {
  const ours = holidays?.ours.includes(day) === true;
  const theirs = holidays?.theirs.includes(day) === true;
  if (ours && theirs) return 'at both firms';
  if (ours) return `at ${firms?.ours ?? 'one firm'}`;
  return theirs ? `at ${firms?.theirs ?? 'one firm'}` : undefined;
};

const movedNote = (timed: Timed, date: CivilDate, firms: Firms): string | undefined => {
  if (dayOf(timed, date) === date) return undefined;
  const why = weekdayOf(date) > 5 ? 'a weekend' : `a holiday ${holidayAt(timed, date, firms)}`;
  return `Moved from ${formatWeekday(date)}: ${why}.`;
};

/** "24 Dec", "24 Dec and 25 Dec", "24 Dec, 25 Dec and 28 Dec" */
const joined = (words: readonly string[]): string =>
  [words.slice(0, -1).join(', '), ...words.slice(-1)].filter((one) => one !== '').join(' and ');

/** "11 Nov is a holiday at Acme", "25 Dec is a holiday at both firms, 24 Dec and 28 Dec are holidays at Acme" */
const holidaysInWords = (timed: Timed, days: readonly CivilDate[], firms: Firms): string => {
  const places = [...new Set(days.map((day) => holidayAt(timed, day, firms)))];
  return places
    .map((place) => {
      const there = days.filter((day) => holidayAt(timed, day, firms) === place).map(formatDay);
      return `${joined(there)} ${there.length === 1 ? 'is a holiday' : 'are holidays'} ${place}`;
    })
    .join(', ');
};

const closingNote = (
  timed: Timed,
  date: CivilDate,
  { windowDays, firms }: Pick<NextDates, 'windowDays' | 'firms'>,
): string | undefined => {
  if (windowDays === undefined) return undefined;
  const day = dayOf(timed, date);
  const closes = addWorkingDays(day, windowDays, timed.holidays);
  if (closes === addWorkingDays(day, windowDays)) return undefined;
  const inside: CivilDate[] = [];
  for (let one = addDays(day, 1); one < closes; one = addDays(one, 1))
    if (weekdayOf(one) <= 5 && holidayAt(timed, one, firms) !== undefined) inside.push(one);
  return `Closes ${formatWeekday(closes)}: ${holidaysInWords(timed, inside, firms)}.`;
};

/** Why a date does not take place, by its nominal day; undefined when it does. */
const absenceInWords = (date: CivilDate, { covered, skipped }: NextDates): string | undefined => {
  if (skipped?.includes(date) === true) return `${formatWeekday(date)}: left out.`;
  const covering = covered?.(date);
  if (covering === undefined) return undefined;
  const when = covering.day === date ? '' : ` of ${formatWeekday(covering.day)}`;
  return `${formatWeekday(date)}: ${coveringTitle(covering)}${when} takes its place.`;
};

/**
 * Up to `count` dates, fewer when the rhythm ends before, one to four sentences each: "Tue 27 Oct, 16:00 Berlin, 10:00
 * Chicago. An hour later in Chicago this once: the clocks change."
 */
export const nextDatesInWords = (timed: Timed, list: NextDates): string[] => {
  const other = list.otherZone === timed.zone ? undefined : list.otherZone;
  const taking: CivilDate[] = [];
  return datesFrom(timed.rule, list.from, list.count)
    .filter((date) => !isPastEnd(timed, date))
    .map((date) => {
      const absence = absenceInWords(date, list);
      if (absence !== undefined) return absence;
      const notes = [
        movedNote(timed, date, list.firms),
        other === undefined ? undefined : clockNote(timed, date, taking, other),
        closingNote(timed, date, list),
      ];
      taking.push(date);
      const zones: [string, ...string[]] = other === undefined ? [timed.zone] : [timed.zone, other];
      const moment = `${formatMoments(dueAt(timed, date), zones)}.`;
      return [moment, ...notes.filter((note) => note !== undefined)].join(' ');
    });
};
