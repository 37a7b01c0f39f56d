import { describe, expect, it } from 'vitest';
import { firstKnownOn, isValueDue, knownInWords } from '../../../src/domain/kpi-known.ts';
import { freshness, standingOf } from '../../../src/domain/kpi-pace.ts';
import { aKpi, aReading } from './samples.ts';

const monthly = aKpi('k', { knownAfter: 15 });

describe('a value that is known from a set day', () => {
  it.each([
    ['2026-11-15', 1],
    ['2026-12-16', 0.5],
    ['2027-01-16', 0],
  ])('is as new as can be until the next one is known: on %s it says %d', (today, share) => {
    expect(freshness(monthly, aReading('k', '2026-09-30', { value: 1 }), today)).toBeCloseTo(share, 5);
  });

  it.each([
    ['weekly', 1, '2026-10-18', '2026-10-26'],
    ['weekly', 1, '2026-10-14', '2026-10-19'],
    ['monthly', 0, '2026-09-30', '2026-10-31'],
    ['monthly', 15, '2026-10-20', '2026-11-15'],
    ['monthly', 15, '2026-12-31', '2027-02-15'],
    ['quarterly', 20, '2026-09-30', '2027-01-20'],
    ['quarterly', 20, '2026-08-12', '2026-10-20'],
  ] as const)('%s, %d days after: after the one of %s it is due on %s', (cadence, knownAfter, last, due) => {
    const kpi = aKpi('k', { cadence, knownAfter });
    const before = [...Array(200).keys()].map(
      (at) => new Date(Date.parse(`${last}T00:00:00Z`) + at * 86_400_000),
    );
    const days = before.map((day) => day.toISOString().slice(0, 10));
    expect(days.find((today) => isValueDue(kpi, last, today))).toBe(due);
  });

  it('runs in quarters of the operating period, whichever months those are', () => {
    const kpi = aKpi('k', { cadence: 'quarterly', knownAfter: 0, start: '2026-02-01' });
    expect(firstKnownOn(kpi)).toBe('2026-04-30');
    expect(isValueDue(kpi, '2026-01-15', '2026-01-30')).toBe(false);
    expect(isValueDue(kpi, '2026-01-15', '2026-01-31')).toBe(true);
  });

  it('is not missed before its first day, whatever part of the time has passed', () => {
    const kpi = aKpi('k', { cadence: 'quarterly', knownAfter: 20 });
    expect(standingOf(kpi, [], '2026-10-19')).toMatchObject({ judged: false });
    expect(standingOf(kpi, [], '2026-10-20')).toMatchObject({ judged: true });
    expect([isValueDue(kpi, undefined, '2026-10-19'), isValueDue(kpi, undefined, '2026-10-20')]).toEqual([
      false,
      true,
    ]);
  });

  it.each([
    ['monthly', 15, 'the 15th'],
    ['monthly', 1, 'the 1st'],
    ['monthly', 22, 'the 22nd'],
    ['monthly', 13, 'the 13th'],
    ['monthly', 45, '45 days after the month'],
    ['weekly', 1, 'the Monday after'],
    ['quarterly', 20, '20 days after the quarter'],
    ['quarterly', 0, 'the last day of the quarter'],
  ] as const)('%s, %d days after, is said as "%s"', (cadence, days, words) => {
    expect(knownInWords(cadence, days)).toBe(words);
  });
});

it('without a set day, a value is due when it is more than a cadence old', () => {
  const kpi = aKpi('k');
  expect(isValueDue(kpi, undefined, '2026-07-01')).toBe(true);
  expect(isValueDue(kpi, '2026-08-31', '2026-10-01')).toBe(false);
  expect(isValueDue(kpi, '2026-08-31', '2026-10-02')).toBe(true);
});
