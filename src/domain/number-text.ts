/** Reading the digits of an amount, exactly: text in, decimal digits and a power of ten out, no float in between. */
import type { DecimalMark } from './kpi.ts';

/** `digits` × 10^`exponent`; the digits carry no leading zeros. */
export interface ExactNumber {
  readonly digits: string;
  readonly exponent: number;
}

const exact = (whole: string, fraction: string): ExactNumber => {
  const trimmed = fraction.replace(/0+$/, '');
  return { digits: `${whole}${trimmed}`.replace(/^0+(?=\d)/, ''), exponent: 0 - trimmed.length };
};

/** Whole digits, plain or in groups of three by one separator. */
const ungroup = (text: string, separator: string, indian: boolean): string | undefined => {
  const groups = text.split(separator);
  if (groups.some((group) => !/^\d+$/.test(group))) return undefined;
  const [first = '', ...rest] = groups;
  if (rest.length === 0) return first;
  if (first.startsWith('0') || first.length > 3) return undefined;
  const thirds = rest.every((group) => group.length === 3);
  const pairs =
    indian &&
    first.length <= 2 &&
    rest.slice(0, -1).every((group) => group.length === 2) &&
    rest.at(-1)?.length === 3;
  return thirds || pairs ? groups.join('') : undefined;
};

const count = (text: string, character: string): number => text.split(character).length - 1;

const withFraction = (
  whole: string,
  fraction: string,
  separator: string,
  indian: boolean,
): ExactNumber | undefined => {
  if (!/^\d+$/.test(fraction)) return undefined;
  const plain = whole === '' ? '0' : ungroup(whole, separator, indian);
  return plain === undefined ? undefined : exact(plain, fraction);
};

const readLone = (text: string, at: number, mark: DecimalMark): ExactNumber | undefined => {
  const whole = text.slice(0, at);
  const after = text.slice(at + 1);
  const couldGroup = after.length === 3 && /^\d{1,3}$/.test(whole) && whole !== '0';
  if (!couldGroup || text.charAt(at) === mark) return withFraction(whole, after, ' ', false);
  return whole.startsWith('0') ? undefined : exact(whole + after, '');
};

/**
 * Reads digits with `.` `,` `'` and single spaces between them. Spaces and apostrophes only group. Of `.` and `,`
 * together the last is the decimal mark; one that comes twice groups; a lone one with three digits after it (and one
 * to three before) is read by `mark`, with any other number of digits it is the decimal mark. Undefined when the
 * groups are not of three, or nothing fits. `indian` also takes groups like 12,34,567.
 */
export const readNumber = (text: string, mark: DecimalMark, indian: boolean): ExactNumber | undefined => {
  if (!/^[\d.,' ]*\d$/.test(text)) return undefined;
  const spaced = text.includes(' ') ? ' ' : undefined;
  const quoted = text.includes("'") ? "'" : undefined;
  if (spaced !== undefined && quoted !== undefined) return undefined;
  const grouping = spaced ?? quoted;
  const dots = count(text, '.');
  const commas = count(text, ',');
  const last = Math.max(text.lastIndexOf('.'), text.lastIndexOf(','));
  if (last === -1) {
    const whole = ungroup(text, grouping ?? ' ', false);
    return whole === undefined ? undefined : exact(whole, '');
  }
  const whole = text.slice(0, last);
  const after = text.slice(last + 1);
  if (grouping !== undefined) {
    return dots + commas === 1 ? withFraction(whole, after, grouping, false) : undefined;
  }
  if (dots > 0 && commas > 0) {
    const other = text.charAt(last) === '.' ? ',' : '.';
    return withFraction(whole, after, other, indian);
  }
  if (dots + commas === 1) return readLone(text, last, mark);
  const plain = ungroup(text, text.charAt(last), indian);
  return plain === undefined ? undefined : exact(plain, '');
};
