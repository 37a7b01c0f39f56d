/*
 * Times as the acting person sees them: their zone, 24 hours, English. Intl only, so that the page agrees with the
 * browser's own time zone data.
 */

/**
 * "Tue 20 Oct 2026" of whichever of weekday, day, month and year are asked for. Put together from parts, since the
 * order, the commas and even "Sep" or "Sept" differ between browsers.
 */
export const dateWords = (options: Intl.DateTimeFormatOptions, zone: string, at: Date): string => {
  const parts = new Intl.DateTimeFormat('en-US', { ...options, timeZone: zone }).formatToParts(at);
  return ['weekday', 'day', 'month', 'year']
    .flatMap((type) => parts.filter((part) => part.type === type).map((part) => part.value))
    .join(' ');
};

/** "16:05" */
export const clockTime = (at: Date, zone: string, seconds = false): string =>
  new Intl.DateTimeFormat('en-GB', {
    hour: '2-digit',
    minute: '2-digit',
    ...(seconds && { second: '2-digit' }),
    timeZone: zone,
  }).format(at);

/** "2026-10-20" */
export const civilDate = (at: Date, zone: string): string => {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).formatToParts(at);
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? '';
  return `${part('year').padStart(4, '0')}-${part('month')}-${part('day')}`;
};

/** "Tue 20 Oct, 16:05" */
export const moment = (at: Date, zone: string): string =>
  `${dateWords({ weekday: 'short', day: 'numeric', month: 'short' }, zone, at)}, ${clockTime(at, zone)}`;

/** "Tue 20 Oct 2026" */
export const fullDate = (at: Date, zone: string): string =>
  dateWords({ weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' }, zone, at);

const dayNumber = (at: Date, zone: string): number =>
  Date.parse(`${civilDate(at, zone)}T00:00:00Z`) / 86_400_000;

/** "today", "yesterday", "tomorrow" or nothing. */
export const nearDay = (at: Date, zone: string, now: Date): string | undefined => {
  const away = dayNumber(at, zone) - dayNumber(now, zone);
  return away === 0 ? 'today' : away === -1 ? 'yesterday' : away === 1 ? 'tomorrow' : undefined;
};

/** "Today", "Yesterday" or "Tuesday 20 October", for the line between two days. */
export const dayHeading = (at: Date, zone: string, now: Date): string => {
  const near = nearDay(at, zone, now);
  if (near !== undefined) return near.charAt(0).toUpperCase() + near.slice(1);
  const sameYear = civilDate(at, zone).slice(0, 4) === civilDate(now, zone).slice(0, 4);
  return dateWords(
    { weekday: 'long', day: 'numeric', month: 'long', ...(!sameYear && { year: 'numeric' }) },
    zone,
    at,
  );
};

/** "Berlin" of "Europe/Berlin". */
export const cityOf = (zone: string): string => (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ');

/** Milliseconds that the zone's wall clock runs ahead of UTC at this instant. */
const offsetAt = (at: number, zone: string): number => {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(new Date(at));
  const part = (type: string) => Number(parts.find((one) => one.type === type)?.value);
  const wall = Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
    part('second'),
  );
  return wall - Math.floor(at / 1000) * 1000;
};

/** The instant of "YYYY-MM-DDTHH:MM" on the zone's wall clock; undefined when it is not such a text. */
export const instantOf = (wallClock: string, zone: string): Date | undefined => {
  // The pattern first: Date.parse alone reads a date out of nearly any text.
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(wallClock)) return undefined;
  const asUtc = Date.parse(`${wallClock}:00Z`);
  if (Number.isNaN(asUtc)) return undefined;
  const guess = asUtc - offsetAt(asUtc, zone);
  // The second look settles the hours around a clock change.
  return new Date(asUtc - offsetAt(guess, zone));
};

/** "YYYY-MM-DDTHH:MM" on the zone's wall clock, what a date-and-time field holds. */
export const wallClock = (at: Date, zone: string): string => `${civilDate(at, zone)}T${clockTime(at, zone)}`;
