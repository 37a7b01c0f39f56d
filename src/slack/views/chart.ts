import { formatWithYear } from '../../domain/civil-date.ts';
import type { KpiChart } from '../../domain/kpi-history.ts';
import { inLine } from './kit.ts';

interface Series {
  readonly name: string;
  readonly data: readonly { readonly label: string; readonly value: number }[];
}

/**
 * Slack's own chart. Newer than its published types, for messages only, and refused by some workspaces and clients:
 * whatever it shows stands in words beside it.
 */
export interface ChartBlock {
  readonly type: 'data_visualization';
  readonly title: string;
  readonly chart: {
    readonly type: 'line';
    readonly series: readonly Series[];
    readonly axis_config: { readonly categories: readonly string[] };
  };
}

const mostTitle = 50;

/** Values by as-of date, and beside them what was expected where the KPI rises or falls to a target. */
export const kpiChart = (name: string, { unit, points }: KpiChart): ChartBlock => {
  const room = mostTitle - (unit === '' ? 0 : unit.length + 2);
  const series = (
    of: string,
    numberOf: (one: KpiChart['points'][number]) => number | undefined,
  ): Series[] => {
    const data = points.flatMap((one) => {
      const value = numberOf(one);
      return value === undefined ? [] : [{ label: formatWithYear(one.on), value }];
    });
    return data.length === 0 ? [] : [{ name: of, data }];
  };
  return {
    type: 'data_visualization',
    title: `${inLine(name, room)}${unit === '' ? '' : `, ${unit}`}`,
    chart: {
      type: 'line',
      series: [...series('Value', (one) => one.value), ...series('Expected', (one) => one.expected)],
      axis_config: { categories: points.map((one) => formatWithYear(one.on)) },
    },
  };
};
