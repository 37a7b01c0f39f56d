import { DomainError } from '../domain/errors.ts';
import { composeKpiHistory, type KpiHistoryPage } from '../domain/kpi-history.ts';
import { isKeptBack } from '../domain/kpi-shared.ts';
import type { Asking, Deps } from '../ports.ts';
import { loadPartnership } from './load.ts';
import { firmsOf } from './load-review.ts';
import { namesOf } from './names.ts';
import { mayConfirm, mayCorrect, mostReadings, readingsFor, seesKpi } from './one-reading.ts';
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
  const found = await store.readings.find(
    { partnershipId, kpiId },
    { sort: { at: -1 }, limit: mostReadings },
  );
  const readings = readingsFor(loaded, kpi, found);
  const open = partnership.state !== 'ended';
  const zone = readerZone(loaded);
  const people = readings.map((one) => one.by);
  const history = composeKpiHistory({
    kpi,
    firms: firmsOf(partnership),
    readings,
    nameOf: await namesOf(deps, asking.workspaceId, people),
    zone,
    before,
    mayConfirm: (reading) => open && mayConfirm(loaded, kpi, reading, asking.by),
    mayCorrect: (reading) => open && mayCorrect({ loaded, kpi, reading, readings }, asking.by),
  });
  const keptBack = new Set(readings.filter((one) => isKeptBack(kpi, one)).map((one) => one._id));
  return {
    partnershipId,
    kpiId,
    name: kpi.name,
    firms: firmsOf(partnership),
    side: kpi.side,
    internal: kpi.visibility === 'internal',
    zone,
    ...history,
    lines: history.lines.map((one) =>
      keptBack.has(one.readingId)
        ? { ...one, text: `${one.text} · only ${partnership.firmName} sees it` }
        : one,
    ),
  };
};
