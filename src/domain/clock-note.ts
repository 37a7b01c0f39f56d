/** What a change of clocks does to the other firm's hour on one day of a rhythm. */
import { addDays, daysBetween, formatWeekday } from './civil-date.ts';
import { dayOf, type Timed } from './recurrence.ts';
import { nextDate, previousDate } from './rule-dates.ts';
import type { CivilDate } from './stored.ts';
import { cityOf, civilDateAt, instantOf, localTimeAt } from './zone.ts';

/** Two countries that change clocks on different days are out of step for at most this long (Morocco's Ramadan). */
const outOfStepDays = 42;

/** Minutes by which clocks in `other` are ahead of the rhythm's own at its time on a day. */
const aheadOn = ({ time, zone }: Timed, day: CivilDate, other: string): number => {
  const due = instantOf(day, time, zone);
  const there = instantOf(civilDateAt(due, other), localTimeAt(due, other), 'UTC');
  return (there.getTime() - instantOf(day, time, 'UTC').getTime()) / 60_000;
};

interface Stretch {
  /** The distance that the two clocks usually keep, an exception or not. */
  readonly usual: number;
  /** The days of a short exception, the day asked about among them. */
  readonly exception?: { readonly ahead: number; readonly first: CivilDate; readonly last: CivilDate };
}

/**
 * The run of days around `day` on which the two clocks keep the same distance: an exception when it is short and the
 * distance is the same before and after it. Days and not the rule's dates, which may lie a year apart.
 */
const stretchAround = (timed: Timed, day: CivilDate, other: string): Stretch => {
  const ahead = aheadOn(timed, day, other);
  const lastAlike = (step: 1 | -1): CivilDate => {
    let edge = day;
    while (Math.abs(daysBetween(day, edge)) < outOfStepDays) {
      const next = addDays(edge, step);
      if (aheadOn(timed, next, other) !== ahead) break;
      edge = next;
    }
    return edge;
  };
  const first = lastAlike(-1);
  const last = lastAlike(1);
  const before = aheadOn(timed, addDays(first, -1), other);
  const isException =
    before !== ahead &&
    before === aheadOn(timed, addDays(last, 1), other) &&
    daysBetween(first, last) < outOfStepDays;
  return isException ? { usual: before, exception: { ahead, first, last } } : { usual: ahead };
};

const differenceInWords = (minutes: number, zone: string): string => {
  const size = Math.abs(minutes);
  const hours = size === 60 ? 'An hour' : `${size / 60} hours`;
  const long = size === 30 ? 'Half an hour' : `${size} minutes`;
  return `${size % 60 === 0 ? hours : long} ${minutes > 0 ? 'later' : 'earlier'} in ${cityOf(zone)}`;
};

/** The day of the last date from `date` on that takes place by `last`. */
const lastDayBy = (timed: Timed, date: CivilDate, last: CivilDate): CivilDate => {
  let found = date;
  for (let next = date; dayOf(timed, next) <= last; next = nextDate(timed.rule, next)) found = next;
  return dayOf(timed, found);
};

/** Whether the date is the only one of the rule that takes place from `first` to `last`. */
const standsAlone = (timed: Timed, date: CivilDate, first: CivilDate, last: CivilDate): boolean =>
  dayOf(timed, previousDate(timed.rule, addDays(date, -1))) < first &&
  dayOf(timed, nextDate(timed.rule, date)) > last;

/**
 * What the clocks do on a nominal date against the usual distance of the two zones: "An hour later in Chicago this
 * once: the clocks change." `earlier` holds the dates listed before it. Undefined when there is nothing to say.
 */
export const clockNote = (
  timed: Timed,
  date: CivilDate,
  earlier: readonly CivilDate[],
  other: string,
): string | undefined => {
  const { usual, exception } = stretchAround(timed, dayOf(timed, date), other);
  if (exception !== undefined) {
    const { ahead, first, last } = exception;
    if (earlier.some((one) => dayOf(timed, one) >= first)) return undefined;
    const howLong = standsAlone(timed, date, first, last)
      ? 'this once'
      : `until ${formatWeekday(lastDayBy(timed, date, last))}`;
    return `${differenceInWords(ahead - usual, other)} ${howLong}: the clocks change.`;
  }
  const previous = earlier.at(-1);
  if (previous === undefined) return undefined;
  const was = stretchAround(timed, dayOf(timed, previous), other).usual;
  if (was === usual) return undefined;
  const next = dayOf(timed, nextDate(timed.rule, date));
  // Half-yearly dates fall into summer and winter by turns.
  const howLong = stretchAround(timed, next, other).usual === usual ? 'from then on' : 'this time';
  return `${differenceInWords(usual - was, other)} ${howLong}: the clocks change.`;
};
