import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, daysBetween, epochDay, fromEpochDay, weekdayOf } from '../../../src/domain/civil-date.ts';
import { nextDatesInWords } from '../../../src/domain/next-dates.ts';
import { closesAt, dueAt, firstDateAfterEdit, firstDateFrom } from '../../../src/domain/recurrence.ts';
import type { Rule } from '../../../src/domain/rhythm.ts';
import { datesFrom, nextDate, previousDate, weeklyRule } from '../../../src/domain/rule-dates.ts';
import { ruleInWords } from '../../../src/domain/rule-words.ts';
import { addWorkingDays } from '../../../src/domain/working-days.ts';

const tuesdays = { kind: 'weekly', anchor: '2026-10-20', every: 1 } as const;
const berlin = { time: '16:00', zone: 'Europe/Berlin' };

const dates = fc.integer({ min: 0, max: 40_000 }).map(fromEpochDay);
const rules = fc.record({
  kind: fc.constant('weekly' as const),
  anchor: dates,
  every: fc.integer({ min: 1, max: 8 }),
});

describe('the dates of a rule', () => {
  it('stand on its weekday, every n weeks from the anchor, in both directions', () => {
    fc.assert(
      fc.property(rules, dates, (rule, date) => {
        const next = nextDate(rule, date);
        expect(Math.abs(daysBetween(rule.anchor, next) % (7 * rule.every))).toBe(0);
        expect(weekdayOf(next)).toBe(weekdayOf(rule.anchor));
      }),
    );
  });

  it('are strictly later with next, never later with previous, and one undoes the other', () => {
    fc.assert(
      fc.property(rules, dates, (rule, date) => {
        const next = nextDate(rule, date);
        const previous = previousDate(rule, date);
        expect(epochDay(next)).toBeGreaterThan(epochDay(date));
        expect(epochDay(previous)).toBeLessThanOrEqual(epochDay(date));
        expect(daysBetween(previous, next)).toBe(7 * rule.every);
        expect(previousDate(rule, addDays(next, -1))).toBe(previous);
        expect(nextDate(rule, previous)).toBe(next);
        expect(previousDate(rule, next)).toBe(next);
      }),
    );
  });

  it('listed from a date are those that next gives, one after another', () => {
    fc.assert(
      fc.property(rules, dates, fc.integer({ min: 1, max: 60 }), (rule, from, count) => {
        const walked: string[] = [];
        for (let date = addDays(from, -1); walked.length < count; ) {
          date = nextDate(rule, date);
          walked.push(date);
        }
        expect(datesFrom(rule, from, count)).toStrictEqual(walked);
      }),
    );
  });

  it('keep their two weeks over a year of 53 weeks', () => {
    const rule: Rule = { kind: 'weekly', anchor: '2026-12-14', every: 2 };
    expect(datesFrom(rule, '2026-12-14', 4)).toStrictEqual([
      '2026-12-14',
      '2026-12-28',
      '2027-01-11',
      '2027-01-25',
    ]);
  });

  it('begin at the first such weekday on or after the day they are made', () => {
    expect(weeklyRule(2, 1, '2026-10-20')).toStrictEqual(tuesdays);
    expect(weeklyRule(1, 2, '2026-10-20')).toStrictEqual({ kind: 'weekly', anchor: '2026-10-26', every: 2 });
  });
});

describe('the first date after an edit', () => {
  it('is the next one when nothing was posted yet', () => {
    expect(firstDateAfterEdit(tuesdays, undefined, '2026-10-19')).toBe('2026-10-20');
    expect(firstDateAfterEdit(tuesdays, undefined, '2026-10-20')).toBe('2026-10-27');
  });

  it('leaves out a date that comes less than half an interval after the last one posted', () => {
    const thursdays = weeklyRule(4, 1, '2026-10-20');
    const saturdays = weeklyRule(6, 1, '2026-10-20');
    expect(firstDateAfterEdit(thursdays, '2026-10-20', '2026-10-20')).toBe('2026-10-29');
    expect(firstDateAfterEdit(saturdays, '2026-10-20', '2026-10-20')).toBe('2026-10-24');
  });

  it('comes after today, at least half an interval after the last, and no later than it must', () => {
    fc.assert(
      fc.property(rules, dates, fc.integer({ min: -60, max: 120 }), (rule, lastPosted, since) => {
        const today = addDays(lastPosted, since);
        const first = firstDateAfterEdit(rule, lastPosted, today);
        const allowed = (date: string): boolean =>
          daysBetween(today, date) > 0 && 2 * daysBetween(lastPosted, date) >= 7 * rule.every;
        expect(allowed(first)).toBe(true);
        expect(allowed(previousDate(rule, addDays(first, -1)))).toBe(false);
      }),
    );
  });

  it('may be today while the due time lies ahead', () => {
    const rhythm = { rule: tuesdays, ...berlin };
    expect(firstDateFrom(rhythm, undefined, new Date('2026-10-20T13:59:59Z'))).toBe('2026-10-20');
    expect(firstDateFrom(rhythm, undefined, new Date('2026-10-20T14:00:00Z'))).toBe('2026-10-27');
    expect(firstDateFrom(rhythm, '2026-10-20', new Date('2026-10-20T13:00:00Z'))).toBe('2026-10-27');
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

describe('a rhythm in words', () => {
  const list = (from: string, count: number, otherZone?: string): string[] =>
    nextDatesInWords(
      { rule: tuesdays, ...berlin },
      otherZone === undefined ? { from, count } : { from, count, otherZone },
    );

  it('names how often, the weekday, the time and the city', () => {
    expect(ruleInWords(tuesdays, '16:00', 'Europe/Berlin')).toBe('every week on Tuesday at 16:00 Berlin');
    expect(ruleInWords({ ...tuesdays, every: 2 }, '09:15', 'America/New_York')).toBe(
      'every 2 weeks on Tuesday at 09:15 New York',
    );
  });

  it('says when the other firm’s hour differs this once', () => {
    expect(list('2026-10-21', 3, 'America/Chicago')).toStrictEqual([
      'Tue 27 Oct, 16:00 Berlin, 10:00 Chicago. An hour later in Chicago this once: the clocks change.',
      'Tue 3 Nov, 16:00 Berlin, 09:00 Chicago.',
      'Tue 10 Nov, 16:00 Berlin, 09:00 Chicago.',
    ]);
  });

  it('says until when the hour differs for a few weeks, once', () => {
    expect(list('2026-03-03', 5, 'America/Chicago')).toStrictEqual([
      'Tue 3 Mar, 16:00 Berlin, 09:00 Chicago.',
      'Tue 10 Mar, 16:00 Berlin, 10:00 Chicago. An hour later in Chicago until Tue 24 Mar: the clocks change.',
      'Tue 17 Mar, 16:00 Berlin, 10:00 Chicago.',
      'Tue 24 Mar, 16:00 Berlin, 10:00 Chicago.',
      'Tue 31 Mar, 16:00 Berlin, 09:00 Chicago.',
    ]);
    expect(list('2026-03-17', 1, 'America/Chicago')).toStrictEqual([
      'Tue 17 Mar, 16:00 Berlin, 10:00 Chicago. An hour later in Chicago until Tue 24 Mar: the clocks change.',
    ]);
  });

  it('says from when the hour is another one to stay', () => {
    expect(list('2026-03-24', 3, 'America/Phoenix')).toStrictEqual([
      'Tue 24 Mar, 16:00 Berlin, 08:00 Phoenix.',
      'Tue 31 Mar, 16:00 Berlin, 07:00 Phoenix. An hour earlier in Phoenix from then on: the clocks change.',
      'Tue 7 Apr, 16:00 Berlin, 07:00 Phoenix.',
    ]);
  });

  it('names the day where the other firm is already on the next', () => {
    expect(list('2026-11-10', 1, 'Pacific/Auckland')).toStrictEqual([
      'Tue 10 Nov, 16:00 Berlin, Wed 11 Nov, 04:00 Auckland.',
    ]);
  });

  it('knows half an hour', () => {
    expect(list('2026-10-01', 1, 'Australia/Lord_Howe')).toStrictEqual([
      'Tue 6 Oct, 16:00 Berlin, Wed 7 Oct, 01:00 Lord Howe.',
    ]);
    expect(list('2026-09-29', 2, 'Australia/Lord_Howe')[1]).toBe(
      'Tue 6 Oct, 16:00 Berlin, Wed 7 Oct, 01:00 Lord Howe. Half an hour later in Lord Howe from then on: the clocks change.',
    );
  });

  it('shows one clock when both firms keep the same zone, or the other is not known', () => {
    expect(list('2026-10-27', 1, 'Europe/Berlin')).toStrictEqual(['Tue 27 Oct, 16:00 Berlin.']);
    expect(list('2026-10-27', 1)).toStrictEqual(['Tue 27 Oct, 16:00 Berlin.']);
  });
});
