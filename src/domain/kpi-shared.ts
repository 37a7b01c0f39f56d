/**
 * What our firm entered while a KPI was internal stays with it when the KPI becomes shared: both firms see the readings
 * from that moment on, and every line that both read stands on those alone.
 */
import type { Kpi } from './kpi.ts';
import type { Reading } from './reading.ts';

/**
 * Whether a reading of a shared KPI is of before it became shared, or puts such a one right, and so is for our firm
 * alone. Of an internal KPI nothing is kept back, since internal lines alone show it.
 */
export const isKeptBack = (
  { visibility, sharedSince }: Pick<Kpi, 'visibility' | 'sharedSince'>,
  { at, keptBack }: Pick<Reading, 'at' | 'keptBack'>,
): boolean =>
  visibility === 'shared' && (keptBack === true || (sharedSince !== undefined && at < sharedSince));

/** Without the readings that are kept back. */
export const withoutKeptBack = (kpis: readonly Kpi[], readings: readonly Reading[]): Reading[] => {
  const known = new Map(kpis.map((one) => [one.id, one] as const));
  return readings.filter((one) => {
    const kpi = known.get(one.kpiId);
    return kpi === undefined || !isKeptBack(kpi, one);
  });
};
