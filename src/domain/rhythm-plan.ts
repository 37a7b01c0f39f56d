/** What a person chooses of a rhythm, and the rule, the dates and the proposals that follow from it. */
import { addDays, monthNames, partsOf, weekdayOf } from './civil-date.ts';
import { quartersOf } from './fiscal-calendar.ts';
import { type GoesOn, goesOn, startsAnew } from './going-on.ts';
import type { FiscalYear, Holidays, Partnership, Tier } from './partnership.ts';
import { monthSpan } from './quarters.ts';
import { dueAt, type Timed } from './recurrence.ts';
import { type ReviewKind, type Rhythm, type Rule, rule, type Shift } from './rhythm.ts';
import { nextDate, weeklyRule } from './rule-dates.ts';
import type { CivilDate, LocalTime } from './stored.ts';
import { civilDateAt } from './zone.ts';

type RuleOf<K extends Rule['kind']> = Extract<Rule, { kind: K }>;

/** A rule as people choose it: without the day from which "every second" counts. */
export type ChosenRule =
  | { readonly kind: 'weekly'; readonly every: number; readonly weekday: number }
  | Omit<RuleOf<'monthly'>, 'anchor'>
  | RuleOf<'quarterly'>
  | RuleOf<'annual'>;

export interface RhythmPlan {
  readonly rule: ChosenRule;
  readonly time: LocalTime;
  readonly zone: string;
  readonly shift: Shift;
  readonly windowDays: number;
  readonly endDate?: CivilDate;
}

export const kindOfRule: Readonly<Record<Rule['kind'], ReviewKind>> = {
  weekly: 'pulse',
  monthly: 'monthly',
  quarterly: 'quarterly',
  annual: 'annual',
};

const chosenOf = (stored: Rule): ChosenRule => {
  switch (stored.kind) {
    case 'weekly':
      return { kind: 'weekly', every: stored.every, weekday: weekdayOf(stored.anchor) };
    case 'monthly':
      return { kind: 'monthly', every: stored.every, on: stored.on };
    case 'quarterly':
    case 'annual':
      return stored;
  }
};

export const planOf = ({ rule: stored, time, zone, shift, windowDays, endDate }: Rhythm): RhythmPlan => ({
  rule: chosenOf(stored),
  time,
  zone,
  shift: shift ?? 'none',
  windowDays,
  ...(endDate === undefined ? {} : { endDate }),
});

/** The first day whose review can still happen: "every second" counts from there. */
const firstDay = ({ time, zone }: Pick<RhythmPlan, 'time' | 'zone'>, now: Date): CivilDate => {
  const today = civilDateAt(now, zone);
  return dueAt({ time, zone }, today) > now ? today : addDays(today, 1);
};

/** A first date of every month's rule, so that "every three months" begins with the next one that fits. */
const monthlyAnchor = (chosen: Extract<ChosenRule, { kind: 'monthly' }>, from: CivilDate): CivilDate =>
  nextDate({ kind: 'monthly', anchor: from, every: 1, on: chosen.on }, addDays(from, -1));

const anchored = (chosen: ChosenRule, from: CivilDate): Rule => {
  switch (chosen.kind) {
    case 'weekly':
      return weeklyRule(chosen.weekday, chosen.every, from);
    case 'monthly':
      return { ...chosen, anchor: monthlyAnchor(chosen, from) };
    case 'quarterly':
    case 'annual':
      return chosen;
  }
};

/** A rule within what is stored; undefined for one that no form offers. */
export const readRule = (chosen: ChosenRule): ChosenRule | undefined => {
  const { data } = rule.safeParse({ anchor: '2026-01-01', ...chosen });
  const isWeekday =
    chosen.kind !== 'weekly' ||
    (Number.isInteger(chosen.weekday) && chosen.weekday >= 1 && chosen.weekday <= 7);
  return data === undefined || !isWeekday ? undefined : chosen;
};

/** 29 February is a day: the 28th in common years. */
const aLeapYear = 2028;

/** Why a yearly rule names a day that its month never has, as a sentence; undefined for any other rule. */
export const noSuchDay = (chosen: ChosenRule): string | undefined => {
  if (chosen.kind !== 'annual') return undefined;
  const days = partsOf(monthSpan(aLeapYear * 12 + chosen.month - 1).end).day;
  const most = chosen.month === 2 ? 'at most 29' : days;
  return chosen.day <= days ? undefined : `${monthNames[chosen.month - 1]} has ${most} days. Choose another.`;
};

/** What stands before an edit: where that leaves the rule alone, it keeps its count and its next date. */
export type Before = Pick<Rhythm, 'rule' | 'firstDate' | 'nextDate' | 'lastDate'>;

/** Whether two of these say the same, whatever the order of their keys. */
export const isSameRule = (one: ChosenRule, other: ChosenRule): boolean => flat(one) === flat(other);
const flat = (value: unknown): string =>
  typeof value === 'object' && value !== null
    ? `{${Object.entries(value)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([key, one]) => `${key}:${flat(one)}`)
        .join()}}`
    : String(value);

/** A plan with the dates that follow from it. */
export interface Scheduled {
  readonly timed: Timed;
  readonly goes: GoesOn;
}

/** The rule, its first date from now on, and when that is due: what saving stores, and what the preview shows. */
export const scheduleOf = (
  { rule: chosen, time, zone, shift, endDate }: RhythmPlan,
  {
    now,
    before,
    holidays,
  }: { readonly now: Date; readonly before?: Before | undefined; readonly holidays?: Holidays | undefined },
): Scheduled => {
  const stays = before !== undefined && isSameRule(chosenOf(before.rule), chosen);
  const timed: Timed = {
    rule: stays ? before.rule : anchored(chosen, before?.lastDate ?? firstDay({ time, zone }, now)),
    time,
    zone,
    ...(shift === 'none' ? {} : { shift }),
    ...(endDate === undefined ? {} : { endDate }),
    ...(holidays === undefined ? {} : { holidays }),
  };
  return { timed, goes: stays ? goesOn(timed, before, now) : startsAnew(timed, before?.lastDate, now) };
};

/** What a tier proposes: the more a partnership matters, the more often it is looked at. */
const everyWeeks: Readonly<Record<Tier, number>> = { strategic: 1, growth: 2, 'long-tail': 4 };
const openFor: Readonly<Record<ReviewKind, number>> = { pulse: 2, monthly: 3, quarterly: 5, annual: 5 };

/** What a new rhythm of a kind starts with. */
export const proposedPlan = (
  kind: ReviewKind,
  { tier, zone, ourFiscalYear }: Pick<Partnership, 'tier' | 'zone' | 'ourFiscalYear'>,
): RhythmPlan => ({
  rule: proposedRule(kind, tier, ourFiscalYear),
  time: '16:00',
  zone,
  shift: kind === 'pulse' ? 'none' : 'next',
  windowDays: openFor[kind],
});

const proposedRule = (kind: ReviewKind, tier: Tier, year: FiscalYear): ChosenRule => {
  const tuesday = 2;
  const second = { kind: 'nth-weekday', nth: 2, weekday: tuesday } as const;
  switch (kind) {
    case 'pulse':
      return { kind: 'weekly', every: everyWeeks[tier], weekday: tuesday };
    case 'monthly':
      return { kind: 'monthly', every: 1, on: { ...second, nth: 1 } };
    case 'quarterly':
      return { kind: 'quarterly', quarters: quartersOf(year), on: second };
    case 'annual':
      return { kind: 'annual', month: year.startMonth, day: 15 };
  }
};
