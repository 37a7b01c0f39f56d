import { compareDesc } from 'date-fns/compareDesc';
import { addDays, mondayOf } from './civil-date.ts';
import type { HealthResult } from './health-result.ts';
import type { HealthThen } from './partnership-card.ts';
import type { Snapshot } from './snapshot.ts';
import type { CivilDate } from './stored.ts';

export const latestSnapshot = (snapshots: readonly Snapshot[], before?: CivilDate): Snapshot | undefined =>
  snapshots
    .filter((one) => before === undefined || one.date < before)
    .sort((a, b) => b.date.localeCompare(a.date) || compareDesc(a.at, b.at))[0];

const then = (snapshot: Snapshot | undefined, now: HealthResult): HealthThen | undefined => {
  if (!snapshot || snapshot.health.formula !== now.formula) return undefined;
  const { colour, score } = snapshot.health;
  return { colour, ...(score !== undefined && { score }) };
};

/**
 * Health as it stood when last week ended, and when the week four weeks ago ended (Monday first). Absent before the
 * first snapshot, and where another version of the formula made it: those are not compared.
 */
export const healthBefore = (
  snapshots: readonly Snapshot[],
  now: HealthResult,
  today: CivilDate,
): { lastWeek?: HealthThen; fourWeeksAgo?: HealthThen } => {
  const monday = mondayOf(today);
  const lastWeek = then(latestSnapshot(snapshots, monday), now);
  const fourWeeksAgo = then(latestSnapshot(snapshots, addDays(monday, -21)), now);
  return { ...(lastWeek && { lastWeek }), ...(fourWeeksAgo && { fourWeeksAgo }) };
};
