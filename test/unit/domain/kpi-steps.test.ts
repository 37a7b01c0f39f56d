import { describe, expect, it } from 'vitest';
import { expectedOn, paceScore, standingOf } from '../../../src/domain/kpi-pace.ts';
import { readSteps, type StepsWithin, stepsInText } from '../../../src/domain/kpi-steps.ts';
import { aKpi, aReading } from './samples.ts';

const within: StepsWithin = {
  unit: { kind: 'currency', currency: 'USD' },
  decimalMark: '.',
  start: '2026-07-01',
  due: '2026-12-31',
  baseline: 0,
  target: 900_000,
};

describe('steps', () => {
  it('are read one a line in any order, and written back as they are read', () => {
    const read = readSteps('30 Nov 2026: $600k\n2026-09-30 150k\n\n', within);
    expect(read).toEqual({
      steps: [
        { date: '2026-09-30', value: 150_000 },
        { date: '2026-11-30', value: 600_000 },
      ],
    });
    const text = '30 Sep 2026: $150k\n30 Nov 2026: $600k';
    const checkpoints = 'steps' in read ? read.steps : [];
    expect(stepsInText({ ...within, checkpoints })).toBe(text);
    expect(readSteps(text, within)).toEqual(read);
    expect(readSteps(' ', within)).toEqual({ steps: [] });
  });

  it('go down where the KPI falls', () => {
    const falling = { ...within, unit: { kind: 'count' }, baseline: 60, target: 40 } as const;
    expect(readSteps('30.9.2026: 55', falling)).toEqual({ steps: [{ date: '2026-09-30', value: 55 }] });
    expect(readSteps('30.9.2026: 61', falling)).toMatchObject({
      fault: expect.stringContaining('not between the start and the target'),
    });
  });

  it.each([
    [
      'in autumn: 150k',
      'I cannot read "in autumn: 150k". The form is as you left it. Write a day and a number, like',
    ],
    ['30 Sep 2026', 'I cannot read "30 Sep 2026"'],
    ['30 Feb 2026: 1', 'I cannot read "30 Feb 2026: 1"'],
    ['30 Sep 2026: €150k', 'is in EUR, and this KPI is in USD'],
    ['31 Dec 2026: 150k', 'is not between 1 Jul 2026 and 31 Dec 2026'],
    ['30 Jun 2026: 150k', 'is not between'],
    ['30 Sep 2026: 1k\n30.9.2026: 2k', '30 Sep 2026 comes twice'],
    ['30 Sep 2026: $1m', 'is not between the start and the target'],
    ['30 Sep 2026: 200k\n31 Oct 2026: 100k', 'goes back behind the step before it'],
    [
      Array.from({ length: 13 }, (_, at) => `${at + 1} Sep 2026: ${at}`).join('\n'),
      'These are 13 steps, and 12',
    ],
  ])('%j are refused with a sentence', (text, words) => {
    expect(readSteps(text, within)).toMatchObject({ fault: expect.stringContaining(words) });
  });

  it('show an example that they take', () => {
    const read = readSteps('x', within);
    const shown = 'fault' in read ? read.fault.slice(read.fault.indexOf('like ') + 5, -1) : '';
    expect(readSteps(shown, within)).toMatchObject({ steps: [{ value: 900_000 }] });
  });
});

describe('a KPI with steps', () => {
  const kpi = aKpi('Consulting revenue', {
    ...within,
    checkpoints: [
      { date: '2026-10-01', value: 90_000 },
      { date: '2026-12-01', value: 600_000 },
    ],
  });

  it.each([
    ['2026-09-30', 0],
    ['2026-10-01', 90_000],
    ['2026-11-30', 90_000],
    ['2026-12-01', 600_000],
    ['2026-12-31', 900_000],
  ])('expects on %s what its last step says', (date, expected) => {
    expect(expectedOn(kpi, date)).toBeCloseTo(expected, 6);
  });

  it('is held against the step of its as-of date, not against a straight line', () => {
    expect(paceScore(kpi, aReading(kpi.id, '2026-11-30', { value: 90_000 }))).toBe(100);
    expect(paceScore(kpi, aReading(kpi.id, '2026-11-30', { value: 0 }))).toBeCloseTo(50, 6);
    const even = aKpi(kpi.id, within);
    expect(paceScore(even, aReading(kpi.id, '2026-11-30', { value: 90_000 }))).toBeLessThan(25);
  });

  it('is not judged before its first step, with a value or without', () => {
    const early = aReading(kpi.id, '2026-09-30', { value: 0 });
    expect(standingOf(kpi, [early], '2026-09-30')).toMatchObject({ judged: false });
    expect(standingOf(kpi, [], '2026-09-30')).toMatchObject({ judged: false });
    expect(standingOf(kpi, [], '2026-10-01')).toMatchObject({ judged: true, freshness: 0 });
  });
});
