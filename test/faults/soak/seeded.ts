import { createHash } from 'node:crypto';

/**
 * Decisions are a pure function of the seed and of what they are about, never of the order in which things happen to
 * arrive: the same seed plans the same faults, however the processes interleave. In [0, 1).
 */
export const chance = (seed: number, ...about: readonly (string | number)[]): number =>
  createHash('sha256')
    .update([seed, ...about].join('|'))
    .digest()
    .readUInt32BE() /
  2 ** 32;

export const pick = <T>(from: readonly [T, ...T[]], roll: number): T =>
  from[Math.floor(roll * from.length)] ?? from[0];

/** One of the weighted names, or undefined when the roll falls behind all of them. Weights are shares of 1. */
export const weighted = <T extends string>(
  weights: Readonly<Record<T, number>>,
  roll: number,
): T | undefined => {
  let left = roll;
  for (const name in weights) {
    left -= weights[name];
    if (left < 0) return name;
  }
  return undefined;
};
