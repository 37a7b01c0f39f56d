import { describe, expect, it } from 'vitest';
import type { Kpi } from '../../../src/domain/kpi.ts';
import {
  currentReading,
  expectedOn,
  freshness,
  kpiLine,
  paceScore,
  standingOf,
} from '../../../src/domain/kpi-pace.ts';
import type { Reading } from '../../../src/domain/reading.ts';
import { aKpi, aReading, maya } from './samples.ts';

const nameOf = (): string => 'Maya Lindqvist';
const usd = { kind: 'currency', currency: 'USD' } as const;
/** A KPI over 100 days, so that day n is n percent of its time. */
const hundredDays: Partial<Kpi> = { start: '2026-01-01', due: '2026-04-10' };
const halfWay = '2026-02-19';

describe('pace', () => {
  it.each([
    { value: 45, asOf: halfWay, score: 92 },
    { value: 35, asOf: halfWay, score: 75 },
    { value: 25, asOf: halfWay, score: 58 },
    { value: 0, asOf: '2026-01-25', score: 29 },
    { value: 60, asOf: halfWay, score: 100 },
    { value: -40, asOf: halfWay, score: 17 },
  ])('is $score for $value of 100 on $asOf', ({ value, asOf, score }) => {
    expect(Math.round(paceScore(aKpi('k', hundredDays), aReading('k', asOf, { value })) ?? -1)).toBe(score);
  });

  it('counts a falling KPI by how far it has fallen', () => {
    const kpi = aKpi('Days to first value', { baseline: 60, target: 40, direction: 'decrease' });
    expect(paceScore(kpi, aReading(kpi.id, '2026-09-30', { value: 51 }))).toBeCloseTo(91.67, 1);
  });

  it.each([
    { direction: 'keep-below', target: 15, value: 15, score: 100 },
    { direction: 'keep-below', target: 15, value: 17, score: 33 },
    { direction: 'keep-below', target: 15, value: 18, score: 0 },
    { direction: 'keep-above', target: 90, value: 95, score: 100 },
    { direction: 'keep-above', target: 90, value: 81, score: 50 },
    { direction: 'keep-above', target: -10, value: -11, score: 50 },
    { direction: 'keep-below', target: 0, value: 1, score: 0 },
  ] as const)(
    'is $score at $value where $direction $target is agreed',
    ({ direction, target, value, score }) => {
      const { baseline: _, ...kpi } = aKpi('k', { direction, target });
      expect(Math.round(paceScore(kpi, aReading('k', '2026-09-30', { value })) ?? -1)).toBe(score);
    },
  );

  it.each([
    ['on-track', 100],
    ['behind', 60],
    ['off-track', 20],
  ] as const)('of the status %s is %i', (status, score) => {
    expect(paceScore(aKpi('k', { gives: 'status' }), aReading('k', '2026-09-30', { status }))).toBe(score);
  });

  it('holds a value against what was expected on its own date, not today', () => {
    const kpi = aKpi('k', hundredDays);
    const readings = [aReading('k', halfWay, { value: 50 })];
    expect(standingOf(kpi, readings, '2026-02-20').pace).toBe(100);
    expect(standingOf(kpi, readings, '2026-04-10').pace).toBe(100);
  });

  it('holds a value against the target that was agreed then', () => {
    const kpi = aKpi('k', {
      ...hundredDays,
      target: 50,
      earlierTargets: [{ target: 100, until: '2026-02-20' }],
    });
    expect(expectedOn(kpi, halfWay)).toBe(50);
    expect(expectedOn(kpi, '2026-02-20')).toBe(25.5);
  });

  it('expects half of the way after half of the days', () => {
    const kpi = aKpi('Consulting revenue', { unit: usd, target: 900_000 });
    expect(expectedOn(kpi, '2026-09-30')).toBe(450_000);
    expect(expectedOn(kpi, '2026-06-30')).toBeUndefined();
    expect(expectedOn(kpi, '2027-03-01')).toBe(900_000);
  });

  it('expects nothing, and is still drawn, where an earlier target is the baseline of now and so is a step', () => {
    const kpi = aKpi('k', {
      baseline: 100,
      target: 200,
      earlierTargets: [{ target: 100, until: '2026-11-10' }],
      checkpoints: [
        { date: '2026-11-01', value: 100 },
        { date: '2026-12-01', value: 150 },
      ],
    });
    expect(expectedOn(kpi, '2026-11-03')).toBeUndefined();
    const line = kpiLine(kpi, [aReading('k', '2026-11-03', { value: 98 })], nameOf, '2026-11-10');
    expect(line).toMatchObject({ value: '98', target: '200' });
    expect(expectedOn(kpi, '2026-11-10')).toBe(100);
  });

  it('is not known where baseline and target are the same', () => {
    const kpi = aKpi('k', { baseline: 5, target: 5 });
    expect(paceScore(kpi, aReading('k', '2026-09-30', { value: 5 }))).toBeUndefined();
  });
});

describe('freshness', () => {
  it.each([
    ['2026-08-31', 1],
    ['2026-10-01', 1],
    ['2026-11-01', 0.5],
    ['2026-12-02', 0],
    ['2027-06-01', 0],
  ])('of a monthly value of 31 August is, on %s, %d', (today, share) => {
    const reading = aReading('k', '2026-08-31', { value: 1 });
    expect(freshness(aKpi('k'), reading, today)).toBeCloseTo(share, 5);
  });

  it('is half for what the other side told, and whole once its own side confirms it', () => {
    const kpi = aKpi('k');
    const told = aReading('k', '2026-09-30', { value: 8, kind: 'told' });
    const confirmed = aReading('k', '2026-09-30', {
      _id: 'confirmed',
      value: 8,
      confirms: true,
      at: new Date('2026-10-02T08:00:00Z'),
    });
    expect(standingOf(kpi, [told], '2026-10-02').freshness).toBe(0.5);
    expect(standingOf(kpi, [told, confirmed], '2026-10-02').freshness).toBe(1);
  });

  it('is renewed by "no change"', () => {
    const old = aReading('k', '2026-08-01', { value: 40 });
    const same = aReading('k', '2026-10-20', { value: 40, confirms: true });
    expect(standingOf(aKpi('k'), [old], '2026-10-22').freshness).toBeLessThan(0.5);
    expect(standingOf(aKpi('k'), [old, same], '2026-10-22').freshness).toBe(1);
  });
});

describe('the reading that stands', () => {
  const at = (hour: number): Date => new Date(Date.UTC(2026, 9, 20, hour));
  const september = aReading('k', '2026-09-30', { _id: 'a', value: 201, at: at(8) });
  const stands = (readings: readonly Reading[]): string | undefined => currentReading(readings, 'k')?._id;

  it('is the latest as-of date, whenever it was entered', () => {
    expect(stands([september, aReading('k', '2026-08-31', { _id: 'b', value: 190, at: at(12) })])).toBe('a');
  });

  it('is the last entered of those with one as-of date', () => {
    expect(stands([aReading('k', '2026-09-30', { _id: 'b', value: 210, at: at(9) }), september])).toBe('b');
  });

  it('is never one that a correction supersedes', () => {
    const corrected = aReading('k', '2026-08-31', { _id: 'b', value: 190, supersedes: 'a', at: at(9) });
    expect(stands([september, corrected])).toBe('b');
  });

  it('is never "not known until": that is an answer and no value', () => {
    const later = aReading('k', '2026-10-20', { _id: 'b', notKnownUntil: '2026-11-15' });
    expect(stands([september, later])).toBe('a');
    expect(stands([later])).toBeUndefined();
  });

  describe('after "no change" on 13 October', () => {
    const august = aReading('k', '2026-08-31', { _id: 'august', value: 190, at: at(1) });
    const same = aReading('k', '2026-10-13', { _id: 'same', value: 190, confirms: true, at: at(2) });

    it('is the confirmed value as of that day', () => {
      expect(stands([same, august])).toBe('same');
    });

    it('is the number of September when that comes later', () => {
      expect(stands([same, august, september])).toBe('a');
    });

    it('is the correction when what was confirmed was wrong', () => {
      const corrected = aReading('k', '2026-08-31', {
        _id: 'b',
        value: 180,
        supersedes: 'august',
        at: at(3),
      });
      expect(stands([same, august, corrected])).toBe('b');
    });

    it("stays a firm's own when the other side saw no change either", () => {
      expect(stands([{ ...same, kind: 'told' }, august])).toBe('august');
    });
  });

  it('is none of another KPI', () => {
    expect(stands([aReading('other', '2026-09-30', { value: 1 })])).toBeUndefined();
  });
});

describe('what is judged', () => {
  it('leaves out a KPI without a value until its warm-up and its first due date have passed', () => {
    const kpi = aKpi('k');
    expect(standingOf(kpi, [], '2026-07-31').judged).toBe(false);
    expect(standingOf(kpi, [], '2026-08-01').judged).toBe(true);
    const year = aKpi('k', { start: '2026-01-01', due: '2026-12-31', cadence: 'weekly' });
    expect(standingOf(year, [], '2026-01-29').judged).toBe(false);
    expect(standingOf(year, [], '2026-01-30').judged).toBe(true);
  });

  it('never judges a value of the first days, however long ago they are', () => {
    const first = [aReading('k', '2026-07-10', { value: 100 })];
    expect(standingOf(aKpi('k'), first, '2026-07-20')).toMatchObject({ judged: false, freshness: 0 });
    expect(standingOf(aKpi('k'), first, '2026-08-05')).toMatchObject({ judged: true, freshness: 0 });
  });
});

describe('a KPI as a line', () => {
  it('says value, expectation and date in its own unit', () => {
    const kpi = aKpi('Consulting revenue', { unit: usd, target: 900_000, side: 'theirs' });
    const line = kpiLine(kpi, [aReading(kpi.id, '2026-09-30', { value: 210_000 })], nameOf, '2026-10-22');
    expect(line).toEqual({
      kpiId: kpi.id,
      name: 'Consulting revenue',
      side: 'theirs',
      gives: 'number',
      pace: 'behind',
      value: '$210k',
      expected: '$450k',
      target: '$900k',
      asOf: '2026-09-30',
      rough: false,
      told: false,
      owner: 'Maya Lindqvist',
    });
  });

  it('says what is expected today where there is no value yet', () => {
    const line = kpiLine(aKpi('k'), [], nameOf, '2026-09-30');
    expect(line).toMatchObject({ pace: 'not-judged', expected: '50' });
    expect(line).not.toHaveProperty('value');
  });

  it('expects whole consultants', () => {
    const line = kpiLine(aKpi('k', { baseline: 6, target: 14 }), [], nameOf, '2026-08-31');
    expect(line.expected).toBe('9');
  });

  it('keeps a replaced target visible', () => {
    const kpi = aKpi('k', {
      unit: usd,
      target: 900_000,
      earlierTargets: [{ target: 1_100_000, until: '2026-09-03' }],
    });
    expect(kpiLine(kpi, [], nameOf, '2026-10-22')).toMatchObject({
      target: '$900k',
      earlierTarget: { target: '$1.1m', until: '2026-09-03' },
    });
  });

  it('says a limit in words', () => {
    const kpi = aKpi('Average discount', { direction: 'keep-below', target: 15, unit: { kind: 'percent' } });
    const line = kpiLine(kpi, [aReading(kpi.id, '2026-10-20', { value: 17 })], nameOf, '2026-10-22');
    expect(line).toMatchObject({ value: '17%', limit: 'keep below 15%', pace: 'off-pace' });
    expect(line).not.toHaveProperty('expected');
  });

  it('gives only the status of a KPI that keeps its number, also when it once gave it', () => {
    const kpi = aKpi('Day rate', { gives: 'status' });
    const readings = [
      aReading(kpi.id, '2026-10-19', { value: 1234 }),
      aReading(kpi.id, '2026-10-01', { status: 'behind', by: maya }),
    ];
    const line = kpiLine(kpi, readings, nameOf, '2026-10-22');
    expect(line).toMatchObject({ status: 'behind', pace: 'behind', asOf: '2026-10-01' });
    expect(JSON.stringify(line)).not.toContain('1,234');
    expect(line).not.toHaveProperty('target');
  });

  it('marks a value that the other side told, and one that nobody owns', () => {
    const { owner: _, ...kpi } = aKpi('k');
    const line = kpiLine(
      kpi,
      [aReading('k', '2026-09-30', { value: 8, kind: 'told' })],
      nameOf,
      '2026-10-22',
    );
    expect(line.told).toBe(true);
    expect(line).not.toHaveProperty('owner');
  });
});
