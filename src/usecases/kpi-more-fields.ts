import { type Kpi, kpiLimits } from '../domain/kpi.ts';
import type { RangeRead } from '../domain/kpi-range.ts';
import { readSteps, type Steps, stepsInText } from '../domain/kpi-steps.ts';
import type { CivilDate } from '../domain/stored.ts';
import type { DefineKpi } from './define-kpi.ts';
import { type Field, isFault, oneLine, tooLong, trimmed } from './plan-fields.ts';

/** Absent stays as it was; empty says nothing of it. */
export const sourceField = (
  text: string | undefined,
  before: string | undefined,
): Field<string | undefined> => {
  if (text === undefined) return { value: before };
  const source = oneLine(text);
  return source.length > kpiLimits.source
    ? { fault: tooLong('The source', source.length, kpiLimits.source) }
    : { value: source || undefined };
};

export const knownAfterField = (days: number | undefined): Field<number | undefined> =>
  days === undefined || (Number.isInteger(days) && days >= 0 && days <= 90)
    ? { value: days }
    : { fault: 'Choose a day from the list, like the 15th.' };

/** The reason of a KPI that is or becomes retired; undefined for one in use. */
export const retiredField = (
  { state, retireReason }: DefineKpi,
  known: Kpi | undefined,
): Field<string | undefined> => {
  if (state === 'in-use' || (state === undefined && known?.retired === undefined))
    return { value: undefined };
  const reason = state === undefined ? known?.retired?.reason : trimmed(retireReason);
  if (reason === undefined) return { fault: 'Say why, like "Acme measures margin instead". It is kept.' };
  return reason.length > kpiLimits.retireReason
    ? { fault: tooLong('The reason', reason.length, kpiLimits.retireReason) }
    : { value: reason };
};

interface StepsAmong {
  readonly range: RangeRead;
  readonly due: Field<CivilDate>;
  readonly start: CivilDate;
  readonly known: Kpi | undefined;
  /** What it goes on from: as it is known, or as it comes back into a later period. */
  readonly before: Kpi | undefined;
}

/**
 * Steps lie between start and target, so they are read once those are. A limit and a status have none. Those that the
 * form shows and nobody touched go on as far as they belong to what it goes on from.
 */
export const stepsField = (
  input: DefineKpi,
  { range, due, start, known, before }: StepsAmong,
): Field<Steps> => {
  if (!range.ok || range.baseline === undefined || range.target === undefined || isFault(due)) {
    return { value: [] };
  }
  const { unit, decimalMark } = input;
  const typed = known !== undefined && input.steps?.trim() === stepsInText(known) ? undefined : input.steps;
  const read = readSteps(typed ?? stepsInText({ unit, decimalMark, checkpoints: before?.checkpoints }), {
    unit,
    decimalMark,
    start,
    due: due.value,
    baseline: range.baseline,
    target: range.target,
  });
  return 'fault' in read ? read : { value: read.steps };
};
