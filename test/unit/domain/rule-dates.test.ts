import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, daysBetween } from '../../../src/domain/civil-date.ts';
import type { InMonth, InQuarter, Rule } from '../../../src/domain/rhythm.ts';
import { datesFrom, nextDate, previousDate, weeklyRule } from '../../../src/domain/rule-dates.ts';
import { anyDate, anyRule } from './any-rule.ts';

const monthly = (on: InMonth, every = 1, anchor = '2026-01-15'): Rule => ({
  kind: 'monthly',
  anchor,
  every,
  on,
});
const onFirstDay: InQuarter = { kind: 'from-start', days: 0 };

describe('the dates of a rule', () => {
  it.each<[string, Rule, string, string[]]>([
    [
      'every two weeks over a year of 53 weeks',
      { kind: 'weekly', anchor: '2026-12-14', every: 2 },
      '2026-12-14',
      ['2026-12-14', '2026-12-28', '2027-01-11', '2027-01-25'],
    ],
    [
      'the third Thursday',
      monthly({ kind: 'nth-weekday', nth: 3, weekday: 4 }),
      '2026-10-01',
      ['2026-10-15', '2026-11-19', '2026-12-17'],
    ],
    [
      'the last Thursday',
      monthly({ kind: 'nth-weekday', nth: 'last', weekday: 4 }),
      '2026-10-01',
      ['2026-10-29', '2026-11-26', '2026-12-31'],
    ],
    [
      'day 31, from the rule and not from a clamped date',
      monthly({ kind: 'day', day: 31 }),
      '2026-01-01',
      ['2026-01-31', '2026-02-28', '2026-03-31', '2026-04-30', '2026-05-31'],
    ],
    [
      'the last day',
      monthly({ kind: 'last-day' }),
      '2028-01-31',
      ['2028-01-31', '2028-02-29', '2028-03-31', '2028-04-30'],
    ],
    [
      'every second month',
      monthly({ kind: 'day', day: 5 }, 2, '2026-11-20'),
      '2026-11-01',
      ['2026-11-05', '2027-01-05', '2027-03-05'],
    ],
    [
      'every third month, before its anchor too',
      monthly({ kind: 'day', day: 5 }, 3, '2026-11-20'),
      '2025-12-01',
      ['2026-02-05', '2026-05-05', '2026-08-05', '2026-11-05'],
    ],
    [
      'every sixth month',
      monthly({ kind: 'last-day' }, 6, '2026-08-01'),
      '2026-10-01',
      ['2027-02-28', '2027-08-31', '2028-02-29'],
    ],
    [
      'a fiscal quarter from February, ten days before it ends',
      {
        kind: 'quarterly',
        quarters: { kind: 'months', startMonth: 2 },
        on: { kind: 'before-end', days: 10 },
      },
      '2026-10-23',
      ['2027-01-21', '2027-04-20', '2027-07-21', '2027-10-21'],
    ],
    [
      '29 February, the 28th in common years',
      { kind: 'annual', month: 2, day: 29 },
      '2027-01-01',
      ['2027-02-28', '2028-02-29', '2029-02-28'],
    ],
    ['the first years', { kind: 'annual', month: 12, day: 31 }, '0001-12-31', ['0001-12-31', '0002-12-31']],
  ])('%s', (_, rule, from, expected) => {
    expect(datesFrom(rule, from, expected.length)).toStrictEqual(expected);
  });

  it('begin at the first such weekday on or after the day they are made', () => {
    expect(weeklyRule(2, 1, '2026-10-20')).toStrictEqual({ kind: 'weekly', anchor: '2026-10-20', every: 1 });
    expect(weeklyRule(1, 2, '2026-10-20')).toStrictEqual({ kind: 'weekly', anchor: '2026-10-26', every: 2 });
  });
});

/** Read off each day with the host's calendar, by what the words say; nothing of it is in the closed forms. */
const everyDay = Array.from({ length: 7_700 }, (_, index) => {
  const at = new Date(Date.UTC(2019, 0, 1 + index));
  return {
    date: at.toISOString().slice(0, 10),
    month: at.getUTCMonth() + 1,
    day: at.getUTCDate(),
    weekday: at.getUTCDay() || 7,
  };
});
type Day = (typeof everyDay)[number];

/** The days of each quarter that lies wholly within the list; a quarter begins where `begins` says so. */
const quartersOf = (begins: (day: Day) => boolean): Day[][] => {
  const found: Day[][] = [];
  for (const day of everyDay) {
    if (begins(day)) found.push([]);
    found.at(-1)?.push(day);
  }
  return found.slice(0, -1);
};

const placed = (days: readonly Day[], on: InQuarter): string | undefined => {
  if (on.kind === 'from-start') return days[on.days]?.date;
  if (on.kind === 'before-end') return days[days.length - 1 - on.days]?.date;
  const alike = days.filter(({ weekday }) => weekday === on.weekday);
  return alike.at(on.nth === 'last' ? -1 : on.nth - 1)?.date;
};

describe('fiscal quarters of months', () => {
  const places: InQuarter[] = [
    ...[0, 1, 45, 80].flatMap((days): InQuarter[] => [
      { kind: 'from-start', days },
      { kind: 'before-end', days },
    ]),
    ...[1, 2, 3, 4, 5, 6, 7].flatMap((weekday): InQuarter[] => [
      { kind: 'nth-weekday', nth: 1, weekday },
      { kind: 'nth-weekday', nth: 12, weekday },
      { kind: 'nth-weekday', nth: 'last', weekday },
    ]),
  ];

  it.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])('from month %i agree with a calendar', (startMonth) => {
    const quarters = quartersOf(({ month, day }) => day === 1 && (month - startMonth + 12) % 3 === 0);
    expect(quarters.length).toBeGreaterThan(80);
    for (const on of places) {
      const rule: Rule = { kind: 'quarterly', quarters: { kind: 'months', startMonth }, on };
      const expected = quarters.map((days) => placed(days, on));
      expect(datesFrom(rule, quarters[0]?.[0]?.date ?? '', quarters.length)).toStrictEqual(expected);
    }
  });
});

describe('fiscal quarters of weeks', () => {
  const retail: Rule = {
    kind: 'quarterly',
    quarters: { kind: 'weeks', endMonth: 1, weekday: 6, ends: 'nearest' },
    on: onFirstDay,
  };
  const starts = datesFrom(retail, '2005-01-15', 32 * 4);
  const years = Array.from({ length: 31 }, (_, index) => starts.slice(4 * index, 4 * index + 5));

  it('have their 53rd week in the years in which retailers have it', () => {
    const long = years.filter(([first = '', , , , next = '']) => daysBetween(first, next) === 371);
    expect(long.map(([first]) => Number(first?.slice(0, 4)))).toStrictEqual([
      2006, 2012, 2017, 2023, 2028, 2034,
    ]);
    const short = years.filter(([first = '', , , , next = '']) => daysBetween(first, next) === 364);
    expect(long.length + short.length).toBe(31);
  });

  it('begin on the Sunday after the Saturday nearest 31 January', () => {
    expect(years.slice(16, 23).map(([first]) => first)).toStrictEqual([
      '2021-01-31',
      '2022-01-30',
      '2023-01-29',
      '2024-02-04',
      '2025-02-02',
      '2026-02-01',
      '2027-01-31',
    ]);
  });

  it('have 13 weeks each, and the fourth the 53rd', () => {
    for (const [q1 = '', q2 = '', q3 = '', q4 = '', next = ''] of years) {
      expect([daysBetween(q1, q2), daysBetween(q2, q3), daysBetween(q3, q4)]).toStrictEqual([91, 91, 91]);
      expect([91, 98]).toContain(daysBetween(q4, next));
    }
    const ends: Rule = { ...retail, on: { kind: 'before-end', days: 0 } };
    expect(datesFrom(ends, '2023-10-29', 1)).toStrictEqual(['2024-02-03']);
  });

  it('agree with a calendar for every end month, weekday and way to end', () => {
    for (let endMonth = 1; endMonth <= 12; endMonth += 1)
      for (let weekday = 1; weekday <= 7; weekday += 1)
        for (const ends of ['last', 'nearest'] as const) {
          const isYearEnd = (index: number): boolean => {
            const here = everyDay[index];
            if (here?.weekday !== weekday) return false;
            const isMonthEnd = (at: number): boolean =>
              everyDay[at]?.month === endMonth && everyDay[at + 1]?.month !== endMonth;
            const span = ends === 'last' ? [0, 1, 2, 3, 4, 5, 6] : [-3, -2, -1, 0, 1, 2, 3];
            return span.some((days) => isMonthEnd(index + days));
          };
          const yearEnds = everyDay.flatMap(({ date }, index) => (isYearEnd(index) ? [date] : []));
          const [first = '', ...later] = yearEnds.slice(1, -1);
          const rule: Rule = {
            kind: 'quarterly',
            quarters: { kind: 'weeks', endMonth, weekday, ends },
            on: { kind: 'before-end', days: 0 },
          };
          const all = datesFrom(rule, first, 4 * later.length + 1);
          expect(all.filter((_, index) => index % 4 === 0)).toStrictEqual([first, ...later]);
        }
  });
});

describe('the dates of every rule', () => {
  it('are strictly later with next, never later with previous, and one undoes the other', () => {
    fc.assert(
      fc.property(anyRule, anyDate, (rule, date) => {
        const next = nextDate(rule, date);
        const previous = previousDate(rule, date);
        expect(next > date && previous <= date).toBe(true);
        expect(nextDate(rule, previous)).toBe(next);
        expect(nextDate(rule, addDays(previous, -1))).toBe(previous);
        expect(previousDate(rule, addDays(next, -1))).toBe(previous);
        expect(previousDate(rule, next)).toBe(next);
      }),
      { numRuns: 2_000 },
    );
  });

  it('are the same however they are reached, rise strictly, and none comes twice', () => {
    fc.assert(
      fc.property(anyRule, anyDate, fc.integer({ min: 2, max: 60 }), (rule, from, count) => {
        const forth: string[] = [];
        for (let date = addDays(from, -1); forth.length < count; forth.push(date))
          date = nextDate(rule, date);
        const back: string[] = [];
        for (let date = addDays(forth.at(-1) ?? '', 1); back.length < count; back.unshift(date))
          date = previousDate(rule, addDays(date, -1));
        expect(datesFrom(rule, from, count)).toStrictEqual(forth);
        expect(back).toStrictEqual(forth);
        expect(forth).toStrictEqual([...new Set(forth)].sort());
        // Listed from 30 years before, too.
        const long = datesFrom(rule, addDays(from, -11_000), 2_000);
        const at = long.indexOf(forth[0] ?? '');
        expect(long.slice(at, at + count)).toStrictEqual(forth);
      }),
      { numRuns: 300 },
    );
  });
});
