import { foldName } from './partnership.ts';

/** How many letters must be changed, added or taken out to make one word of the other. */
const distance = (a: string, b: string): number => {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const swapped = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(swapped, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
};

/**
 * Names that may be meant by what was typed, the nearest first: those that hold it, and those a third of its letters
 * away at most.
 */
export const nearNames = <T extends { readonly name: string }>(
  typed: string,
  among: readonly T[],
  most: number,
): T[] => {
  const wanted = foldName(typed).slice(0, 80);
  if (wanted === '') return [];
  return among
    .map((one) => {
      const name = foldName(one.name);
      const holds = name.includes(wanted) || wanted.includes(name);
      return { one, away: holds ? 0 : distance(wanted, name), length: Math.max(wanted.length, name.length) };
    })
    .filter(({ away, length }) => away <= length / 3 || away <= 2)
    .sort((a, b) => a.away - b.away || a.one.name.localeCompare(b.one.name))
    .slice(0, most)
    .map(({ one }) => one);
};
