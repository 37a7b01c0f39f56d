import { z } from 'zod';
import { limits } from './limits.ts';
import { richTextBlock, richTextLeaves } from './rich-text.ts';
import { idText, lengthOf, listOf, textOf } from './text.ts';

const cell = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('raw_text'), text: textOf(limits.text) }),
  z.strictObject({ type: z.literal('raw_number'), value: z.number(), text: z.string().min(1).optional() }),
  richTextBlock,
]);
type Cell = z.infer<typeof cell>;

const cellText = (one: Cell): string => {
  if (one.type === 'raw_text') return one.text;
  if (one.type === 'raw_number') return one.text ?? String(one.value);
  return richTextLeaves(one)
    .map((leaf) => ('text' in leaf ? (leaf.text ?? '') : ''))
    .join('');
};

const equalWidths = (rows: readonly (readonly unknown[])[]): boolean =>
  rows.every((row) => row.length === rows[0]?.length);

export const table = z.strictObject({
  type: z.literal('table'),
  block_id: idText.optional(),
  rows: listOf(listOf(cell, limits.tableColumns), limits.tableRows),
  column_settings: listOf(
    z.strictObject({
      align: z.enum(['left', 'center', 'right']).optional(),
      is_wrapped: z.boolean().optional(),
    }),
    limits.tableColumns,
    0,
  ).optional(),
});

export const dataTable = z.strictObject({
  type: z.literal('data_table'),
  block_id: idText.optional(),
  caption: textOf(limits.caption),
  rows: listOf(listOf(cell, limits.tableColumns), limits.dataTableRows, 2)
    .refine(equalWidths, 'all rows must have the same number of cells')
    .refine((rows) => rows[0]?.every((one) => one.type !== 'rich_text'), 'header cells must not be rich_text')
    .refine(
      (rows) => lengthOf(rows.flat().map(cellText).join('')) <= limits.dataTableText,
      `must have less than ${limits.dataTableText + 1} characters in total`,
    ),
  page_size: z.int().min(1).max(limits.pageSize).optional(),
  row_header_column_index: z.int().min(0).optional(),
});

const label = textOf(limits.chartLabel);
const axes = z.strictObject({
  categories: listOf(label, limits.chartCategories),
  x_label: textOf(limits.axisLabel).optional(),
  y_label: textOf(limits.axisLabel).optional(),
});
const series = listOf(
  z.strictObject({ name: label, data: z.array(z.strictObject({ label, value: z.number() })) }),
  limits.chartSeries,
);

const everyCategory = (chart: {
  series: readonly { data: readonly { label: string }[] }[];
  axis_config: { categories: readonly string[] };
}): boolean => {
  const wanted = [...chart.axis_config.categories].sort().join('\n');
  return chart.series.every(
    (one) =>
      one.data
        .map((point) => point.label)
        .sort()
        .join('\n') === wanted,
  );
};
const pointWords = 'every series needs one point for every category';
const axisChart = <T extends string>(type: T) =>
  z
    .strictObject({ type: z.literal(type), series, axis_config: axes })
    .refine(everyCategory, { path: ['series'], message: pointWords });

export const dataVisualization = z.strictObject({
  type: z.literal('data_visualization'),
  block_id: idText.optional(),
  title: textOf(limits.chartTitle),
  chart: z.discriminatedUnion('type', [
    axisChart('bar'),
    axisChart('line'),
    axisChart('area'),
    z.strictObject({
      type: z.literal('pie'),
      segments: listOf(z.strictObject({ label, value: z.number().positive() }), limits.chartSeries),
    }),
  ]),
});
