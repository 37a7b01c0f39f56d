import { describe, expect, it } from 'vitest';
import {
  checkLedger,
  isLedgerPost,
  type LedgerInput,
  type StandingPost,
} from '../../../src/domain/ledger-check.ts';
import { owedSince } from '../../../src/domain/ledger-dates.ts';
import type { Occurrence } from '../../../src/domain/occurrence.ts';
import { dueAt } from '../../../src/domain/recurrence.ts';
import type { Rhythm } from '../../../src/domain/rhythm.ts';
import { datesFrom } from '../../../src/domain/rule-dates.ts';
import { aReview, aRhythm } from './samples.ts';

const hour = 3_600_000;
const second = 1000;

/** Tuesdays at 16:00 in Berlin. */
const weekly = aRhythm();
const since = new Date('2026-01-01T00:00:00Z');

const reviewOn = (date: string, over: Partial<Occurrence> = {}, rhythm: Rhythm = weekly): Occurrence => {
  const due = dueAt(rhythm, date);
  return aReview(date, { _id: `p1:${rhythm._id}:${date}`, rhythmId: rhythm._id, dueAt: due, ...over });
};

const standing = ({ _id, dueAt: due }: Occurrence, afterMs = 2 * second): StandingPost => ({
  operationId: _id,
  channelId: 'C1',
  ts: `${due.getTime() / 1000}.000100`,
  postedAt: new Date(due.getTime() + afterMs),
});

const offline = { state: 'missed', reason: 'I was offline for more than a day.' } as const;

/** January 2026: four Tuesdays, all posted and closed. */
const january = datesFrom(weekly.rule, '2026-01-01', 4).map((date) => reviewOn(date));
const input = (over: Partial<LedgerInput> = {}): LedgerInput => {
  const occurrences = over.occurrences ?? january;
  return {
    rhythms: [{ rhythm: weekly, since }],
    occurrences,
    posts: occurrences.filter((one) => one.state === 'closed').map((one) => standing(one)),
    now: new Date('2026-01-30T12:00:00Z'),
    patienceMs: 24 * hour,
    ...over,
  };
};
const none = { lost: 0, doubled: 0, early: 0, unknown: 0 };
const sound = { ...none, faults: [] };

/** The four, the second one changed. */
const withSecond = (over: Partial<Occurrence>): Occurrence[] =>
  january.map((one, at) => (at === 1 ? { ...one, ...over } : one));

describe('a ledger that keeps the promise', () => {
  it('is sound for a year of weekly reviews across both clock changes, with their digests', () => {
    const reviews = datesFrom(weekly.rule, '2026-01-01', 52).map((date, at) =>
      reviewOn(date, at % 13 === 5 ? offline : {}),
    );
    const digests = reviews
      .filter((one) => one.state === 'closed')
      .map((one, at): Occurrence => {
        const digest = { ...one, _id: `${one._id}:digest`, kind: 'digest', state: 'posted' } as const;
        return at % 10 === 3 ? { ...digest, state: 'skipped', reason: 'Nothing new.' } : digest;
      });
    const occurrences = [...reviews, ...digests];
    const out = occurrences.filter((one) => one.state === 'closed' || one.state === 'posted');
    const verdict = checkLedger(
      input({
        occurrences,
        posts: out.map((one, at) => standing(one, at * second)),
        now: new Date('2027-01-03T12:00:00Z'),
      }),
    );
    expect(verdict).toMatchObject(sound);
    expect(verdict.occurrences).toBe(occurrences.length);
    expect(verdict.byState).toEqual({ closed: 48, missed: 4, posted: 43, skipped: 5 });
    expect(verdict.lateness).toEqual(Array.from({ length: 48 }, (_, at) => at * second));
  });

  it('needs no channel to be read, and then takes the time of the post from the entry', () => {
    const occurrences = january.map((one) => ({ ...one, openedAt: new Date(one.dueAt.getTime() + 5000) }));
    const verdict = checkLedger(input({ occurrences, posts: undefined }));
    expect(verdict).toMatchObject(sound);
    expect(verdict.lateness).toEqual([5000, 5000, 5000, 5000]);
  });

  it('waits as long as it is patient before a date must have an entry or an entry an end', () => {
    const due = reviewOn('2026-01-27', { state: 'due' });
    const early = new Date('2026-01-28T14:59:00Z');
    expect(checkLedger(input({ occurrences: january.slice(0, 3), now: early }))).toMatchObject(sound);
    expect(checkLedger(input({ occurrences: [...january.slice(0, 3), due], now: early }))).toMatchObject(
      sound,
    );
  });

  it('gives an entry that may still be posted its whole time where that is asked for', () => {
    const postBy = new Date('2026-02-03T15:00:00Z');
    const occurrences = [...january.slice(0, 3), reviewOn('2026-01-27', { state: 'due', postBy })];
    expect(checkLedger(input({ occurrences })).lost).toBe(1);
    expect(checkLedger(input({ occurrences, untilPostBy: true }))).toMatchObject(sound);
    const later = new Date('2026-02-03T15:00:01Z');
    expect(checkLedger(input({ occurrences, untilPostBy: true, now: later })).lost).toBe(1);
  });

  it('takes a due entry whose post stands already for one that is just going out', () => {
    const due = reviewOn('2026-01-27', { state: 'due' });
    const posts = [...january.slice(0, 3), due].map((one) => standing(one));
    const now = new Date('2026-01-27T15:00:10Z');
    expect(checkLedger(input({ occurrences: [...january.slice(0, 3), due], posts, now }))).toMatchObject(
      sound,
    );
  });

  it('lets one entry stand for many dates', () => {
    const first = reviewOn('2026-01-06', { ...offline, until: '2026-01-20' });
    expect(checkLedger(input({ occurrences: [first, reviewOn('2026-01-27')] }))).toMatchObject(sound);
  });

  it('finds a date under its nominal day when a holiday moves it across the beginning', () => {
    const rhythm = aRhythm({ shift: 'next' });
    const holidays = { ours: ['2026-01-06', '2026-01-07'], theirs: ['2026-01-08'] };
    const moved = reviewOn('2026-01-06', { dueAt: new Date('2026-01-09T15:00:00Z') });
    const rhythms = [{ rhythm, holidays, since: new Date('2026-01-08T00:00:00Z') }];
    const occurrences = [moved, ...january.slice(1)];
    expect(checkLedger(input({ rhythms, occurrences }))).toMatchObject(sound);
    expect(checkLedger(input({ rhythms, occurrences: january.slice(1) }))).toMatchObject({
      lost: 1,
      faults: ['p1:r1:2026-01-06: no entry in the ledger.'],
    });
  });

  it('owes nothing after the end of a rhythm, and nothing from before the rule was what it is', () => {
    const ended = aRhythm({ endDate: '2026-01-13' });
    const rhythms = [{ rhythm: ended, since }];
    expect(checkLedger(input({ rhythms, occurrences: january.slice(0, 2) }))).toMatchObject(sound);
    const wednesday = reviewOn('2026-01-07');
    const later = [{ rhythm: weekly, since: new Date('2026-01-10T00:00:00Z') }];
    expect(
      checkLedger(input({ rhythms: later, occurrences: [wednesday, ...january.slice(1)] })),
    ).toMatchObject(sound);
  });

  it('knows reviews out of turn, nudges without posts, and a root that stays when its review is skipped', () => {
    const asked: Occurrence = {
      ...reviewOn('2026-01-15', { onDemand: true }),
      _id: 'p1:r1:now:V123',
    };
    const nudge: Occurrence = {
      ...reviewOn('2026-01-13', { kind: 'nudge', state: 'posted' }),
      _id: 'p1:r1:2026-01-13:nudge1:T1.UMAYA',
    };
    const skipped = { state: 'skipped', ts: '1.1', reason: 'Skipped by both firms.' } as const;
    const occurrences = [...withSecond(skipped), asked, nudge];
    const posts = [...january, asked].map((one) => standing(one));
    expect(checkLedger(input({ occurrences, posts }))).toMatchObject(sound);
  });

  it('leaves cards, replies and summaries in the channel alone', () => {
    const other = ['card:p1', 'p1:introduction', 'p1:r1:2026-01-06:summary'].map((operationId) => ({
      operationId,
      channelId: 'C1',
      ts: '1.1',
      postedAt: since,
    }));
    expect(checkLedger(input({ posts: [...(input().posts ?? []), ...other] }))).toMatchObject(sound);
    expect(
      ['p1:r1:2026-01-06', 'p1:r1:2026-01-06:digest', 'p1:r1:now:V1', 'p1:r1:now:V1:digest'].map(
        isLedgerPost,
      ),
    ).toEqual([true, true, true, true]);
  });
});

describe('from when a rhythm owes its dates', () => {
  const saved = new Date('2026-01-14T09:00:00Z');
  it('is its first date after it was made', () => {
    expect(owedSince(aRhythm({ updatedAt: saved }), undefined, undefined)).toEqual(
      new Date('2026-01-20T15:00:00Z'),
    );
  });

  it('is the first that its edit gave it: none within half an interval after the last', () => {
    const thursdays = aRhythm({ rule: { kind: 'weekly', anchor: '2026-01-01', every: 1 }, updatedAt: saved });
    expect(owedSince(thursdays, undefined, '2026-01-13')).toEqual(new Date('2026-01-22T15:00:00Z'));
  });

  it('is the first that its rule gave it, whatever else was changed since: a gap on the day of a change is seen', () => {
    const changed = aRhythm({
      time: '09:00',
      firstDate: '2026-01-06',
      updatedAt: new Date('2026-01-20T11:00:00Z'),
    });
    const owed = owedSince(changed, undefined, '2026-01-13');
    expect(owed).toEqual(new Date('2026-01-06T08:00:00Z'));
    const occurrences = january.filter((one) => one.date !== '2026-01-20');
    expect(
      checkLedger(input({ rhythms: [{ rhythm: changed, since: owed ?? since }], occurrences })),
    ).toMatchObject({ lost: 1, faults: ['p1:r1:2026-01-20: no entry in the ledger.'] });
  });

  it('is never when it had ended', () => {
    expect(owedSince(aRhythm({ endDate: '2026-01-13', updatedAt: saved }), undefined, undefined)).toBe(
      undefined,
    );
  });
});

describe('what a ledger can get wrong', () => {
  const faultsOf = (over: Partial<LedgerInput>) => {
    const { faults, lost, doubled, early, unknown } = checkLedger(input(over));
    return { faults, lost, doubled, early, unknown };
  };

  it('a date without an entry is lost', () => {
    expect(faultsOf({ occurrences: january.filter((_, at) => at !== 2) })).toEqual({
      ...none,
      lost: 1,
      faults: ['p1:r1:2026-01-20: no entry in the ledger.'],
    });
  });

  it('an entry without an end is lost', () => {
    expect(faultsOf({ occurrences: withSecond({ state: 'due' }) })).toEqual({
      ...none,
      lost: 1,
      faults: ['p1:r1:2026-01-13: was due 2026-01-13T15:00:00.000Z and has no end yet.'],
    });
  });

  it('a review that went out by the ledger and does not stand in the channel is lost', () => {
    const posts = january.slice(1).map((one) => standing(one));
    expect(faultsOf({ posts })).toEqual({
      ...none,
      lost: 1,
      faults: ['p1:r1:2026-01-06: closed, and not in the channel.'],
    });
  });

  it('a review that stands twice is doubled', () => {
    const posts = [...january, ...january.slice(3)].map((one) => standing(one));
    expect(faultsOf({ posts })).toEqual({
      ...none,
      doubled: 1,
      faults: ['p1:r1:2026-01-27: stands in the channel 2 times.'],
    });
  });

  it('two entries for one date are doubled, also when the second stands for many', () => {
    expect(faultsOf({ occurrences: [...january, ...january.slice(0, 1)], posts: undefined })).toEqual({
      ...none,
      doubled: 1,
      faults: ['p1:r1:2026-01-06: 2 entries in the ledger.'],
    });
    const many = reviewOn('2026-01-06', { ...offline, until: '2026-01-13' });
    expect(faultsOf({ occurrences: [many, ...january.slice(1)] })).toEqual({
      ...none,
      doubled: 1,
      faults: ['p1:r1:2026-01-13: an entry of its own, and p1:r1:2026-01-06 stands for it too.'],
    });
  });

  it('a post more than a second before its time is early', () => {
    const posts = january.map((one, at) => standing(one, at === 0 ? -1001 : -1000));
    expect(faultsOf({ posts })).toEqual({
      ...none,
      early: 1,
      faults: ['p1:r1:2026-01-06: posted 2026-01-06T14:59:58.999Z, due 2026-01-06T15:00:00.000Z.'],
    });
  });

  it('a post without an entry is unknown', () => {
    const stray = reviewOn('2026-02-03');
    expect(faultsOf({ posts: [...january, stray].map((one) => standing(one)) })).toEqual({
      ...none,
      unknown: 1,
      faults: ['p1:r1:2026-02-03: stands in the channel, and the ledger has no entry for it.'],
    });
  });

  it('a post of a review that the ledger calls missed is unknown', () => {
    expect(
      faultsOf({ occurrences: withSecond(offline), posts: january.map((one) => standing(one)) }),
    ).toEqual({ ...none, unknown: 1, faults: ['p1:r1:2026-01-13: missed, and yet in the channel.'] });
  });

  it('an entry on a day that the rule does not give, or under another name, is unknown', () => {
    const wednesday = reviewOn('2026-01-14');
    const renamed = { ...reviewOn('2026-01-13'), _id: 'p1:r1:again' };
    expect(faultsOf({ occurrences: [...january, wednesday, renamed] })).toEqual({
      ...none,
      unknown: 2,
      faults: [
        'p1:r1:2026-01-14: not a date of the rhythm.',
        'p1:r1:again: is not named by its date, 2026-01-13.',
      ],
    });
  });

  it('an end without a reason, and a review that does not close, are faults of their own', () => {
    const closesAt = new Date('2026-01-15T15:00:00Z');
    const { faults, ...counts } = faultsOf({
      occurrences: [
        ...withSecond({ state: 'open', closesAt }),
        { ...reviewOn('2026-01-06', { kind: 'digest', state: 'skipped' }), _id: 'p1:r1:2026-01-06:digest' },
      ],
      posts: january.map((one) => standing(one)),
    });
    expect(counts).toEqual(none);
    expect(faults).toEqual([
      'p1:r1:2026-01-13: was to close 2026-01-15T15:00:00.000Z and is still open.',
      'p1:r1:2026-01-06:digest: skipped without a reason.',
    ]);
  });

  it('costs what it is given: twenty rhythms over ten years in a moment', () => {
    const rhythms = Array.from({ length: 20 }, (_, at) => aRhythm({ _id: `r${at}` }));
    const dates = datesFrom(weekly.rule, '2026-01-01', 520);
    const occurrences = rhythms.flatMap((rhythm) => dates.map((date) => reviewOn(date, {}, rhythm)));
    const posts = occurrences.map((one) => standing(one));
    const verdict = checkLedger({
      rhythms: rhythms.map((rhythm) => ({ rhythm, since })),
      occurrences,
      posts,
      now: new Date('2035-12-20T12:00:00Z'),
      patienceMs: 24 * hour,
    });
    expect(verdict).toMatchObject({ ...sound, occurrences: 10_400 });
  }, 10_000);
});
