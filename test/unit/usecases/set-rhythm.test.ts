import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Deps, Store } from '../../../src/ports.ts';
import { tickUntilQuiet } from '../../../src/scheduler/tick.ts';
import { openMemoryStore } from '../../../src/store/open-store.ts';
import { pauseRhythm } from '../../../src/usecases/pause-rhythm.ts';
import { type SetRhythm, setRhythm } from '../../../src/usecases/set-rhythm.ts';
import { skipNext } from '../../../src/usecases/skip-next.ts';
import { viewHistory } from '../../../src/usecases/view-history.ts';
import { rhythmFormStart } from '../../../src/usecases/view-rhythm-form.ts';
import { fakeMessenger } from '../../support/fake-messenger.ts';
import {
  as,
  install,
  jordan,
  maya,
  partnership,
  ref,
  reviewDeps,
  stranger,
  type TestClock,
  testClock,
  tom,
  workspaceId,
} from '../../support/review-world.ts';

const input: SetRhythm = {
  partnershipId: 'acme',
  rule: { kind: 'weekly', every: 1, weekday: 2 },
  time: '16:00',
  zone: 'Europe/Berlin',
  shift: 'none',
  windowDays: 2,
  askedOurs: [maya.userId, tom.userId],
  askedTheirs: [jordan.userId],
};

/** The store while one kind of write to one collection fails. */
const failing = (
  store: Store,
  collection: 'rhythms' | 'occurrences',
  write: 'insert' | 'replace',
): Store => ({
  ...store,
  workspace: (id) => {
    const inner = store.workspace(id);
    const fail = () => Promise.reject(new Error('the database does not answer'));
    return { ...inner, [collection]: { ...inner[collection], [write]: fail } };
  },
});

const weekly = (every: number, weekday = 2) => ({ kind: 'weekly', every, weekday }) as const;

const yearly = (month: number, day: number) => ({ kind: 'annual', month, day }) as const;

describe('setRhythm', () => {
  let clock: TestClock;
  let deps: Deps;

  beforeEach(async () => {
    clock = testClock('2026-10-19T09:00:00Z');
    deps = reviewDeps({ store: await openMemoryStore(), clock, messenger: fakeMessenger(clock) });
    await install(deps);
    await deps.store
      .workspace(workspaceId)
      .partnerships.insert(partnership({ theirPeople: [], ourPeople: [] }));
  });
  afterEach(() => deps.store.close());

  const set = async (over: Partial<SetRhythm> = {}, requestId?: string) => {
    const outcome = await setRhythm(deps, as(maya, requestId), { ...input, ...over });
    if (!outcome.ok) throw new Error(JSON.stringify(outcome.fields));
    return outcome.value;
  };
  const all = () => deps.store.workspace(workspaceId).rhythms.find({});

  it('starts on the next such day, at the local time', async () => {
    expect(await set()).toMatchObject({
      rule: { kind: 'weekly', anchor: '2026-10-20', every: 1 },
      nextDate: '2026-10-20',
      nextAt: new Date('2026-10-20T14:00:00Z'),
      rev: 1,
    });
  });

  it('starts today while the time is ahead, and a week later when it has passed, also every second week', async () => {
    clock.set('2026-10-20T13:59:00Z');
    expect((await set({ rule: weekly(2, 2) })).nextDate).toBe('2026-10-20');
    clock.set('2026-10-20T14:00:00Z');
    expect((await set({ rule: weekly(2, 2) })).nextDate).toBe('2026-10-27');
  });

  it('names the people it asks, so that they may speak for their firm', async () => {
    await set();
    const found = await deps.store.workspace(workspaceId).partnerships.get('acme');
    expect(found?.theirPeople).toEqual([ref(jordan)]);
    // Nobody led the partner's side before: the first one who is asked does.
    expect(found?.theirLead).toEqual(ref(jordan));
    // The owner speaks for our firm already.
    expect(found?.ourPeople).toEqual([ref(tom)]);
  });

  it('makes one rhythm of a request that comes twice', async () => {
    const [one, two] = [await set({}, 'V1'), await set({}, 'V1')];
    expect(two._id).toBe(one._id);
    expect(await all()).toHaveLength(1);
  });

  it('made and saved again under the same request, takes what was changed in between', async () => {
    const made = await set({}, 'V1');
    const again = await set({ time: '10:00', rule: weekly(2, 4) }, 'V1');
    expect(again).toMatchObject({ _id: made._id, time: '10:00', nextDate: '2026-10-22', rev: 2 });
    expect(await set({ time: '11:00' }, 'V1')).toMatchObject({ time: '11:00', rev: 3 });
    expect(await all()).toHaveLength(1);
  });

  it('made and saved again under the same request, is a conflict when somebody else edited it in between', async () => {
    const made = await set({}, 'V1');
    await set({ rhythmId: made._id, baseRev: 1, time: '10:00' });
    await expect(set({ time: '11:00' }, 'V1')).rejects.toMatchObject({ code: 'conflict' });
    expect((await all())[0]).toMatchObject({ time: '10:00', rev: 2 });
  });

  it.each([
    ['kind', { rule: weekly(1, 0) }],
    ['kind', { rule: weekly(1, 2.5) }],
    ['kind', { rule: weekly(0) }],
    ['kind', { rule: weekly(9) }],
    ['annualDay', { rule: yearly(2, 30) }],
    ['annualDay', { rule: yearly(4, 31) }],
    ['firstOn', { rule: weekly(2), firstOn: '2026-02-31' }],
    ['firstOn', { rule: weekly(2), firstOn: '2046-10-20' }],
    ['firstOn', { rule: weekly(2), firstOn: '0000-01-01' }],
    ['endDate', { endDate: '2026-02-31' }],
    ['endDate', { rule: weekly(2), firstOn: '2026-11-03', endDate: '2026-11-02' }],
    ['endDate', { endDate: '2026-10-19' }],
    ['time', { time: '04:45' }],
    ['time', { time: '21:00' }],
    ['time', { time: '16:10' }],
    ['time', { time: 'noon' }],
    ['zone', { zone: 'Mars/Olympus' }],
    ['zone', { zone: '' }],
    ['windowDays', { windowDays: 6 }],
    ['askedOurs', { askedOurs: [] }],
    ['askedOurs', { askedOurs: [jordan.userId] }],
    ['askedTheirs', { askedTheirs: [tom.userId] }],
    ['askedTheirs', { askedTheirs: [stranger.userId] }],
  ])('refuses %s in %j at its field and saves nothing', async (field, over) => {
    const outcome = await setRhythm(deps, as(maya), { ...input, ...over });
    expect(outcome.ok ? [] : Object.keys(outcome.fields)).toEqual([field]);
    expect(await all()).toEqual([]);
  });

  it('asks our side alone when nobody of the other firm is named', async () => {
    expect((await set({ askedTheirs: [] })).asked).toEqual({ ours: [ref(maya), ref(tom)], theirs: [] });
  });

  it.each([
    ['somebody of our firm who is no editor', tom, 'not-allowed'],
    ['somebody of the other firm', jordan, 'not-allowed'],
    ['an outsider in the channel', stranger, 'not-allowed'],
  ])('refuses %s', async (_who, person, code) => {
    await expect(setRhythm(deps, as(person), input)).rejects.toMatchObject({ code });
    expect(await all()).toEqual([]);
  });

  it.each([
    [
      'a first Tuesday',
      { kind: 'monthly', every: 1, on: { kind: 'nth-weekday', nth: 1, weekday: 2 } },
      'monthly',
      '2026-11-03',
    ],
    ['a last day', { kind: 'monthly', every: 3, on: { kind: 'last-day' } }, 'monthly', '2026-10-31'],
    [
      'ten days before a quarter ends',
      {
        kind: 'quarterly',
        quarters: { kind: 'months', startMonth: 2 },
        on: { kind: 'before-end', days: 10 },
      },
      'quarterly',
      '2026-10-21',
    ],
    [
      'a week into a quarter of 13 weeks',
      {
        kind: 'quarterly',
        quarters: { kind: 'weeks', endMonth: 1, weekday: 6, ends: 'last' },
        on: { kind: 'from-start', days: 7 },
      },
      'quarterly',
      '2026-11-08',
    ],
    ['a day of the year', { kind: 'annual', month: 1, day: 15 }, 'annual', '2027-01-15'],
    ['29 February', yearly(2, 29), 'annual', '2027-02-28'],
  ] as const)('stores %s with the kind of review that it belongs to', async (_words, rule, kind, date) => {
    expect(await set({ rule })).toMatchObject({ kind, nextDate: date });
  });

  it('keeps a shift, an end and the holidays, and counts the date with them', async () => {
    const holidays = { ours: { from: [], to: ['2026-10-20'] }, theirs: { from: [], to: [] } };
    expect(await set({ shift: 'next', endDate: '2026-12-31', holidays })).toMatchObject({
      shift: 'next',
      endDate: '2026-12-31',
      nextDate: '2026-10-20',
      nextAt: new Date('2026-10-21T14:00:00Z'),
    });
    const found = await deps.store.workspace(workspaceId).partnerships.get('acme');
    expect(found?.holidays).toEqual({ ours: ['2026-10-20'], theirs: [] });
  });

  describe('a day to count from', () => {
    const thirds = { kind: 'monthly', every: 3, on: { kind: 'nth-weekday', nth: 1, weekday: 2 } } as const;
    const nextOf = async (over: Partial<SetRhythm>, requestId?: string) =>
      (await set(over, requestId)).nextDate;

    it.each([
      ['every second week', '2026-10-27', { rule: weekly(2), firstOn: '2026-10-27' }],
      ['a week ahead of its own count', '2026-11-03', { rule: weekly(2), firstOn: '2026-11-03' }],
      ['the first such day after it', '2026-11-03', { rule: weekly(2), firstOn: '2026-10-28' }],
      ['a day that has passed', '2026-10-27', { rule: weekly(2), firstOn: '2026-10-13' }],
      ['every third month', '2026-12-01', { rule: thirds, firstOn: '2026-11-20' }],
      ['nothing, for every week', '2026-10-20', { rule: weekly(1), firstOn: '2026-11-03' }],
    ])('is %s: %s', async (_words, date, over) => {
      expect(await nextOf(over)).toBe(date);
    });

    it('is shown as the next date, and leaves the count alone when it comes back as it was or empty', async () => {
      const { _id: rhythmId } = await set({ rule: weekly(2), firstOn: '2026-10-28' }, 'V1');
      expect(await set({ rule: weekly(2), firstOn: '2026-10-28' }, 'V1')).toMatchObject({ rev: 1 });
      const start = await rhythmFormStart(deps, as(maya), { partnershipId: 'acme' });
      const { plan } = await start.facts(rhythmId);
      expect(plan.firstOn).toBe('2026-11-03');
      const { dates } = await start.preview(rhythmId, plan);
      expect(dates.map((one) => one.split(',')[0])).toEqual([
        'Tue 3 Nov',
        'Tue 17 Nov',
        'Tue 1 Dec',
        'Tue 15 Dec',
        'Tue 29 Dec',
      ]);
      const edit = { rhythmId, rule: weekly(2) };
      expect(await nextOf({ ...edit, baseRev: 1, firstOn: '2026-11-03', time: '10:00' })).toBe('2026-11-03');
      expect(await nextOf({ ...edit, baseRev: 2, time: '11:00' })).toBe('2026-11-03');
    });

    it('moves a rhythm to the other week, later, and back to sooner', async () => {
      const { _id: rhythmId } = await set({ rule: weekly(2) });
      const edit = { rhythmId, rule: weekly(2) };
      expect(await nextOf({ ...edit, baseRev: 1, firstOn: '2026-10-27' })).toBe('2026-10-27');
      expect(await nextOf({ ...edit, baseRev: 2, firstOn: '2026-11-10' })).toBe('2026-11-10');
      expect(await nextOf({ ...edit, baseRev: 3, firstOn: '2026-10-20' })).toBe('2026-10-20');
    });

    it('that is too far off is said in place of the dates', async () => {
      const start = await rhythmFormStart(deps, as(maya), { partnershipId: 'acme' });
      const plan = { ...start.proposed('pulse'), firstOn: '9999-12-31' };
      expect(await start.preview(undefined, plan)).toEqual({
        dates: [],
        fault: 'Choose a day within ten years.',
      });
    });

    it('that has come since the form was drawn leaves the count alone', async () => {
      const { _id: rhythmId } = await set({ rule: weekly(2) });
      clock.set('2026-10-20T14:00:00Z');
      await tickUntilQuiet(deps);
      const edited = await set({
        rhythmId,
        baseRev: 1,
        rule: weekly(2),
        firstOn: '2026-10-20',
        windowDays: 3,
      });
      expect(edited).toMatchObject({ nextDate: '2026-11-03', firstDate: '2026-10-20', windowDays: 3 });
    });
  });

  it('takes a twelfth rhythm and refuses the one after it', async () => {
    for (let nth = 0; nth < 12; nth += 1) await set();
    await expect(set()).rejects.toMatchObject({ code: 'limit' });
    expect(await all()).toHaveLength(12);
  });

  describe('an edit', () => {
    it('with an end before the next date lets it sleep, and without one wakes it again', async () => {
      const made = await set();
      const asleep = await set({ rhythmId: made._id, baseRev: 1, endDate: '2026-10-19' });
      expect(asleep.nextAt).toBeUndefined();
      expect(asleep.nextDate).toBeUndefined();
      const awake = await set({ rhythmId: made._id, baseRev: 2 });
      expect(awake).toMatchObject({ nextDate: '2026-10-20', rev: 3 });
      expect(awake.endDate).toBeUndefined();
    });

    it('keeps the count of every second week when only the time changes', async () => {
      const made = await set({ rule: weekly(2) });
      clock.set('2026-10-20T14:00:00Z');
      await tickUntilQuiet(deps);
      clock.set('2026-10-28T09:00:00Z');
      const edit = { rhythmId: made._id, baseRev: 1, rule: weekly(2), time: '10:00' };
      expect((await set(edit)).nextDate).toBe('2026-11-03');
    });

    it('leaves a pause as it is', async () => {
      const made = await set();
      await pauseRhythm(deps, as(maya), { partnershipId: 'acme', reason: 'Company meeting' });
      const edited = await set({ rhythmId: made._id, baseRev: 1, time: '09:00' });
      expect(edited.paused?.reason).toBe('Company meeting');
    });

    it('never asks twice in a row: the first date is at least half a week after the last', async () => {
      const made = await set();
      clock.set('2026-10-20T14:00:00Z');
      await tickUntilQuiet(deps);
      const edit = { rhythmId: made._id, baseRev: made.rev };
      expect(await set({ ...edit, rule: weekly(1, 4) })).toMatchObject({ nextDate: '2026-10-29', rev: 2 });
      expect(await set({ ...edit, baseRev: 2, rule: weekly(1, 1) })).toMatchObject({
        nextDate: '2026-10-26',
        rev: 3,
      });
    });

    it('keeps the date and moves the instant when only the time changes', async () => {
      const made = await set();
      const edited = await set({ rhythmId: made._id, baseRev: 1, time: '09:15', zone: 'America/Chicago' });
      expect(edited).toMatchObject({ nextDate: '2026-10-20', nextAt: new Date('2026-10-20T14:15:00Z') });
    });

    it('in the minute a date has come leaves that date its entry, under the rule that it came by', async () => {
      const { _id: rhythmId, rev: baseRev } = await set();
      clock.set('2026-10-20T14:00:30Z');
      const edited = await set({ rhythmId, baseRev, time: '09:00', zone: 'America/Chicago' });
      expect(edited).toMatchObject({ nextDate: '2026-10-27', lastDate: '2026-10-20', rev: baseRev + 1 });
      await tickUntilQuiet(deps);
      const reviews = await deps.store.workspace(workspaceId).occurrences.find({ kind: 'review' });
      expect(reviews.map((one) => [one.date, one.state, one.dueAt.toISOString()])).toEqual([
        ['2026-10-20', 'open', '2026-10-20T14:00:00.000Z'],
      ]);
    });

    describe('to a time that has passed today', () => {
      const reviews = async () => {
        const found = await deps.store.workspace(workspaceId).occurrences.find({ kind: 'review' });
        return found.map((one) => [one.date, one.state, one.reason]);
      };
      const left = 'Left out by Maya Lindqvist: moved the rhythm on 20 Oct to a time that had passed.';
      let rhythmId: string;

      beforeEach(async () => {
        ({ _id: rhythmId } = await set());
        clock.set('2026-10-20T08:00:00Z');
      });
      const move = (over: Partial<SetRhythm> = {}) => set({ rhythmId, baseRev: 1, time: '09:00', ...over });

      it('ends the date as skipped, with who moved it, and goes on with the next, as the form says', async () => {
        const start = await rhythmFormStart(deps, as(maya), { partnershipId: 'acme' });
        const { plan } = await start.facts(rhythmId);
        const { dates } = await start.preview(rhythmId, { ...plan, time: '09:00' });
        expect(dates[0]).toContain('Tue 27 Oct, 09:00 Berlin');
        expect(await move()).toMatchObject({ nextDate: '2026-10-27', lastDate: '2026-10-20', rev: 2 });
        expect(await reviews()).toEqual([['2026-10-20', 'skipped', left]]);
        const history = await viewHistory(deps, as(maya), { partnershipId: 'acme', list: 'reviews' });
        expect(history.lines.map((one) => one.text)).toEqual([
          `20 Oct Pulse · skipped: ${left.slice(0, -1)}`,
        ]);
      });

      it('does so by another zone too, and by a shift to the day before', async () => {
        expect(await move({ time: '16:00', zone: 'Pacific/Auckland' })).toMatchObject({
          nextDate: '2026-10-27',
        });
        expect(await reviews()).toEqual([['2026-10-20', 'skipped', left]]);
        clock.set('2026-10-26T16:00:00Z');
        const holidays = { ours: { from: [], to: ['2026-10-27'] }, theirs: { from: [], to: [] } };
        expect(await set({ rhythmId, baseRev: 2, shift: 'previous', holidays })).toMatchObject({
          nextDate: '2026-11-03',
        });
        expect(await reviews()).toContainEqual([
          '2026-10-27',
          'skipped',
          'Left out by Maya Lindqvist: moved the rhythm on 26 Oct to a time that had passed.',
        ]);
      });

      it('does not bring that date back when the time is set back', async () => {
        await move();
        expect(await set({ rhythmId, baseRev: 2 })).toMatchObject({ nextDate: '2026-10-27' });
        clock.set('2026-10-27T15:00:30Z');
        await tickUntilQuiet(deps);
        expect((await reviews()).map(([date, state]) => [date, state])).toEqual([
          ['2026-10-20', 'skipped'],
          ['2026-10-27', 'open'],
        ]);
      });

      it('keeps the reason of somebody who had left it out already', async () => {
        await skipNext(deps, as(maya), {
          partnershipId: 'acme',
          rhythmId,
          date: '2026-10-20',
          reason: 'Trade fair',
        });
        await move();
        expect(await reviews()).toEqual([
          ['2026-10-20', 'skipped', 'Left out by Maya Lindqvist: Trade fair'],
        ]);
      });

      it('posts the date after all when the save did not come through', async () => {
        const { store } = deps;
        const broken = failing(store, 'rhythms', 'replace');
        await expect(
          setRhythm({ ...deps, store: broken }, as(maya), { ...input, rhythmId, baseRev: 1, time: '09:00' }),
        ).rejects.toThrow('the database does not answer');
        expect(await reviews()).toEqual([]);
        clock.set('2026-10-20T14:00:00Z');
        await tickUntilQuiet(deps);
        expect((await reviews()).map(([date, state]) => [date, state])).toEqual([['2026-10-20', 'open']]);
      });

      it('skips it all the same when the process dies right after the save', async () => {
        const broken = failing(deps.store, 'occurrences', 'insert');
        const edit = { ...input, rhythmId, baseRev: 1, time: '09:00' };
        await expect(setRhythm({ ...deps, store: broken }, as(maya), edit)).rejects.toThrow();
        expect((await all())[0]).toMatchObject({ time: '09:00', nextDate: '2026-10-20' });
        await tickUntilQuiet(deps);
        expect(await reviews()).toEqual([['2026-10-20', 'skipped', left]]);
        expect((await all())[0]).toMatchObject({ nextDate: '2026-10-27' });
      });
    });

    it('keeps the first date of its rule, and counts it anew with another rule', async () => {
      const made = await set();
      clock.set('2026-10-21T09:00:00Z');
      const edit = { rhythmId: made._id, baseRev: 1 };
      expect(await set({ ...edit, time: '10:00' })).toMatchObject({ firstDate: '2026-10-20' });
      expect(await set({ ...edit, baseRev: 2, rule: weekly(1, 4) })).toMatchObject({
        firstDate: '2026-10-29',
      });
    });

    it('is a conflict when somebody else edited first, and changes nothing when it comes twice', async () => {
      const made = await set();
      const edit = { rhythmId: made._id, baseRev: 1, time: '10:00' };
      await set(edit);
      expect(await set(edit)).toMatchObject({ rev: 2 });
      await expect(set({ ...edit, time: '11:00' })).rejects.toMatchObject({ code: 'conflict' });
      expect((await all())[0]).toMatchObject({ time: '10:00', rev: 2 });
    });

    it('saved again under the same request, takes what was changed in between, also when it was paused', async () => {
      const made = await set();
      const edit = { rhythmId: made._id, baseRev: 1 };
      await set({ ...edit, time: '10:00' }, 'V2');
      await pauseRhythm(deps, as(maya), { partnershipId: 'acme', reason: 'Company meeting' });
      expect(await set({ ...edit, time: '10:00', windowDays: 3 }, 'V2')).toMatchObject({
        time: '10:00',
        windowDays: 3,
        rev: 3,
      });
      await set({ ...edit, baseRev: 3, time: '12:00' });
      await expect(set({ ...edit, time: '11:00' }, 'V2')).rejects.toMatchObject({ code: 'conflict' });
      expect((await all())[0]).toMatchObject({ time: '12:00', rev: 4 });
    });

    it('stands although the ticker moves the rhythm on meanwhile', async () => {
      const made = await set();
      clock.set('2026-10-20T14:00:00Z');
      await Promise.all([tickUntilQuiet(deps), set({ rhythmId: made._id, baseRev: 1, windowDays: 3 })]);
      await tickUntilQuiet(deps);
      expect((await all())[0]).toMatchObject({ windowDays: 3, nextDate: '2026-10-27' });
      const reviews = await deps.store.workspace(workspaceId).occurrences.find({ kind: 'review' });
      expect(reviews.map((one) => one.date)).toEqual(['2026-10-20']);
    });

    it('finds no rhythm of another partnership', async () => {
      const made = await set();
      await deps.store.workspace(workspaceId).partnerships.insert(partnership({ _id: 'other' }));
      await expect(set({ partnershipId: 'other', rhythmId: made._id })).rejects.toMatchObject({
        code: 'not-found',
      });
    });
  });
});
