import { formatAmount, formatExact, readAmount } from './amount.ts';
import { formatWithYear } from './civil-date.ts';
import type { DecimalMark, Direction, Kpi, Unit } from './kpi.ts';
import type { CivilDate } from './stored.ts';

export interface RangeTyped {
  readonly gives: Kpi['gives'];
  readonly unit: Unit;
  readonly decimalMark: DecimalMark;
  readonly direction: Direction;
  /** As typed; not read where the KPI has none. */
  readonly baseline: string;
  readonly target: string;
}

export type RangeRead =
  | { readonly ok: true; readonly baseline?: number; readonly target?: number }
  | { readonly ok: false; readonly faults: Readonly<Record<string, string>> };

/**
 * Where a KPI starts and where it should get to. A limit (`keep-above`, `keep-below`) has a target alone, a status has
 * neither. Faults are keyed `baseline` and `target`.
 */
export const readRange = (typed: RangeTyped): RangeRead => {
  if (typed.gives === 'status') return { ok: true };
  const { unit, decimalMark, direction } = typed;
  const target = readAmount(typed.target, typed);
  if (direction === 'keep-above' || direction === 'keep-below') {
    return target.ok ? { ok: true, target: target.value } : { ok: false, faults: { target: target.message } };
  }
  const baseline = readAmount(typed.baseline, typed);
  if (!target.ok || !baseline.ok) {
    return {
      ok: false,
      faults: {
        ...(baseline.ok ? {} : { baseline: baseline.message }),
        ...(target.ok ? {} : { target: target.message }),
      },
    };
  }
  const words = (value: number): string => formatAmount(value, unit, decimalMark);
  const rises = direction === 'increase';
  if (target.value === baseline.value) {
    const instead = rises ? 'stays above' : 'stays below';
    const fault = `Start and target are both ${words(target.value)}. The form is as you left it. Change one, or choose "${instead}".`;
    return { ok: false, faults: { target: fault } };
  }
  if (target.value > baseline.value !== rises) {
    const other = rises ? 'falls' : 'rises';
    const fault = `From ${words(baseline.value)} to ${words(target.value)} it ${other}. The form is as you left it. Change a number, or choose "${other}".`;
    return { ok: false, faults: { target: fault } };
  }
  return { ok: true, baseline: baseline.value, target: target.value };
};

type Ranged = Pick<Kpi, 'gives' | 'unit' | 'decimalMark' | 'direction' | 'baseline' | 'target'>;

/** How a KPI was read: "$0 to $900,000 by 31 Dec 2026", "stays below 15%", "a status by 31 Dec 2026". */
export const rangeInWords = (kpi: Ranged, due: CivilDate): string => {
  const by = `by ${formatWithYear(due)}`;
  if (kpi.gives === 'status' || kpi.target === undefined) {
    return `only a status: On track, Behind or Off track, ${by}`;
  }
  const words = (value: number): string => formatExact(value, kpi.unit, kpi.decimalMark);
  if (kpi.direction === 'keep-above') return `stays above ${words(kpi.target)}`;
  if (kpi.direction === 'keep-below') return `stays below ${words(kpi.target)}`;
  return `${words(kpi.baseline ?? 0)} to ${words(kpi.target)} ${by}`;
};
