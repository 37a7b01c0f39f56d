import type { Kpi } from '../domain/kpi.ts';
import { sharedSince, withoutKeptBack } from '../domain/kpi-shared.ts';
import type { Reading } from '../domain/reading.ts';
import type { WorkspaceStore } from '../ports.ts';

const mostTogether = 1_000;
const mostOfOne = 100;

/**
 * The newest readings of these KPIs. Shared and internal ones are read apart, so that no number of internal values
 * hides one that both firms see, and where there are very many, each KPI by itself, so that none hides another's.
 */
export const readingsOfKpis = async (
  store: WorkspaceStore,
  partnershipId: string,
  kpis: readonly Kpi[],
): Promise<Reading[]> => {
  const apart = (['shared', 'internal'] as const).map((one) => kpis.filter((kpi) => kpi.visibility === one));
  return (await Promise.all(apart.map((some) => newestOf(store, partnershipId, idsOf(some))))).flat();
};

const idsOf = (kpis: readonly Kpi[]): string[] => kpis.map((one) => one.id);

const newestOf = async (
  store: WorkspaceStore,
  partnershipId: string,
  ids: readonly string[],
): Promise<Reading[]> => {
  if (ids.length === 0) return [];
  const newest = (kpiId: string | { $in: readonly string[] }, limit: number): Promise<Reading[]> =>
    store.readings.find({ partnershipId, kpiId }, { sort: { at: -1 }, limit });
  const together = await newest({ $in: ids }, mostTogether);
  if (together.length < mostTogether) return together;
  return (await Promise.all(ids.map((one) => newest(one, mostOfOne)))).flat();
};

/** Whether anything was entered for one of these KPIs after `since` that is not kept back. */
export const hasReadingsSince = async (
  store: WorkspaceStore,
  partnershipId: string,
  kpis: readonly Kpi[],
  since: Date,
): Promise<boolean> => {
  const { readings } = store;
  const isLate = (kpi: Kpi): boolean => (sharedSince(kpi) ?? since) > since;
  const whole = idsOf(kpis.filter((one) => !isLate(one)));
  const of = { partnershipId, at: { $gt: since } };
  const anyOf = { ...of, kpiId: { $in: whole }, keptBack: { $exists: false } };
  if (whole.length > 0 && (await readings.find(anyOf, { limit: 1 })).length > 0) return true;
  for (const kpi of kpis.filter(isLate)) {
    const entered = await readings.find({ ...of, kpiId: kpi.id }, { sort: { at: -1 }, limit: mostTogether });
    if (withoutKeptBack([kpi], entered).length > 0) return true;
  }
  return false;
};
