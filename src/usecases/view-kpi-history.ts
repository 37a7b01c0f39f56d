import { DomainError } from '../domain/errors.ts';
import type { Kpi } from '../domain/kpi.ts';
import { type ClosedKpi, composeKpiHistory, type KpiHistoryPage } from '../domain/kpi-history.ts';
import { isKeptBack } from '../domain/kpi-shared.ts';
import type { Asking, Deps } from '../ports.ts';
import { type Loaded, loadPartnership } from './load.ts';
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
  // Where a chart is shown, and something in it is of before the KPI's time.
  const closed = before === undefined && readings.some((one) => one.asOf < kpi.start);
  const people = readings.map((one) => one.by);
  const history = composeKpiHistory({
    kpi,
    firms: firmsOf(partnership),
    readings,
    nameOf: await namesOf(deps, asking.workspaceId, people),
    zone,
    before,
    closed: closed ? await closedKpis(loaded, kpi) : [],
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

/** What was agreed of a KPI while it was internal stays with who sees internal ones. */
const closedKpis = async (loaded: Loaded, { id }: Kpi): Promise<ClosedKpi[]> => {
  const { partnership, store } = loaded;
  const periods = await Promise.all((partnership.closedPeriods ?? []).map((one) => store.periods.get(one)));
  return periods
    .filter((period) => period !== undefined)
    .flatMap(({ kpis, end: until }) =>
      kpis.filter((one) => one.id === id && seesKpi(loaded, one)).map((kpi) => ({ kpi, until })),
    );
};
