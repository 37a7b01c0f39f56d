import { weekdayNames } from './civil-date.ts';

/** How many reviews an owner has on each weekday (ISO: 1 Monday … 7 Sunday), the one being set left out. */
export type CountsByWeekday = Readonly<Record<number, number>>;

/** The fifth review of one owner on one day is the first for which a freer day is named. */
const full = 5;
const workingWeek = [1, 2, 3, 4, 5] as const;

/**
 * The working day with the fewest reviews when this one would be the owner's fifth or later on `weekday`; of several
 * the next one in the week. Undefined while there is room, or when no day has fewer.
 */
export const freerDay = (counts: CountsByWeekday, weekday: number): number | undefined => {
  const on = (day: number): number => counts[day] ?? 0;
  if (on(weekday) + 1 < full) return undefined;
  const later = (day: number): number => (day - weekday + 7) % 7;
  return workingWeek
    .filter((day) => on(day) < on(weekday))
    .sort((a, b) => on(a) - on(b) || later(a) - later(b))
    .at(0);
};

/** "You have 6 more reviews on Tuesdays and none on Thursdays." Undefined where `freerDay` is. */
export const freerDayInWords = (counts: CountsByWeekday, weekday: number): string | undefined => {
  const freer = freerDay(counts, weekday);
  if (freer === undefined) return undefined;
  const name = (day: number): string => `${weekdayNames[day - 1] ?? ''}s`;
  const fewest = counts[freer] ?? 0;
  return `You have ${counts[weekday] ?? 0} more reviews on ${name(weekday)} and ${fewest === 0 ? 'none' : fewest} on ${name(freer)}.`;
};
