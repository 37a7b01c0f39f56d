/** The fields of a rule, by the kind of review: what each shows, and the rule that the chosen values make. */
import type { KnownBlock } from '@slack/types';
import { monthNames } from '../../domain/civil-date.ts';
import type { Quarters, ReviewKind } from '../../domain/rhythm.ts';
import { type ChosenRule, readRule } from '../../domain/rhythm-plan.ts';
import { type Firms, monthChoices, weekdayChoices } from './choices.ts';
import { type Choice, selectField } from './fields.ts';

/** Each field has its own name even where two kinds ask alike: Slack keeps what was typed by name. */
export const ruleFieldNames = [
  'every',
  'weekday',
  'everyMonths',
  'inMonth',
  'nth',
  'monthWeekday',
  'day',
  'quarters',
  'endMonth',
  'yearWeekday',
  'yearEnds',
  'inQuarter',
  'nthInQuarter',
  'quarterWeekday',
  'daysAfter',
  'daysBefore',
  'month',
  'annualDay',
] as const;
export type RuleField = (typeof ruleFieldNames)[number];
export type RuleValues = Partial<Record<RuleField, string>>;

/** What stands in a field that the stored rule says nothing about. */
const usual: RuleValues = {
  nth: '1',
  monthWeekday: '2',
  day: '15',
  endMonth: '1',
  yearWeekday: '6',
  yearEnds: 'last',
  nthInQuarter: '2',
  quarterWeekday: '2',
  daysAfter: '7',
  daysBefore: '14',
};

const quarterValues = (quarters: Quarters): RuleValues =>
  quarters.kind === 'months'
    ? { quarters: `months:${quarters.startMonth}` }
    : {
        quarters: 'weeks',
        endMonth: String(quarters.endMonth),
        yearWeekday: String(quarters.weekday),
        yearEnds: quarters.ends,
      };

const placeValues = (rule: Extract<ChosenRule, { kind: 'monthly' | 'quarterly' }>): RuleValues => {
  const { on } = rule;
  const [nth, weekday, where] =
    rule.kind === 'monthly'
      ? (['nth', 'monthWeekday', 'inMonth'] as const)
      : (['nthInQuarter', 'quarterWeekday', 'inQuarter'] as const);
  switch (on.kind) {
    case 'nth-weekday':
      return { [where]: on.kind, [nth]: String(on.nth), [weekday]: String(on.weekday) };
    case 'day':
      return { [where]: on.kind, day: String(on.day) };
    case 'last-day':
      return { [where]: on.kind };
    case 'from-start':
      return { [where]: on.kind, daysAfter: String(on.days) };
    case 'before-end':
      return { [where]: on.kind, daysBefore: String(on.days) };
  }
};

/** A rule as its fields show it. */
export const ruleValues = (rule: ChosenRule): RuleValues => {
  switch (rule.kind) {
    case 'weekly':
      return { every: String(rule.every), weekday: String(rule.weekday) };
    case 'monthly':
      return { ...usual, everyMonths: String(rule.every), ...placeValues(rule) };
    case 'quarterly':
      return { ...usual, ...quarterValues(rule.quarters), ...placeValues(rule) };
    case 'annual':
      return { month: String(rule.month), annualDay: String(rule.day) };
  }
};

/** The fields that a kind shows for what is chosen in it. */
export const ruleFieldsOf = (kind: ReviewKind, values: RuleValues): readonly RuleField[] => {
  switch (kind) {
    case 'pulse':
      return ['every', 'weekday'];
    case 'monthly': {
      const more = { 'nth-weekday': ['nth', 'monthWeekday'], day: ['day'] } as const;
      const place = values.inMonth;
      const shown = place === 'nth-weekday' || place === 'day' ? more[place] : [];
      return ['everyMonths', 'inMonth', ...shown];
    }
    case 'quarterly': {
      const weeks = values.quarters === 'weeks' ? (['endMonth', 'yearWeekday', 'yearEnds'] as const) : [];
      const place = values.inQuarter;
      if (place === 'from-start') return ['quarters', ...weeks, 'inQuarter', 'daysAfter'];
      if (place === 'before-end') return ['quarters', ...weeks, 'inQuarter', 'daysBefore'];
      return ['quarters', ...weeks, 'inQuarter', 'nthInQuarter', 'quarterWeekday'];
    }
    case 'annual':
      return ['month', 'annualDay'];
  }
};

/** The field that says the weekday, where a rule has one. */
export const weekdayFieldOf = (kind: ReviewKind, values: RuleValues): RuleField | undefined =>
  ruleFieldsOf(kind, values).find(
    (one) => one === 'weekday' || one === 'monthWeekday' || one === 'quarterWeekday',
  );

const numberIn = (values: RuleValues, field: RuleField): number => Number(values[field]);

const quartersIn = (values: RuleValues): Quarters =>
  values.quarters === 'weeks'
    ? {
        kind: 'weeks',
        endMonth: numberIn(values, 'endMonth'),
        weekday: numberIn(values, 'yearWeekday'),
        ends: values.yearEnds === 'nearest' ? 'nearest' : 'last',
      }
    : { kind: 'months', startMonth: Number(values.quarters?.replace('months:', '')) };

const nthIn = (text: string | undefined) => {
  const nth = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12].find((one) => String(one) === text);
  return text === 'last' ? text : (nth ?? 0);
};

const monthlyIn = (values: RuleValues): Extract<ChosenRule, { kind: 'monthly' }>['on'] | undefined => {
  const nth = nthIn(values.nth);
  switch (values.inMonth) {
    case 'nth-weekday':
      return { kind: 'nth-weekday', nth, weekday: numberIn(values, 'monthWeekday') };
    case 'day':
      return { kind: 'day', day: numberIn(values, 'day') };
    case 'last-day':
      return { kind: 'last-day' };
    default:
      return undefined;
  }
};

const quarterlyIn = (values: RuleValues): Extract<ChosenRule, { kind: 'quarterly' }>['on'] => {
  switch (values.inQuarter) {
    case 'from-start':
      return { kind: 'from-start', days: numberIn(values, 'daysAfter') };
    case 'before-end':
      return { kind: 'before-end', days: numberIn(values, 'daysBefore') };
    default:
      return {
        kind: 'nth-weekday',
        nth: nthIn(values.nthInQuarter),
        weekday: numberIn(values, 'quarterWeekday'),
      };
  }
};

/** The rule that the values make; undefined when one is missing or out of range. */
export const ruleOf = (kind: ReviewKind, values: RuleValues): ChosenRule | undefined => {
  switch (kind) {
    case 'pulse':
      return readRule({
        kind: 'weekly',
        every: numberIn(values, 'every'),
        weekday: numberIn(values, 'weekday'),
      });
    case 'monthly': {
      const on = monthlyIn(values);
      return on && readRule({ kind: 'monthly', every: numberIn(values, 'everyMonths'), on });
    }
    case 'quarterly':
      return readRule({ kind: 'quarterly', quarters: quartersIn(values), on: quarterlyIn(values) });
    case 'annual':
      return readRule({
        kind: 'annual',
        month: numberIn(values, 'month'),
        day: numberIn(values, 'annualDay'),
      });
  }
};

const upTo = (from: number, to: number, words: (count: number) => string): Choice[] =>
  Array.from({ length: to - from + 1 }, (_, index) => ({
    value: String(from + index),
    text: words(from + index),
  }));
const counted = (unit: string) => (count: number) => (count === 1 ? unit : `${count} ${unit}s`);
const ordinals = ['First', 'Second', 'Third', 'Fourth'];
const nthChoices = (most: number): Choice[] => [
  ...upTo(1, most, (nth) => ordinals[nth - 1] ?? `${nth}th`),
  { value: 'last', text: 'Last' },
];
const plainDays = (zero: string, tail: string) => (count: number) =>
  count === 0 ? zero : `${count} ${count === 1 ? 'day' : 'days'} ${tail}`;

const quarterChoices = (
  firms: Firms,
  { ours, theirs }: StartMonths,
  current: string | undefined,
): Choice[] => {
  const from = (month: number) => `year starts in ${monthNames[month - 1]}`;
  const stored = Number(current?.replace('months:', ''));
  const known = ours === stored || theirs === stored;
  return [
    ...(ours === undefined ? [] : [{ value: `months:${ours}`, text: firms.ours, description: from(ours) }]),
    ...(theirs === undefined || theirs === ours
      ? []
      : [{ value: `months:${theirs}`, text: firms.theirs, description: from(theirs) }]),
    ...(known || !(stored >= 1)
      ? []
      : [{ value: `months:${stored}`, text: 'As before', description: from(stored) }]),
    { value: 'weeks', text: '13 weeks each (4-4-5)', description: 'As retailers count' },
  ];
};

export interface StartMonths {
  readonly ours?: number;
  readonly theirs?: number;
}

interface Look {
  readonly label: string;
  readonly choices: readonly Choice[];
}

const looks = (firms: Firms, startMonths: StartMonths, values: RuleValues): Record<RuleField, Look> => ({
  every: { label: 'Every', choices: upTo(1, 8, counted('week')) },
  weekday: { label: 'On', choices: weekdayChoices },
  everyMonths: { label: 'Every', choices: upTo(1, 12, counted('month')) },
  inMonth: {
    label: 'On',
    choices: [
      { value: 'nth-weekday', text: 'A weekday, such as the first Tuesday' },
      { value: 'day', text: 'A day of the month' },
      { value: 'last-day', text: 'The last day of the month' },
    ],
  },
  nth: { label: 'Which one of the month?', choices: nthChoices(4) },
  monthWeekday: { label: 'Weekday', choices: weekdayChoices },
  day: { label: 'Day of the month', choices: upTo(1, 31, String) },
  quarters: { label: 'Whose quarters?', choices: quarterChoices(firms, startMonths, values.quarters) },
  endMonth: { label: 'The year ends in', choices: monthChoices },
  yearWeekday: { label: 'On a', choices: weekdayChoices },
  yearEnds: {
    label: 'Which is',
    choices: [
      { value: 'last', text: 'The last one of that month' },
      { value: 'nearest', text: "The one nearest to the month's end" },
    ],
  },
  inQuarter: {
    label: 'On',
    choices: [
      { value: 'nth-weekday', text: 'A weekday, such as the second Tuesday' },
      { value: 'from-start', text: 'Days after the quarter starts' },
      { value: 'before-end', text: 'Days before the quarter ends' },
    ],
  },
  nthInQuarter: { label: 'Which one of the quarter?', choices: nthChoices(12) },
  quarterWeekday: { label: 'Weekday', choices: weekdayChoices },
  daysAfter: {
    label: 'How long after?',
    choices: upTo(0, 80, plainDays('The first day itself', 'after it')),
  },
  daysBefore: {
    label: 'How long before?',
    choices: upTo(0, 80, plainDays('The last day itself', 'before it')),
  },
  month: { label: 'In', choices: monthChoices },
  annualDay: { label: 'On day', choices: upTo(1, 31, String) },
});

/** The fields for what is chosen; each tells at once when it changes, since the dates follow. */
export const ruleBlocks = (
  kind: ReviewKind,
  values: RuleValues,
  of: { readonly firms: Firms; readonly startMonths: StartMonths },
): KnownBlock[] => {
  const all = looks(of.firms, of.startMonths, values);
  return ruleFieldsOf(kind, values).map((id) =>
    selectField({ id, ...all[id], initial: values[id], dispatch: true }),
  );
};
