import { describe, expect, it } from 'vitest';
import type { HealthResult } from '../../../src/domain/health-result.ts';
import { colourWord, healthInWords, healthLine } from '../../../src/domain/health-words.ts';

const unknown = { colour: 'unknown' } as const;
const health = (over: Partial<HealthResult>): HealthResult => ({
  formula: 1,
  colour: 'unknown',
  sides: { ours: unknown, theirs: unknown, joint: unknown },
  losses: [],
  limits: [],
  known: { reviews: 6, reviewsNeeded: 2, kpis: 6, kpisTotal: 6 },
  ...over,
});

describe('health in words', () => {
  it('is the colour word and the number', () => {
    expect(healthInWords(health({ colour: 'amber', score: 71 }))).toBe('Amber 71');
    expect(colourWord('green')).toBe('Green');
  });

  it('says what is missing until two reviews have closed', () => {
    const known = { reviews: 1, reviewsNeeded: 2, kpis: 3, kpisTotal: 6 };
    expect(healthInWords(health({ known, limits: ['Something else.'] }))).toBe(
      'Unknown: 1 of 2 reviews, 3 of 6 KPIs so far',
    );
  });

  it('says why it is unknown later on', () => {
    expect(healthInWords(health({ limits: ['Most KPI values are missing or out of date.', 'More.'] }))).toBe(
      'Unknown: most KPI values are missing or out of date',
    );
    expect(healthInWords(health({}))).toBe('Unknown');
  });

  it('adds what it was, without emoji', () => {
    const now = health({ colour: 'amber', score: 71 });
    expect(healthLine(now)).toBe('Amber 71');
    expect(healthLine(now, { colour: 'green', score: 81 }, { colour: 'green', score: 79 })).toBe(
      'Amber 71 · was Green 81 last week, Green 79 four weeks ago',
    );
    expect(healthLine(now, { colour: 'unknown' })).toBe('Amber 71 · was Unknown last week');
  });
});
