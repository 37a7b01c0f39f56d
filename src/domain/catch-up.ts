/**
 * What a rhythm owes when its time has come, also after a long silence: only the latest date may still be posted, and
 * only for a while after its time; every older one is recorded, and none is lost or repeated.
 */
import { addHours } from 'date-fns/addHours';
import { addMilliseconds } from 'date-fns/addMilliseconds';
import { addMinutes } from 'date-fns/addMinutes';
import { addSeconds } from 'date-fns/addSeconds';
import { isAfter } from 'date-fns/isAfter';
import { max } from 'date-fns/max';
import { min } from 'date-fns/min';
import { addDays, formatWithYear } from './civil-date.ts';
import type { Holidays } from './partnership.ts';
import { closesAt, dateAfter, dueAt, isPastEnd, type Timed } from './recurrence.ts';
import type { Rule } from './rhythm.ts';
import { intervalDays, nextDate, previousDate } from './rule-dates.ts';
import type { CivilDate } from './stored.ts';
import { addWorkingDays } from './working-days.ts';
import { civilDateAt, instantOf, localTimeAt } from './zone.ts';

/** How long after its time a digest is still worth posting. */
const digestGraceHours = 24;
/** From here on a post says when it was due. */
const lateMinutes = 10;
const mostMissedEntries = 100;
const soonSeconds = 30;
/** Late posts are spread over this long, so that coming back after a silence is no flood. */
const spreadSeconds = 600;

/** Late posts go out by day: from 08:00 to 18:00 where the rhythm lives. */
const dayStart = '08:00';
const dayEnd = '18:00';

/** How long after its time a review is still worth posting: the rarer it is, the longer. */
export const graceHours = (rule: Rule): number => {
  const days = intervalDays(rule);
  if (days >= 60) return 7 * 24;
  if (days >= 28) return 72;
  return days >= 14 ? 48 : 24;
};

/** When a review of this rule that is due then stops being worth posting. */
export const worthPostingUntil = (rule: Rule, due: Date): Date => addHours(due, graceHours(rule));

export interface CatchUp {
  /** Dates whose time has passed and that are not posted any more, oldest first, at most 100. */
  readonly passed: readonly CivilDate[];
  /** What came before those, in one entry under its first date. */
  readonly before?: { readonly from: CivilDate; readonly to: CivilDate; readonly count: number };
  /** The one date to post, when, and until when that is worth doing. */
  readonly due?: {
    readonly date: CivilDate;
    readonly at: Date;
    readonly wakeAt: Date;
    readonly postBy: Date;
  };
  /** Absent: the rhythm has come to its end. */
  readonly next?: { readonly date: CivilDate; readonly at: Date };
}

/** Given the first date not worked yet, whose time has come by `now`. `spread`: 0 to 1, this rhythm's place in a crowd. */
export const planCatchUp = (timed: Timed, first: CivilDate, now: Date, spread = 0): CatchUp => {
  const latest = latestDue(timed, now);
  const dates: CivilDate[] = [];
  for (let date = first; date < latest; date = nextDate(timed.rule, date)) dates.push(date);
  const at = dueAt(timed, latest);
  const wakeAt = whenToPost(at, timed.zone, now, spread);
  const postBy = worthPostingUntil(timed.rule, at);
  const inTime = latest >= first && !isAfter(wakeAt, postBy);
  if (!inTime && latest >= first) dates.push(latest);
  const older = dates.slice(0, Math.max(0, dates.length - mostMissedEntries));
  const [from] = older;
  const to = older.at(-1);
  const next = dateAfter(timed, latest < first ? addDays(first, -1) : latest);
  return {
    passed: dates.slice(older.length),
    ...(from === undefined || to === undefined ? {} : { before: { from, to, count: older.length } }),
    ...(inTime ? { due: { date: latest, at, wakeAt, postBy } } : {}),
    ...(next === undefined ? {} : { next: { date: next, at: dueAt(timed, next) } }),
  };
};

/** The last date whose time has come. A shift can put a date some days from its nominal place, either way. */
const latestDue = (timed: Timed, now: Date): CivilDate => {
  const isDue = (date: CivilDate): boolean => dueAt(timed, date).getTime() <= now.getTime();
  let date = previousDate(timed.rule, civilDateAt(now, timed.zone));
  if (timed.endDate !== undefined && date > timed.endDate) date = previousDate(timed.rule, timed.endDate);
  while (isPastEnd(timed, date)) date = previousDate(timed.rule, addDays(date, -1));
  for (
    let after = dateAfter(timed, date);
    after !== undefined && isDue(after);
    after = dateAfter(timed, date)
  )
    date = after;
  while (!isDue(date)) date = previousDate(timed.rule, addDays(date, -1));
  return date;
};

export const isLate = (dueTime: Date, now: Date): boolean => isAfter(now, addMinutes(dueTime, lateMinutes));

/** In time: at once. Late: soon by day, else at the next 08:00, each in its place of the crowd. */
export const whenToPost = (dueTime: Date, zone: string, now: Date, spread = 0): Date => {
  if (!isLate(dueTime, now)) return dueTime;
  const time = localTimeAt(now, zone);
  const wait = Math.floor(spread * spreadSeconds);
  if (time >= dayStart && time < dayEnd) return addSeconds(now, wait);
  const today = civilDateAt(now, zone);
  return addSeconds(instantOf(time < dayStart ? today : addDays(today, 1), dayStart, zone), wait);
};

/** 0 to 1 from an id, the same each time. */
export const placeInCrowd = (id: string): number => {
  let hash = 2_166_136_261;
  for (const letter of id) hash = Math.imul(hash ^ letter.charCodeAt(0), 16_777_619);
  return (hash >>> 0) / 2 ** 32;
};

/** Until when an occurrence is worth posting; documents from before that was stored had a day. */
export const postByOf = ({
  dueAt: due,
  postBy,
}: {
  readonly dueAt: Date;
  readonly postBy?: Date | undefined;
}): Date => postBy ?? addHours(due, digestGraceHours);

/**
 * One that is not out yet and comes late, after a silence: when it goes out instead of now, and undefined when now is
 * right, as it is for what somebody asked for out of turn, and for what waited for a channel that was `opened` a moment
 * ago: they are there. When that is too late it is looked at once more, to be recorded as missed.
 */
export const waitsUntil = (
  one: {
    readonly _id: string;
    readonly zone: string;
    readonly dueAt: Date;
    readonly postBy?: Date | undefined;
    readonly wakeAt?: Date | undefined;
    readonly onDemand?: boolean | undefined;
  },
  now: Date,
  opened?: Date,
): Date | undefined => {
  if (one.onDemand === true || (opened !== undefined && !isLate(opened, now))) return undefined;
  // Woken later than it was due, it has waited for its place in the crowd already.
  const waited = one.wakeAt !== undefined && isLate(one.dueAt, one.wakeAt);
  const isDay = !isAfter(whenToPost(one.dueAt, one.zone, now), now);
  const at = whenToPost(one.dueAt, one.zone, now, placeInCrowd(one._id));
  if (!isAfter(at, now) || (isDay && waited)) return undefined;
  return min([at, addMilliseconds(postByOf(one), 1)]);
};

/**
 * When to look again at one whose post is on its way: when the post is tried next, but in half a minute at the
 * soonest, and when it is too late at the latest.
 */
export const lookAgainAt = (now: Date, postBy: Date, tryAt: Date | undefined): Date => {
  const soon = addSeconds(now, soonSeconds);
  return max([soon, min([tryAt ?? soon, addMilliseconds(postBy, 1)])]);
};

/** A review's window: from the post, to the rhythm's own hour some working days of both firms later. */
export const windowFrom = (
  openedAt: Date,
  review: { readonly dueAt: Date; readonly zone: string; readonly windowDays?: number | undefined },
  holidays?: Holidays,
): Date =>
  closesAt(openedAt, {
    windowDays: review.windowDays ?? 2,
    zone: review.zone,
    time: localTimeAt(review.dueAt, review.zone),
    holidays,
  });

/** The digest of a review is due on the next working day at 09:00. */
export const digestDue = (
  closedAt: Date,
  zone: string,
  holidays?: Holidays,
): { readonly date: CivilDate; readonly at: Date } => {
  const date = addWorkingDays(civilDateAt(closedAt, zone), 1, holidays);
  return { date, at: instantOf(date, '09:00', zone) };
};

/** "a day", "3 days", "4 hours". */
const spanInWords = (hours: number): string => {
  if (hours < 24) return `${hours} hours`;
  return hours === 24 ? 'a day' : `${hours / 24} days`;
};
/** "I was offline for more than a day.", "… for more than 3 days." */
export const missedReason = (hours: number): string => `I was offline for more than ${spanInWords(hours)}.`;
/** "Slack did not take it for more than a day." */
export const notTakenReason = (hours: number): string =>
  `Slack did not take it for more than ${spanInWords(hours)}.`;
export const missedBeforeReason = (days: { from: CivilDate; to: CivilDate; count: number }): string =>
  `I was offline: ${days.count} reviews from ${formatWithYear(days.from)} to ${formatWithYear(days.to)} were missed.`;
