/**
 * Wall time to instant and back. `tzOffset` answers alike in every process zone; `TZDate` does not, so the resolver is
 * our own: a time that the clocks skip takes the offset before the gap, a time that comes twice is the first one.
 */
import { tzOffset } from '@date-fns/tz';
import { epochDay, formatWeekday, fromEpochDay } from './civil-date.ts';
import type { CivilDate, LocalTime } from './stored.ts';

const minute = 60_000;
const day = 86_400_000;

/** An IANA zone that this runtime knows. Bare offsets ("+02:00") are none: they know no clock changes. */
export const isZone = (zone: string): boolean => {
  if (!/^[A-Za-z]/.test(zone)) return false;
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
};

/** Offset from UTC in milliseconds. Throws a RangeError for an unknown zone. */
const offsetAt = (epochMs: number, zone: string): number => {
  const minutes = tzOffset(zone, new Date(epochMs));
  if (Number.isNaN(minutes)) throw new RangeError(`no such zone: ${JSON.stringify(zone)}`);
  return Math.round(minutes * minute);
};

const minutesOf = (time: LocalTime): number => {
  const match = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(time);
  if (match === null) throw new RangeError(`no local time: ${JSON.stringify(time)}`);
  return Number(match[1]) * 60 + Number(match[2]);
};

/** The instant at which clocks in `zone` show this date and time. Throws a RangeError for an unknown zone. */
export const instantOf = (date: CivilDate, time: LocalTime, zone: string): Date => {
  const wall = epochDay(date) * day + minutesOf(time) * minute;
  // A day to either side is outside every offset (at most 14 h) and holds at most one change of clocks.
  const before = offsetAt(wall - day, zone);
  const after = offsetAt(wall + day, zone);
  const candidates = [wall - Math.max(before, after), wall - Math.min(before, after)];
  const first = candidates.find((instant) => instant + offsetAt(instant, zone) === wall);
  return new Date(first ?? wall - before);
};

const wallAt = (instant: Date, zone: string): { days: number; minutes: number } => {
  const wall = instant.getTime() + offsetAt(instant.getTime(), zone);
  const days = Math.floor(wall / day);
  return { days, minutes: Math.floor((wall - days * day) / minute) };
};

export const civilDateAt = (instant: Date, zone: string): CivilDate =>
  fromEpochDay(wallAt(instant, zone).days);

/** `HH:mm`, seconds dropped. */
export const localTimeAt = (instant: Date, zone: string): LocalTime => {
  const { minutes } = wallAt(instant, zone);
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
};

/** Names that the zone data still carries in an older spelling. */
const cityToday: Readonly<Record<string, string>> = {
  Calcutta: 'Kolkata',
  Ho_Chi_Minh: 'Ho Chi Minh City',
  Katmandu: 'Kathmandu',
  Kiev: 'Kyiv',
  Rangoon: 'Yangon',
  Saigon: 'Ho Chi Minh City',
};

/** "Berlin", "Buenos Aires"; the fixed zones read as "UTC" and "UTC-5". */
export const cityOf = (zone: string): string => {
  const fixed = /^Etc\/GMT([+-])(\d+)$/.exec(zone);
  // POSIX counts these westward: Etc/GMT+5 is five hours behind.
  if (fixed !== null) return fixed[2] === '0' ? 'UTC' : `UTC${fixed[1] === '+' ? '-' : '+'}${fixed[2]}`;
  const last = zone.slice(zone.lastIndexOf('/') + 1);
  return cityToday[last] ?? last.replaceAll('_', ' ');
};

/** "16:00 Berlin" */
export const formatTime = (instant: Date, zone: string): string =>
  `${localTimeAt(instant, zone)} ${cityOf(zone)}`;

/** "Thu 22 Oct, 16:00 Berlin" */
export const formatMoment = (instant: Date, zone: string): string =>
  `${formatWeekday(civilDateAt(instant, zone))}, ${formatTime(instant, zone)}`;

/** "Thu 22 Oct, 16:00 Berlin, 09:00 Chicago"; a zone on another day names it: "…, Fri 23 Oct, 01:00 Auckland". */
export const formatMoments = (instant: Date, zones: readonly [string, ...string[]]): string => {
  const [first, ...rest] = zones;
  const firstDate = civilDateAt(instant, first);
  const others = [...new Set(rest)].filter((zone) => zone !== first);
  return [
    formatMoment(instant, first),
    ...others.map((zone) =>
      civilDateAt(instant, zone) === firstDate ? formatTime(instant, zone) : formatMoment(instant, zone),
    ),
  ].join(', ');
};
