import { describe, expect, it } from 'vitest';
import {
  finalInWords,
  finalLines,
  finalReading,
  missingFinal,
  takesValues,
} from '../../../src/domain/period-final.ts';
import { aKpi, aReading, maya } from './samples.ts';

const period = { end: '2026-12-31', zone: 'Europe/Berlin' };
const kpi = aKpi('deals', { target: 12 });
const reading = (asOf: string, at: string, value: number, over = {}) =>
  aReading('deals', asOf, { _id: `${asOf} ${at}`, at: new Date(at), value, ...over });
const december = reading('2026-12-15', '2026-12-15T10:00:00Z', 8);
const finalOf = (...readings: readonly ReturnType<typeof reading>[]) =>
  finalReading(kpi, period, readings)?.value;

describe('the final value of a closed period', () => {
  it('is the latest as of its last day or before, entered up to 21 days after it', () => {
    expect(finalOf(december)).toBe(8);
    expect(finalOf(december, reading('2026-12-31', '2027-01-10T10:00:00Z', 10))).toBe(10);
    expect(finalOf(december, reading('2026-12-31', '2027-01-21T22:59:59Z', 10))).toBe(10);
    expect(finalOf(december, reading('2026-12-31', '2027-01-21T23:00:00Z', 10))).toBe(8);
    expect(finalOf(december, reading('2027-01-01', '2027-01-05T10:00:00Z', 11))).toBe(8);
  });

  it('follows a correction within that time, and none after it', () => {
    const corrects = { supersedes: december._id };
    expect(finalOf(december, reading('2026-12-15', '2027-01-12T10:00:00Z', 7, corrects))).toBe(7);
    expect(finalOf(december, reading('2026-12-15', '2027-02-12T10:00:00Z', 7, corrects))).toBe(8);
    // What turned out to be of the next period counts for that one.
    expect(finalOf(december, reading('2027-01-05', '2027-01-12T10:00:00Z', 7, corrects))).toBeUndefined();
  });

  it('is said against what was agreed', () => {
    expect(finalInWords(kpi, december)).toBe('8 of 12');
    expect(finalInWords(kpi, { ...december, rough: true })).toBe('about 8 of 12');
    expect(finalInWords(kpi, undefined)).toBe('no value of 12');
    const limit = aKpi('discount', { direction: 'keep-below', unit: { kind: 'percent' }, target: 15 });
    expect(finalInWords(limit, aReading('discount', '2026-12-31', { value: 17 }))).toBe(
      '17%, keep below 15%',
    );
    const status = aKpi('rate', { gives: 'status' });
    expect(finalInWords(status, aReading('rate', '2026-12-31', { status: 'behind' }))).toBe('Behind');
    expect(finalInWords(status, undefined)).toBe('no status');
  });
});

it('a line that both firms read holds nothing that was entered while the KPI was internal', () => {
  const keptBack = [{ from: new Date('2026-12-01T00:00:00Z'), until: new Date('2026-12-16T00:00:00Z') }];
  const later = { from: new Date('2027-02-01T00:00:00Z'), until: new Date('2027-03-01T00:00:00Z') };
  const closed = {
    _id: 'p',
    workspaceId: 'w1',
    version: 1,
    schemaVersion: 1,
    partnershipId: 'p1',
    start: '2026-01-01',
    names: { ours: 'FY26' },
    goals: [],
    closedBy: maya,
    closedAt: new Date('2027-01-05T10:00:00Z'),
    ...period,
  };
  const final = (then: Partial<typeof kpi>, now: Partial<typeof kpi>) =>
    finalLines({ ...closed, kpis: [{ ...kpi, ...then }] }, [{ ...kpi, ...now }], [december], true).map(
      (one) => one.final,
    );
  expect(final({ keptBack }, { keptBack })).toEqual(['no value of 12']);
  expect(final({}, { keptBack })).toEqual(['no value of 12']);
  expect(final({ visibility: 'internal' }, { keptBack })).toEqual(['8 of 12']);
  // What both firms saw then they still see, also of a KPI that was internal for a while since.
  expect(final({}, { keptBack: [later] })).toEqual(['8 of 12']);
  expect(final({}, {})).toEqual(['8 of 12']);
});

describe('a final value that is missing', () => {
  const closed = { ...period, kpis: [kpi] };
  const missing = (today: string, ...readings: readonly ReturnType<typeof reading>[]) =>
    missingFinal(kpi, closed, readings, today);
  const lateDecember = reading('2026-12-28', '2026-12-29T10:00:00Z', 9);

  it('is asked for as of the last day, from the day after it until three weeks later', () => {
    expect(missing('2026-12-31', december)).toBeUndefined();
    expect(missing('2027-01-01', december)).toBe('2026-12-31');
    expect(missing('2027-01-21')).toBe('2026-12-31');
    expect(missing('2027-01-22')).toBeUndefined();
    expect(missing('2027-01-10', lateDecember)).toBeUndefined();
    expect(missing('2027-01-10', december, reading('2027-01-05', '2027-01-05T10:00:00Z', 1))).toBe(
      '2026-12-31',
    );
  });

  it('is not asked of a KPI that was not in the period, gives something else or became shared by now, or has ended', () => {
    const today = '2027-01-10';
    expect(missingFinal(kpi, undefined, [], today)).toBeUndefined();
    expect(missingFinal(aKpi('new'), closed, [], today)).toBeUndefined();
    expect(missingFinal(aKpi('deals', { gives: 'status' }), closed, [], today)).toBeUndefined();
    const internal = aKpi('deals', { visibility: 'internal' });
    expect(missingFinal(kpi, { ...closed, kpis: [internal] }, [], today)).toBeUndefined();
    expect(missingFinal(internal, { ...closed, kpis: [internal] }, [], today)).toBe(period.end);
    expect(missingFinal(internal, closed, [], today)).toBe(period.end);
    const retired = { reason: 'It ended.', by: maya, at: new Date('2027-01-05T10:00:00Z') };
    expect(missingFinal(aKpi('deals', { retired }), closed, [], today)).toBeUndefined();
  });
});

describe('a KPI that ended with its period', () => {
  const retired = { reason: 'It ended.', by: maya, at: new Date('2027-01-05T10:00:00Z') };
  it('takes values until the final ones are due, and another retired one none', () => {
    const ended = aKpi('deals', { retired: { ...retired, lastDay: '2026-12-31' } });
    expect(takesValues(kpi, '2030-01-01')).toBe(true);
    expect(takesValues(ended, '2027-01-21')).toBe(true);
    expect(takesValues(ended, '2027-01-22')).toBe(false);
    expect(takesValues(aKpi('deals', { retired }), '2027-01-05')).toBe(false);
  });
});
