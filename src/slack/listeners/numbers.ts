import { viewKpiHistory } from '../../usecases/view-kpi-history.ts';
import { viewNumbers } from '../../usecases/view-numbers.ts';
import { kpiChart } from '../views/chart.ts';
import { buildKpiHistory } from '../views/kpi-history.ts';
import { buildNumbers } from '../views/numbers.ts';
import type { Press } from './press.ts';

export const pressNumbers = async ({ parts, asking, action, reply }: Press<'numbers'>): Promise<void> =>
  reply(buildNumbers(await viewNumbers(parts.deps, asking, action)));

export const pressKpiHistory = async ({
  parts,
  asking,
  action,
  reply,
}: Press<'kpi-history'>): Promise<void> => {
  const { partnershipId, kpiId } = action;
  const before = action.before === undefined ? undefined : new Date(action.before);
  const page = await viewKpiHistory(parts.deps, asking, { partnershipId, kpiId, before });
  await reply(buildKpiHistory(page), page.chart && { chart: kpiChart(page.name, page.chart) });
};
