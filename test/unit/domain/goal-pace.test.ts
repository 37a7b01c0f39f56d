import { describe, expect, it } from 'vitest';
import { goalPace } from '../../../src/domain/goal-pace.ts';
import type { StatusWord } from '../../../src/domain/kpi.ts';
import { aGoal, aKpi, aReading } from './samples.ts';

const a = aKpi('a', { gives: 'status', weight: 30 });
const b = aKpi('b', { gives: 'status', weight: 10 });
const secret = aKpi('secret', { gives: 'status', weight: 100, visibility: 'internal' });
const said = (id: string, status: StatusWord, asOf = '2026-10-20') => aReading(id, asOf, { status });
const pace = (readings: ReturnType<typeof said>[], kpiIds = ['a', 'b', 'secret']) =>
  goalPace(aGoal('goal', kpiIds), [a, b, secret], readings, '2026-10-22');

describe('a goal', () => {
  it('stands as its KPIs by weight', () => {
    expect(pace([said('a', 'on-track'), said('b', 'behind')])).toBe('on-pace');
    expect(pace([said('a', 'behind'), said('b', 'on-track')])).toBe('behind');
    expect(pace([said('a', 'off-track'), said('b', 'on-track')])).toBe('off-pace');
  });

  it('is moved by no internal KPI', () => {
    expect(pace([said('a', 'on-track'), said('secret', 'off-track')])).toBe('on-pace');
  });

  it('is not judged without a KPI, without a value, or when all values are too old', () => {
    expect(pace([said('a', 'on-track')], [])).toBe('not-judged');
    expect(pace([])).toBe('not-judged');
    expect(pace([said('a', 'on-track', '2026-07-20')])).toBe('not-judged');
  });
});
