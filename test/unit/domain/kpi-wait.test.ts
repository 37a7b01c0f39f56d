import { describe, expect, it } from 'vitest';
import type { Firm } from '../../../src/domain/person.ts';
import type { Reading } from '../../../src/domain/reading.ts';
import { kpisToAsk } from '../../../src/domain/review-questions.ts';
import { aKpi, aReading, jordan, maya } from './samples.ts';

const asks = (readings: readonly Reading[], today: string, side: Firm = 'ours', owner = maya): boolean =>
  kpisToAsk({
    kpis: [aKpi('hires', { cadence: 'weekly', side, owner })],
    readings,
    person: owner,
    firm: owner === maya ? 'ours' : 'theirs',
    named: true,
    today,
    entered: new Set(),
  }).length > 0;
const reading = (asOf: string, over: Partial<Reading> = {}) => aReading('hires', asOf, { value: 5, ...over });
const until = (asOf: string, notKnownUntil: string, over: Partial<Reading> = {}) =>
  aReading('hires', asOf, { _id: `until ${notKnownUntil}`, notKnownUntil, ...over });
const wait = until('2026-10-20', '2026-12-15');

describe('a value that is not known until a day', () => {
  it('is not asked for before that day, and again from then on', () => {
    expect(asks([reading('2026-09-30'), wait], '2026-11-24')).toBe(false);
    expect(asks([reading('2026-09-30'), wait], '2026-12-15')).toBe(true);
  });

  it('is asked for again when a newer value came sooner and is old by now', () => {
    expect(asks([wait, reading('2026-11-03')], '2026-11-24')).toBe(true);
    expect(asks([wait, reading('2026-11-03')], '2026-11-05')).toBe(false);
  });

  it('still waits when only what stood before was put right or confirmed', () => {
    const stood = reading('2026-09-30', { kind: 'told' });
    const at = new Date('2026-11-03T12:00:00Z');
    const confirmed = reading('2026-09-30', { _id: 'confirmed', confirms: true, at });
    const corrected = reading('2026-09-30', { _id: 'better', value: 6, supersedes: stood._id, at });
    expect(asks([stood, wait, confirmed], '2026-11-24')).toBe(false);
    expect(asks([stood, wait, corrected], '2026-11-24')).toBe(false);
  });

  it('waits for the day that was said last, and not for one that was taken back', () => {
    const sooner = until('2026-11-03', '2026-11-10');
    expect(asks([wait, sooner], '2026-11-24')).toBe(true);
    const back = reading('2026-10-20', { _id: 'value', supersedes: wait._id });
    expect(asks([wait, back], '2026-11-24')).toBe(true);
  });

  it('stops only its own firm from being asked, when the other told it', () => {
    const told = until('2026-10-20', '2027-06-30', { kind: 'told' });
    expect(asks([told], '2026-12-20', 'theirs', jordan)).toBe(true);
    expect(asks([told], '2026-12-20', 'theirs', maya)).toBe(false);
  });
});
