import type { Goal } from './goal.ts';
import { isInUse, type Kpi } from './kpi.ts';
import { paceWord, standingOf } from './kpi-pace.ts';
import type { Pace } from './partnership-card.ts';
import type { Reading } from './reading.ts';
import type { CivilDate } from './stored.ts';

/**
 * A goal stands as the shared KPIs that show it, by weight and freshness. Internal ones are left out, so that both
 * firms read the same word.
 */
export const goalPace = (
  goal: Goal,
  kpis: readonly Kpi[],
  readings: readonly Reading[],
  today: CivilDate,
): Pace => {
  let sum = 0;
  let weight = 0;
  for (const kpi of kpis) {
    if (kpi.visibility !== 'shared' || !isInUse(kpi) || !goal.kpiIds.includes(kpi.id)) continue;
    const { pace, freshness } = standingOf(kpi, readings, today);
    if (pace === undefined) continue;
    sum += pace * kpi.weight * freshness;
    weight += kpi.weight * freshness;
  }
  return paceWord(weight > 0 ? sum / weight : undefined);
};
