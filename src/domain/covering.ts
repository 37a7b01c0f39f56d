/**
 * Two reviews of one partnership within three working days: the larger takes the smaller's place. Decided from the
 * rules alone, so that a form's preview says beforehand what the scheduler does later.
 */
import { addDays, formatDay } from './civil-date.ts';
import type { Partnership } from './partnership.ts';
import { dateAfter, dayOf, type Timed, timedBy } from './recurrence.ts';
import { type ReviewKind, type Rhythm, reviewKinds } from './rhythm.ts';
import { previousDate } from './rule-dates.ts';
import { reviewKindWords } from './rule-words.ts';
import type { CivilDate } from './stored.ts';
import { isWorkingDay } from './working-days.ts';

const nearDays = 3;

/** A rhythm with which of its dates take place. */
export interface Planned extends Timed {
  readonly id: string;
  readonly kind: ReviewKind;
  /** Nominal dates that a person left out. */
  readonly skippedDates?: readonly CivilDate[];
  readonly paused?: boolean;
  /** The first date it still has. */
  readonly from?: CivilDate;
  /** The date before `from`, when its review took place. */
  readonly last?: CivilDate;
}

/** The review that takes place in another's stead: its nominal date, and the day where a shift puts it. */
export interface Covering {
  readonly kind: ReviewKind;
  readonly date: CivilDate;
  readonly day: CivilDate;
}

/** A stored rhythm. Its last date counts as held; leave `last` out where the ledger says otherwise. */
export const plannedFrom = (rhythm: Rhythm, partnership: Pick<Partnership, 'holidays'>): Planned => {
  const from = rhythm.nextDate ?? (rhythm.lastDate && addDays(rhythm.lastDate, 1));
  return {
    ...timedBy(rhythm, partnership),
    id: rhythm._id,
    kind: rhythm.kind,
    skippedDates: (rhythm.skipped ?? []).map(({ date }) => date),
    paused: rhythm.paused !== undefined,
    ...(from === undefined ? {} : { from }),
    ...(rhythm.lastDate === undefined ? {} : { last: rhythm.lastDate }),
  };
};

/** The first and last day with at most three working days between them and `day`, the later of the two included. */
const daysNear = ({ holidays }: Timed, day: CivilDate): { first: CivilDate; last: CivilDate } => {
  const edge = (step: 1 | -1): CivilDate => {
    let edgeDay = day;
    let left = nearDays;
    for (;;) {
      const later = step === 1 ? addDays(edgeDay, 1) : edgeDay;
      if (isWorkingDay(later, holidays)) left -= 1;
      if (left < 0) return edgeDay;
      edgeDay = addDays(edgeDay, step);
    }
  };
  return { first: edge(-1), last: edge(1) };
};

/** The nominal dates of a rhythm that take place from `first` to `last`. Shifts keep the order of dates. */
const heldWithin = (planned: Planned, first: CivilDate, last: CivilDate): CivilDate[] => {
  let date: CivilDate | undefined = previousDate(planned.rule, addDays(first, -1));
  while (dayOf(planned, date) >= first) date = previousDate(planned.rule, addDays(date, -1));
  const found: CivilDate[] = planned.last === undefined ? [] : [planned.last];
  for (;;) {
    date = dateAfter(planned, date);
    if (date === undefined || dayOf(planned, date) > last) break;
    if (planned.from === undefined || date >= planned.from) found.push(date);
  }
  return found.filter((one) => {
    const day = dayOf(planned, one);
    return day >= first && day <= last && planned.skippedDates?.includes(one) !== true;
  });
};

type Sized = Pick<Planned, 'kind'>;
const size = ({ kind }: Sized): number => reviewKinds.indexOf(kind);
/** Whether reviews of the one may take the place of the other's. */
export const isLarger = (one: Sized, other: Sized): boolean => size(one) > size(other);

/** The rhythm's own next date, when a shift over many days off puts both on one day. */
const sameDayLater = (review: Planned, date: CivilDate): Covering | undefined => {
  const day = dayOf(review, date);
  for (let next = dateAfter(review, date); next !== undefined; next = dateAfter(review, next)) {
    if (dayOf(review, next) !== day) return undefined;
    if (review.skippedDates?.includes(next) !== true) return { kind: review.kind, date: next, day };
  }
  return undefined;
};

/**
 * The larger review that takes the place of this one's on `date` (nominal): the largest, of those the earliest; else
 * its rhythm's next date where both fall on one day. Undefined: it takes place. One that is itself covered covers
 * nothing. `others` may hold the rhythm itself.
 */
export const coveredBy = (
  review: Planned,
  date: CivilDate,
  others: readonly Planned[],
): Covering | undefined => {
  const { first, last } = daysNear(review, dayOf(review, date));
  // Kinds rise with each step of the recursion, so it ends.
  const larger = others
    .filter((other) => isLarger(other, review) && other.paused !== true)
    .flatMap((other) =>
      heldWithin(other, first, last)
        .filter((one) => coveredBy(other, one, others) === undefined)
        .map((one) => ({ kind: other.kind, date: one, day: dayOf(other, one) })),
    )
    .sort((a, b) => size(b) - size(a) || (a.day < b.day ? -1 : 1))
    .at(0);
  return larger ?? sameDayLater(review, date);
};

/** "the monthly check-in" */
export const coveringTitle = ({ kind }: Pick<Covering, 'kind'>): string =>
  `the ${reviewKindWords[kind].charAt(0).toLowerCase()}${reviewKindWords[kind].slice(1)}`;

/** "Covered by the monthly check-in of 3 Nov." */
export const coveredReason = (covering: Covering): string =>
  `Covered by ${coveringTitle(covering)} of ${formatDay(covering.day)}.`;
