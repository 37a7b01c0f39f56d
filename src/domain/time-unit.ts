import type { TimeUnit, Unit } from './kpi.ts';

const daysIn: Readonly<Record<TimeUnit, number>> = { hours: 1 / 24, days: 1, weeks: 7 };

const words: ReadonlyMap<string, TimeUnit> = new Map([
  ...['h', 'hr', 'hrs', 'hour', 'hours'].map((word) => [word, 'hours'] as const),
  ...['d', 'day', 'days'].map((word) => [word, 'days'] as const),
  ...['w', 'wk', 'wks', 'week', 'weeks'].map((word) => [word, 'weeks'] as const),
]);

/** What "wks" stands for; undefined when it is no length of time. */
export const timeOf = (word: string): TimeUnit | undefined =>
  words.get(word.toLowerCase().replace(/\.$/, ''));

/** Days, as every length of time is kept, from a number in `unit`. */
export const toDays = (value: number, unit: TimeUnit): number =>
  unit === 'hours' ? value / 24 : value * daysIn[unit];

/** A number in `unit` from days, at two decimals: what was given in another unit need not come out even. */
export const fromDays = (days: number, unit: TimeUnit): number =>
  Number((unit === 'weeks' ? days / 7 : days / daysIn[unit]).toFixed(2));

/** "1 day", "7.29 weeks", by a number that is written already. */
export const timeWords = (value: number, written: string, unit: TimeUnit): string =>
  `${written} ${Math.abs(value) === 1 ? unit.slice(0, -1) : unit}`;

/** Whether what was given in one unit can be read in the other: never between currencies, never between kinds. */
export const isConvertible = (from: Unit, to: Unit): boolean =>
  from.kind === 'currency' && to.kind === 'currency' ? from.currency === to.currency : from.kind === to.kind;
