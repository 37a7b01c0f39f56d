import { DomainError } from '../domain/errors.ts';
import { composeKpiHistory, type KpiHistoryPage } from '../domain/kpi-history.ts';
import type { Asking, Deps } from '../ports.ts';
import { loadPartnership } from './load.ts';
import { firmsOf } from './load-review.ts';
import { namesOf } from './names.ts';
import { mayConfirm, mayCorrect, mostReadings, seesKpi } from './one-reading.ts';
import { readerZone } from './view-history.ts';

export interface ViewKpiHistory {
  readonly partnershipId: string;
  readonly kpiId: string;
  /** Readings that were entered before this instant: the next page. */
  readonly before?: Date | undefined;
}

/** One KPI's readings for one reader. Throws `not-found` when it is gone, or internal and not for them. */
export const viewKpiHistory = async (
  deps: Deps,
  asking: Asking,
  { partnershipId, kpiId, before }: ViewKpiHistory,
): Promise<KpiHistoryPage> => {
  const loaded = await loadPartnership(deps, asking, partnershipId, 'see');
  const { partnership, store } = loaded;
  const kpi = partnership.kpis.find((one) => one.id === kpiId);
  if (kpi === undefined || !seesKpi(loaded, kpi)) {
    throw new DomainError('not-found', 'This KPI is not here any more. Press Numbers for those that are.');
  }
  const readings = await store.readings.find(
    { partnershipId, kpiId },
    { sort: { at: -1 }, limit: mostReadings },
  );
  const open = partnership.state !== 'ended';
  const zone = readerZone(loaded);
  const people = readings.map((one) => one.by);
  return {
    partnershipId,
    kpiId,
    name: kpi.name,
    firms: firmsOf(partnership),
    side: kpi.side,
    internal: kpi.visibility === 'internal',
    zone,
    ...composeKpiHistory({
      kpi,
      firms: firmsOf(partnership),
      readings,
      nameOf: await namesOf(deps, asking.workspaceId, people),
      zone,
      before,
      mayConfirm: (reading) => open && mayConfirm(loaded, kpi, reading, asking.by),
      mayCorrect: (reading) => open && mayCorrect({ loaded, kpi, reading, readings }, asking.by),
    }),
  };
};
