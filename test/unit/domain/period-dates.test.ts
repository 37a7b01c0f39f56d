import { describe, expect, it } from 'vitest';
import { addDays } from '../../../src/domain/civil-date.ts';
import type { FiscalYear, Partnership } from '../../../src/domain/partnership.ts';
import {
  finalUntil,
  mayClosePeriod,
  nextPeriod,
  periodName,
  periodQuestion,
} from '../../../src/domain/period-dates.ts';

const year = { start: '2026-01-01', end: '2026-12-31' };
const calendar: FiscalYear = { startMonth: 1, namedBy: 'end' };
const february: FiscalYear = { startMonth: 2, namedBy: 'end' };
/** 4-4-5: ends on the last Saturday of September. */
const weeks: FiscalYear = { startMonth: 10, namedBy: 'end', weeks: { weekday: 6, ends: 'last' } };

describe('the question that ends a period', () => {
  const asked = (over: Partial<Parameters<typeof periodQuestion>[0]>, now: string) =>
    periodQuestion(
      { period: year, zone: 'Europe/Berlin', introducedAt: new Date('2026-01-02T09:00:00Z'), ...over },
      new Date(now),
    )?.at.toISOString();

  it('comes four weeks before the end, at 09:00 in its zone', () => {
    expect(asked({}, '2026-10-20T08:00:00Z')).toBe('2026-12-03T08:00:00.000Z');
    expect(asked({ zone: 'America/Chicago' }, '2026-10-20T08:00:00Z')).toBe('2026-12-03T15:00:00.000Z');
  });

  it('moves on to the next working day of both firms', () => {
    const period = { start: '2026-07-01', end: '2026-10-31' };
    expect(asked({ period }, '2026-08-20T08:00:00Z')).toBe('2026-10-05T07:00:00.000Z');
    const holidays = { ours: ['2026-10-05'], theirs: ['2026-10-06'] };
    expect(asked({ period, holidays }, '2026-08-20T08:00:00Z')).toBe('2026-10-07T07:00:00.000Z');
  });

  it('is asked on the first working morning to come when four weeks before has passed', () => {
    expect(asked({}, '2026-12-10T06:00:00Z')).toBe('2026-12-10T08:00:00.000Z');
    expect(asked({}, '2026-12-10T08:00:00Z')).toBe('2026-12-11T08:00:00.000Z');
    expect(asked({}, '2026-12-11T20:00:00Z')).toBe('2026-12-14T08:00:00.000Z');
  });

  it('is not asked when the period is over then', () => {
    expect(asked({}, '2026-12-31T08:00:00Z')).toBeUndefined();
    expect(asked({}, '2027-03-01T08:00:00Z')).toBeUndefined();
  });

  it('leaves who was introduced late a week to settle', () => {
    const introducedAt = new Date('2026-12-07T09:00:00Z');
    expect(asked({ introducedAt }, '2026-12-07T09:00:00Z')).toBe('2026-12-14T08:00:00.000Z');
    expect(asked({ introducedAt: new Date('2026-12-28T09:00:00Z') }, '2026-12-28T09:00:00Z')).toBeUndefined();
  });

  it('is worth posting until the period is over', () => {
    const question = periodQuestion({ period: year, zone: 'UTC' }, new Date('2026-10-20T08:00:00Z'));
    expect(question?.postBy.toISOString()).toBe('2027-01-01T09:00:00.000Z');
  });
});

describe('a period near its end', () => {
  it('can be closed from four weeks before its end on, also long after it', () => {
    expect(['2026-12-02', '2026-12-03', '2027-06-01'].map((day) => mayClosePeriod(year, day))).toEqual([
      false,
      true,
      true,
    ]);
  });

  it('takes final values for 21 days after its end', () => {
    expect(finalUntil('2026-12-31')).toBe('2027-01-21');
  });
});

describe('the next period', () => {
  const next = (period: Partnership['period'], ours = calendar, theirs?: FiscalYear) =>
    nextPeriod({ period, ourFiscalYear: ours, ...(theirs && { theirFiscalYear: theirs }) });

  it.each([
    ['our-year', year, calendar, undefined, '2027-12-31'],
    ['our-quarter', { start: '2026-10-01', end: '2026-12-31' }, calendar, undefined, '2027-03-31'],
    ['their-year', { start: '2026-02-01', end: '2027-01-31' }, calendar, february, '2028-01-31'],
    ['their-quarter', { start: '2026-11-01', end: '2027-01-31' }, calendar, february, '2027-04-30'],
  ] as const)('follows on from the basis %s', (basis, period, ours, theirs, end) => {
    expect(next({ ...period, basis }, ours, theirs)).toEqual({
      start: addDays(period.end, 1),
      end,
      basis,
    });
  });

  it('runs to the next quarter end that both firms share', () => {
    const period = { start: '2026-10-01', end: '2026-12-31', basis: 'shared-quarter' as const };
    const july: FiscalYear = { startMonth: 7, namedBy: 'end' };
    expect(next(period, calendar, july)).toEqual({
      start: '2027-01-01',
      end: '2027-03-31',
      basis: 'shared-quarter',
    });
  });

  it('follows a year of weeks to the day, through one of 53', () => {
    let period: Partnership['period'] = { start: '2025-09-28', end: '2026-09-26', basis: 'our-year' };
    const ends: string[] = [];
    for (let nth = 0; nth < 6; nth += 1) {
      period = next(period, weeks);
      ends.push(period.end);
    }
    expect(ends).toEqual([
      '2027-09-25',
      '2028-09-30',
      '2029-09-29',
      '2030-09-28',
      '2031-09-27',
      '2032-09-25',
    ]);
    const quarter = { start: '2026-06-28', end: '2026-09-26', basis: 'our-quarter' as const };
    expect(next(quarter, weeks)).toEqual({ start: '2026-09-27', end: '2026-12-26', basis: 'our-quarter' });
  });

  it('is as long as own dates were: in whole months, else in days', () => {
    expect(next({ start: '2026-07-01', end: '2026-12-31' })).toEqual({
      start: '2027-01-01',
      end: '2027-06-30',
    });
    expect(next({ start: '2026-03-01', end: '2026-08-31' })).toEqual({
      start: '2026-09-01',
      end: '2027-02-28',
    });
    expect(next({ start: '2026-07-15', end: '2026-10-12' })).toEqual({
      start: '2026-10-13',
      end: '2027-01-10',
    });
  });

  it('has own dates where the basis no longer says any, or says a sliver', () => {
    expect(next({ start: '2026-11-01', end: '2027-01-31', basis: 'their-quarter' })).toEqual({
      start: '2027-02-01',
      end: '2027-04-30',
    });
    const moved = next({ start: '2026-03-14', end: '2026-12-10', basis: 'our-year' });
    expect(moved).toEqual({ start: '2026-12-11', end: '2027-09-08' });
  });
});

describe('a period as a firm names it', () => {
  it.each([
    [{ start: '2026-01-01', end: '2026-12-31' }, calendar, 'FY26'],
    [{ start: '2026-10-01', end: '2026-12-31' }, calendar, 'FY26 Q4'],
    [{ start: '2026-07-01', end: '2026-12-31' }, calendar, 'FY26 Q3 to Q4'],
    [{ start: '2026-01-01', end: '2026-12-31' }, february, 'FY26 Q4 to FY27 Q4'],
    [{ start: '2026-10-05', end: '2026-11-30' }, calendar, 'part of FY26 Q4'],
    [{ start: '2025-09-28', end: '2026-09-26' }, weeks, 'FY26'],
  ] as const)('%o', (period, fiscalYear, name) => {
    expect(periodName(period, fiscalYear)).toBe(name);
  });
});
