import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, daysBetween, formatPeriod, fromEpochDay } from '../../../src/domain/civil-date.ts';
import {
  fiscalPosition,
  fiscalToday,
  fiscalYearPeriod,
  operatingWeek,
  periodOn,
  periodWeek,
  quarterPeriod,
  quartersOf,
  usualFiscalYear,
} from '../../../src/domain/fiscal-calendar.ts';
import { type FiscalYear, fiscalYear as fiscalYearShape } from '../../../src/domain/partnership.ts';
import { datesFrom } from '../../../src/domain/rule-dates.ts';

const northwind = usualFiscalYear(1);
const acme = usualFiscalYear(2);

describe('the week of 23 Oct 2026', () => {
  it('is week 4 of Northwind’s fourth quarter and week 13 of Acme’s third', () => {
    expect(fiscalPosition('2026-10-23', northwind)).toStrictEqual({
      year: 2026,
      quarter: 4,
      week: 4,
      quarterStart: '2026-10-01',
      quarterEnd: '2026-12-31',
      label: 'FY26 Q4 wk 4',
    });
    expect(fiscalPosition('2026-10-23', acme)).toMatchObject({
      label: 'FY27 Q3 wk 13',
      quarterEnd: '2026-10-31',
    });
  });

  it('is week 17 of 27 in the operating period 1 Jul – 31 Dec 2026', () => {
    const period = { start: '2026-07-01', end: '2026-12-31' };
    expect(formatPeriod(period.start, period.end)).toBe('1 Jul – 31 Dec 2026');
    expect(periodWeek(period, '2026-10-23')).toStrictEqual({ week: 17, weeks: 27 });
  });
});

describe('a fiscal year', () => {
  it.each<[string, FiscalYear, string, string]>([
    ['2026-03-31', { startMonth: 4, namedBy: 'start' }, 'FY25 Q4 wk 14', '2025-04-01'],
    ['2026-04-01', { startMonth: 4, namedBy: 'start' }, 'FY26 Q1 wk 1', '2026-04-01'],
    ['2026-04-01', { startMonth: 4, namedBy: 'end' }, 'FY27 Q1 wk 1', '2026-04-01'],
    ['2026-07-05', { startMonth: 7, namedBy: 'end' }, 'FY27 Q1 wk 1', '2026-07-01'],
    ['2026-07-06', { startMonth: 7, namedBy: 'end' }, 'FY27 Q1 wk 2', '2026-07-01'],
    ['2099-12-31', { startMonth: 12, namedBy: 'end' }, 'FY00 Q1 wk 5', '2099-12-01'],
    ['2024-02-29', { startMonth: 3, namedBy: 'end' }, 'FY24 Q4 wk 14', '2023-03-01'],
  ])('puts %s of a year from %j into %s', (date, fiscalYear, label, start) => {
    expect(fiscalPosition(date, fiscalYear).label).toBe(label);
    expect(fiscalYearPeriod(date, fiscalYear).start).toBe(start);
  });

  it('is named alike by start and by end when it starts in January', () => {
    expect(fiscalPosition('2026-10-23', { startMonth: 1, namedBy: 'start' })).toStrictEqual(
      fiscalPosition('2026-10-23', { startMonth: 1, namedBy: 'end' }),
    );
  });

  it('reads as it did from a document that was stored before years of weeks', () => {
    const old = fiscalYearShape.parse({ startMonth: 2, namedBy: 'end' });
    expect(fiscalPosition('2026-10-23', old).label).toBe('FY27 Q3 wk 13');
    expect(fiscalYearPeriod('2026-10-23', old)).toEqual({ start: '2026-02-01', end: '2027-01-31' });
  });

  it('falls into four quarters without a gap, in each of which the weeks rise from 1 on Mondays', () => {
    const date = fc.integer({ min: 0, max: 60_000 }).map(fromEpochDay);
    const fiscalYear = fc.record({
      startMonth: fc.integer({ min: 1, max: 12 }),
      namedBy: fc.constantFrom('start' as const, 'end' as const),
    });
    fc.assert(
      fc.property(date, fiscalYear, (today, calendar) => {
        const year = fiscalYearPeriod(today, calendar);
        const quarter = quarterPeriod(today, calendar);
        const position = fiscalPosition(today, calendar);
        expect(year.start <= quarter.start && quarter.start <= today).toBe(true);
        expect(today <= quarter.end && quarter.end <= year.end).toBe(true);
        expect([365, 366]).toContain(daysBetween(year.start, year.end) + 1);
        expect(fiscalPosition(quarter.start, calendar).week).toBe(1);
        expect(fiscalPosition(quarter.end, calendar).quarter).toBe(position.quarter);
        expect([13, 14]).toContain(periodWeek(quarter, quarter.end).weeks);
        const next = fiscalPosition(addDays(quarter.end, 1), calendar);
        expect(next.quarter).toBe((position.quarter % 4) + 1);
        expect(next.year).toBe(position.year + (position.quarter === 4 ? 1 : 0));
        const tomorrow = addDays(today, 1);
        const turned = new Date(`${tomorrow}T00:00:00Z`).getUTCDay() === 1 ? 1 : 0;
        if (tomorrow <= quarter.end) {
          expect(fiscalPosition(tomorrow, calendar).week).toBe(position.week + turned);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('a fiscal year of weeks', () => {
  /** As retailers in the United States count: to the Saturday nearest to the end of January, named by its start. */
  const retailer: FiscalYear = {
    startMonth: 2,
    namedBy: 'start',
    weeks: { weekday: 6, ends: 'nearest' },
  };

  it.each([
    ['2023-01-29', 'FY23 Q1 wk 1', '2023-04-29'],
    ['2024-02-03', 'FY23 Q4 wk 14', '2024-02-03'],
    ['2024-02-04', 'FY24 Q1 wk 1', '2024-05-04'],
    ['2026-10-31', 'FY26 Q3 wk 13', '2026-10-31'],
    ['2026-11-01', 'FY26 Q4 wk 1', '2027-01-30'],
  ])('puts %s into %s, in a quarter that ends on %s', (date, label, quarterEnd) => {
    expect(fiscalPosition(date, retailer)).toMatchObject({ label, quarterEnd });
  });

  it('is counted in its own weeks also as an operating period, and in calendar weeks with own dates', () => {
    const period = { start: '2026-11-01', end: '2027-01-30' };
    const years = { ourFiscalYear: northwind, theirFiscalYear: retailer };
    const week = (basis?: 'their-quarter') =>
      operatingWeek({ ...years, period: { ...period, ...(basis && { basis }) } }, '2026-11-03');
    expect(week('their-quarter')).toEqual({ week: 1, weeks: 13 });
    expect(week()).toEqual({ week: 2, weeks: 14 });
  });

  it('is named by its end month also when it ends in the first days of the next one', () => {
    const september: FiscalYear = { startMonth: 1, namedBy: 'end', weeks: { weekday: 6, ends: 'nearest' } };
    expect(fiscalYearPeriod('2021-01-02', september)).toEqual({ start: '2019-12-29', end: '2021-01-02' });
    expect(fiscalPosition('2021-01-02', september).label).toBe('FY20 Q4 wk 14');
    expect(fiscalPosition('2021-01-03', september).label).toBe('FY21 Q1 wk 1');
  });

  const date = fc.integer({ min: 0, max: 60_000 }).map(fromEpochDay);
  const ofWeeks: fc.Arbitrary<FiscalYear> = fc.record({
    startMonth: fc.integer({ min: 1, max: 12 }),
    namedBy: fc.constantFrom('start', 'end'),
    weeks: fc.record({
      weekday: fc.integer({ min: 1, max: 7 }),
      ends: fc.constantFrom('last', 'nearest'),
    }),
  });
  const anyYear: fc.Arbitrary<FiscalYear> = fc.oneof(
    ofWeeks,
    fc.record({ startMonth: fc.integer({ min: 1, max: 12 }), namedBy: fc.constantFrom('start', 'end') }),
  );

  it('has quarters of 13 weeks without a gap, the fourth of 14 when the year has 53, and ends on its weekday', () => {
    fc.assert(
      fc.property(date, ofWeeks, (today, calendar) => {
        const year = fiscalYearPeriod(today, calendar);
        const quarter = quarterPeriod(today, calendar);
        const position = fiscalPosition(today, calendar);
        const weeks = (daysBetween(year.start, year.end) + 1) / 7;
        expect([52, 53]).toContain(weeks);
        expect(new Date(`${year.end}T00:00:00Z`).getUTCDay()).toBe((calendar.weeks?.weekday ?? 0) % 7);
        expect(year.start <= quarter.start && quarter.start <= today).toBe(true);
        expect(today <= quarter.end && quarter.end <= year.end).toBe(true);
        const long = position.quarter === 4 && weeks === 53;
        expect(daysBetween(quarter.start, quarter.end) + 1).toBe(long ? 98 : 91);
        expect(position.week).toBe(Math.floor(daysBetween(quarter.start, today) / 7) + 1);
        const next = fiscalPosition(addDays(quarter.end, 1), calendar);
        expect([next.quarter, next.week]).toEqual([(position.quarter % 4) + 1, 1]);
        expect(next.year).toBe(position.year + (position.quarter === 4 ? 1 : 0));
      }),
      { numRuns: 500 },
    );
  });

  it('has the quarters that a rhythm on it has', () => {
    fc.assert(
      fc.property(date, anyYear, (today, calendar) => {
        const { end } = quarterPeriod(today, calendar);
        const onItsLastDay = { kind: 'before-end', days: 0 } as const;
        const rule = { kind: 'quarterly', quarters: quartersOf(calendar), on: onItsLastDay } as const;
        expect(datesFrom(rule, today, 1)).toEqual([end]);
      }),
      { numRuns: 300 },
    );
  });

  it('gives every basis of a period that holds today, and a shared end only where both quarters end', () => {
    fc.assert(
      fc.property(date, anyYear, anyYear, (today, ourFiscalYear, theirFiscalYear) => {
        const years = { ourFiscalYear, theirFiscalYear };
        expect(periodOn(today, 'our-quarter', years)).toEqual(quarterPeriod(today, ourFiscalYear));
        expect(periodOn(today, 'their-year', years)).toEqual(fiscalYearPeriod(today, theirFiscalYear));
        const shared = periodOn(today, 'shared-quarter', years);
        if (shared === undefined) return;
        expect(shared.start <= today && today <= shared.end).toBe(true);
        for (const calendar of [ourFiscalYear, theirFiscalYear]) {
          const nearest = [-7, 0].map((days) => quarterPeriod(addDays(shared.end, days), calendar).end);
          expect(nearest.some((end) => Math.abs(daysBetween(end, shared.end)) < 7)).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('two firms on one day', () => {
  const years = { ourFiscalYear: northwind, theirFiscalYear: acme };

  it('are warned of a quarter end from 14 days before to the day itself, the nearer first', () => {
    expect(fiscalToday(years, '2026-10-16').ending).toEqual([]);
    for (const today of ['2026-10-17', '2026-10-31']) {
      expect(fiscalToday(years, today).ending).toEqual([{ firm: 'theirs', on: '2026-10-31' }]);
    }
    expect(fiscalToday({ ...years, theirFiscalYear: usualFiscalYear(4) }, '2026-12-20').ending).toEqual([
      { firm: 'ours', on: '2026-12-31' },
      { firm: 'theirs', on: '2026-12-31' },
    ]);
  });

  it('share the quarter ends of calendars three months apart, and none of others', () => {
    expect(periodOn('2026-10-23', 'shared-quarter', years)).toBeUndefined();
    expect(
      periodOn('2026-10-23', 'shared-quarter', { ...years, theirFiscalYear: usualFiscalYear(4) }),
    ).toEqual({ start: '2026-10-01', end: '2026-12-31' });
    expect(periodOn('2026-10-23', 'their-quarter', { ourFiscalYear: northwind })).toBeUndefined();
  });

  it('share a quarter end with a firm that counts weeks: the later of the two days', () => {
    const weeks = { weekday: 6, ends: 'last' } as const;
    expect(
      periodOn('2026-10-23', 'shared-quarter', {
        ourFiscalYear: { startMonth: 1, namedBy: 'end', weeks },
        theirFiscalYear: northwind,
      }),
    ).toEqual({ start: '2026-10-01', end: '2026-12-31' });
  });
});
