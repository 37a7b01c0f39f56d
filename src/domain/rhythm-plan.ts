/** What a person chooses of a rhythm, and the rule, the dates and the proposals that follow from it. */
import { addDays, monthNames, partsOf, weekdayOf } from './civil-date.ts';
import { quartersOf } from './fiscal-calendar.ts';
import { type GoesOn, goesOn, startsAnew } from './going-on.ts';
import type { FiscalYear, Holidays, Partnership, Tier } from './partnership.ts';
import { monthSpan } from './quarters.ts';
import { dueAt, type Timed } from './recurrence.ts';
import { type ReviewKind, type Rhythm, type Rule, rule, type Shift } from './rhythm.ts';
import { nextDate, previousDate, weeklyRule } from './rule-dates.ts';
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
  /** Where the rule is counted: no review comes before this day, and "every second" counts from the first date after. */
  readonly firstOn?: CivilDate;
}

/** Whether a rule counts from some day: "every second week" does, "every week" does not. */
export const isCounted = (chosen: ChosenRule): boolean =>
  (chosen.kind === 'weekly' || chosen.kind === 'monthly') && chosen.every > 1;

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

/** A rhythm as its form shows it: counted from the date that comes next. */
export const planOf = (rhythm: Rhythm): RhythmPlan => {
  const { time, zone, shift, windowDays, endDate, nextDate: next } = rhythm;
  const chosen = chosenOf(rhythm.rule);
  return {
    rule: chosen,
    time,
    zone,
    shift: shift ?? 'none',
    windowDays,
    ...(endDate === undefined ? {} : { endDate }),
    ...(next !== undefined && isCounted(chosen) ? { firstOn: next } : {}),
  };
};

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

/** Whether two rules say the same, whatever the order of their keys. */
const isSame = <R extends ChosenRule | Rule>(one: R, other: R): boolean => flat(one) === flat(other);
const flat = (value: unknown): string =>
  typeof value === 'object' && value !== null
    ? `{${Object.entries(value)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([key, one]) => `${key}:${flat(one)}`)
        .join()}}`
    : String(value);

/**
 * Whether a plan leaves the rule as it stands: the same choice, counted from its next date, or from one of its dates that
 * has come since the form was drawn. Another date ahead is a wish, also where it is one of the rule's own.
 */
export const keepsRule = (
  before: Before,
  { rule: chosen, firstOn, time, zone }: Pick<RhythmPlan, 'rule' | 'firstOn' | 'time' | 'zone'>,
  now: Date,
): boolean => {
  if (!isSame(chosenOf(before.rule), chosen)) return false;
  if (firstOn === undefined || !isCounted(chosen)) return true;
  const asked = anchored(chosen, firstOn);
  const first = nextDate(asked, addDays(firstOn, -1));
  const isItsOwn = previousDate(before.rule, first) === first;
  return (
    first === before.nextDate ||
    isSame(asked, before.rule) ||
    (isItsOwn && dueAt({ time, zone }, first) <= now)
  );
};

/** A plan with the dates that follow from it. */
export interface Scheduled {
  readonly timed: Timed;
  readonly goes: GoesOn;
}

/** The rule, its first date from now on, and when that is due: what saving stores, and what the preview shows. */
export const scheduleOf = (
  plan: RhythmPlan,
  {
    now,
    before,
    holidays,
  }: { readonly now: Date; readonly before?: Before | undefined; readonly holidays?: Holidays | undefined },
): Scheduled => {
  const { rule: chosen, time, zone, shift, endDate, firstOn } = plan;
  const stays = before !== undefined && keepsRule(before, plan, now);
  const from = (isCounted(chosen) ? firstOn : undefined) ?? before?.lastDate ?? firstDay(plan, now);
  const timed: Timed = {
    rule: stays ? before.rule : anchored(chosen, from),
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
