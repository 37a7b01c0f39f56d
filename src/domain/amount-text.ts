/** Taking an amount apart as people type it: sign, currency or percent, digits, power of ten, "about". */
import { currenciesOf } from './currency.ts';
import { timeOf } from './time-unit.ts';

/** What each word stands for; no word is a power of nought. */
const powers: ReadonlyMap<string, number> = new Map(
  Object.entries({
    '': 0,
    k: 3,
    tsd: 3,
    thousand: 3,
    lakh: 5,
    lakhs: 5,
    m: 6,
    mm: 6,
    mn: 6,
    mio: 6,
    mln: 6,
    million: 6,
    millions: 6,
    cr: 7,
    crore: 7,
    crores: 7,
    b: 9,
    bn: 9,
    mrd: 9,
    billion: 9,
    billions: 9,
    tn: 12,
    trillion: 12,
  }),
);

const roughly = /^(?:[~≈]|(?:about|around|approximately|approx\.?|roughly|circa|ca\.?)(?=[\s\d-]))\s*/i;
/** A number may begin with its decimal mark, but in "Rs.500" that point belongs to the word. */
const numeral = /(?:\d|(?<!\p{L})[.,]\d)[\d.,' ]*/u;
const longest = 60;
const percentWords = /^(?:%|percent|per cent|pct\.?)$/i;

/** One spelling of spaces, apostrophes, minus signs and full-width forms; invisible marks of pasted text are dropped. */
const tidy = (text: string): string =>
  text
    .replace(/[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu, '')
    .replace(/[\uff01-\uff5e]/gu, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
    .replace(/\uffe5/gu, '¥')
    .replace(/\uffe1/gu, '£')
    .replace(/[’‘ʼ′´`]/gu, "'")
    .replace(/[−–‒﹣]/gu, '-')
    .replace(/\s+/gu, ' ')
    .trim()
    // Swiss price tags: "1'200.–"
    .replace(/(?<=\d)[.,]-{1,2}(?= |$)/u, '');

export interface AmountText {
  readonly number: string;
  /** The power of ten that "k" or "m" stands for. */
  readonly power: number;
  readonly negative: boolean;
  readonly rough: boolean;
  /** Currency signs, words and codes, percent signs and words for time, as written. */
  readonly marks: readonly string[];
}

export const isPercentMark = (mark: string): boolean => percentWords.test(mark);

/** Currencies, percent signs and words for time, as in "USD $" or "per cent"; undefined when a word is none of these. */
const marksIn = (text: string): string[] | undefined => {
  const isMark = (one: string): boolean =>
    isPercentMark(one) || currenciesOf(one) !== undefined || timeOf(one) !== undefined;
  if (text === '') return [];
  if (isMark(text)) return [text];
  const words = text.split(' ');
  const joined = words.join('');
  if (isMark(joined)) return [joined];
  return words.every(isMark) ? words : undefined;
};

/** "Mio. €" → power 6 and "€". A currency may begin like a power ("kr", "MXN"), so each split is tried. */
const readTail = (tail: string): { power: number; marks: string[] } | undefined => {
  for (let at = tail.length; at >= 0; at -= 1) {
    const head = tail.slice(0, at).trim().replace(/\.$/, '').toLowerCase();
    const power = powers.get(head);
    const marks = power === undefined ? undefined : marksIn(tail.slice(at).trim());
    if (power !== undefined && marks !== undefined) return { power, marks };
  }
  return undefined;
};

/** Undefined when the text is no amount at all; whether the digits make a number is `readNumber`'s to say. */
export const takeApart = (raw: string): AmountText | undefined => {
  const whole = tidy(raw);
  if (whole.length > longest) return undefined;
  const text = whole.replace(roughly, '');
  const bracketed = /^\((.+)\)$/.exec(text);
  const inner = bracketed?.[1]?.trim() ?? text;
  const match = numeral.exec(inner);
  if (match === null) return undefined;
  const front = /^([+-]?)\s*([^\d+-]*?)\s*([+-]?)\s*$/.exec(inner.slice(0, match.index));
  const tail = readTail(inner.slice(match.index + match[0].length).trim());
  if (front === null || tail === undefined) return undefined;
  const [, outer = '', prefix = '', nearer = ''] = front;
  const signs = `${outer}${nearer}`;
  if (signs.length > 1 || (bracketed !== null && signs !== '')) return undefined;
  const marks = marksIn(prefix);
  if (marks === undefined) return undefined;
  return {
    number: match[0].trim(),
    power: tail.power,
    negative: signs === '-' || bracketed !== null,
    rough: text !== whole,
    marks: [...marks, ...tail.marks],
  };
};
