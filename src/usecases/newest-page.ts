import type { Stored } from '../ports.ts';

/** Documents of one instant stay on one page, up to this many. */
export const mostAtOnce = 100;

/**
 * A page of what was read newest first, one more than fits: what happened at the instant where the page ends is added
 * to it, so that a page which begins before that instant leaves nothing out.
 */
export const newestPage = async <T extends Stored>(
  found: readonly T[],
  most: number,
  sameInstant: (last: T) => Promise<readonly T[]>,
): Promise<{ readonly page: readonly T[]; readonly more: boolean }> => {
  const page = found.slice(0, most);
  const last = page.at(-1);
  if (last === undefined || found.length <= most) return { page, more: false };
  const known = new Set(page.map((one) => one._id));
  const added = (await sameInstant(last)).filter((one) => !known.has(one._id));
  return { page: [...page, ...added], more: true };
};
