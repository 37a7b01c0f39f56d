import { monthNames, weekdayNames, weekdayOf } from './civil-date.ts';
import type { Occurrence } from './occurrence.ts';
import type { InMonth, InQuarter, ReviewKind, Rule } from './rhythm.ts';
import type { LocalTime } from './stored.ts';
import { cityOf } from './zone.ts';

/** A review's kind as a card's title says it; a weekly pulse is called so by its rule, see `reviewTitle`. */
export const reviewKindWords: Readonly<Record<ReviewKind, string>> = {
  pulse: 'Pulse',
  monthly: 'Monthly check-in',
  quarterly: 'Quarterly review',
  annual: 'Annual vision review',
};

/** "Weekly pulse", "Pulse", "Monthly check-in" */
export const reviewTitle = (kind: ReviewKind = 'pulse', rule?: Rule): string =>
  kind === 'pulse' && rule?.kind === 'weekly' && rule.every === 1 ? 'Weekly pulse' : reviewKindWords[kind];

const ordinals = [
  'first',
  'second',
  'third',
  'fourth',
  'fifth',
  'sixth',
  'seventh',
  'eighth',
  'ninth',
  'tenth',
  'eleventh',
  'twelfth',
] as const;
const nthWeekday = ({ nth, weekday }: { nth: number | 'last'; weekday: number }): string =>
  `the ${nth === 'last' ? nth : ordinals[nth - 1]} ${weekdayNames[weekday - 1]}`;
const counted = (count: number, unit: string): string => `${count} ${unit}${count === 1 ? '' : 's'}`;
const everyNth = (every: number, unit: string): string =>
  every === 1 ? `every ${unit}` : `every ${counted(every, unit)}`;

/** "1st", "22nd", "31st" */
const dayOfMonth = (day: number): string => {
  const suffixes: Readonly<Record<number, string>> = { 1: 'st', 2: 'nd', 3: 'rd' };
  return `${day}${Math.floor(day / 10) === 1 ? 'th' : (suffixes[day % 10] ?? 'th')}`;
};

const inMonthWords = (on: InMonth): string => {
  switch (on.kind) {
    case 'nth-weekday':
      return `on ${nthWeekday(on)}`;
    case 'day':
      return on.day > 28 ? `on the ${dayOfMonth(on.day)}, or the last day,` : `on the ${dayOfMonth(on.day)}`;
    case 'last-day':
      return 'on the last day';
  }
};

/** Begins with what parts it from "every fiscal quarter". */
const inQuarterWords = (on: InQuarter): string => {
  switch (on.kind) {
    case 'nth-weekday':
      return ` on ${nthWeekday(on)}`;
    case 'from-start':
      return on.days === 0 ? ' on its first day' : `, ${counted(on.days, 'day')} after it starts,`;
    case 'before-end':
      return on.days === 0 ? ' on its last day' : `, ${counted(on.days, 'day')} before it ends,`;
  }
};

const dateWords = (rule: Rule): string => {
  switch (rule.kind) {
    case 'weekly':
      return `${everyNth(rule.every, 'week')} on ${weekdayNames[weekdayOf(rule.anchor) - 1]}`;
    case 'monthly':
      return `${everyNth(rule.every, 'month')} ${inMonthWords(rule.on)}`;
    case 'quarterly':
      return `every fiscal quarter${inQuarterWords(rule.on)}`;
    case 'annual':
      return `every year on ${rule.day} ${monthNames[rule.month - 1]}`;
  }
};

/** "every week on Tuesday at 16:00 Berlin", "every fiscal quarter, 10 days before it ends, at …" */
export const ruleInWords = (rule: Rule, time: LocalTime, zone: string): string =>
  `${dateWords(rule)} at ${time} ${cityOf(zone)}`;

/** What an occurrence is called in a line: "weekly pulse", "digest". */
export const occurrenceTitle = ({ kind, reviewKind }: Pick<Occurrence, 'kind' | 'reviewKind'>): string => {
  if (kind === 'review') return reviewTitle(reviewKind).toLowerCase();
  return kind === 'period' ? 'question about the next period' : 'digest';
};
