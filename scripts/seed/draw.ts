import { createHash } from 'node:crypto';

/** Numbers in [0, 1), always the same ones in the same order for the same seed and subject. */
export type Draw = () => number;

/** Mulberry32, started from a digest, so that neighbouring seeds and subjects have nothing in common. */
export const drawFrom = (...about: readonly (string | number)[]): Draw => {
  let state = createHash('sha256').update(about.join('|')).digest().readUInt32BE();
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

export const pick = <T>(from: readonly [T, ...T[]], roll: number): T =>
  from[Math.floor(roll * from.length)] ?? from[0];

export const between = (low: number, high: number, roll: number): number =>
  Math.round(low + roll * (high - low));
