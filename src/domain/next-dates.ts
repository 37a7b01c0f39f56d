/** The next dates of a rhythm in words, with what is unusual about each: what its form shows before it is saved. */
import { addDays, daysBetween, formatWeekday } from './civil-date.ts';
import { dueAt, type Timed } from './recurrence.ts';
import { datesFrom, nextDate, previousDate } from './rule-dates.ts';
import type { CivilDate } from './stored.ts';
import { cityOf, civilDateAt, formatMoments, instantOf, localTimeAt } from './zone.ts';

/** Minutes by which clocks in `other` are ahead of the rhythm's own when a date is due. */
const aheadBy = (rhythm: Timed, date: CivilDate, other: string): number => {
  const due = dueAt(rhythm, date);
  const there = instantOf(civilDateAt(due, other), localTimeAt(due, other), 'UTC');
  return (there.getTime() - instantOf(date, rhythm.time, 'UTC').getTime()) / 60_000;
};

/** Two countries that change clocks on different days are out of step for at most this long (Morocco's Ramadan). */
const outOfStepDays = 42;

interface Stretch {
  readonly ahead: number;
  /** The usual distance, when this stretch is a short exception to it. */
  readonly usual: number | undefined;
  readonly first: CivilDate;
  readonly last: CivilDate;
}

/** The run of dates around `date` on which the two clocks keep the same distance. */
const stretchAround = (rhythm: Timed, date: CivilDate, other: string): Stretch => {
  const ahead = aheadBy(rhythm, date, other);
  const edge = (step: (from: CivilDate) => CivilDate): { inside: CivilDate; outside: CivilDate } => {
    let inside = date;
    let outside = step(date);
    while (
      aheadBy(rhythm, outside, other) === ahead &&
      Math.abs(daysBetween(date, outside)) <= outOfStepDays
    ) {
      inside = outside;
      outside = step(outside);
    }
    return { inside, outside };
  };
  const start = edge((from) => previousDate(rhythm.rule, addDays(from, -1)));
  const end = edge((from) => nextDate(rhythm.rule, from));
  const before = aheadBy(rhythm, start.outside, other);
  const exception =
    before !== ahead &&
    before === aheadBy(rhythm, end.outside, other) &&
    daysBetween(start.inside, end.inside) <= outOfStepDays;
  return { ahead, usual: exception ? before : undefined, first: start.inside, last: end.inside };
};

const shiftInWords = (minutes: number, zone: string): string => {
  const size = Math.abs(minutes);
  const hours = size === 60 ? 'An hour' : `${size / 60} hours`;
  const long = size === 30 ? 'Half an hour' : `${size} minutes`;
  return `${size % 60 === 0 ? hours : long} ${minutes > 0 ? 'later' : 'earlier'} in ${cityOf(zone)}`;
};

/** What the clocks do on a date, against the usual distance of the two zones; undefined when there is nothing to say. */
const clockNote = (
  rhythm: Timed,
  date: CivilDate,
  listed: readonly CivilDate[],
  other: string,
): string | undefined => {
  const { ahead, usual, first, last } = stretchAround(rhythm, date, other);
  const earlier = listed.filter((one) => one < date);
  if (usual !== undefined) {
    if (earlier.some((one) => one >= first)) return undefined;
    const howLong = first === last ? 'this once' : `until ${formatWeekday(last)}`;
    return `${shiftInWords(ahead - usual, other)} ${howLong}: the clocks change.`;
  }
  const previous = earlier.at(-1);
  if (previous === undefined) return undefined;
  const before = stretchAround(rhythm, previous, other);
  const was = before.usual ?? before.ahead;
  return was === ahead ? undefined : `${shiftInWords(ahead - was, other)} from then on: the clocks change.`;
};

/**
 * The next dates for the rhythm form, one sentence or two each: "Tue 27 Oct, 16:00 Berlin, 10:00 Chicago. An hour later
 * in Chicago this once: the clocks change." `otherZone` is the partner's, when known.
 */
export const nextDatesInWords = (
  rhythm: Timed,
  list: { readonly from: CivilDate; readonly count: number; readonly otherZone?: string },
): string[] => {
  const dates = datesFrom(rhythm.rule, list.from, list.count);
  const other = list.otherZone === rhythm.zone ? undefined : list.otherZone;
  return dates.map((date) => {
    const moment = formatMoments(
      dueAt(rhythm, date),
      other === undefined ? [rhythm.zone] : [rhythm.zone, other],
    );
    const note = other === undefined ? undefined : clockNote(rhythm, date, dates, other);
    return note === undefined ? `${moment}.` : `${moment}. ${note}`;
  });
};
