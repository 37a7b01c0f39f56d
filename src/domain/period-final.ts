import { formatAmount } from './amount.ts';
import { daysBetween } from './civil-date.ts';
import { isInUse, type Kpi } from './kpi.ts';
import { readingInWords, statusInWords } from './kpi-change.ts';
import { limitInWords, standingReading } from './kpi-pace.ts';
import { isKeptBack } from './kpi-shared.ts';
import type { ClosedPeriod } from './period.ts';
import type { YearPeriod } from './period-card.ts';
import { finalUntil } from './period-dates.ts';
import type { Reading } from './reading.ts';
import type { CivilDate } from './stored.ts';
import { civilDateAt } from './zone.ts';

/** Whether values of a KPI are taken today: of one that ended with its period still the final ones. */
export const takesValues = ({ retired }: Pick<Kpi, 'retired'>, today: CivilDate): boolean =>
  retired === undefined || (retired.lastDay !== undefined && today <= finalUntil(retired.lastDay));

/**
 * The value that a closed period ended with: of those as of its last day or before, entered until three weeks after it,
 * the one that stands. A correction within that time counts; what is entered later changes nothing.
 */
export const finalReading = (
  kpi: Kpi,
  { end, zone }: Pick<ClosedPeriod, 'end' | 'zone'>,
  readings: readonly Reading[],
): Reading | undefined => {
  const last = finalUntil(end);
  const inTime = readings.filter((one) => one.kpiId === kpi.id && civilDateAt(one.at, zone) <= last);
  const corrected = new Set(inTime.map((one) => one.supersedes));
  return standingReading(
    kpi,
    inTime.filter((one) => one.asOf <= end && !corrected.has(one._id)),
  );
};

/** A value as of a day before these last ones of a period says little of how it ended. */
const lastDays = 14;

/**
 * The last day of a closed period whose final value is still missing, while one is taken: undefined before that day has
 * passed, for a KPI that has ended, or was not in it for all who see it now, and once there is a value as of its last
 * two weeks.
 */
export const missingFinal = (
  kpi: Kpi,
  period: Pick<ClosedPeriod, 'end' | 'zone' | 'kpis'> | undefined,
  readings: readonly Reading[],
  today: CivilDate,
): CivilDate | undefined => {
  if (period === undefined || today <= period.end || today > finalUntil(period.end)) return undefined;
  // Of one that was internal then our firm has the final value, and what both firms see of it begins later.
  const wasIn = period.kpis.some(
    (one) => one.id === kpi.id && one.gives === kpi.gives && !becameShared(one, kpi),
  );
  if (!wasIn || !isInUse(kpi)) return undefined;
  const final = finalReading(kpi, period, readings);
  const isMissing = final === undefined || daysBetween(final.asOf, period.end) >= lastDays;
  return isMissing ? period.end : undefined;
};

const becameShared = (then: Kpi, now: Kpi): boolean =>
  then.visibility === 'internal' && now.visibility === 'shared';

/** "$1.1m of $1.2m", "17%, keep below 15%", "Behind", "no value". */
export const finalInWords = (kpi: Kpi, reading: Reading | undefined): string => {
  if (kpi.gives === 'status')
    return reading?.status === undefined ? 'no status' : statusInWords[reading.status];
  const about = reading?.rough === true ? 'about ' : '';
  const value = reading === undefined ? 'no value' : `${about}${readingInWords(kpi, reading)}`;
  const limit = limitInWords(kpi);
  if (limit !== undefined) return `${value}, ${limit}`;
  return kpi.target === undefined
    ? value
    : `${value} of ${formatAmount(kpi.target, kpi.unit, kpi.decimalMark)}`;
};

/**
 * The KPIs of a closed period with their final values, as a reader may see them who sees internal ones or not; `now`
 * are the partnership's KPIs of today. What became internal since takes its values with it, and of what gives a status
 * only by now the number stays at its firm, also the one of then. A line that both firms read holds nothing that was
 * entered while the KPI was internal.
 */
export const finalLines = (
  period: ClosedPeriod,
  now: readonly Kpi[],
  readings: readonly Reading[],
  internal: boolean,
): YearPeriod['kpis'] =>
  period.kpis.flatMap((kpi) => {
    const today = now.find((one) => one.id === kpi.id) ?? kpi;
    const shared = kpi.visibility === 'shared' && today.visibility === 'shared';
    if (!shared && !internal) return [];
    const counted = shared ? readings.filter((one) => !isKeptBack(today, one)) : readings;
    const kept = kpi.gives === 'number' && today.gives === 'status';
    const final = kept ? 'not shown any more' : finalInWords(kpi, finalReading(kpi, period, counted));
    return [{ name: kpi.name, side: kpi.side, final, internal: !shared }];
  });
