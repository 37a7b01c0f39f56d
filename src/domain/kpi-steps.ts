import { formatAmount, readAmount } from './amount.ts';
import { addDays, daysBetween, formatWithYear } from './civil-date.ts';
import { readDay } from './day-text.ts';
import { type Kpi, kpiLimits } from './kpi.ts';
import type { CivilDate } from './stored.ts';

export type Steps = NonNullable<Kpi['checkpoints']>;
export type StepsRead = { readonly steps: Steps } | { readonly fault: string };

/** What the steps lie between: the KPI's first and last day, its baseline and its target. */
export interface StepsWithin extends Pick<Kpi, 'unit' | 'decimalMark' | 'start' | 'due'> {
  readonly baseline: number;
  readonly target: number;
}

const line =
  /^(\d{4}-\d{2}-\d{2}|\d{1,2}\.\s?\d{1,2}\.\s?\d{4}|\d{1,2}\.?\s+\p{L}+\.?\s+\d{4})\s*(?::|=|\s)\s*(\S.*)$/u;

/** One step as its form shows it, and as it is read back: "30 Sep 2026: $150k". */
const stepInWords = (
  date: CivilDate,
  value: number,
  { unit, decimalMark }: Pick<Kpi, 'unit' | 'decimalMark'>,
) => `${formatWithYear(date)}: ${formatAmount(value, unit, decimalMark)}`;

/** The steps of a KPI, one a line, ready to be edited. */
export const stepsInText = (kpi: Pick<Kpi, 'unit' | 'decimalMark' | 'checkpoints'>): string =>
  (kpi.checkpoints ?? []).map(({ date, value }) => stepInWords(date, value, kpi)).join('\n');

const quoted = (text: string): string => `"${[...text].slice(0, 60).join('')}"`;

/** A step that this very KPI takes. */
const example = (within: StepsWithin): string => {
  const middle = addDays(within.start, Math.floor(daysBetween(within.start, within.due) / 2));
  return `Write a day and a number, like ${stepInWords(middle, within.target, within)}.`;
};

/**
 * Steps as people type them, one a line, in any order. They lie within the KPI's time, and each is at least as far
 * from the baseline as the one before it. Empty text is no steps.
 */
export const readSteps = (text: string, within: StepsWithin): StepsRead => {
  const lines = text
    .split(/\n|;/u)
    .map((one) => one.replace(/\s+/gu, ' ').trim())
    .filter((one) => one !== '');
  const refuse = (what: string, todo: string): StepsRead => ({
    fault: `${what} The form is as you left it. ${todo}`,
  });
  if (lines.length > kpiLimits.steps) {
    return refuse(`These are ${lines.length} steps, and ${kpiLimits.steps} is the most.`, 'Leave some out.');
  }
  const steps: Steps = [];
  for (const one of lines) {
    const [, day = '', amount = ''] = line.exec(one) ?? [];
    const date = readDay(day);
    if (date === undefined) return refuse(`I cannot read ${quoted(one)}.`, example(within));
    const read = readAmount(amount, within);
    if (!read.ok) return { fault: read.message };
    steps.push({ date, value: read.value });
  }
  return checked(
    steps.sort((a, b) => a.date.localeCompare(b.date)),
    within,
    refuse,
  );
};

const checked = (
  steps: Steps,
  within: StepsWithin,
  refuse: (what: string, todo: string) => StepsRead,
): StepsRead => {
  const { start, due, baseline, target } = within;
  const shares = steps.map((one) => (one.value - baseline) / (target - baseline));
  for (const [at, { date, value }] of steps.entries()) {
    const said = stepInWords(date, value, within);
    if (date < start || date >= due) {
      const between = `${formatWithYear(start)} and ${formatWithYear(due)}`;
      return refuse(`${quoted(said)} is not between ${between}.`, 'Choose a day between them.');
    }
    if (steps[at - 1]?.date === date) {
      return refuse(`${formatWithYear(date)} comes twice.`, 'Keep one of the two.');
    }
    const share = shares[at] ?? 0;
    if (share < 0 || share > 1) {
      return refuse(`${quoted(said)} is not between the start and the target.`, 'Change the number.');
    }
    if (share < (shares[at - 1] ?? 0)) {
      return refuse(`${quoted(said)} goes back behind the step before it.`, 'Change one of the two.');
    }
  }
  return { steps };
};
