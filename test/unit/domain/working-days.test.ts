import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '../../../src/domain/civil-date.ts';
import type { Shift } from '../../../src/domain/rhythm.ts';
import { datesFrom } from '../../../src/domain/rule-dates.ts';
import { isWorkingDay, shifted, workingDaysBetween } from '../../../src/domain/working-days.ts';
import { anyHolidays, anyRule, anyShift, recentDate } from './any-rule.ts';

const holidays = { ours: ['2026-12-25'], theirs: ['2026-12-28', '2027-01-01'] };

describe('a date that is no working day', () => {
  it.each<[Shift, string, string]>([
    ['none', '2026-12-26', '2026-12-26'],
    ['next', '2026-12-24', '2026-12-24'],
    ['next', '2026-12-25', '2026-12-29'],
    ['previous', '2026-12-28', '2026-12-24'],
    ['modified-following', '2026-12-26', '2026-12-29'],
    ['modified-following', '2027-01-30', '2027-01-29'],
    ['modified-following', '2027-01-01', '2027-01-04'],
  ])('goes with shift %s from %s to %s', (shift, date, expected) => {
    expect(shifted(date, shift, holidays)).toBe(expected);
  });

  it('goes to the nearest working day on its side, and a working day stays', () => {
    fc.assert(
      fc.property(recentDate, anyShift, anyHolidays, (date, shift, off) => {
        const day = shifted(date, shift, off);
        if (shift === 'none' || isWorkingDay(date, off)) {
          expect(day).toBe(date);
          return;
        }
        expect(isWorkingDay(day, off)).toBe(true);
        // No working day lies between.
        const [early, late] = day < date ? [day, date] : [date, day];
        expect(workingDaysBetween(early, addDays(late, -1), off)).toBe(0);
        if (shift !== 'modified-following') expect(day > date).toBe(shift === 'next');
      }),
      { numRuns: 1_000 },
    );
  });

  it('stays in its month with modified following where a working day follows in it', () => {
    fc.assert(
      fc.property(recentDate, anyHolidays, (date, off) => {
        let next = date;
        while (!isWorkingDay(next, off)) next = addDays(next, 1);
        const day = shifted(date, 'modified-following', off);
        if (next.slice(0, 7) === date.slice(0, 7)) expect(day).toBe(next);
        else expect(day <= date).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });

  it('never passes a later date of its rule', () => {
    fc.assert(
      fc.property(anyRule, recentDate, anyShift, anyHolidays, (rule, from, shift, off) => {
        const days = datesFrom(rule, from, 20).map((date) => shifted(date, shift, off));
        expect(days).toStrictEqual([...days].sort());
      }),
    );
    fc.assert(
      fc.property(recentDate, anyShift, anyHolidays, (date, shift, off) => {
        expect(shifted(date, shift, off) <= shifted(addDays(date, 1), shift, off)).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });
});
