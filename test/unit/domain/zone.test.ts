import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { daysBetween, partsOf, weekdayOf } from '../../../src/domain/civil-date.ts';
import { quarterPeriod, usualFiscalYear } from '../../../src/domain/fiscal-calendar.ts';
import { dueAt } from '../../../src/domain/recurrence.ts';
import type { Rule } from '../../../src/domain/rhythm.ts';
import { datesFrom } from '../../../src/domain/rule-dates.ts';
import {
  cityOf,
  civilDateAt,
  formatMoment,
  formatMoments,
  formatTime,
  instantOf,
  isZone,
  localTimeAt,
} from '../../../src/domain/zone.ts';
import { quarterHours, transitionDays } from '../../support/transition-days.ts';

const printed = z.object({
  offset: z.number(),
  results: z.number(),
  /** By zone, so that a difference names it. */
  instants: z.record(z.string(), z.string().length(64)),
  others: z.string().length(64),
});
/** With the offset that a process there sees on 1 July 2026. */
const processZones = [
  ['UTC', 0],
  ['America/New_York', 240],
  ['Europe/Berlin', -120],
  ['Asia/Kolkata', -330],
  ['Pacific/Apia', -780],
  ['Africa/Cairo', -180],
] as const;

const script = fileURLToPath(new URL('../../support/zone-digest.ts', import.meta.url));

const digestIn = async (zone: string, days: [string, string[]][]): Promise<z.infer<typeof printed>> => {
  const child = spawn(process.execPath, ['--import', 'tsx', script], {
    env: { ...process.env, TZ: zone },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.stdin.end(JSON.stringify(days));
  return printed.parse(JSON.parse(await text(child.stdout)));
};

/** A rule of every kind and placement that has a date on this day. */
const rulesOn = (date: string): Rule[] => {
  const { month, day } = partsOf(date);
  const weekday = weekdayOf(date);
  const monthly = { kind: 'monthly', anchor: date, every: 1 } as const;
  const startMonth = month;
  const quarterly = { kind: 'quarterly', quarters: { kind: 'months', startMonth } } as const;
  const nth = Math.ceil(day / 7);
  return [
    { kind: 'weekly', anchor: date, every: 1 },
    { ...monthly, on: { kind: 'day', day } },
    { ...monthly, on: { kind: 'nth-weekday', nth: nth === 5 ? 'last' : nth, weekday } },
    { ...quarterly, on: { kind: 'from-start', days: day - 1 } },
    { ...quarterly, on: { kind: 'nth-weekday', nth, weekday } },
    {
      ...quarterly,
      on: { kind: 'before-end', days: daysBetween(date, quarterPeriod(date, usualFiscalYear(month)).end) },
    },
    { kind: 'annual', month, day },
  ];
};

describe('instantOf', () => {
  it.each([
    ['an ordinary time', '2026-10-20', '16:00', 'Europe/Berlin', '2026-10-20T14:00:00.000Z'],
    [
      'a skipped time with the offset before the gap',
      '2026-03-29',
      '02:30',
      'Europe/Berlin',
      '2026-03-29T01:30:00.000Z',
    ],
    ['a repeated time as the first', '2026-10-25', '02:30', 'Europe/Berlin', '2026-10-25T00:30:00.000Z'],
    [
      'a repeated time west of Greenwich as the first',
      '2026-11-01',
      '01:30',
      'America/New_York',
      '2026-11-01T05:30:00.000Z',
    ],
    ['a gap of half an hour', '2026-10-04', '02:15', 'Australia/Lord_Howe', '2026-10-03T15:45:00.000Z'],
    ['a midnight that is skipped', '2026-04-24', '00:00', 'Africa/Cairo', '2026-04-23T22:00:00.000Z'],
    ['a whole day that was skipped', '2011-12-30', '12:00', 'Pacific/Apia', '2011-12-30T22:00:00.000Z'],
    [
      'an ordinary time at a change of clocks',
      '2026-03-29',
      '01:00',
      'Atlantic/Azores',
      '2026-03-29T01:00:00.000Z',
    ],
    ['a time 14 hours ahead', '2026-06-01', '00:00', 'Pacific/Kiritimati', '2026-05-31T10:00:00.000Z'],
  ])('resolves %s', (_, date, time, zone, expected) => {
    expect(instantOf(date, time, zone).toISOString()).toBe(expected);
  });

  it('agrees with Temporal in every zone, on every day of 2024 to 2037 with a change of clocks, in six process zones', async () => {
    const days = [...transitionDays()].map(([zone, found]): [string, string[]] => [
      zone,
      [...found, '2027-01-15', '2027-07-15'],
    ]);
    const running = processZones.map(([zone]) => digestIn(zone, days));
    const instants: Record<string, string> = {};
    let checked = 0;
    for (const [zone, dates] of days) {
      const expected = createHash('sha256');
      for (const date of dates) {
        const midnight = Temporal.PlainDate.from(date);
        for (const plainTime of quarterHours) {
          const { epochMilliseconds } = midnight.toZonedDateTime({ timeZone: zone, plainTime });
          expected.update(`${epochMilliseconds};`);
          checked += 1;
        }
      }
      instants[zone] = expected.digest('hex');
    }
    const results = await Promise.all(running);
    expect(results.map(({ offset }) => offset)).toStrictEqual(processZones.map(([, offset]) => offset));
    for (const [index, one] of results.entries()) {
      expect(one.instants, processZones[index]?.[0]).toStrictEqual(instants);
      expect(one.results).toBe(checked);
    }
    expect(new Set(results.map(({ others }) => others)).size).toBe(1);
    expect(checked).toBeGreaterThan(400_000);
  }, 240_000);

  it('puts each date of every kind of rule on a day with a change of clocks at its local time', () => {
    const wrong: string[] = [];
    let checked = 0;
    for (const [zone, dates] of transitionDays()) {
      for (const date of dates) {
        for (const rule of rulesOn(date)) {
          const [found = ''] = datesFrom(rule, date, 1);
          const expected = Temporal.PlainDate.from(date).toZonedDateTime({
            timeZone: zone,
            plainTime: '05:00',
          });
          const due = dueAt({ time: '05:00', zone }, found);
          if (due.getTime() !== expected.epochMilliseconds) wrong.push(`${date} ${zone} ${rule.kind}`);
          checked += 1;
        }
      }
    }
    expect(wrong).toStrictEqual([]);
    expect(checked).toBeGreaterThan(25_000);
  }, 240_000);

  it('refuses a zone or a time that does not exist', () => {
    expect(() => instantOf('2026-10-20', '16:00', 'Europe/Atlantis')).toThrow(RangeError);
    expect(() => instantOf('2026-10-20', '24:00', 'UTC')).toThrow(RangeError);
    expect(() => instantOf('2026-02-30', '16:00', 'UTC')).toThrow(RangeError);
  });
});

describe('isZone', () => {
  it('knows every zone of the runtime', () => {
    expect(Intl.supportedValuesOf('timeZone').filter((zone) => !isZone(zone))).toStrictEqual([]);
    expect(isZone('UTC')).toBe(true);
    expect(isZone('Asia/Kolkata')).toBe(true);
  });

  it.each(['', 'Europe/Atlantis', 'Foo/Bar+05:00', '+02:00', '05', 'Berlin', '<!channel>', 'Europe/Berlin '])(
    'refuses %j',
    (zone) => {
      expect(isZone(zone)).toBe(false);
    },
  );
});

describe('the wall clock at an instant', () => {
  const instant = new Date('2026-10-22T14:00:59.999Z');

  it('is the date and time that people in the zone see, seconds dropped', () => {
    expect(civilDateAt(instant, 'Europe/Berlin')).toBe('2026-10-22');
    expect(localTimeAt(instant, 'Europe/Berlin')).toBe('16:00');
    expect(civilDateAt(instant, 'Pacific/Auckland')).toBe('2026-10-23');
    expect(localTimeAt(instant, 'Asia/Kathmandu')).toBe('19:45');
    expect(civilDateAt(new Date(-1), 'UTC')).toBe('1969-12-31');
    expect(localTimeAt(new Date(-1), 'UTC')).toBe('23:59');
  });

  it('is written with its city', () => {
    expect(formatTime(instant, 'America/Chicago')).toBe('09:00 Chicago');
    expect(formatMoment(instant, 'Europe/Berlin')).toBe('Thu 22 Oct, 16:00 Berlin');
  });

  it('is written for several zones, each on its own day', () => {
    expect(formatMoments(instant, ['Europe/Berlin', 'America/Chicago'])).toBe(
      'Thu 22 Oct, 16:00 Berlin, 09:00 Chicago',
    );
    expect(formatMoments(instant, ['Europe/Berlin', 'Pacific/Auckland', 'Europe/Berlin'])).toBe(
      'Thu 22 Oct, 16:00 Berlin, Fri 23 Oct, 03:00 Auckland',
    );
  });
});

describe('cityOf', () => {
  it.each([
    ['Europe/Berlin', 'Berlin'],
    ['America/Argentina/Buenos_Aires', 'Buenos Aires'],
    ['America/New_York', 'New York'],
    ['Asia/Calcutta', 'Kolkata'],
    ['UTC', 'UTC'],
    ['Etc/UTC', 'UTC'],
    ['Etc/GMT', 'GMT'],
    ['Etc/GMT+5', 'UTC-5'],
    ['Etc/GMT-14', 'UTC+14'],
  ])('names %s %s', (zone, city) => {
    expect(cityOf(zone)).toBe(city);
  });
});
