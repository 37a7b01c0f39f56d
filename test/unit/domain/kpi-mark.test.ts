import { describe, expect, it } from 'vitest';
import { readingInWords } from '../../../src/domain/kpi-change.ts';
import { inMark, otherMarkFaults } from '../../../src/domain/kpi-mark.ts';
import { finalInWords } from '../../../src/domain/period-final.ts';
import { aKpi, aReading } from './samples.ts';

const kpi = aKpi('k', {
  target: 1500,
  checkpoints: [
    { date: '2026-08-31', value: 900 },
    { date: '2026-09-30', value: 1200.5 },
  ],
});

it("a value is said in the KPI's own mark wherever it stands", () => {
  const comma = aKpi('k', { decimalMark: ',', target: 2000 });
  const reading = aReading('k', '2026-09-30', { value: 1234 });
  expect(readingInWords(comma, reading)).toBe('1.234');
  expect(finalInWords(comma, reading)).toBe('1.234 of 2.000');
});

describe('amounts of a form whose mark was changed', () => {
  const steps = '31 Aug 2026: 900\n30 Sep 2026: 1,200.5\n30 Nov 2026: 1,400';

  it('are written in the new one where they are the stored ones, and stay as typed where they are not', () => {
    const to = { from: '.', to: ',' } as const;
    expect(inMark(kpi, { field: 'target', text: '1,500', ...to })).toBe('1.500');
    expect(inMark(kpi, { field: 'target', text: '1,700', ...to })).toBe('1,700');
    expect(inMark(kpi, { field: 'steps', text: steps, ...to })).toBe(
      '31 Aug 2026: 900\n30 Sep 2026: 1.200,5\n30 Nov 2026: 1,400',
    );
  });

  it('are refused at their fields where they would be read as others', () => {
    const typed = { unit: kpi.unit, decimalMark: ',', baseline: '0', target: '1,500' } as const;
    expect(otherMarkFaults(kpi, typed)).toEqual({
      target: '"1,500" may be 1.500, as it was, or 1,5. The form is as you left it. Write the one you mean.',
    });
    for (const target of ['1.500', '1,5', '900k']) {
      expect(otherMarkFaults(kpi, { ...typed, target })).toEqual({});
    }
    const whole = aKpi('k', { checkpoints: [{ date: '2026-09-30', value: 1200 }] });
    const inSteps = otherMarkFaults(whole, { ...typed, target: '2.000', steps: '30 Sep 2026: 1,200' });
    expect(inSteps.steps).toContain('may be 1.200, as it was, or 1,2.');
    expect(otherMarkFaults(kpi, { ...typed, decimalMark: '.', steps })).toEqual({});
  });
});
