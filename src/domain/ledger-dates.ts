/** Which nominal dates a ledger owes, and which of them one of its entries stands for. */
import { addDays } from './civil-date.ts';
import type { Occurrence } from './occurrence.ts';
import type { Holidays } from './partnership.ts';
import { dateAfter, dueAt, firstDateFrom, type Timed, timedBy } from './recurrence.ts';
import type { Rhythm } from './rhythm.ts';
import { previousDate } from './rule-dates.ts';
import type { CivilDate } from './stored.ts';
import { civilDateAt } from './zone.ts';

/**
 * From when a rhythm as it is now owes its dates: the first that its rule gave it, whatever was changed beside the rule
 * since. Where that was not kept, the first after its last edit: `last` is the last date of its ledger that was due
 * before that. Undefined: it had already ended.
 */
export const owedSince = (
  rhythm: Rhythm,
  holidays: Holidays | undefined,
  last: CivilDate | undefined,
): Date | undefined => {
  const timed = timedBy(rhythm, { holidays });
  const first = rhythm.firstDate ?? firstDateFrom(timed, last, rhythm.updatedAt);
  return first === undefined ? undefined : dueAt(timed, first);
};

/** Dates in order that are due from `since` to `until`, both included. */
export const datesOwed = function* (timed: Timed, since: Date, until: Date): Generator<CivilDate> {
  let before = addDays(civilDateAt(since, timed.zone), -1);
  // A shift may have moved a date from before that day to after it.
  while (dueAt(timed, previousDate(timed.rule, before)) >= since)
    before = addDays(previousDate(timed.rule, before), -1);
  for (
    let date = dateAfter(timed, before);
    date !== undefined && dueAt(timed, date) <= until;
    date = dateAfter(timed, date)
  )
    if (dueAt(timed, date) >= since) yield date;
};

/** For dates asked in order: the id of the entry that stands for many, this one among them. */
export const coveredBy = (spans: readonly Occurrence[]): ((date: CivilDate) => string | undefined) => {
  const inOrder = [...spans].sort((a, b) => (a.date < b.date ? -1 : 1));
  let at = 0;
  return (date) => {
    while ((inOrder[at]?.until ?? date) < date) at += 1;
    const span = inOrder[at];
    return span !== undefined && span.date <= date ? span._id : undefined;
  };
};
