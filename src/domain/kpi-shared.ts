/**
 * What our firm entered while a KPI was internal stays with it when the KPI becomes shared: both firms see what was
 * entered while it was shared, and every line that both read stands on that alone.
 */
import type { Kpi } from './kpi.ts';
import type { Reading } from './reading.ts';

type Shared = Pick<Kpi, 'visibility' | 'internalSince' | 'keptBack'>;
type Stretches = Pick<Kpi, 'internalSince' | 'keptBack'>;

/**
 * Whether a reading of a shared KPI was entered while it was internal, or puts such a one right, and so is for our firm
 * alone. Of an internal KPI nothing is kept back, since internal lines alone show it.
 */
export const isKeptBack = (
  { visibility, keptBack: stretches = [] }: Shared,
  { at, keptBack }: Pick<Reading, 'at' | 'keptBack'>,
): boolean =>
  visibility === 'shared' &&
  (keptBack === true || stretches.some(({ from, until }) => from <= at && at < until));

/** When a KPI became shared the last time; undefined for one that never was internal before. */
export const sharedSince = ({ keptBack }: Stretches): Date | undefined => keptBack?.at(-1)?.until;

/** The stretches in which a KPI was internal, as they stand once it is `visibility`: what both firms saw they keep. */
export const stretchesNow = (
  found: Shared & Pick<Kpi, 'createdAt'>,
  visibility: Kpi['visibility'],
  now: Date,
): Stretches => {
  const { keptBack = [], internalSince, createdAt } = found;
  const was = keptBack.length === 0 ? {} : { keptBack };
  if (found.visibility !== visibility)
    return visibility === 'internal'
      ? { ...was, internalSince: now }
      : { keptBack: [...keptBack, { from: internalSince ?? createdAt, until: now }] };
  return internalSince === undefined ? was : { ...was, internalSince };
};

/** Without the readings that are kept back. */
export const withoutKeptBack = (kpis: readonly Kpi[], readings: readonly Reading[]): Reading[] => {
  const known = new Map(kpis.map((one) => [one.id, one] as const));
  return readings.filter((one) => {
    const kpi = known.get(one.kpiId);
    return kpi === undefined || !isKeptBack(kpi, one);
  });
};
