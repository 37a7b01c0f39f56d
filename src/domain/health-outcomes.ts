import type { Standing } from './kpi-pace.ts';
import type { Side } from './person.ts';

export const sides = ['ours', 'theirs', 'joint'] as const satisfies readonly Side[];

export const mean = (values: readonly number[]): number | undefined =>
  values.length === 0 ? undefined : values.reduce((sum, one) => sum + one, 0) / values.length;

/** Half the average and half the weaker side: one good side cannot carry the other. */
export const twoSided = (values: readonly (number | undefined)[]): number | undefined => {
  const known = values.filter((one) => one !== undefined);
  const average = mean(known);
  return average === undefined ? undefined : 0.5 * average + 0.5 * Math.min(...known);
};

interface Weighed {
  readonly pace: number;
  readonly weight: number;
}

const weightedMean = (entries: readonly Weighed[]): number | undefined => {
  const weight = entries.reduce((sum, one) => sum + one.weight, 0);
  return weight > 0 ? entries.reduce((sum, one) => sum + one.pace * one.weight, 0) / weight : undefined;
};

const valuesOf = (standings: readonly Standing[], side: Side): (Weighed & { full: number })[] =>
  standings.flatMap(({ kpi, pace, freshness }) =>
    kpi.side === side && pace !== undefined
      ? [{ pace, full: kpi.weight, weight: kpi.weight * freshness }]
      : [],
  );

/** A side's KPIs by weight and freshness; undefined when no value says anything any more. */
export const sideScore = (standings: readonly Standing[], side: Side): number | undefined =>
  weightedMean(valuesOf(standings, side));

/**
 * The lowest score of a side if no low value were allowed to fade. Freshness drops what is old and weighs the rest
 * up, so a low value that nobody renews would lift the plain score; this one only ever falls as values age.
 */
export const lowestSideScore = (standings: readonly Standing[], side: Side): number | undefined => {
  const entries = valuesOf(standings, side).sort((a, b) => a.pace - b.pace);
  const scores = [0, ...entries.map((_, at) => at + 1)]
    .map((whole) =>
      weightedMean(
        entries.map((one, at) => ({ pace: one.pace, weight: at < whole ? one.full : one.weight })),
      ),
    )
    .filter((one) => one !== undefined);
  return scores.length === 0 ? undefined : Math.min(...scores);
};

export const outcomes = (standings: readonly Standing[]): number | undefined =>
  twoSided(sides.map((side) => sideScore(standings, side)));

/** As `outcomes`, with each side at its lowest, and with or without a joint side that has faded altogether. */
export const lowestOutcomes = (standings: readonly Standing[]): number | undefined => {
  const [ours, theirs, joint] = sides.map((side) => lowestSideScore(standings, side));
  const withJoint = twoSided([ours, theirs, joint]);
  const without = sideScore(standings, 'joint') === undefined ? twoSided([ours, theirs]) : undefined;
  return without === undefined || withJoint === undefined ? withJoint : Math.min(withJoint, without);
};

/** How much of what should be known is known, 0 to 1; undefined when nothing can be judged yet. */
export const coverage = (standings: readonly Standing[]): number | undefined => {
  const judged = standings.filter((one) => one.judged);
  const weight = judged.reduce((sum, one) => sum + one.kpi.weight, 0);
  if (weight === 0) return undefined;
  return judged.reduce((sum, one) => sum + one.kpi.weight * one.freshness, 0) / weight;
};
