import { monthNames, weekdayNames, weekdayOf } from './civil-date.ts';
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

const ordinals = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth'] as const;
const ordinal = (nth: number | 'last'): string =>
  nth === 'last' ? 'last' : (ordinals[nth - 1] ?? `${nth}th`);
const weekdayName = (weekday: number): string => weekdayNames[weekday - 1] ?? '';
const days = (count: number): string => (count === 1 ? '1 day' : `${count} days`);

const inMonthWords = (on: InMonth): string => {
  switch (on.kind) {
    case 'nth-weekday':
      return `the ${ordinal(on.nth)} ${weekdayName(on.weekday)}`;
    case 'day':
      return `day ${on.day}`;
    case 'last-day':
      return 'the last day';
  }
};

const inQuarterWords = (on: InQuarter): string => {
  switch (on.kind) {
    case 'nth-weekday':
      return `on the ${ordinal(on.nth)} ${weekdayName(on.weekday)} of the quarter`;
    case 'from-start':
      return on.days === 0 ? 'on its first day' : `${days(on.days)} after its first day`;
    case 'before-end':
      return on.days === 0 ? 'on its last day' : `${days(on.days)} before its last day`;
  }
};

const dateWords = (rule: Rule): string => {
  switch (rule.kind) {
    case 'weekly':
      return `${rule.every === 1 ? 'every week' : `every ${rule.every} weeks`} on ${weekdayName(weekdayOf(rule.anchor))}`;
    case 'monthly':
      return `${rule.every === 1 ? 'every month' : `every ${rule.every} months`} on ${inMonthWords(rule.on)}`;
    case 'quarterly':
      return `every fiscal quarter, ${inQuarterWords(rule.on)},`;
    case 'annual':
      return `every year on ${rule.day} ${monthNames[rule.month - 1]}`;
  }
};

/** "every week on Tuesday at 16:00 Berlin", "every month on the last Thursday at …" */
export const ruleInWords = (rule: Rule, time: LocalTime, zone: string): string =>
  `${dateWords(rule)} at ${time} ${cityOf(zone)}`;
