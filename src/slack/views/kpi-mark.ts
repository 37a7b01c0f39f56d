import { z } from 'zod';
import { decimalMark, type Kpi } from '../../domain/kpi.ts';
import { amountFieldNames, inMark } from '../../domain/kpi-mark.ts';
import { readFields, type SubmittedView } from './submitted.ts';

const drawnChoice = z.looseObject({
  element: z.looseObject({ initial_option: z.looseObject({ value: decimalMark }) }),
});

/**
 * What the form says once the other decimal mark was chosen: stored amounts that nobody touched are written in it.
 * Undefined where the mark is the one that the form was drawn with, and where nothing is written otherwise in it.
 */
export const movedToMark = (view: SubmittedView, kpi: Kpi): SubmittedView | undefined => {
  const drawn = view.blocks.find((one) => one.block_id === 'decimalMark');
  const from = drawnChoice.safeParse(drawn).data?.element.initial_option.value;
  const fields = readFields(view);
  const to = decimalMark.safeParse(fields.choice('decimalMark')).data;
  if (from === undefined || to === undefined || from === to) return undefined;
  const moved = amountFieldNames.flatMap((field) => {
    const text = fields.text(field);
    const value = text === undefined ? undefined : inMark(kpi, { field, text, from, to });
    return value === undefined || value === text ? [] : [{ field, value }];
  });
  if (moved.length === 0) return undefined;
  const { values } = view.state;
  const written = moved.map(({ field, value }) => [
    field,
    Object.fromEntries(Object.entries(values[field] ?? {}).map(([id, typed]) => [id, { ...typed, value }])),
  ]);
  return { ...view, state: { values: { ...values, ...Object.fromEntries(written) } } };
};
