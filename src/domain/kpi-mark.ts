/** A KPI's stored amounts in one decimal mark or the other, as its form shows them. */
import { formatAmount, formatExact, readAmount } from './amount.ts';
import type { DecimalMark, Kpi, Unit } from './kpi.ts';
import { stepsInText } from './kpi-steps.ts';

export const amountFieldNames = ['baseline', 'target', 'steps'] as const;
type AmountField = (typeof amountFieldNames)[number];

/** Ready to be edited, and read back in that mark as the same amounts. Steps are one a line; absent: there is none. */
export const amountsIn = (
  kpi: Pick<Kpi, 'unit' | 'baseline' | 'target' | 'checkpoints'>,
  decimalMark: DecimalMark,
): { readonly [F in AmountField]?: string } => {
  const { unit, baseline, target, checkpoints } = kpi;
  return {
    ...(baseline !== undefined && { baseline: formatAmount(baseline, unit, decimalMark) }),
    ...(target !== undefined && { target: formatAmount(target, unit, decimalMark) }),
    ...(checkpoints !== undefined && { steps: stepsInText({ unit, decimalMark, checkpoints }) }),
  };
};

const linesIn = (text: string | undefined): string[] => (text ?? '').split('\n').map((one) => one.trim());

/** What a field showed in the mark `from`, in the mark `to`. A line that a person typed stays as typed. */
export const inMark = (
  kpi: Kpi,
  { field, text, from, to }: { field: AmountField; text: string; from: DecimalMark; to: DecimalMark },
): string => {
  const before = linesIn(amountsIn(kpi, from)[field]);
  const after = linesIn(amountsIn(kpi, to)[field]);
  return text
    .split('\n')
    .map((line) => after[before.indexOf(line.trim())] ?? line)
    .join('\n');
};

interface AmountsTyped {
  readonly unit: Unit;
  readonly decimalMark: DecimalMark;
  readonly baseline: string;
  readonly target: string;
  readonly steps?: string;
}

const valuesOf = (kpi: Kpi, field: AmountField): (number | undefined)[] =>
  field === 'steps' ? (kpi.checkpoints ?? []).map((one) => one.value) : [kpi[field]];

const faultOf = (kpi: Kpi, field: AmountField, typed: AmountsTyped): string | undefined => {
  const { unit, decimalMark } = typed;
  const other = decimalMark === '.' ? ',' : '.';
  const shown = linesIn(amountsIn(kpi, other)[field]);
  for (const line of linesIn(typed[field])) {
    const value = valuesOf(kpi, field)[line === '' ? -1 : shown.indexOf(line)];
    const read = value === undefined ? undefined : readAmount(formatAmount(value, kpi.unit, other), typed);
    if (value === undefined || read?.ok !== true || read.value === value) continue;
    const [was, would] = [value, read.value].map((one) => formatExact(one, unit, decimalMark));
    return `"${line}" may be ${was}, as it was, or ${would}. The form is as you left it. Write the one you mean.`;
  }
  return undefined;
};

/**
 * A sentence at each field that says a stored amount in the mark that was not chosen, where it would be read as another
 * amount: a form that was sent before it showed the new mark must not move a target a thousandfold.
 */
export const otherMarkFaults = (kpi: Kpi, typed: AmountsTyped): Readonly<Record<string, string>> =>
  Object.fromEntries(
    amountFieldNames.flatMap((field) => {
      const fault = faultOf(kpi, field, typed);
      return fault === undefined ? [] : [[field, fault]];
    }),
  );
