import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addDays,
  daysBetween,
  epochDay,
  formatDay,
  formatPeriod,
  formatWeekday,
  formatWithYear,
  fromEpochDay,
  mondayOf,
  parseCivilDate,
  weekdayOf,
} from '../../../src/domain/civil-date.ts';

const day = 86_400_000;
const first = Date.UTC(1900, 0, 1) / day;
const last = Date.UTC(2199, 11, 31) / day;

describe('epoch days', () => {
  it('agree with the UTC calendar on every day from 1900 to 2199', () => {
    const wrong: string[] = [];
    for (let epoch = first; epoch <= last; epoch += 1) {
      const utc = new Date(epoch * day);
      const date = fromEpochDay(epoch);
      const same =
        date === utc.toISOString().slice(0, 10) &&
        epochDay(date) === epoch &&
        weekdayOf(date) === (utc.getUTCDay() || 7);
      if (!same) wrong.push(date);
    }
    expect(wrong).toStrictEqual([]);
  });

  it('refuse what is no day', () => {
    for (const text of [
      '2026-02-30',
      '2025-02-29',
      '2026-13-01',
      '2026-1-1',
      '',
      '2026-00-10',
      '2026-01-00',
    ]) {
      expect(() => epochDay(text), text).toThrow(RangeError);
    }
    for (const number of [0.5, Number.NaN, 1e9, -1e9]) {
      expect(() => fromEpochDay(number)).toThrow(RangeError);
    }
  });

  it('add and subtract to where they came from', () => {
    const date = fc.integer({ min: first, max: last }).map(fromEpochDay);
    fc.assert(
      fc.property(date, fc.integer({ min: -4000, max: 4000 }), (from, days) => {
        const to = addDays(from, days);
        expect(daysBetween(from, to)).toBe(days);
        expect(addDays(to, -days)).toBe(from);
        expect(weekdayOf(mondayOf(from))).toBe(1);
        expect(daysBetween(mondayOf(from), from)).toBe(weekdayOf(from) - 1);
      }),
    );
  });
});

describe('parseCivilDate', () => {
  it('takes a day that exists', () => {
    expect(parseCivilDate('2024-02-29')).toBe('2024-02-29');
    expect(parseCivilDate(' 2026-10-20 ')).toBe('2026-10-20');
  });

  it.each(['2026-02-29', '2026-04-31', '20 Oct', '2026-10-20T16:00', '1e3-01-01', '', '２０２６-10-20'])(
    'refuses %j',
    (text) => {
      expect(parseCivilDate(text)).toBeUndefined();
    },
  );
});

describe('dates in words', () => {
  it('are short, with the weekday or the year where it matters', () => {
    expect(formatDay('2026-10-20')).toBe('20 Oct');
    expect(formatDay('2026-09-03')).toBe('3 Sep');
    expect(formatWeekday('2026-10-20')).toBe('Tue 20 Oct');
    expect(formatWithYear('2026-12-31')).toBe('31 Dec 2026');
  });

  it('give a period its year once', () => {
    expect(formatPeriod('2026-07-01', '2026-12-31')).toBe('1 Jul – 31 Dec 2026');
    expect(formatPeriod('2026-11-01', '2027-01-31')).toBe('1 Nov 2026 – 31 Jan 2027');
  });
});
