import { describe, expect, it } from 'vitest';
import { direction, kpiLimits, unit } from '../../../src/domain/kpi.ts';
import { partnerTypes } from '../../../src/domain/partnership.ts';
import { starterKpis } from '../../../src/domain/starter-kpis.ts';

describe.each(partnerTypes)('the starter KPIs of a partner of kind %s', (type) => {
  const starters = starterKpis[type];

  it('are two to four, each named once and within the length of a KPI’s name', () => {
    expect(starters.length).toBeGreaterThanOrEqual(2);
    expect(starters.length).toBeLessThanOrEqual(4);
    const names = starters.map(({ name }) => name.toLowerCase());
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(name.length).toBeLessThanOrEqual(kpiLimits.name);
  });

  it('carry a direction and a kind of unit that a KPI can have', () => {
    for (const one of starters) {
      expect(direction.safeParse(one.direction).success, one.name).toBe(true);
      const whole =
        one.unitKind === 'currency' ? { kind: 'currency', currency: 'USD' } : { kind: one.unitKind };
      expect(unit.safeParse(whole).success, one.name).toBe(true);
    }
  });

  it('never say our or their: each reader has another "us"', () => {
    for (const { name } of starters) expect(name).not.toMatch(/\b(our|ours|us|their|theirs|they)\b/i);
  });

  it('begin with a number that both firms can see grow', () => {
    expect(starters[0]).toMatchObject({ gives: 'number', direction: 'increase' });
  });
});

describe('starter KPIs', () => {
  it('offer a consultancy its own revenue, people and rate', () => {
    expect(starterKpis.si.map(({ name }) => name)).toStrictEqual([
      'Consulting revenue from joint work',
      'Utilisation of certified people',
      'Day rate',
      'Joint deals won',
    ]);
  });

  it('ask for a status alone where the number is seldom shown', () => {
    const status = Object.values(starterKpis).flatMap((starters) =>
      starters.filter(({ gives }) => gives === 'status').map(({ name }) => name),
    );
    expect(status).toStrictEqual(['Day rate', 'Gross margin', 'Margin per order']);
  });
});
