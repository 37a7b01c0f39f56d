import { describe, expect, it } from 'vitest';
import {
  inWorkingHours,
  nudgeInstant,
  putOff,
  sendBy,
  snoozeUntil,
  stepAt,
} from '../../../src/domain/nudge.ts';
import { silenceToTell, silentRun } from '../../../src/domain/silence.ts';

const at = (text: string): Date => new Date(text);

describe('when somebody is reminded', () => {
  it.each([
    ['at once in their working hours', '2026-10-21T15:00:00Z', 'America/Chicago', [], '2026-10-21T15:00:00Z'],
    ['at nine when it is early', '2026-10-21T05:00:00Z', 'America/Chicago', [], '2026-10-21T14:00:00Z'],
    ['the next morning from five on', '2026-10-21T22:00:00Z', 'America/Chicago', [], '2026-10-22T14:00:00Z'],
    ['on Monday after Friday', '2026-10-23T23:00:00Z', 'America/Chicago', [], '2026-10-26T14:00:00Z'],
    [
      'after a holiday of their firm',
      '2026-10-21T05:00:00Z',
      'America/Chicago',
      ['2026-10-21'],
      '2026-10-22T14:00:00Z',
    ],
    ['a day ahead in Auckland', '2026-10-20T14:00:00Z', 'Pacific/Auckland', [], '2026-10-20T20:00:00Z'],
    [
      'an hour later once the clocks have changed',
      '2026-10-23T16:00:00Z',
      'Europe/Berlin',
      [],
      '2026-10-26T08:00:00Z',
    ],
  ])('%s', (_when, planned, zone, holidays, expected) => {
    const instant = nudgeInstant(at(planned), zone, holidays);
    expect(instant).toEqual(at(expected));
    expect(inWorkingHours(instant, zone, holidays)).toBe(true);
  });

  it('is at half and at four fifths of the window, and for twelve hours at most', () => {
    const window = { openedAt: at('2026-10-20T14:00:00Z'), closesAt: at('2026-10-22T14:00:00Z') };
    expect(stepAt(window, 1)).toEqual(at('2026-10-21T14:00:00Z'));
    expect(stepAt(window, 2)).toEqual(at('2026-10-22T04:24:00Z'));
    expect(sendBy(stepAt(window, 1), window.closesAt)).toEqual(at('2026-10-22T02:00:00Z'));
    expect(sendBy(stepAt(window, 2), window.closesAt)).toEqual(window.closesAt);
  });

  it('is put off to the same time of day, also over a clock change', () => {
    expect(snoozeUntil(at('2026-10-24T14:00:00Z'), 1, 'Europe/Berlin')).toEqual(at('2026-10-25T15:00:00Z'));
    const facts = { zone: 'Europe/Berlin', holidays: [], closesAt: at('2026-10-22T14:00:00Z') };
    const snooze = { dueAt: at('2026-10-22T08:00:00Z') };
    expect(putOff(snooze, { ...facts, now: at('2026-10-21T08:00:00Z') })).toEqual({ until: snooze.dueAt });
    expect(putOff(snooze, { ...facts, now: at('2026-10-22T08:00:00Z') })).toBeUndefined();
    expect(putOff({ dueAt: at('2026-10-28T08:00:00Z') }, { ...facts, now: snooze.dueAt })).toBe('to-the-end');
  });
});

describe('a silent firm', () => {
  const person = { teamId: 'T2', userId: 'U1' };
  const review = (...skips: ('ours' | 'theirs')[]) => ({
    review: {
      asked: { ours: [person], theirs: [person] },
      skips: skips.map((firm) => ({ firm, by: person, reason: 'holiday', at: at('2026-10-20T14:00:00Z') })),
    },
    answers: [],
  });
  const unasked = { review: { asked: { ours: [person], theirs: [] }, skips: [] }, answers: [] };

  it('is one that let reviews in a row pass without a word; a skip is a word, and who is not asked owes none', () => {
    expect(silentRun('theirs', [review(), review()])).toBe(2);
    expect(silentRun('theirs', [review(), review('theirs'), review()])).toBe(1);
    expect(silentRun('theirs', [review(), unasked, review()])).toBe(2);
    expect(silentRun('ours', [review('theirs'), review()])).toBe(2);
  });

  it('is told of after two and once more after three, and not again', () => {
    expect([0, 1, 2, 3, 4, 9].map(silenceToTell)).toEqual([
      undefined,
      undefined,
      'second',
      'third',
      undefined,
      undefined,
    ]);
  });
});
