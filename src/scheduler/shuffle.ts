import type { Ids } from '../ports.ts';

/** A number below `count` from a fresh random id. */
const below = (count: number, ids: Ids): number => {
  let number = 0;
  for (const letter of ids.next()) number = (number * 31 + letter.charCodeAt(0)) % 2_147_483_647;
  return number % count;
};

/** The same things, from a random place on and round to it: processes that share a list begin at different ends. */
export const shuffled = <T>(things: readonly T[], ids: Ids): T[] => {
  if (things.length < 2) return [...things];
  const start = below(things.length, ids);
  return [...things.slice(start), ...things.slice(0, start)];
};
