/**
 * What a rhythm owes when its time has come, also after a long silence: only the latest date may still be posted, and
 * only within a day of its time; every older one is recorded, and none is lost or repeated.
 */
import { addHours } from 'date-fns/addHours';
import { addMilliseconds } from 'date-fns/addMilliseconds';
import { addMinutes } from 'date-fns/addMinutes';
import { addSeconds } from 'date-fns/addSeconds';
import { isAfter } from 'date-fns/isAfter';
import { max } from 'date-fns/max';
import { min } from 'date-fns/min';
import { addDays, formatWithYear } from './civil-date.ts';
import { closesAt, dueAt } from './recurrence.ts';
import type { Rhythm } from './rhythm.ts';
import { nextDate, previousDate } from './rule-dates.ts';
import type { CivilDate } from './stored.ts';
import { addWorkingDays } from './working-days.ts';
import { civilDateAt, instantOf, localTimeAt } from './zone.ts';

/** How long after its time a review or a digest is still worth posting. */
const graceHours = 24;
/** From here on a post says when it was due. */
const lateMinutes = 10;
const mostMissedEntries = 100;
const soonSeconds = 30;

/** Late posts go out by day: from 08:00 to 18:00 where the rhythm lives. */
const dayStart = '08:00';
const dayEnd = '18:00';

export interface CatchUp {
  /** Dates to record as missed, oldest first, at most 100. */
  readonly missed: readonly CivilDate[];
  /** What came before those, in one entry under its first date. */
  readonly missedBefore?: { readonly from: CivilDate; readonly to: CivilDate; readonly count: number };
  /** The one date to post, and when. */
  readonly due?: { readonly date: CivilDate; readonly at: Date; readonly wakeAt: Date };
  readonly next: { readonly date: CivilDate; readonly at: Date };
}

type Civil = Pick<Rhythm, 'rule' | 'time' | 'zone'>;

/** Given the first date not worked yet, whose time has come by `now`. */
export const planCatchUp = (rhythm: Civil, first: CivilDate, now: Date): CatchUp => {
  const latest = latestDue(rhythm, now);
  const dates: CivilDate[] = [];
  for (let date = first; date < latest; date = nextDate(rhythm.rule, date)) dates.push(date);
  const at = dueAt(rhythm, latest);
  const wakeAt = whenToPost(at, rhythm.zone, now);
  const inTime = latest >= first && !isTooLate(at, wakeAt);
  if (!inTime && latest >= first) dates.push(latest);
  const older = dates.slice(0, Math.max(0, dates.length - mostMissedEntries));
  const [from] = older;
  const to = older.at(-1);
  const next = nextDate(rhythm.rule, latest < first ? addDays(first, -1) : latest);
  return {
    missed: dates.slice(older.length),
    ...(from === undefined || to === undefined ? {} : { missedBefore: { from, to, count: older.length } }),
    ...(inTime ? { due: { date: latest, at, wakeAt } } : {}),
    next: { date: next, at: dueAt(rhythm, next) },
  };
};

const latestDue = (rhythm: Civil, now: Date): CivilDate => {
  const onOrBefore = previousDate(rhythm.rule, civilDateAt(now, rhythm.zone));
  return dueAt(rhythm, onOrBefore).getTime() <= now.getTime()
    ? onOrBefore
    : previousDate(rhythm.rule, addDays(onOrBefore, -1));
};

export const isLate = (dueTime: Date, now: Date): boolean => isAfter(now, addMinutes(dueTime, lateMinutes));
export const isTooLate = (dueTime: Date, now: Date): boolean => isAfter(now, addHours(dueTime, graceHours));

/** In time: at once. Late: at once by day, else at the next 08:00. */
export const whenToPost = (dueTime: Date, zone: string, now: Date): Date => {
  if (!isLate(dueTime, now)) return dueTime;
  const time = localTimeAt(now, zone);
  if (time >= dayStart && time < dayEnd) return now;
  const today = civilDateAt(now, zone);
  return instantOf(time < dayStart ? today : addDays(today, 1), dayStart, zone);
};

/**
 * When to look again at one whose post is on its way: when the post is tried next, but in half a minute at the
 * soonest, and when it is too late at the latest.
 */
export const lookAgainAt = (now: Date, dueTime: Date, tryAt: Date | undefined): Date => {
  const soon = addSeconds(now, soonSeconds);
  const tooLate = addMilliseconds(addHours(dueTime, graceHours), 1);
  return max([soon, min([tryAt ?? soon, tooLate])]);
};

/** A review's window: from the post, to the rhythm's own hour some working days later. */
export const windowFrom = (
  openedAt: Date,
  review: { readonly dueAt: Date; readonly zone: string; readonly windowDays?: number | undefined },
): Date =>
  closesAt(openedAt, {
    windowDays: review.windowDays ?? 2,
    zone: review.zone,
    time: localTimeAt(review.dueAt, review.zone),
  });

/** The digest of a review is due on the next working day at 09:00. */
export const digestDue = (closedAt: Date, zone: string): { readonly date: CivilDate; readonly at: Date } => {
  const date = addWorkingDays(civilDateAt(closedAt, zone), 1);
  return { date, at: instantOf(date, '09:00', zone) };
};

export const missedReason = 'I was offline for more than a day.';
export const missedBeforeReason = (days: { from: CivilDate; to: CivilDate; count: number }): string =>
  `I was offline: ${days.count} reviews from ${formatWithYear(days.from)} to ${formatWithYear(days.to)} were missed.`;
