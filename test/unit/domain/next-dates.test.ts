import { describe, expect, it } from 'vitest';
import { coveredBy, type Planned } from '../../../src/domain/covering.ts';
import { type NextDates, nextDatesInWords } from '../../../src/domain/next-dates.ts';
import type { Timed } from '../../../src/domain/recurrence.ts';

const tuesdays = { kind: 'weekly', anchor: '2026-10-20', every: 1 } as const;
const berlin = { time: '16:00', zone: 'Europe/Berlin' };
const firms = { ours: 'Northwind', theirs: 'Acme' };

describe('the next dates in words', () => {
  const list = (from: string, count: number, otherZone?: string): string[] =>
    nextDatesInWords(
      { rule: tuesdays, ...berlin },
      otherZone === undefined ? { from, count } : { from, count, otherZone },
    );

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

describe('dates that a person is told something about', () => {
  const holidays = { ours: ['2026-12-25'], theirs: ['2026-11-11', '2026-11-26', '2026-12-25'] };
  const pulse: Planned = { id: 'p', kind: 'pulse', rule: tuesdays, ...berlin, holidays };
  const told = (timed: Timed, list: Partial<NextDates> & Pick<NextDates, 'from' | 'count'>): string[] =>
    nextDatesInWords(timed, { firms, ...list });

  it('are those of the rhythm form: a clock change, a larger review and holidays inside the window', () => {
    const monthly: Planned = {
      ...pulse,
      id: 'm',
      kind: 'monthly',
      rule: {
        kind: 'monthly',
        anchor: '2026-10-01',
        every: 1,
        on: { kind: 'nth-weekday', nth: 1, weekday: 2 },
      },
    };
    const lines = told(pulse, {
      from: '2026-10-27',
      count: 5,
      otherZone: 'America/Chicago',
      windowDays: 2,
      covered: (date) => coveredBy(pulse, date, [pulse, monthly]),
    });
    expect(lines).toStrictEqual([
      'Tue 27 Oct, 16:00 Berlin, 10:00 Chicago. An hour later in Chicago this once: the clocks change.',
      'Tue 3 Nov: the monthly check-in takes its place.',
      'Tue 10 Nov, 16:00 Berlin, 09:00 Chicago. Closes Fri 13 Nov: 11 Nov is a holiday at Acme.',
      'Tue 17 Nov, 16:00 Berlin, 09:00 Chicago.',
      'Tue 24 Nov, 16:00 Berlin, 09:00 Chicago. Closes Fri 27 Nov: 26 Nov is a holiday at Acme.',
    ]);
  });

  it('name the day of a larger review that is not the same', () => {
    const thursday = { kind: 'quarterly', date: '2026-11-05', day: '2026-11-05' } as const;
    expect(told(pulse, { from: '2026-11-03', count: 1, covered: () => thursday })).toStrictEqual([
      'Tue 3 Nov: the quarterly review of Thu 5 Nov takes its place.',
    ]);
  });

  it('are left out where a person said so', () => {
    expect(told(pulse, { from: '2026-11-03', count: 2, skipped: ['2026-11-03'] })).toStrictEqual([
      'Tue 3 Nov: left out.',
      'Tue 10 Nov, 16:00 Berlin.',
    ]);
  });

  it('tell of a stretch of another hour with the first date that takes place in it', () => {
    const lines = told(pulse, {
      from: '2026-03-10',
      count: 2,
      otherZone: 'America/Chicago',
      skipped: ['2026-03-10'],
    });
    expect(lines[1]).toBe(
      'Tue 17 Mar, 16:00 Berlin, 10:00 Chicago. An hour later in Chicago until Tue 24 Mar: the clocks change.',
    );
  });

  it('say from where a weekend or a holiday moved them', () => {
    const on = (day: number, shift: Timed['shift']): Timed => ({
      ...pulse,
      shift,
      rule: { kind: 'annual', month: 12, day },
    });
    const one = { from: '2026-12-01', count: 1 };
    expect(told(on(26, 'next'), one)).toStrictEqual([
      'Mon 28 Dec, 16:00 Berlin. Moved from Sat 26 Dec: a weekend.',
    ]);
    expect(told(on(25, 'previous'), one)).toStrictEqual([
      'Thu 24 Dec, 16:00 Berlin. Moved from Fri 25 Dec: a holiday at both firms.',
    ]);
    const november: Timed = { ...on(25, 'next'), rule: { kind: 'annual', month: 11, day: 26 } };
    expect(told(november, { from: '2026-11-01', count: 1 })).toStrictEqual([
      'Fri 27 Nov, 16:00 Berlin. Moved from Thu 26 Nov: a holiday at Acme.',
    ]);
    expect(nextDatesInWords(november, { from: '2026-11-01', count: 1 })).toStrictEqual([
      'Fri 27 Nov, 16:00 Berlin. Moved from Thu 26 Nov: a holiday at one firm.',
    ]);
    expect(told(on(26, 'none'), one)).toStrictEqual(['Sat 26 Dec, 16:00 Berlin.']);
  });

  it('say all holidays that move the end, and nothing of a weekend', () => {
    const closed = { ours: ['2026-12-25'], theirs: ['2026-12-23', '2026-12-24', '2026-12-25', '2026-12-26'] };
    expect(
      told({ ...pulse, holidays: closed }, { from: '2026-12-22', count: 1, windowDays: 2 }),
    ).toStrictEqual([
      'Tue 22 Dec, 16:00 Berlin. Closes Tue 29 Dec: 23 Dec and 24 Dec are holidays at Acme, 25 Dec is a holiday at both firms.',
    ]);
    const fridays: Timed = { ...pulse, rule: { kind: 'weekly', anchor: '2026-10-23', every: 1 } };
    expect(told(fridays, { from: '2026-10-23', count: 1, windowDays: 2 })).toStrictEqual([
      'Fri 23 Oct, 16:00 Berlin.',
    ]);
  });

  it('end with the rhythm', () => {
    expect(told({ ...pulse, endDate: '2026-11-10' }, { from: '2026-11-03', count: 5 })).toHaveLength(2);
    expect(told({ ...pulse, endDate: '2026-11-02' }, { from: '2026-11-03', count: 5 })).toStrictEqual([]);
    const saturdays: Timed = {
      rule: { ...tuesdays, anchor: '2026-10-24' },
      ...berlin,
      endDate: '2026-10-30',
    };
    const two = { from: '2026-10-24', count: 2 };
    expect(told({ ...saturdays, shift: 'previous' }, two)).toStrictEqual([
      'Fri 23 Oct, 16:00 Berlin. Moved from Sat 24 Oct: a weekend.',
      'Fri 30 Oct, 16:00 Berlin. Moved from Sat 31 Oct: a weekend.',
    ]);
    expect(told({ ...saturdays, shift: 'next', endDate: '2026-11-01' }, two)).toStrictEqual([
      'Mon 26 Oct, 16:00 Berlin. Moved from Sat 24 Oct: a weekend.',
    ]);
  });
});

describe('the other clock of rules with few dates', () => {
  const chicago = (rule: Timed['rule'], from: string, count: number, over: Partial<Timed> = {}): string[] =>
    nextDatesInWords({ rule, ...berlin, ...over }, { from, count, otherZone: 'America/Chicago' });
  const phoenix = (rule: Timed['rule'], from: string, count: number): string[] =>
    nextDatesInWords({ rule, ...berlin }, { from, count, otherZone: 'America/Phoenix' });

  it('differs this once for a yearly, quarterly or moved date in a stretch', () => {
    const line = '16:00 Berlin, 10:00 Chicago. An hour later in Chicago this once: the clocks change.';
    expect(chicago({ kind: 'annual', month: 10, day: 27 }, '2026-10-01', 2)).toStrictEqual([
      `Tue 27 Oct, ${line}`,
      'Wed 27 Oct, 16:00 Berlin, 09:00 Chicago.',
    ]);
    const quarterly: Timed['rule'] = {
      kind: 'quarterly',
      quarters: { kind: 'months', startMonth: 1 },
      on: { kind: 'before-end', days: 16 },
    };
    expect(chicago(quarterly, '2026-01-01', 2)).toStrictEqual([
      `Sun 15 Mar, ${line}`,
      'Sun 14 Jun, 16:00 Berlin, 09:00 Chicago.',
    ]);
    // Sat 31 Oct, out of step, moves to Mon 2 Nov, which is not.
    expect(chicago({ kind: 'annual', month: 10, day: 31 }, '2026-10-01', 1, { shift: 'next' })).toStrictEqual(
      ['Mon 2 Nov, 16:00 Berlin, 09:00 Chicago. Moved from Sat 31 Oct: a weekend.'],
    );
  });

  it('differs by turns for half-yearly dates', () => {
    const halfYearly: Timed['rule'] = {
      kind: 'monthly',
      anchor: '2026-01-01',
      every: 6,
      on: { kind: 'day', day: 13 },
    };
    expect(phoenix(halfYearly, '2026-01-01', 3)).toStrictEqual([
      'Tue 13 Jan, 16:00 Berlin, 08:00 Phoenix.',
      'Mon 13 Jul, 16:00 Berlin, 07:00 Phoenix. An hour earlier in Phoenix this time: the clocks change.',
      'Wed 13 Jan, 16:00 Berlin, 08:00 Phoenix. An hour later in Phoenix this time: the clocks change.',
    ]);
  });

  it('differs from then on for monthly and quarterly ones', () => {
    const monthly: Timed['rule'] = {
      kind: 'monthly',
      anchor: '2026-01-01',
      every: 1,
      on: { kind: 'day', day: 13 },
    };
    expect(phoenix(monthly, '2026-03-01', 3)).toStrictEqual([
      'Fri 13 Mar, 16:00 Berlin, 08:00 Phoenix.',
      'Mon 13 Apr, 16:00 Berlin, 07:00 Phoenix. An hour earlier in Phoenix from then on: the clocks change.',
      'Wed 13 May, 16:00 Berlin, 07:00 Phoenix.',
    ]);
  });

  it('is out of step over Ramadan for monthly dates', () => {
    const monthly: Timed['rule'] = {
      kind: 'monthly',
      anchor: '2026-01-01',
      every: 1,
      on: { kind: 'day', day: 3 },
    };
    const lines = nextDatesInWords(
      { rule: monthly, time: '16:00', zone: 'UTC' },
      { from: '2026-02-01', count: 3, otherZone: 'Africa/Casablanca' },
    );
    expect(lines).toStrictEqual([
      'Tue 3 Feb, 16:00 UTC, 17:00 Casablanca.',
      'Tue 3 Mar, 16:00 UTC, 16:00 Casablanca. An hour earlier in Casablanca this once: the clocks change.',
      'Fri 3 Apr, 16:00 UTC, 17:00 Casablanca.',
    ]);
  });
});
