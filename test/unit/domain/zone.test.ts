import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
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

const run = promisify(execFile);
const printed = z.object({ offset: z.number(), results: z.number(), digest: z.string().length(64) });

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

  it('agrees with Temporal in every zone and quarter hour of the days around each change, 2024 to 2030', () => {
    const wrong: string[] = [];
    let checked = 0;
    for (const [zone, days] of transitionDays()) {
      for (const date of [...days, '2027-01-15', '2027-07-15']) {
        const midnight = Temporal.PlainDate.from(date);
        for (const time of quarterHours) {
          const expected = midnight.toZonedDateTime({ timeZone: zone, plainTime: time }).epochMilliseconds;
          const instant = instantOf(date, time, zone);
          if (instant.getTime() !== expected) wrong.push(`${date} ${time} ${zone}`);
          checked += 1;
        }
      }
    }
    expect(wrong).toStrictEqual([]);
    expect(checked).toBeGreaterThan(200_000);
  }, 60_000);

  it('gives the same instants in every process zone', async () => {
    const script = fileURLToPath(new URL('../../support/zone-digest.ts', import.meta.url));
    const results = await Promise.all(
      [
        ['UTC', 0],
        ['America/New_York', 240],
        ['Pacific/Apia', -780],
      ].map(async ([zone, offset]) => {
        const { stdout } = await run(process.execPath, ['--import', 'tsx', script], {
          env: { ...process.env, TZ: String(zone) },
        });
        const { offset: seen, ...rest } = printed.parse(JSON.parse(stdout));
        expect(seen, `process zone ${zone}`).toBe(offset);
        return rest;
      }),
    );
    expect(results[1]).toStrictEqual(results[0]);
    expect(results[2]).toStrictEqual(results[0]);
    expect(results[0]?.results).toBeGreaterThan(50_000);
  }, 60_000);

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
