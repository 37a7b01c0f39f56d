import { describe, expect, it } from 'vitest';
import { dateInWords } from '../../../../src/local-slack/page/slack-date.ts';
import { dayHeading, instantOf, moment, wallClock } from '../../../../src/local-slack/page/time.ts';

const now = new Date('2026-10-20T14:05:00Z');
const seconds = (iso: string) => Date.parse(iso) / 1000;

describe('times on the page', () => {
  it('shows one date token in the zone of whoever reads', () => {
    const at = seconds('2026-10-22T14:00:00Z');
    const format = '{date_short_pretty}, {time}';
    expect(dateInWords(at, format, { zone: 'Europe/Berlin', now })).toBe('22 Oct, 16:00');
    expect(dateInWords(at, format, { zone: 'America/Chicago', now })).toBe('22 Oct, 09:00');
  });

  it('says today by the reader’s own day', () => {
    const at = seconds('2026-10-21T03:00:00Z');
    expect(dateInWords(at, '{date_pretty}', { zone: 'Europe/Berlin', now })).toBe('tomorrow');
    expect(dateInWords(at, '{date_pretty}', { zone: 'America/Chicago', now })).toBe('today');
  });

  it('names the year only when the date is over half a year away', () => {
    const reader = { zone: 'Europe/Berlin', now };
    expect(dateInWords(seconds('2026-12-31T12:00:00Z'), '{date_short}', reader)).toBe('31 Dec');
    expect(dateInWords(seconds('2027-09-30T12:00:00Z'), '{date_short}', reader)).toBe('30 Sep 2027');
  });

  it('falls back when a token is not one of Slack’s', () => {
    expect(dateInWords(0, '{weekday}', { zone: 'UTC', now })).toBeUndefined();
  });

  it('turns a wall clock into its instant on both sides of a clock change', () => {
    for (const [local, zone, iso] of [
      ['2026-10-24T16:00', 'Europe/Berlin', '2026-10-24T14:00:00.000Z'],
      ['2026-10-25T16:00', 'Europe/Berlin', '2026-10-25T15:00:00.000Z'],
      ['2026-03-29T03:30', 'Europe/Berlin', '2026-03-29T01:30:00.000Z'],
      ['2026-11-01T10:00', 'America/Chicago', '2026-11-01T16:00:00.000Z'],
    ] as const) {
      expect(instantOf(local, zone)?.toISOString()).toBe(iso);
      expect(wallClock(new Date(iso), zone)).toBe(local);
    }
    expect(instantOf('soon', 'Europe/Berlin')).toBeUndefined();
  });

  it('heads the days between messages', () => {
    expect(dayHeading(now, 'Europe/Berlin', now)).toBe('Today');
    expect(dayHeading(new Date('2026-10-19T10:00:00Z'), 'Europe/Berlin', now)).toBe('Yesterday');
    expect(dayHeading(new Date('2025-10-07T10:00:00Z'), 'Europe/Berlin', now)).toBe('Tuesday 7 October 2025');
    expect(moment(now, 'Europe/Berlin')).toBe('Tue 20 Oct, 16:05');
  });
});
