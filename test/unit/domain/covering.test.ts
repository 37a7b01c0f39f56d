import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromEpochDay } from '../../../src/domain/civil-date.ts';
import { coveredBy, coveredReason, type Planned, plannedFrom } from '../../../src/domain/covering.ts';
import { dayOf } from '../../../src/domain/recurrence.ts';
import { reviewKinds } from '../../../src/domain/rhythm.ts';
import { datesFrom } from '../../../src/domain/rule-dates.ts';
import { workingDaysBetween } from '../../../src/domain/working-days.ts';
import { aRhythm } from './samples.ts';

const clock = { time: '16:00', zone: 'Europe/Berlin' };
const pulse: Planned = {
  id: 'pulse',
  kind: 'pulse',
  ...clock,
  rule: { kind: 'weekly', anchor: '2026-10-20', every: 1 },
};
/** 3 Nov and 1 Dec 2026 are Tuesdays. */
const monthly: Planned = {
  id: 'monthly',
  kind: 'monthly',
  ...clock,
  rule: {
    kind: 'monthly',
    anchor: '2026-10-01',
    every: 1,
    on: { kind: 'nth-weekday', nth: 1, weekday: 2 },
  },
};
const onDay = (month: number, day: number, over: Partial<Planned> = {}): Planned => ({
  id: 'annual',
  kind: 'annual',
  ...clock,
  rule: { kind: 'annual', month, day },
  ...over,
});

describe('a review within three working days of a larger one', () => {
  it('gives its place to it', () => {
    const covering = { kind: 'monthly', date: '2026-11-03', day: '2026-11-03' };
    expect(coveredBy(pulse, '2026-11-03', [pulse, monthly])).toStrictEqual(covering);
    expect(coveredBy(pulse, '2026-11-10', [pulse, monthly])).toBeUndefined();
    expect(coveredBy(monthly, '2026-11-03', [pulse, monthly])).toBeUndefined();
  });

  it.each([
    ['three working days later', 10, 30, true],
    ['a weekend more', 11, 1, true],
    ['four working days later', 11, 2, false],
    ['three working days before', 10, 22, true],
    ['four working days before', 10, 21, false],
  ])('counts %s: %i/%i', (_, month, day, covers) => {
    expect(coveredBy(pulse, '2026-10-27', [onDay(month, day)]) !== undefined).toBe(covers);
  });

  it('leaves out the holidays of both firms', () => {
    const holidays = { ours: ['2026-10-28'], theirs: ['2026-10-29'] };
    const later = onDay(11, 3, { holidays });
    expect(coveredBy({ ...pulse, holidays }, '2026-10-27', [later])?.date).toBe('2026-11-03');
    expect(coveredBy(pulse, '2026-10-27', [{ ...later, holidays: undefined }])).toBeUndefined();
  });

  it('counts from a day off as from the working day before it', () => {
    const saturdays: Planned = { ...pulse, rule: { kind: 'weekly', anchor: '2026-10-31', every: 1 } };
    expect(coveredBy(saturdays, '2026-10-31', [onDay(11, 4)])?.date).toBe('2026-11-04');
    expect(coveredBy(saturdays, '2026-10-31', [onDay(11, 5)])).toBeUndefined();
    expect(coveredBy(saturdays, '2026-10-31', [onDay(10, 27)])?.date).toBe('2026-10-27');
    expect(coveredBy(saturdays, '2026-10-31', [onDay(10, 26)])).toBeUndefined();
  });

  it('is compared by the days on which both take place', () => {
    // Sat 31 Oct moves to Mon 2 Nov, four working days after Tue 27 Oct and one before Tue 3 Nov.
    const moved = onDay(10, 31, { shift: 'next' });
    expect(coveredBy(pulse, '2026-10-27', [moved])).toBeUndefined();
    expect(coveredBy(pulse, '2026-11-03', [moved])).toStrictEqual({
      kind: 'annual',
      date: '2026-10-31',
      day: '2026-11-02',
    });
    expect(coveredBy(pulse, '2026-10-27', [onDay(10, 31, { shift: 'previous' })])?.day).toBe('2026-10-30');
  });

  it.each<[string, Partial<Planned>]>([
    ['is paused', { paused: true }],
    ['was left out by a person', { skippedDates: ['2026-11-03'] }],
    ['comes after the end of its rhythm', { endDate: '2026-11-02' }],
    ['comes before the first date its rhythm has', { from: '2026-11-04' }],
    ['is not larger', { kind: 'pulse' }],
  ])('takes place when the other %s', (_, over) => {
    expect(coveredBy(pulse, '2026-11-03', [{ ...monthly, ...over }])).toBeUndefined();
  });

  it('gives its place to one that took place the day before', () => {
    const held = onDay(11, 2, { from: '2027-11-02', last: '2026-11-02' });
    expect(coveredBy(pulse, '2026-11-03', [held])?.date).toBe('2026-11-02');
  });

  it('takes place when the larger one gives its own place to a still larger one further away', () => {
    const quarterly = { ...onDay(11, 6), id: 'quarterly', kind: 'quarterly' } as const;
    const earlier = onDay(10, 29, { id: 'monthly', kind: 'monthly' });
    const between = onDay(11, 3, { id: 'monthly', kind: 'monthly' });
    expect(coveredBy(pulse, '2026-10-27', [earlier, quarterly])?.kind).toBe('monthly');
    expect(coveredBy(between, '2026-11-03', [between, quarterly])?.kind).toBe('quarterly');
    expect(coveredBy({ ...pulse, rule: between.rule }, '2026-11-03', [between, quarterly])?.kind).toBe(
      'quarterly',
    );
    // Thu 29 Oct is three working days before Tue 3 Nov and six before Fri 6 Nov.
    const thursdays: Planned = { ...pulse, rule: { kind: 'weekly', anchor: '2026-10-29', every: 1 } };
    expect(coveredBy(thursdays, '2026-10-29', [between])?.kind).toBe('monthly');
    expect(coveredBy(thursdays, '2026-10-29', [between, quarterly])).toBeUndefined();
  });

  it('gives its place to its rhythm’s next date where a closure puts both on one day', () => {
    const ours = ['2026-12-24', '2026-12-25', '2026-12-28', '2026-12-29', '2026-12-30', '2026-12-31'];
    const thursdays: Planned = {
      ...pulse,
      rule: { kind: 'weekly', anchor: '2026-12-24', every: 1 },
      shift: 'next',
      holidays: { ours, theirs: ['2027-01-01'] },
    };
    const covering = { kind: 'pulse', date: '2026-12-31', day: '2027-01-04' };
    expect(coveredBy(thursdays, '2026-12-24', [])).toStrictEqual(covering);
    expect(coveredBy(thursdays, '2026-12-31', [])).toBeUndefined();
    const leftOut = { ...thursdays, skippedDates: ['2026-12-31'] };
    expect(coveredBy(leftOut, '2026-12-24', [])).toBeUndefined();
    expect(coveredBy({ ...thursdays, endDate: '2026-12-30' }, '2026-12-24', [])).toBeUndefined();
    expect(coveredReason({ kind: 'pulse', date: '2026-12-31', day: '2027-01-04' })).toBe(
      'Covered by the pulse of 4 Jan.',
    );
  });

  it('says which one it was', () => {
    expect(coveredReason({ kind: 'monthly', date: '2026-11-03', day: '2026-11-03' })).toBe(
      'Covered by the monthly check-in of 3 Nov.',
    );
  });
});

describe('a stored rhythm', () => {
  it('is planned from its next date on, with its last, what a person left out and its pause', () => {
    const rhythm = aRhythm({
      nextDate: '2026-10-27',
      lastDate: '2026-10-20',
      skipped: [{ date: '2026-11-03', by: { teamId: 'T1', userId: 'UMAYA' }, reason: 'Company meeting' }],
    });
    const holidays = { ours: [], theirs: ['2026-11-26'] };
    expect(plannedFrom(rhythm, { holidays })).toMatchObject({
      id: rhythm._id,
      kind: 'pulse',
      from: '2026-10-27',
      last: '2026-10-20',
      skippedDates: ['2026-11-03'],
      paused: false,
      holidays,
    });
    const paused = { at: new Date('2026-10-21T08:00:00Z'), reason: 'Holiday' };
    expect(plannedFrom({ ...rhythm, paused }, {}).paused).toBe(true);
    expect(plannedFrom({ ...rhythm, nextDate: undefined }, {}).from).toBe('2026-10-21');
  });
});

describe('reviews that take place', () => {
  it('are never within three working days of a larger one that takes place, and one that does not has one', () => {
    const holidays = { ours: ['2027-01-01', '2026-12-24'], theirs: ['2026-11-26', '2026-12-25'] };
    const planned = fc
      .record({
        kind: fc.constantFrom(...reviewKinds),
        anchor: fc.integer({ min: 20_700, max: 20_760 }).map(fromEpochDay),
        every: fc.integer({ min: 1, max: 4 }),
        shift: fc.constantFrom('none' as const, 'next' as const, 'modified-following' as const),
      })
      .map(({ kind, anchor, every, shift }) => ({
        kind,
        ...clock,
        shift,
        holidays,
        rule: { kind: 'weekly' as const, anchor, every },
      }));
    const near = (a: string, b: string): boolean =>
      workingDaysBetween(a < b ? a : b, a < b ? b : a, holidays) <= 3;
    fc.assert(
      fc.property(fc.array(planned, { minLength: 2, maxLength: 4 }), (drawn) => {
        const all = drawn.map((one, index) => ({ ...one, id: String(index) }));
        const dates = all.flatMap((one) =>
          datesFrom(one.rule, '2026-11-01', 12 / one.rule.every).map((date) => ({
            one,
            day: dayOf(one, date),
            covering: coveredBy(one, date, all),
          })),
        );
        const held = dates.filter(({ covering }) => covering === undefined);
        for (const { one, day, covering } of dates) {
          if (covering === undefined) {
            const larger = held.filter(
              (other) => reviewKinds.indexOf(other.one.kind) > reviewKinds.indexOf(one.kind),
            );
            expect(larger.filter((other) => near(day, other.day))).toStrictEqual([]);
          } else {
            expect(near(day, covering.day)).toBe(true);
            expect(reviewKinds.indexOf(covering.kind)).toBeGreaterThan(reviewKinds.indexOf(one.kind));
          }
        }
      }),
    );
  });
});
