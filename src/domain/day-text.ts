import { monthNames, parseCivilDate } from './civil-date.ts';
import type { CivilDate } from './stored.ts';

const monthOf = (word: string): number =>
  word.length < 3 ? 0 : monthNames.findIndex((name) => name.toLowerCase().startsWith(word.toLowerCase())) + 1;

const dateOf = (year: number, month: number, day: number): CivilDate | undefined => {
  const two = (part: number): string => String(part).padStart(2, '0');
  return parseCivilDate(`${year}-${two(month)}-${two(day)}`);
};

/** A day as people type it: ISO, "25 Dec 2026", "24.12.2026". "4/5/2026" is two days, so it is none. */
export const readDay = (text: string): CivilDate | undefined => {
  const iso = parseCivilDate(text);
  if (iso !== undefined) return iso;
  const dotted = /^(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})$/.exec(text);
  if (dotted !== null) return dateOf(Number(dotted[3]), Number(dotted[2]), Number(dotted[1]));
  const worded = /^(\d{1,2})\.?\s+(\p{L}+)\.?\s+(\d{4})$/u.exec(text);
  return worded === null ? undefined : dateOf(Number(worded[3]), monthOf(worded[2] ?? ''), Number(worded[1]));
};
