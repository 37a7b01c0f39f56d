import { describe, expect, it } from 'vitest';
import { freerDay, freerDayInWords } from '../../../src/domain/free-day.ts';

describe('a freer day', () => {
  it.each<[string, Record<number, number>, number, number | undefined]>([
    ['is not named for the owner’s fourth review on a day', { 2: 3 }, 2, undefined],
    ['is named for the fifth: the next day without any', { 2: 4 }, 2, 3],
    ['is the one with the fewest', { 1: 3, 2: 6, 3: 2, 4: 0, 5: 1 }, 2, 4],
    [
      'comes after the chosen day in the week when several have as few',
      { 1: 1, 2: 4, 3: 2, 4: 1, 5: 1 },
      2,
      4,
    ],
    ['is one of next week when the later ones are full', { 1: 0, 2: 0, 3: 4, 4: 4, 5: 4 }, 3, 1],
    ['is never on a weekend', { 1: 5, 2: 5, 3: 5, 4: 5, 5: 5 }, 5, undefined],
    ['is not named when none has fewer', { 1: 4, 2: 4, 3: 4, 4: 4, 5: 5, 6: 4 }, 6, undefined],
    ['is Monday for a full Sunday', { 7: 4 }, 7, 1],
  ])('%s', (_, counts, weekday, expected) => {
    expect(freerDay(counts, weekday)).toBe(expected);
  });

  it('is named with what both days hold', () => {
    expect(freerDayInWords({ 1: 1, 2: 6, 3: 1, 5: 2 }, 2)).toBe(
      'You have 6 more reviews on Tuesdays and none on Thursdays.',
    );
    expect(freerDayInWords({ 1: 2, 2: 5, 3: 2, 4: 2, 5: 1 }, 2)).toBe(
      'You have 5 more reviews on Tuesdays and 1 on Fridays.',
    );
    expect(freerDayInWords({ 2: 1 }, 2)).toBeUndefined();
  });
});
