/**
 * Where a rhythm goes on after a change. A date that it still had ahead and that the change puts in the past is not
 * dropped: the rhythm keeps it as its next one and leaves it out, so that one write says all of it, and the ticker brings
 * it to its end as it does with any other. There is no moment at which it could be lost, or be skipped and still posted.
 */
import { addDays, formatDay } from './civil-date.ts';
import type { PersonRef } from './person.ts';
import { dateAfter, dueAt, firstDateFrom, isPastEnd, type Timed } from './recurrence.ts';
import type { Rhythm, Rule } from './rhythm.ts';
import { nextDate } from './rule-dates.ts';
import type { CivilDate } from './stored.ts';
import { civilDateAt } from './zone.ts';

export interface GoesOn {
  /** Nominal dates that it still had and whose time has passed by now, in order: they end as skipped. */
  readonly passed: readonly CivilDate[];
  /** The first nominal date ahead, and when it is due; absent once the rhythm has ended. */
  readonly nextDate?: CivilDate;
  readonly nextAt?: Date;
  /** The first date that the rule as it stands gave. */
  readonly firstDate?: CivilDate;
}

/** The first date of a rule that counts "every second" from one; undefined for any other, which begins nowhere. */
const beginningOf = (rule: Rule): CivilDate | undefined =>
  (rule.kind === 'weekly' || rule.kind === 'monthly') && rule.every > 1
    ? nextDate(rule, addDays(rule.anchor, -1))
    : undefined;

/** The next date of a rhythm from `now` on, and when it is due; nothing when it has ended. */
export const nextOf = (
  timed: Timed,
  lastDate: CivilDate | undefined,
  now: Date,
): Pick<GoesOn, 'nextDate' | 'nextAt'> => {
  const date = firstDateFrom(timed, lastDate, now);
  if (date === undefined) return {};
  const beginning = beginningOf(timed.rule) ?? date;
  const first = beginning > date ? beginning : date;
  return isPastEnd(timed, first) ? {} : { nextDate: first, nextAt: dueAt(timed, first) };
};

/** A new rule, or a rhythm that had no date ahead of it: nothing of what was counts, but the last date. */
export const startsAnew = (timed: Timed, lastDate: CivilDate | undefined, now: Date): GoesOn => {
  const next = nextOf(timed, lastDate, now);
  return { passed: [], ...next, ...(next.nextDate === undefined ? {} : { firstDate: next.nextDate }) };
};

/**
 * The rule stands, and its time, zone, shift, end or holidays may be others: the date that was next stays the next one
 * while it lies ahead. An earlier one takes its place where it lies ahead now and has not come yet.
 */
export const goesOn = (
  timed: Timed,
  { firstDate, nextDate: from, lastDate }: Pick<Rhythm, 'firstDate' | 'nextDate' | 'lastDate'>,
  now: Date,
): GoesOn => {
  const anew = startsAnew(timed, lastDate, now);
  if (from === undefined) return anew;
  const first = firstDate ?? from;
  if (anew.nextDate !== undefined && anew.nextDate < from)
    return { ...anew, firstDate: anew.nextDate < first ? anew.nextDate : first };
  const passed: CivilDate[] = [];
  let date = isPastEnd(timed, from) ? undefined : from;
  for (; date !== undefined && dueAt(timed, date) <= now; date = dateAfter(timed, date)) passed.push(date);
  return {
    passed,
    firstDate: first,
    ...(date === undefined ? {} : { nextDate: date, nextAt: dueAt(timed, date) }),
  };
};

/** What is stored of it. Dates that have passed are left out in the name of who made the change. */
export const withPassedLeftOut = (
  timed: Timed,
  { passed, nextDate: ahead, firstDate }: GoesOn,
  change: { readonly skipped?: Rhythm['skipped']; readonly by: PersonRef; readonly now: Date },
): Pick<Rhythm, 'nextDate' | 'nextAt' | 'firstDate' | 'skipped'> => {
  const next = passed[0] ?? ahead;
  const skipped = (change.skipped ?? []).filter((one) => next === undefined || one.date >= next);
  const reason = `moved the rhythm on ${formatDay(civilDateAt(change.now, timed.zone))} to a time that had passed.`;
  const left = passed
    .filter((date) => skipped.every((one) => one.date !== date))
    .map((date) => ({ date, by: change.by, reason }));
  return {
    ...(next === undefined ? {} : { nextDate: next, nextAt: dueAt(timed, next) }),
    ...(firstDate === undefined ? {} : { firstDate }),
    ...(change.skipped === undefined && left.length === 0 ? {} : { skipped: [...skipped, ...left] }),
  };
};
