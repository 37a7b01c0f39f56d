import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, daysBetween, formatPeriod, fromEpochDay } from '../../../src/domain/civil-date.ts';
import {
  fiscalPosition,
  fiscalYearPeriod,
  periodWeek,
  quarterPeriod,
  usualFiscalYear,
} from '../../../src/domain/fiscal-calendar.ts';
import type { FiscalYear } from '../../../src/domain/partnership.ts';

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
