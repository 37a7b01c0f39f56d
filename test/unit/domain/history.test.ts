import { describe, expect, it } from 'vitest';
import { answeredOfLast, composeHistory, type HistoryEntry } from '../../../src/domain/history.ts';
import type { Occurrence } from '../../../src/domain/occurrence.ts';
import type { Firm } from '../../../src/domain/person.ts';
import { datesFrom, weeklyRule } from '../../../src/domain/rule-dates.ts';
import { aHealth, aReview, firms, jordan, maya } from './samples.ts';

const both: readonly Firm[] = ['ours', 'theirs'];
const review = (
  date: string,
  over: Partial<Occurrence> = {},
  answered: readonly Firm[] = both,
): HistoryEntry => ({
  occurrence: aReview(date, over),
  answered: over.state === undefined || over.state === 'closed' || over.state === 'open' ? answered : [],
});
const green = aHealth({ colour: 'green', score: 81 });
const amber = aHealth();

const linesOf = (entries: readonly HistoryEntry[], fold = true) =>
  composeHistory({
    entries,
    firms,
    nameOf: (one) => (one.userId === jordan.userId ? 'Jordan Ellis' : 'Maya Lindqvist'),
    zone: 'America/Chicago',
    today: '2026-10-28',
    fold,
  });
const textsOf = (entries: readonly HistoryEntry[], fold = true) =>
  linesOf(entries, fold).map((one) => one.text);

/** Pulses of these Tuesdays, newest first. */
const tuesdays = (from: string, count: number) => datesFrom(weeklyRule(2, 1, from), from, count).reverse();

describe('a line of the history', () => {
  it('says who answered by firm and what health did', () => {
    const entries = [
      review('2026-10-20', { healthBefore: green, healthAfter: amber }),
      review('2026-10-13', { healthBefore: green, healthAfter: green }, ['ours']),
      review('2026-10-06', { healthAfter: aHealth({ colour: 'unknown' }) }, ['theirs']),
      review('2026-09-29', {}, []),
    ];
    expect(textsOf(entries)).toEqual([
      '20 Oct Pulse · both firms answered · Green 81 → Amber 71',
      '13 Oct Pulse · Northwind answered · Green 81 as before',
      '6 Oct Pulse · Acme answered',
      '29 Sep Pulse · no answers',
    ]);
  });

  it('says how late a review was posted and why', () => {
    const late = (hours: number) =>
      review('2026-10-20', {
        postedLate: true,
        openedAt: new Date(Date.parse('2026-10-20T14:00:00Z') + hours * 3_600_000),
      });
    expect([late(0.5), late(1), late(6), late(16.1), late(66)].flatMap((one) => textsOf([one]))).toEqual([
      '20 Oct Pulse · both firms answered · posted 30 minutes late: I was offline',
      '20 Oct Pulse · both firms answered · posted 1 hour late: I was offline',
      '20 Oct Pulse · both firms answered · posted 6 hours late: I was offline',
      '20 Oct Pulse · both firms answered · posted a day late: I was offline',
      '20 Oct Pulse · both firms answered · posted 3 days late: I was offline',
    ]);
  });

  it('gives the reason of each end that was no post, and of each skip', () => {
    const skip = (firm: Firm, reason: string) => ({ firm, by: maya, reason, at: new Date() });
    const meeting = "Acme's company meeting";
    const entries = [
      review('2026-10-20', {
        state: 'skipped',
        reason: `Northwind: ${meeting}; Acme: ${meeting}`,
        skips: [skip('ours', meeting), skip('theirs', meeting)],
      }),
      review('2026-10-13', {
        state: 'skipped',
        reason: 'Northwind: Holiday; Acme: Nothing new',
        skips: [skip('ours', 'Holiday'), skip('theirs', 'Nothing new')],
      }),
      review('2026-10-06', { state: 'skipped', reason: 'Acme: Holiday', skips: [skip('theirs', 'Holiday')] }),
      review('2026-09-29', { state: 'skipped', reason: 'The partnership has ended.' }),
      review('2026-09-22', { state: 'missed', reason: 'I was offline for more than a day.' }),
      review('2026-09-15', { state: 'failed', reason: 'Slack refused to post it: is_archived.' }),
      review('2026-09-08', { skips: [skip('theirs', 'Holiday')] }, ['ours']),
      review('2025-09-02', {
        state: 'missed',
        until: '2026-09-01',
        reason: 'I was offline: 53 reviews from 2 Sep 2025 to 1 Sep 2026 were missed.',
      }),
    ];
    expect(textsOf(entries)).toEqual([
      "20 Oct Pulse · skipped by both firms: Acme's company meeting",
      '13 Oct Pulse · skipped by both firms: Northwind: Holiday; Acme: Nothing new',
      '6 Oct Pulse · skipped by Acme: Holiday',
      '29 Sep Pulse · skipped: The partnership has ended',
      '22 Sep Pulse · missed: I was offline for more than a day',
      '15 Sep Pulse · not posted: Slack refused to post it: is_archived',
      '8 Sep Pulse · Northwind answered · Acme skipped: Holiday',
      '2 Sep 2025 to 1 Sep 2026 Pulse · missed: I was offline: 53 reviews from 2 Sep 2025 to 1 Sep 2026 were missed',
    ]);
  });

  it('says a covered review with the larger one that took its place, or alone where that one is not at hand', () => {
    const covered = review('2026-10-06', {
      state: 'skipped',
      reason: 'Covered by the monthly check-in of 7 Oct.',
    });
    const monthly = review('2026-10-07', { _id: 'p1:r2:2026-10-07', rhythmId: 'r2', reviewKind: 'monthly' });
    expect(textsOf([monthly, covered])).toEqual([
      "7 Oct Monthly check-in · both firms answered · took the pulse's place",
    ]);
    expect(textsOf([covered])).toEqual(['6 Oct Pulse · skipped: Covered by the monthly check-in of 7 Oct']);
  });

  it("gives times in the reader's zone, and says what is still open or due", () => {
    const closesAt = new Date('2026-10-22T14:00:00Z');
    expect(
      textsOf([
        review('2026-10-27', { state: 'due', dueAt: new Date('2026-10-27T15:00:00Z') }),
        review('2026-10-20', { state: 'open', closesAt }, ['ours']),
        review('2026-10-19', { state: 'open', onDemand: true }, []),
      ]),
    ).toEqual([
      '27 Oct Pulse · due Tue 27 Oct, 10:00 Chicago, not posted yet',
      '20 Oct Pulse · open until Thu 22 Oct, 09:00 Chicago · Northwind answered',
      '19 Oct Pulse, out of turn · open',
    ]);
  });

  it('says what became of digests and reminders', () => {
    const nudge = { kind: 'nudge', receiver: jordan } as const;
    expect(
      textsOf([
        review('2026-10-23', { kind: 'digest', state: 'skipped', reason: 'nothing new' }),
        review('2026-10-22', { kind: 'digest', state: 'posted' }),
        review('2026-10-21', { kind: 'nudge', state: 'posted' }),
        review('2026-10-21', { ...nudge, state: 'posted' }),
        review('2026-10-20', { ...nudge, state: 'skipped', reason: 'Acme has answered.', snoozed: true }),
        review('2026-10-19', { kind: 'nudge', state: 'due', dueAt: new Date('2026-10-19T15:00:00Z') }),
        review('2026-10-18', { ...nudge, state: 'failed', reason: 'user_disabled' }),
        review('2026-10-17', { ...nudge, state: 'failed', reason: 'Not sent: user_disabled' }),
      ]),
    ).toEqual([
      '23 Oct Digest · not posted: nothing new',
      '22 Oct Digest · posted',
      '21 Oct Reminder to Jordan Ellis · sent',
      '20 Oct Reminder after a snooze to Jordan Ellis · not sent: Acme has answered',
      '19 Oct Reminder · due Mon 19 Oct, 10:00 Chicago, not sent yet',
      '18 Oct Reminder to Jordan Ellis · not sent: user_disabled',
      '17 Oct Reminder to Jordan Ellis · not sent: user_disabled',
    ]);
  });
});

describe('a run of like entries', () => {
  const newest = tuesdays('2026-10-06', 3).map((date) => review(date));
  const older = tuesdays('2026-09-01', 5).map((date, at) => review(date, {}, at === 1 ? ['ours'] : both));

  it('is one line below the newest three, with the ends that a Show needs', () => {
    const lines = linesOf([...newest, ...older]);
    expect(lines).toHaveLength(4);
    expect(lines.at(-1)).toEqual({
      text: '29 Sep to 1 Sep: 4 with both firms, 1 with Northwind only',
      newest: new Date('2026-09-29T14:00:00Z'),
      oldest: new Date('2026-09-01T14:00:00Z'),
      folded: true,
    });
    expect(textsOf([...newest, ...older], false)).toHaveLength(8);
  });

  it('ends at a late post, at another kind and where the colour of health changed', () => {
    const entries = tuesdays('2026-07-07', 12).map((date, at) =>
      review(date, {
        ...(at === 6 ? { reviewKind: 'monthly' } : {}),
        ...(at === 10 ? { healthBefore: green, healthAfter: amber } : {}),
      }),
    );
    expect(textsOf([...newest, ...entries]).slice(3)).toEqual([
      '22 Sep to 18 Aug: 6 with both firms',
      '11 Aug Monthly check-in · both firms answered',
      '4 Aug to 21 Jul: 3 with both firms',
      '14 Jul Pulse · both firms answered · Green 81 → Amber 71',
      '7 Jul Pulse · both firms answered',
    ]);
  });

  it('keeps the reason that they share, and two reasons apart', () => {
    const missed = tuesdays('2026-08-11', 4).map((date) =>
      review(date, { state: 'missed', reason: 'I was offline for more than a day.' }),
    );
    const paused = tuesdays('2026-07-14', 4).map((date) =>
      review(date, { state: 'skipped', reason: 'Paused by Maya Lindqvist: summer.' }),
    );
    expect(textsOf([...newest, ...missed, ...paused]).slice(3)).toEqual([
      '1 Sep to 11 Aug: 4 missed: I was offline for more than a day',
      '4 Aug to 14 Jul: 4 skipped: Paused by Maya Lindqvist: summer',
    ]);
  });
});

describe('the last line', () => {
  it('counts the last six that closed, whatever lies between', () => {
    const entries = tuesdays('2026-08-25', 9).map((date, at) =>
      at === 2
        ? review(date, { state: 'missed', reason: 'I was offline.' })
        : review(date, {}, at === 3 ? ['ours'] : both),
    );
    expect(answeredOfLast(entries, firms)).toBe('Both firms answered 5 of the last 6.');
    expect(answeredOfLast(entries.slice(0, 1), firms)).toBeUndefined();
  });

  it('calls nobody late where one firm alone is asked', () => {
    const alone = tuesdays('2026-09-01', 4).map((date, at) =>
      review(date, { asked: { ours: [maya], theirs: [] } }, at === 0 ? [] : ['ours']),
    );
    expect(answeredOfLast(alone, firms)).toBe('Northwind answered 3 of the last 4.');
  });
});
