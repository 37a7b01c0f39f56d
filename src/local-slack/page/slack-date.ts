import { civilDate, clockTime, dateWords, nearDay } from './time.ts';

/** Who reads it where and when. */
export interface Reader {
  readonly zone: string;
  readonly now: Date;
}

const halfYear = 183 * 86_400_000;

const dates: Readonly<Record<string, Intl.DateTimeFormatOptions>> = {
  date: { day: 'numeric', month: 'long' },
  date_short: { day: 'numeric', month: 'short' },
  date_long: { weekday: 'long', day: 'numeric', month: 'long' },
};

/**
 * The words of `<!date^unix^format|fallback>` for one reader, in Slack's rules: the year is left out within half a year
 * of now, `_pretty` says today. Undefined when the format holds a token that Slack does not know: then the fallback is
 * shown.
 */
export const dateInWords = (unixSeconds: number, format: string, reader: Reader): string | undefined => {
  const at = new Date(unixSeconds * 1000);
  if (Number.isNaN(at.getTime())) return undefined;
  let known = true;
  const words = format.replace(/\{([a-z_]+)\}/g, (_, token: string) => {
    const said = tokenInWords(token, at, reader);
    if (said === undefined) known = false;
    return said ?? '';
  });
  return known ? words : undefined;
};

const tokenInWords = (token: string, at: Date, { zone, now }: Reader): string | undefined => {
  if (token === 'time') return clockTime(at, zone);
  if (token === 'time_secs') return clockTime(at, zone, true);
  if (token === 'date_num') return civilDate(at, zone);
  if (token === 'ago') return ago(at, now);
  const base = token.replace(/_pretty$/, '');
  const parts = dates[base];
  if (parts === undefined) return undefined;
  const near = base === token ? undefined : nearDay(at, zone, now);
  if (near !== undefined) return near;
  const far = Math.abs(at.getTime() - now.getTime()) > halfYear;
  return dateWords({ ...parts, ...(far && { year: 'numeric' }) }, zone, at);
};

const ago = (at: Date, now: Date): string => {
  const seconds = Math.round((at.getTime() - now.getTime()) / 1000);
  const words = new Intl.RelativeTimeFormat('en-GB', { numeric: 'auto' });
  const units: [Intl.RelativeTimeFormatUnit, number][] = [
    ['year', 31_557_600],
    ['month', 2_629_800],
    ['day', 86_400],
    ['hour', 3600],
    ['minute', 60],
  ];
  const fit = units.find(([, size]) => Math.abs(seconds) >= size);
  return fit === undefined
    ? words.format(seconds, 'second')
    : words.format(Math.round(seconds / fit[1]), fit[0]);
};
