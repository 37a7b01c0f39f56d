import { describe, expect, it } from 'vitest';
import { addDays } from '../../../src/domain/civil-date.ts';
import type { Kpi } from '../../../src/domain/kpi.ts';
import { composeKpiHistory, type KpiHistoryInput } from '../../../src/domain/kpi-history.ts';
import type { Reading } from '../../../src/domain/reading.ts';
import { aKpi, aReading, firms, jordan, maya } from './samples.ts';

const kpi = aKpi('revenue', {
  name: 'Consulting revenue',
  side: 'theirs',
  unit: { kind: 'currency', currency: 'USD' },
  target: 900_000,
});
const at = (day: string): Date => new Date(`${day}T08:00:00Z`);
const given = (id: string, asOf: string, over: Partial<Reading> = {}): Reading =>
  aReading(kpi.id, asOf, { _id: id, by: jordan, at: at('2026-10-20'), ...over });
const history = (readings: readonly Reading[], over: Partial<KpiHistoryInput> = {}) =>
  composeKpiHistory({
    kpi,
    firms,
    readings,
    nameOf: ({ userId }) => (userId === maya.userId ? 'Maya Lindqvist' : 'Jordan Ellis'),
    zone: 'Europe/Berlin',
    mayConfirm: () => false,
    mayCorrect: () => false,
    ...over,
  });
const texts = (readings: readonly Reading[], over?: Partial<KpiHistoryInput>): string[] =>
  history(readings, over).lines.map((one) => one.text);

describe('the history of a KPI', () => {
  it('says of each reading when, what, as of when and by whom, the last entered first', () => {
    expect(
      texts([
        given('r1', '2026-08-31', { value: 190_000, at: at('2026-09-02') }),
        given('r2', '2026-09-30', { value: 210_000, rough: true, note: 'Two invoices are late' }),
        given('r3', '2026-10-21', { notKnownUntil: '2026-11-15', at: at('2026-10-21') }),
      ]),
    ).toEqual([
      '21 Oct 2026, 10:00 · not known until 15 Nov 2026 · Jordan Ellis',
      '20 Oct 2026, 10:00 · about $210k as of 30 Sep 2026 · Jordan Ellis · Note: Two invoices are late',
      '2 Sep 2026, 10:00 · $190k as of 31 Aug 2026 · Jordan Ellis',
    ]);
  });

  it('keeps a corrected value in sight, with what took its place and whose it is', () => {
    expect(
      texts([
        given('r1', '2026-09-30', { value: 201_000 }),
        given('r2', '2026-09-30', { value: 205_000, supersedes: 'r1', at: at('2026-10-21') }),
        given('r3', '2026-09-30', { value: 210_000, supersedes: 'r2', at: at('2026-10-22') }),
      ]),
    ).toEqual([
      '22 Oct 2026, 10:00 · $210k as of 30 Sep 2026 · Jordan Ellis · corrects $205k',
      '21 Oct 2026, 10:00 · $205k as of 30 Sep 2026 · Jordan Ellis · corrects $201k · replaced on 22 Oct 2026 by Jordan Ellis: now $210k',
      '20 Oct 2026, 10:00 · $201k as of 30 Sep 2026 · Jordan Ellis · replaced on 21 Oct 2026 by Jordan Ellis: now $210k',
    ]);
  });

  it('labels what was told, until and after its own firm confirms it', () => {
    const told = given('r1', '2026-09-30', { value: 210_000, kind: 'told', by: maya });
    const label = '20 Oct 2026, 10:00 · $210k as of 30 Sep 2026 · told by Acme, entered by Maya Lindqvist';
    expect(texts([told])).toEqual([`${label} · not confirmed yet`]);
    const confirmed = given('r2', '2026-09-30', { value: 210_000, confirms: true, at: at('2026-10-21') });
    expect(texts([told, confirmed])).toEqual([
      '21 Oct 2026, 10:00 · confirmed, no change: $210k as of 30 Sep 2026 · Jordan Ellis',
      `${label} · confirmed by Jordan Ellis on 21 Oct 2026`,
    ]);
  });

  it('offers Confirm for a told value that is open, and Correct for what stands', () => {
    const may = { mayConfirm: () => true, mayCorrect: () => true };
    const offers = (readings: readonly Reading[]) =>
      history(readings, may).lines.map(({ readingId, confirm, correct }) => [readingId, confirm, correct]);
    const told = given('r1', '2026-09-30', { value: 1, kind: 'told', by: maya });
    expect(offers([told])).toEqual([['r1', true, true]]);
    const corrected = given('r2', '2026-09-30', { value: 2, supersedes: 'r1', at: at('2026-10-21') });
    expect(offers([told, corrected])).toEqual([
      ['r2', false, true],
      ['r1', false, false],
    ]);
  });

  it('goes on where a page ends, with nothing twice and nothing left out', () => {
    const readings = Array.from({ length: 34 }, (_, nth) =>
      // Three at each instant, as one form gives them.
      given(`r${nth}`, addDays('2026-09-01', nth), {
        value: nth,
        at: new Date(at('2026-10-01').getTime() + Math.floor(nth / 3) * 60_000),
      }),
    );
    const seen: string[] = [];
    for (let before: Date | undefined; ; ) {
      const page = history(readings, { before });
      expect(page.lines.length).toBeLessThanOrEqual(12);
      seen.push(...page.lines.map((one) => one.readingId));
      if (page.olderThan === undefined) break;
      before = page.olderThan;
    }
    expect(seen).toHaveLength(34);
    expect(new Set(seen).size).toBe(34);
  });

  it('charts what stands on each day beside what was expected, and says the same in words', () => {
    const page = history([
      given('r1', '2026-08-31', { value: 190_000 }),
      given('r2', '2026-09-30', { value: 21_000 }),
      given('r3', '2026-09-30', { value: 210_000, rough: true, supersedes: 'r2', at: at('2026-10-21') }),
    ]);
    expect(page.chart).toEqual({
      unit: 'USD',
      points: [
        { on: '2026-08-31', value: 190_000, expected: 303_261 },
        { on: '2026-09-30', value: 210_000, expected: 450_000 },
      ],
    });
    expect(page.byDate).toEqual([
      '31 Aug 2026 $190k (expected $303k)',
      '30 Sep 2026 about $210k (expected $450k)',
    ]);
  });

  it('charts twenty days at most, nothing for one value, and nothing beyond the first page', () => {
    const readings = Array.from({ length: 30 }, (_, nth) =>
      given(`r${nth}`, addDays('2026-09-01', nth), { value: nth, at: at(addDays('2026-09-01', nth)) }),
    );
    expect(history(readings).chart?.points.map((one) => one.value)).toEqual(
      Array.from({ length: 20 }, (_, nth) => nth + 10),
    );
    expect(history(readings.slice(0, 1)).chart).toBeUndefined();
    expect(history(readings, { before: at('2026-09-20') })).toMatchObject({ byDate: [] });
  });

  it('keeps the numbers of before to itself once only a status is given', () => {
    const status: Kpi = { ...kpi, gives: 'status' };
    const page = history(
      [
        given('r1', '2026-08-31', { value: 190_000 }),
        given('r2', '2026-09-30', { status: 'behind', at: at('2026-10-21') }),
      ],
      { kpi: status },
    );
    expect(JSON.stringify(page)).not.toContain('190');
    expect(page).toMatchObject({ hidden: 1, lines: [{ readingId: 'r2' }] });
  });
});

it('says what the KPI is, and draws a length of time in the unit it is counted in', () => {
  const weeks = aKpi('revenue', {
    unit: { kind: 'time', in: 'weeks' },
    direction: 'decrease',
    baseline: 70,
    target: 35,
    definition: 'From contract to first invoice',
    source: 'Acme finance report',
    weight: 2,
    knownAfter: 15,
  });
  const page = history([given('r1', '2026-08-31', { value: 56 }), given('r2', '2026-09-30', { value: 51 })], {
    kpi: weeks,
  });
  expect(page.about).toEqual([
    'What counts: From contract to first invoice',
    'Source: Acme finance report',
    'Weight 2.',
    'Known from the 15th.',
  ]);
  expect(page.chart?.unit).toBe('weeks');
  expect(page.chart?.points.map((one) => one.value)).toEqual([8, 7.29]);
  expect(page.byDate[0]).toContain('31 Aug 2026 8 weeks');
});
