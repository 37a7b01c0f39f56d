import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, daysBetween } from '../../../src/domain/civil-date.ts';
import {
  closesAt,
  dateAfter,
  dayOf,
  dueAt,
  firstDateFrom,
  hasDateWithin,
  type Timed,
} from '../../../src/domain/recurrence.ts';
import { intervalDays, nextDate, previousDate, weeklyRule } from '../../../src/domain/rule-dates.ts';
import { addWorkingDays } from '../../../src/domain/working-days.ts';
import { anyTimed, recentDate } from './any-rule.ts';

const tuesdays = { kind: 'weekly', anchor: '2026-10-20', every: 1 } as const;
const berlin = { time: '16:00', zone: 'Europe/Berlin' };

describe('the first date of a new or edited rhythm', () => {
  const noon = (date: string): Date => new Date(`${date}T12:00:00Z`);
  const first = (rule: Timed['rule'], last: string | undefined, now: string): string | undefined =>
    firstDateFrom({ rule, ...berlin }, last, noon(now));

  it('is the next one when nothing was posted yet, today while its time lies ahead', () => {
    expect(first(tuesdays, undefined, '2026-10-19')).toBe('2026-10-20');
    const rhythm = { rule: tuesdays, ...berlin };
    expect(firstDateFrom(rhythm, undefined, new Date('2026-10-20T13:59:59Z'))).toBe('2026-10-20');
    expect(firstDateFrom(rhythm, undefined, new Date('2026-10-20T14:00:00Z'))).toBe('2026-10-27');
    expect(firstDateFrom(rhythm, '2026-10-20', new Date('2026-10-20T13:00:00Z'))).toBe('2026-10-27');
  });

  it('leaves out a date that comes less than half an interval after the last one posted', () => {
    expect(first(weeklyRule(4, 1, '2026-10-20'), '2026-10-20', '2026-10-20')).toBe('2026-10-29');
    expect(first(weeklyRule(6, 1, '2026-10-20'), '2026-10-20', '2026-10-20')).toBe('2026-10-24');
  });

  it('may have its nominal date long before today, when a closure moved it', () => {
    const closed = ['2026-12-24', '2026-12-25', '2026-12-28', '2026-12-29', '2026-12-30', '2026-12-31'];
    const holidays = { ours: [...closed, '2027-01-01'], theirs: [] };
    const thursdays: Timed = { rule: weeklyRule(4, 2, '2026-12-24'), ...berlin, shift: 'next', holidays };
    expect(firstDateFrom(thursdays, undefined, noon('2027-01-02'))).toBe('2026-12-24');
    expect(dayOf(thursdays, '2026-12-24')).toBe('2027-01-04');
  });

  it('is not one that a shift has put before now', () => {
    const saturdays: Timed = { rule: weeklyRule(6, 1, '2026-10-20'), ...berlin, shift: 'previous' };
    expect(firstDateFrom(saturdays, undefined, new Date('2026-10-23T15:00:00Z'))).toBe('2026-10-31');
    expect(firstDateFrom(saturdays, undefined, new Date('2026-10-23T13:00:00Z'))).toBe('2026-10-24');
  });

  it('is there only until the rhythm ends', () => {
    const ending = { rule: tuesdays, ...berlin, endDate: '2026-10-27' };
    expect(firstDateFrom(ending, undefined, noon('2026-10-26'))).toBe('2026-10-27');
    expect(firstDateFrom(ending, undefined, noon('2026-10-28'))).toBeUndefined();
    expect(dateAfter(ending, '2026-10-20')).toBe('2026-10-27');
    expect(dateAfter(ending, '2026-10-27')).toBeUndefined();
  });

  it('ends by the day on which a date takes place, wherever its nominal one is', () => {
    const saturdays = { rule: weeklyRule(6, 1, '2026-10-20'), ...berlin };
    const before: Timed = { ...saturdays, shift: 'previous', endDate: '2026-10-30' };
    expect(dateAfter(before, '2026-10-24')).toBe('2026-10-31');
    expect(firstDateFrom(before, undefined, noon('2026-10-28'))).toBe('2026-10-31');
    const after: Timed = { ...saturdays, shift: 'next', endDate: '2026-11-01' };
    expect(dateAfter(after, '2026-10-24')).toBeUndefined();
    expect(firstDateFrom(after, undefined, noon('2026-10-28'))).toBeUndefined();
    expect(dateAfter({ ...after, endDate: '2026-11-02' }, '2026-10-24')).toBe('2026-10-31');
  });

  it('lies ahead, half an interval after the last one posted, with no earlier date that would do', () => {
    const posted = fc.option(fc.integer({ min: -800, max: 400 }), { nil: undefined });
    fc.assert(
      fc.property(anyTimed, recentDate, posted, (timed, today, since) => {
        const now = noon(today);
        const lastPosted = since === undefined ? undefined : addDays(today, since);
        const allowed = (date: string): boolean =>
          dueAt(timed, date) > now &&
          (timed.endDate === undefined || dayOf(timed, date) <= timed.endDate) &&
          (lastPosted === undefined ||
            (date > lastPosted &&
              2 * daysBetween(dayOf(timed, lastPosted), dayOf(timed, date)) >= intervalDays(timed.rule)));
        const date = firstDateFrom(timed, lastPosted, now);
        if (date !== undefined) {
          expect(allowed(date)).toBe(true);
          expect(nextDate(timed.rule, addDays(date, -1))).toBe(date);
        }
        // Every date of a year and a half before it, or, without one, of three years.
        const until = date ?? addDays(today, 1_095);
        let earlier = previousDate(timed.rule, addDays(until, -1));
        for (; daysBetween(earlier, until) < 550; earlier = previousDate(timed.rule, addDays(earlier, -1)))
          expect(allowed(earlier), earlier).toBe(false);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('a rhythm has a date within ten years', () => {
  it('unless its end comes first', () => {
    const yearly: Timed = { rule: { kind: 'annual', month: 2, day: 29 }, ...berlin };
    expect(hasDateWithin(yearly, '2026-10-20', 10)).toBe(true);
    expect(hasDateWithin({ ...yearly, endDate: '2027-02-28' }, '2026-10-20', 10)).toBe(true);
    expect(hasDateWithin({ ...yearly, endDate: '2027-02-27' }, '2026-10-20', 10)).toBe(false);
    expect(hasDateWithin({ ...yearly, endDate: '2026-10-19' }, '2026-10-20', 10)).toBe(false);
  });

  it('counts from the first day to the last', () => {
    const yearly: Timed = { rule: { kind: 'annual', month: 10, day: 20 }, ...berlin };
    expect(hasDateWithin(yearly, '2026-10-20', 0)).toBe(true);
    expect(hasDateWithin(yearly, '2026-10-21', 0)).toBe(false);
    expect(hasDateWithin(yearly, '2026-10-21', 1)).toBe(true);
    expect(hasDateWithin({ ...yearly, shift: 'previous' }, '2029-10-20', 0)).toBe(false);
  });

  it('for every rule and shift without an end', () => {
    fc.assert(
      fc.property(anyTimed, recentDate, (timed, from) => {
        expect(hasDateWithin({ ...timed, endDate: undefined }, from, 10)).toBe(true);
      }),
    );
  });
});

describe('due and closing times', () => {
  it('stay at the local time on both sides of a clock change', () => {
    expect(dueAt(berlin, '2026-10-20').toISOString()).toBe('2026-10-20T14:00:00.000Z');
    expect(dueAt(berlin, '2026-10-27').toISOString()).toBe('2026-10-27T15:00:00.000Z');
  });

  it.each([
    ['2026-10-20', 2, '2026-10-22'],
    ['2026-10-22', 2, '2026-10-26'],
    ['2026-10-23', 1, '2026-10-26'],
    ['2026-10-24', 1, '2026-10-26'],
    ['2026-10-25', 5, '2026-10-30'],
    ['2026-10-20', 0, '2026-10-20'],
  ])('%s and %d working days is %s', (date, count, expected) => {
    expect(addWorkingDays(date, count)).toBe(expected);
  });

  it('close Tue 20 Oct, 16:00 after two working days on Thu 22 Oct, 16:00', () => {
    const closes = closesAt(dueAt(berlin, '2026-10-20'), { windowDays: 2, zone: 'Europe/Berlin' });
    expect(closes.toISOString()).toBe('2026-10-22T14:00:00.000Z');
  });

  it('close over a weekend on which the clocks change at the same local time', () => {
    const closes = closesAt(dueAt(berlin, '2026-10-23'), { windowDays: 2, zone: 'Europe/Berlin' });
    expect(closes.toISOString()).toBe('2026-10-27T15:00:00.000Z');
  });

  it('close a review posted late at the rhythm’s own hour', () => {
    const opened = new Date('2026-10-14T06:05:00Z');
    const closes = closesAt(opened, { windowDays: 2, zone: 'Europe/Berlin', time: '16:00' });
    expect(closes.toISOString()).toBe('2026-10-16T14:00:00.000Z');
  });
});
