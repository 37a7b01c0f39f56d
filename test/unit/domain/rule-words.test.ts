import { describe, expect, it } from 'vitest';
import type { InMonth, InQuarter, Rule } from '../../../src/domain/rhythm.ts';
import { reviewTitle, ruleInWords } from '../../../src/domain/rule-words.ts';

const weekly = (every: number): Rule => ({ kind: 'weekly', anchor: '2026-10-20', every });
const monthly = (on: InMonth, every = 1): Rule => ({ kind: 'monthly', anchor: '2026-10-20', every, on });
const quarterly = (on: InQuarter): Rule => ({
  kind: 'quarterly',
  quarters: { kind: 'months', startMonth: 2 },
  on,
});

describe('a rule in words', () => {
  it.each<[string, Rule]>([
    ['every week on Tuesday', weekly(1)],
    ['every 2 weeks on Tuesday', weekly(2)],
    ['every month on the last Thursday', monthly({ kind: 'nth-weekday', nth: 'last', weekday: 4 })],
    ['every 3 months on the first Monday', monthly({ kind: 'nth-weekday', nth: 1, weekday: 1 }, 3)],
    ['every month on the 1st', monthly({ kind: 'day', day: 1 })],
    ['every month on the 13th', monthly({ kind: 'day', day: 13 })],
    ['every month on the 22nd', monthly({ kind: 'day', day: 22 })],
    ['every month on the 31st, or the last day,', monthly({ kind: 'day', day: 31 })],
    ['every month on the last day', monthly({ kind: 'last-day' })],
    ['every fiscal quarter on the second Tuesday', quarterly({ kind: 'nth-weekday', nth: 2, weekday: 2 })],
    ['every fiscal quarter on the twelfth Sunday', quarterly({ kind: 'nth-weekday', nth: 12, weekday: 7 })],
    ['every fiscal quarter on its first day', quarterly({ kind: 'from-start', days: 0 })],
    ['every fiscal quarter, 1 day after it starts,', quarterly({ kind: 'from-start', days: 1 })],
    ['every fiscal quarter on its last day', quarterly({ kind: 'before-end', days: 0 })],
    ['every fiscal quarter, 10 days before it ends,', quarterly({ kind: 'before-end', days: 10 })],
    ['every year on 29 February', { kind: 'annual', month: 2, day: 29 }],
  ])('is "%s at 16:00 Berlin"', (words, rule) => {
    expect(ruleInWords(rule, '16:00', 'Europe/Berlin')).toBe(`${words} at 16:00 Berlin`);
  });
});

describe('a review’s title', () => {
  it('is weekly only when the rule is', () => {
    expect(reviewTitle('pulse', weekly(1))).toBe('Weekly pulse');
    expect(reviewTitle('pulse', weekly(2))).toBe('Pulse');
    expect(reviewTitle('annual')).toBe('Annual vision review');
  });
});
