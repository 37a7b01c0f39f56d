import fc from 'fast-check';
import { addDays, fromEpochDay } from '../../../src/domain/civil-date.ts';
import type { Timed } from '../../../src/domain/recurrence.ts';
import {
  type InMonth,
  type InQuarter,
  type Quarters,
  type Rule,
  shifts,
} from '../../../src/domain/rhythm.ts';

const whole = (min: number, max: number) => fc.integer({ min, max });
const kind = <const K extends string>(name: K) => fc.constant(name);
const nth = (most: number) => fc.oneof(whole(1, most), kind('last'));
const weekday = whole(1, 7);
const month = whole(1, 12);

/** 1970 to 2079. */
export const anyDate = whole(0, 40_000).map(fromEpochDay);
/** 2025 to 2030, the years of the holidays below. */
export const recentDate = whole(20_200, 22_200).map(fromEpochDay);

const inMonth: fc.Arbitrary<InMonth> = fc.oneof(
  fc.record({ kind: kind('nth-weekday'), nth: nth(4), weekday }),
  fc.record({ kind: kind('day'), day: whole(1, 31) }),
  fc.record({ kind: kind('last-day') }),
);
const inQuarter: fc.Arbitrary<InQuarter> = fc.oneof(
  fc.record({ kind: kind('from-start'), days: whole(0, 80) }),
  fc.record({ kind: kind('nth-weekday'), nth: nth(12), weekday }),
  fc.record({ kind: kind('before-end'), days: whole(0, 80) }),
);
const quarters: fc.Arbitrary<Quarters> = fc.oneof(
  fc.record({ kind: kind('months'), startMonth: month }),
  fc.record({ kind: kind('weeks'), endMonth: month, weekday, ends: fc.constantFrom('last', 'nearest') }),
);

export const anyRule: fc.Arbitrary<Rule> = fc.oneof(
  fc.record({ kind: kind('weekly'), anchor: anyDate, every: whole(1, 8) }),
  fc.record({ kind: kind('monthly'), anchor: anyDate, every: whole(1, 12), on: inMonth }),
  fc.record({ kind: kind('quarterly'), quarters, on: inQuarter }),
  fc.record({ kind: kind('annual'), month, day: whole(1, 31) }),
);

/** Closed from 24 December to 1 January. */
const closures = [2024, 2025, 2026, 2027, 2028, 2029, 2030, 2031].flatMap((year) =>
  Array.from({ length: 9 }, (_, index) => addDays(`${year}-12-24`, index)),
);
export const anyShift = fc.constantFrom(...shifts);
export const anyHolidays = fc.record({
  ours: fc.constantFrom([], closures),
  theirs: fc.array(recentDate, { maxLength: 30 }),
});

export const anyTimed: fc.Arbitrary<Timed> = fc.record({
  rule: anyRule,
  time: fc.constantFrom('05:00', '16:00', '20:45'),
  zone: fc.constantFrom('Europe/Berlin', 'America/Chicago', 'Pacific/Kiritimati', 'UTC'),
  shift: anyShift,
  endDate: fc.option(recentDate, { nil: undefined, freq: 3 }),
  holidays: anyHolidays,
});
