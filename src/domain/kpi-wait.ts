import { compareDesc } from 'date-fns/compareDesc';
import type { Kpi } from './kpi.ts';
import { currentReading } from './kpi-pace.ts';
import type { Firm } from './person.ts';
import type { Reading } from './reading.ts';
import type { CivilDate } from './stored.ts';

/**
 * Whether a KPI's value is not asked for, since it is "not known until" a day to come. The last that was said counts,
 * until a newer value stands; what the other side told of it stops nobody of the KPI's own side.
 */
export const isAwaited = (
  kpi: Pick<Kpi, 'id' | 'side'>,
  readings: readonly Reading[],
  firm: Firm,
  today: CivilDate,
): boolean => {
  const all = readings.filter((one) => one.kpiId === kpi.id);
  const corrected = new Set(all.map((one) => one.supersedes));
  const [said] = all
    .filter((one) => one.notKnownUntil !== undefined && !corrected.has(one._id))
    .filter((one) => one.kind === 'own' || firm !== kpi.side)
    .sort((a, b) => compareDesc(a.at, b.at));
  if (said?.notKnownUntil === undefined || said.notKnownUntil <= today) return false;
  const stood = currentReading(
    all.filter((one) => one.at <= said.at),
    kpi.id,
  );
  const stands = currentReading(all, kpi.id);
  // A correction or a Confirm of what stood then is no newer value.
  return stands === undefined || (stood !== undefined && stands.asOf <= stood.asOf);
};
