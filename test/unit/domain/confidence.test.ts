import { describe, expect, it } from 'vitest';
import { confidencesOf, perceptionGap } from '../../../src/domain/confidence.ts';
import { anAnswer, aReview, firms, reviewsWith } from './samples.ts';

const both = ['ours', 'theirs'] as const;
const dates = ['2026-10-20', '2026-10-13', '2026-10-06'];

/** The gap after reviews with these confidences, newest first. */
const gapAfter = (pairs: readonly (readonly [number, number])[]): string | undefined =>
  perceptionGap(
    firms,
    pairs.flatMap(([ours, theirs], at) => reviewsWith([dates[at] ?? ''], [both], { ours, theirs }).answers),
  );

describe("a firm's confidence", () => {
  it('is the mean of its people in the latest review where any of them gave one', () => {
    const [latest, before] = [aReview('2026-10-20'), aReview('2026-10-13')];
    const answers = [
      anAnswer(before, 'theirs', { confidence: 1 }),
      anAnswer(latest, 'theirs', { confidence: 4 }),
      anAnswer(latest, 'theirs', { confidence: 3 }, { _id: 'second' }),
      anAnswer(latest, 'theirs', { moved: 'no confidence by reply' }, { _id: 'third' }),
      anAnswer(latest, 'theirs', { confidence: 1 }, { _id: 'fourth', withdrawn: true }),
      anAnswer(latest, 'ours', { confidence: 5 }),
    ];
    expect(confidencesOf(answers, 'theirs')).toEqual([
      { occurrenceId: latest._id, value: 3.5, on: '2026-10-20' },
      { occurrenceId: before._id, value: 1, on: '2026-10-13' },
    ]);
  });
});

describe('the perception gap', () => {
  it('is said at once when the firms are two steps apart', () => {
    expect(gapAfter([[5, 3]])).toBe('The two firms see this differently: Northwind says 5 of 5, Acme 3.');
  });

  it('is said for one step after three reviews running', () => {
    const pairs = [
      [4, 3],
      [4, 3],
      [5, 4],
    ] as const;
    expect(gapAfter(pairs)).toBe(
      'Three reviews running the two firms see this differently: now Northwind says 4 of 5, Acme 3.',
    );
    expect(gapAfter(pairs.slice(0, 2))).toBeUndefined();
  });

  it('is not said where the firms take turns, agree, or only one answered', () => {
    expect(
      gapAfter([
        [4, 3],
        [3, 4],
        [4, 3],
      ]),
    ).toBeUndefined();
    expect(
      gapAfter([
        [4, 4],
        [4, 3],
        [4, 3],
      ]),
    ).toBeUndefined();
    expect(
      perceptionGap(firms, [anAnswer(aReview('2026-10-20'), 'ours', { confidence: 5 })]),
    ).toBeUndefined();
  });
});
