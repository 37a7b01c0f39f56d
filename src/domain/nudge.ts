/**
 * Who is reminded of a review, when, and why not. At 50 % and at 80 % of its window the people of a firm that has not
 * answered may get a message, each in their own working hours or not at all, and never a second one on the same day.
 */
import { addHours } from 'date-fns/addHours';
import { subHours } from 'date-fns/subHours';
import type { Answer } from './answer.ts';
import { addDays } from './civil-date.ts';
import type { Occurrence } from './occurrence.ts';
import type { Partnership } from './partnership.ts';
import { type Firm, includesPerson } from './person.ts';
import { answeredBy } from './review-questions.ts';
import type { CivilDate } from './stored.ts';
import { isWorkingDay } from './working-days.ts';
import { civilDateAt, formatMoment, instantOf, localTimeAt } from './zone.ts';

export const nudgeSteps = [1, 2] as const;
export type NudgeStep = (typeof nudgeSteps)[number];
const share: Readonly<Record<NudgeStep, number>> = { 1: 0.5, 2: 0.8 };

/** A person may put one review off this often. */
export const mostSnoozes = 5;
export const snoozeDays = [1, 3, 7] as const;
export type SnoozeDays = (typeof snoozeDays)[number];

/** Messages go out from 09:00 until before 17:00 where their receiver is. */
const dayStart = '09:00';
const dayEnd = '17:00';
/** Later than this after its time a reminder is not worth sending. */
const lateHours = 12;
/** Somebody who gave a value this lately is at it already, and is left alone. */
export const quietHours = 48;

/** When this step of a review's window has come. */
export const stepAt = (review: { readonly openedAt: Date; readonly closesAt: Date }, step: NudgeStep): Date =>
  new Date(review.openedAt.getTime() + share[step] * (review.closesAt.getTime() - review.openedAt.getTime()));

const isOff = (date: CivilDate, holidays: readonly CivilDate[]): boolean =>
  !isWorkingDay(date, { ours: [...holidays], theirs: [] });

/** Whether a message may reach somebody now: Monday to Friday, no holiday of their firm, in their working hours. */
export const inWorkingHours = (at: Date, zone: string, holidays: readonly CivilDate[]): boolean => {
  const time = localTimeAt(at, zone);
  return time >= dayStart && time < dayEnd && !isOff(civilDateAt(at, zone), holidays);
};

/** The first instant at or after `at` that lies in somebody's working hours. */
export const nudgeInstant = (at: Date, zone: string, holidays: readonly CivilDate[]): Date => {
  if (inWorkingHours(at, zone, holidays)) return at;
  let date = civilDateAt(at, zone);
  if (localTimeAt(at, zone) >= dayStart) date = addDays(date, 1);
  while (isOff(date, holidays)) date = addDays(date, 1);
  return instantOf(date, dayStart, zone);
};

/** Until when a reminder that was due at `planned` may still go out. */
export const sendBy = (planned: Date, closesAt: Date): Date =>
  new Date(Math.min(addHours(planned, lateHours).getTime(), closesAt.getTime()));

/** From when on a person's own readings keep them from being asked. */
export const quietSince = (now: Date): Date => subHours(now, quietHours);

/** The same time of day, some days on, where the person is. */
export const snoozeUntil = (now: Date, days: SnoozeDays, zone: string): Date =>
  instantOf(addDays(civilDateAt(now, zone), days), localTimeAt(now, zone), zone);

/** How one firm stands in a review. */
export type Standing = 'answered' | 'skipped' | 'silent' | 'not-asked' | 'nobody-left' | 'waiting';

/** `silent`: it did not answer the last reviews of this rhythm, and is left alone until it does. */
export const standingOf = (
  firm: Firm,
  review: Pick<Occurrence, 'asked' | 'skips'>,
  facts: {
    readonly answers: readonly Answer[];
    readonly silent: boolean;
    readonly notAsked: Partnership['notAsked'];
  },
): Standing => {
  if (answeredBy(facts.answers, firm).length > 0) return 'answered';
  if (review.skips.some((one) => one.firm === firm)) return 'skipped';
  const asked = review.asked[firm];
  if (asked.length === 0) return 'not-asked';
  if (asked.every((one) => includesPerson(facts.notAsked ?? [], one))) return 'nobody-left';
  return facts.silent ? 'silent' : 'waiting';
};

const standingWords: Readonly<Record<Exclude<Standing, 'waiting'>, (firm: string) => string>> = {
  answered: (firm) => `${firm} has answered.`,
  skipped: (firm) => `${firm} skipped this one.`,
  silent: (firm) => `${firm} is left alone until somebody there answers again.`,
  'not-asked': (firm) => `Nobody is asked at ${firm}.`,
  'nobody-left': (firm) => `Nobody is left to ask at ${firm}.`,
};

/** Why a step asks nobody, or undefined when a firm is waited for. */
export const whyNobody = (
  standing: Readonly<Record<Firm, Standing>>,
  firms: Readonly<Record<Firm, string>>,
): string | undefined => {
  const { ours, theirs } = standing;
  if (ours === 'waiting' || theirs === 'waiting') return undefined;
  if (ours === 'answered' && theirs === 'answered') return 'Both firms have answered.';
  return `${standingWords[ours](firms.ours)} ${standingWords[theirs](firms.theirs)}`;
};

/** What stands between one person and a reminder of one review. */
export interface NudgeFacts {
  readonly name: string;
  readonly zone: string;
  readonly firmName: string;
  readonly reviewOpen: boolean;
  readonly standing: Standing;
  /** They asked for this one themselves. */
  readonly snoozed: boolean;
  readonly put?: Put | undefined;
  readonly notAsked: boolean;
  readonly active: boolean;
  readonly met: boolean;
  readonly updatedLately: boolean;
  /** The day's message was sent before this one was due. */
  readonly hadMessage: boolean;
}

/** How a person put a review off: until an instant, or for as long as it is open. */
export type Put = { readonly until: Date } | 'to-the-end';

/** The last Snooze of a person in a review, when it still holds. */
export const putOff = (
  last: { readonly dueAt: Date } | undefined,
  at: {
    readonly now: Date;
    readonly zone: string;
    readonly holidays: readonly CivilDate[];
    readonly closesAt: Date;
  },
): Put | undefined => {
  if (last === undefined) return undefined;
  const until = nudgeInstant(last.dueAt, at.zone, at.holidays);
  if (until >= at.closesAt) return 'to-the-end';
  return until > at.now ? { until } : undefined;
};

/** Why a person is not reminded, as a sentence for the ledger; undefined when they are. */
export const whyNot = (facts: NudgeFacts): string | undefined => {
  const { name, standing, put } = facts;
  if (!facts.reviewOpen) return 'The review is not open any more.';
  const silentYetAsked = standing === 'silent' && facts.snoozed;
  if (standing !== 'waiting' && standing !== 'nobody-left' && !silentYetAsked)
    return standingWords[standing](facts.firmName);
  if (facts.notAsked) return `${name} asked not to be asked.`;
  if (put === 'to-the-end') return `${name} snoozed it until after it closes.`;
  if (put !== undefined) return `Snoozed until ${formatMoment(put.until, facts.zone)}.`;
  if (!facts.active) return `${name} is not active in Slack any more.`;
  if (!facts.met)
    return `${name} is mentioned on the card, and gets no message before pressing one of my buttons.`;
  if (facts.updatedLately) return `${name} gave a value in the last two days.`;
  if (facts.hadMessage) return `${name} had the day's message already.`;
  return undefined;
};

export const outsideHours = (name: string): string => `Not within ${name}'s working hours before it closed.`;
/** Its day's hours went by, and it is not sent on another day. */
export const afterHours = (name: string): string => `It could not go out within ${name}'s working hours.`;
export const nothingToAsk = (name: string): string => `There was nothing left to ask ${name}.`;
