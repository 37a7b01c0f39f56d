/**
 * What our firm entered while a KPI was internal stays with it when the KPI becomes shared: both firms see the readings
 * from that moment on, and every line that both read stands on those alone.
 */
import type { Kpi } from './kpi.ts';
import type { Reading } from './reading.ts';

/** Whether a reading is of before its KPI became shared, and so for our firm alone. */
export const isKeptBack = ({ sharedSince }: Pick<Kpi, 'sharedSince'>, { at }: Pick<Reading, 'at'>): boolean =>
  sharedSince !== undefined && at < sharedSince;

/** Without the readings that are kept back; those of internal KPIs stay, since internal lines alone show them. */
export const withoutKeptBack = (kpis: readonly Kpi[], readings: readonly Reading[]): Reading[] => {
  const since = new Map(kpis.map((one) => [one.id, one] as const));
  return readings.filter((one) => !isKeptBack(since.get(one.kpiId) ?? {}, one));
};
