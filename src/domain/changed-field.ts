/** One field that an edit changed, as it reads in each: "the target to $950k (was $900k)". */
interface Reads {
  readonly is: string | undefined;
  readonly was: string | undefined;
}

const longest = 60;
const short = (text: string): string => {
  const letters = [...text.replace(/\s+/gu, ' ')];
  return letters.length <= longest ? letters.join('') : `${letters.slice(0, longest - 1).join('')}…`;
};

/** What a field became and what it was; empty when it reads the same. Absent: nothing stands there. */
export const changedField = (what: string, { is, was }: Reads): string[] => {
  if (is === was) return [];
  const before = was === undefined ? '' : ` (was ${short(was)})`;
  return [is === undefined ? `${what} taken out${before}` : `${what} to ${short(is)}${before}`];
};
