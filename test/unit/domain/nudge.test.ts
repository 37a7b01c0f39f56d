import { describe, expect, it } from 'vitest';
import type { Answer } from '../../../src/domain/answer.ts';
import {
  inWorkingHours,
  type NudgeFacts,
  nudgeInstant,
  putOff,
  sendBy,
  snoozeUntil,
  standingOf,
  stepAt,
  whyNobody,
  whyNot,
} from '../../../src/domain/nudge.ts';
import { isSilent, silenceToTell, silentRun } from '../../../src/domain/silence.ts';

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

const person = { teamId: 'T2', userId: 'U1' };
const colleague = { teamId: 'T2', userId: 'U2' };

describe('how a firm stands in a review', () => {
  const both = { ours: [], theirs: [person, colleague] };
  const skip = { firm: 'theirs', by: person, reason: 'holiday', at: at('2026-10-20T14:00:00Z') } as const;
  const answer: Answer = {
    _id: 'a1',
    workspaceId: 'W1',
    version: 1,
    schemaVersion: 1,
    occurrenceId: 'p1:r1:2026-10-20',
    partnershipId: 'p1',
    person,
    firm: 'theirs',
    via: 'modal',
    content: { confidence: 4, readingIds: [], noChange: false },
    history: [],
    withdrawn: false,
    late: false,
    at: at('2026-10-20T15:00:00Z'),
    requestId: 'r1',
  };
  it.each([
    ['waiting', both, [], { answers: [], silent: false, notAsked: [person] }],
    ['answered', both, [skip], { answers: [answer], silent: true, notAsked: [] }],
    ['waiting', both, [], { answers: [{ ...answer, withdrawn: true }], silent: false, notAsked: [] }],
    ['skipped', both, [skip], { answers: [], silent: true, notAsked: undefined }],
    ['not-asked', { ours: [person], theirs: [] }, [], { answers: [], silent: true, notAsked: [] }],
    ['nobody-left', both, [], { answers: [], silent: true, notAsked: [person, colleague] }],
    ['silent', both, [], { answers: [], silent: true, notAsked: [person] }],
  ])('is %s', (standing, asked, skips, facts) => {
    expect(standingOf('theirs', { asked, skips }, facts)).toBe(standing);
  });

  it.each([
    ['waiting', 'answered', undefined],
    ['silent', 'waiting', undefined],
    ['answered', 'answered', 'Both firms have answered.'],
    ['answered', 'skipped', 'Northwind has answered. Acme skipped this one.'],
    ['nobody-left', 'not-asked', 'Nobody is left to ask at Northwind. Nobody is asked at Acme.'],
    ['answered', 'silent', 'Northwind has answered. Acme is left alone until somebody there answers again.'],
  ] as const)('with ours %s and theirs %s has its reason', (ours, theirs, reason) => {
    expect(whyNobody({ ours, theirs }, { ours: 'Northwind', theirs: 'Acme' })).toBe(reason);
  });
});

describe('who is reminded, and why not', () => {
  const asked: NudgeFacts = {
    name: 'Jordan Ellis',
    zone: 'America/Chicago',
    firmName: 'Acme',
    reviewOpen: true,
    standing: 'waiting',
    snoozed: false,
    notAsked: false,
    active: true,
    met: true,
    updatedLately: false,
    hadMessage: false,
  };
  const until = at('2026-10-21T15:00:00Z');
  it.each<[string | undefined, Partial<NudgeFacts>]>([
    [undefined, {}],
    [undefined, { standing: 'silent', snoozed: true }],
    ['The review is not open any more.', { reviewOpen: false, standing: 'answered' }],
    ['Acme has answered.', { standing: 'answered', snoozed: true }],
    ['Acme skipped this one.', { standing: 'skipped' }],
    ['Acme is left alone until somebody there answers again.', { standing: 'silent' }],
    ['Nobody is asked at Acme.', { standing: 'not-asked' }],
    ['Jordan Ellis asked not to be asked.', { notAsked: true }],
    ['Jordan Ellis asked not to be asked.', { notAsked: true, standing: 'nobody-left' }],
    ['Snoozed until Wed 21 Oct, 10:00 Chicago.', { put: { until } }],
    ['Jordan Ellis snoozed it until after it closes.', { put: 'to-the-end', hadMessage: true }],
    ['Jordan Ellis is not active in Slack any more.', { active: false, met: false }],
    [
      'Jordan Ellis is mentioned on the card, and gets no message before pressing one of my buttons.',
      { met: false },
    ],
    ['Jordan Ellis gave a value in the last two days.', { updatedLately: true }],
    ["Jordan Ellis had the day's message already.", { hadMessage: true }],
  ])('%s', (reason, over) => {
    expect(whyNot({ ...asked, ...over })).toBe(reason);
  });
});

describe('a silent firm', () => {
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

  it('is left alone after two, and not any more when somebody is asked who was not asked in those', () => {
    expect(isSilent('theirs', [review()], [person])).toBe(false);
    expect(isSilent('theirs', [review(), review()], [person])).toBe(true);
    expect(isSilent('theirs', [review(), review()], [person, colleague])).toBe(false);
    expect(isSilent('theirs', [review(), review(), review('theirs')], [person])).toBe(true);
    expect(isSilent('theirs', [review('theirs'), review(), review()], [person])).toBe(false);
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
