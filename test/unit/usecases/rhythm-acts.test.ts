import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PersonRef } from '../../../src/domain/person.ts';
import type { Deps, Store } from '../../../src/ports.ts';
import { tickUntilQuiet } from '../../../src/scheduler/tick.ts';
import { buildPauseForm, buildSkipNextForm } from '../../../src/slack/views/rhythm-act-form.ts';
import { pauseRhythm, resumeRhythm } from '../../../src/usecases/pause-rhythm.ts';
import { runNow } from '../../../src/usecases/run-now.ts';
import { setHolidays } from '../../../src/usecases/set-holidays.ts';
import { setRhythm } from '../../../src/usecases/set-rhythm.ts';
import { skipNext } from '../../../src/usecases/skip-next.ts';
import { viewHistory } from '../../../src/usecases/view-history.ts';
import { viewPartnership } from '../../../src/usecases/view-partnership.ts';
import { rhythmFormStart } from '../../../src/usecases/view-rhythm-form.ts';
import { readOf } from '../../support/accepted-by-slack.ts';
import { fakeMessenger } from '../../support/fake-messenger.ts';
import {
  as,
  install,
  jordan,
  maya,
  partnership,
  ref,
  reviewDeps,
  rhythm,
  type TestClock,
  testClock,
  tom,
  workspaceId,
} from '../../support/review-world.ts';
import { openTestStore } from '../../support/stores.ts';

const partnershipId = 'acme';
const pulse = { kind: 'weekly', every: 1, weekday: 2 } as const;

let clock: TestClock;
let deps: Deps;

const store = () => deps.store.workspace(workspaceId);
const set = async (over: object = {}) => {
  const outcome = await setRhythm(deps, as(maya), {
    partnershipId,
    rule: pulse,
    time: '16:00',
    zone: 'Europe/Berlin',
    shift: 'none',
    windowDays: 2,
    askedOurs: [maya.userId],
    askedTheirs: [jordan.userId],
    ...over,
  });
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.fields));
  return outcome.value;
};
/** May set the rhythm too. */
const grant = async (who: PersonRef) => {
  const found = await store().partnerships.get(partnershipId);
  if (found !== undefined) await store().partnerships.replace({ ...found, editors: [ref(who)] });
};
const audited = async (action: string) =>
  (await store().audit.find({ partnershipId })).filter((one) => one.action === action);

/** The store, and how many reads have gone through it. */
const counting = (inner: Store): { store: Store; count: () => number } => {
  let reads = 0;
  const counted = <T extends object>(part: T): T =>
    new Proxy(part, {
      get: (of, key) => {
        const value: unknown = Reflect.get(of, key);
        if (typeof value === 'object' && value !== null) return counted(value);
        if (typeof value === 'function') reads += 1;
        return value;
      },
    });
  return { store: { ...inner, workspace: (id) => counted(inner.workspace(id)) }, count: () => reads };
};

beforeEach(async () => {
  clock = testClock('2026-10-19T09:00:00Z');
  deps = reviewDeps({ store: await openTestStore(), clock, messenger: fakeMessenger(clock) });
  await install(deps);
  await store().partnerships.insert(partnership());
});
afterEach(() => deps.store.close());

describe('a pause', () => {
  it('keeps who, when and why, says so on the card, and a second one changes nothing', async () => {
    await set();
    const input = { partnershipId, reason: ' Company meeting ' };
    await pauseRhythm(deps, as(maya), input);
    await pauseRhythm(deps, as(maya), { ...input, reason: 'Other' });
    const [rhythm] = await store().rhythms.find({});
    expect(rhythm?.paused).toEqual({ at: clock.now(), by: ref(maya), reason: 'Company meeting' });
    expect(rhythm?.rev).toBe(1);
    expect(await audited('pause-rhythm')).toHaveLength(1);
    const card = await viewPartnership(deps, as(maya), { partnershipId });
    expect(card).toMatchObject({ paused: true });
    expect(card.nextReview).toBeUndefined();
  });

  it('tells the partner its reason in the history, as both forms that ask for one say', async () => {
    await set();
    await pauseRhythm(deps, as(maya), { partnershipId, reason: 'We wait for their answer' });
    clock.set('2026-10-20T15:00:00Z');
    await tickUntilQuiet(deps);
    const history = await viewHistory(deps, as(jordan), { partnershipId, list: 'all' });
    expect(JSON.stringify(history.lines)).toContain('Paused: We wait for their answer');
    const of = { partnershipId, rhythmId: 'r' };
    for (const form of [buildPauseForm(of, 'the pulse'), buildSkipNextForm(of, 'pulse', '2026-10-27')])
      expect(readOf(form)).toContain('both firms read it in the history');
  });

  it('ends with the next date from now on', async () => {
    const { _id: rhythmId } = await set();
    await pauseRhythm(deps, as(maya), { partnershipId, rhythmId, reason: 'Holiday' });
    clock.set('2026-11-05T09:00:00Z');
    await tickUntilQuiet(deps);
    const [resumed] = await resumeRhythm(deps, as(maya), { partnershipId, rhythmId });
    expect(resumed).toMatchObject({ nextDate: '2026-11-10', nextAt: new Date('2026-11-10T15:00:00Z') });
    expect(resumed?.paused).toBeUndefined();
    await resumeRhythm(deps, as(maya), { partnershipId, rhythmId });
    expect(await audited('resume-rhythm')).toHaveLength(1);
  });

  it('ends without jumping over a date that a closure puts close to the last one', async () => {
    const closed = ['2026-12-31', '2027-01-01'];
    await set({
      rule: { ...pulse, weekday: 4 },
      shift: 'next',
      holidays: { ours: { from: [], to: closed }, theirs: { from: [], to: [] } },
    });
    await pauseRhythm(deps, as(maya), { partnershipId, reason: 'Closed' });
    clock.set('2027-01-05T09:00:00Z');
    await tickUntilQuiet(deps);
    const [resumed] = await resumeRhythm(deps, as(maya), { partnershipId });
    expect(resumed).toMatchObject({ lastDate: '2026-12-31', nextDate: '2027-01-07' });
  });

  it('leaves a date that has come to the scheduler, so that it has an end of its own', async () => {
    await set();
    await pauseRhythm(deps, as(maya), { partnershipId, reason: 'Holiday' });
    clock.set('2026-10-20T14:00:00Z');
    const [resumed] = await resumeRhythm(deps, as(maya), { partnershipId });
    expect(resumed?.nextDate).toBe('2026-10-20');
  });

  it('asks for a reason, and for the right to set the rhythm', async () => {
    await set();
    expect(await pauseRhythm(deps, as(maya), { partnershipId, reason: '  ' })).toMatchObject({ ok: false });
    const asked = pauseRhythm(deps, as(jordan), { partnershipId, reason: 'No' });
    await expect(asked).rejects.toMatchObject({ code: 'not-allowed' });
    await expect(resumeRhythm(deps, as(jordan), { partnershipId })).rejects.toMatchObject({
      code: 'not-allowed',
    });
  });
});

describe('skipping the next', () => {
  it('keeps the date with who and why, once', async () => {
    const { _id: rhythmId } = await set();
    const input = { partnershipId, rhythmId, date: '2026-10-20', reason: 'Fair' };
    await skipNext(deps, as(maya), input);
    await skipNext(deps, as(maya), { ...input, reason: 'Again' });
    const [rhythm] = await store().rhythms.find({});
    expect(rhythm?.skipped).toEqual([{ date: '2026-10-20', by: ref(maya), reason: 'Fair' }]);
    const start = await rhythmFormStart(deps, as(maya), { partnershipId });
    const { plan } = await start.facts(rhythmId);
    expect((await start.preview(rhythmId, plan)).dates[0]).toBe('Tue 20 Oct: left out.');
  });

  it.each(['2026-10-21', '2026-10-13'])('refuses %s, which is no date ahead', async (date) => {
    const { _id: rhythmId } = await set();
    const skipped = skipNext(deps, as(maya), { partnershipId, rhythmId, date, reason: 'Fair' });
    await expect(skipped).rejects.toMatchObject({ code: 'closed' });
  });
});

describe('run now', () => {
  it('makes one due review of a request that comes twice, and the schedule stays', async () => {
    const { _id: rhythmId } = await set();
    const asking = as(maya, 'V1');
    const { occurrence } = await runNow(deps, asking, { partnershipId, rhythmId });
    await runNow(deps, asking, { partnershipId, rhythmId });
    expect(await store().occurrences.find({})).toEqual([
      expect.objectContaining({
        _id: `acme:${rhythmId}:now:V1`,
        state: 'due',
        onDemand: true,
        wakeAt: clock.now(),
        reviewKind: 'pulse',
      }),
    ]);
    expect(occurrence.asked.theirs).toEqual([ref(jordan)]);
    expect(await store().rhythms.get(rhythmId)).toMatchObject({ nextDate: '2026-10-20', version: 1 });
    expect(await audited('run-now')).toHaveLength(1);
  });

  it('is refused while a review of the rhythm is due or open, naming it', async () => {
    const { _id: rhythmId } = await set();
    await runNow(deps, as(maya), { partnershipId, rhythmId });
    await expect(runNow(deps, as(maya), { partnershipId, rhythmId })).rejects.toMatchObject({
      code: 'closed',
      message: 'The weekly pulse of 19 Oct is due. Nothing was started.',
    });
    expect(await store().occurrences.find({})).toHaveLength(1);
  });

  it('makes one review of two presses at the same moment, and tells the other which one is there', async () => {
    const { _id: rhythmId } = await set();
    await grant(tom);
    const press = (who: PersonRef, requestId: string) =>
      runNow(deps, as(who, requestId), { partnershipId, rhythmId });
    const outcomes = await Promise.allSettled([
      press(maya, 'V1'),
      press(maya, 'V2'),
      press(tom, 'V3'),
      press(tom, 'V3'),
    ]);
    const made = await store().occurrences.find({});
    expect(made).toHaveLength(1);
    for (const one of outcomes) {
      if (one.status === 'fulfilled') expect(one.value.occurrence._id).toBe(made[0]?._id);
      else
        expect(one.reason).toMatchObject({
          code: 'closed',
          message: expect.stringMatching(/^The weekly pulse of 19 Oct (is due|was asked for a moment ago)/),
        });
    }
    expect(outcomes.some((one) => one.status === 'fulfilled')).toBe(true);
    expect(await audited('run-now')).toHaveLength(1);
  });

  it('is refused for a moment after a review that has ended already, and not after one that came to nothing', async () => {
    const { _id: rhythmId } = await set();
    const press = (requestId: string) => runNow(deps, as(maya, requestId), { partnershipId, rhythmId });
    const end = async (id: string, state: 'skipped' | 'failed') => {
      const found = await store().occurrences.get(id);
      if (found === undefined) throw new Error('no review');
      await store().occurrences.replace({ ...found, state, reason: 'Holiday' });
    };
    await end((await press('V1')).occurrence._id, 'skipped');
    await expect(press('V2')).rejects.toMatchObject({
      code: 'closed',
      message:
        'The weekly pulse of 19 Oct was asked for a moment ago, for #northwind-acme. No second one was started.',
    });
    clock.pass(2 * 60_000);
    await end((await press('V2')).occurrence._id, 'failed');
    expect((await press('V3')).occurrence.state).toBe('due');
    expect(await store().occurrences.find({})).toHaveLength(3);
  });

  it('is refused to others, and before the introduction', async () => {
    const { _id: rhythmId } = await set();
    const of = { partnershipId, rhythmId };
    await expect(runNow(deps, as(jordan), of)).rejects.toMatchObject({ code: 'not-allowed' });
    const found = await store().partnerships.get(partnershipId);
    if (found !== undefined) await store().partnerships.replace({ ...found, state: 'draft' });
    await expect(runNow(deps, as(maya), of)).rejects.toMatchObject({ code: 'closed' });
  });
});

describe('holidays', () => {
  it('move the next instant of every rhythm with a shift, without a new revision', async () => {
    await set({ shift: 'next' });
    const holidays = { ours: { from: [], to: ['2026-10-20'] }, theirs: { from: [], to: [] } };
    await setHolidays(deps, as(maya), { partnershipId, holidays });
    await setHolidays(deps, as(maya), { partnershipId, holidays });
    const [rhythm] = await store().rhythms.find({});
    expect(rhythm).toMatchObject({ nextAt: new Date('2026-10-21T14:00:00Z'), rev: 1, version: 2 });
  });

  it('that put the next date in the past end it as skipped, with who moved it', async () => {
    const none = { from: [], to: [] };
    const holidays = (from: string[], to: string[]) => ({ ours: { from, to }, theirs: none });
    await set({ shift: 'next', holidays: holidays([], ['2026-10-20']) });
    clock.set('2026-10-21T08:00:00Z');
    await setHolidays(deps, as(maya), { partnershipId, holidays: holidays(['2026-10-20'], []) });
    const [rhythm] = await store().rhythms.find({});
    expect(rhythm).toMatchObject({ nextDate: '2026-10-27', lastDate: '2026-10-20', rev: 1 });
    expect(await store().occurrences.find({ kind: 'review' })).toMatchObject([
      {
        date: '2026-10-20',
        state: 'skipped',
        reason: 'Left out by Maya Lindqvist: moved the rhythm on 21 Oct to a time that had passed.',
      },
    ]);
  });

  it('of two people at once are both kept', async () => {
    const none = { from: [], to: [] };
    const add = (day: string) =>
      setHolidays(deps, as(maya), {
        partnershipId,
        holidays: { ours: { from: [], to: [day] }, theirs: none },
      });
    await add('2026-12-25');
    const changed = await add('2026-12-24');
    expect(changed.holidays?.ours).toEqual(['2026-12-24', '2026-12-25']);
  });
});

describe('the preview', () => {
  it('shows the dates that saving yields, with what a larger review and a holiday do to them', async () => {
    await set();
    clock.set('2026-10-19T09:01:00Z');
    const monthly = { kind: 'monthly', every: 1, on: { kind: 'nth-weekday', nth: 1, weekday: 2 } } as const;
    const holidays = { ours: { from: [], to: [] }, theirs: { from: [], to: ['2026-11-11'] } };
    await set({ rule: monthly, holidays });
    const start = await rhythmFormStart(deps, as(maya), { partnershipId });
    const [first] = start.rhythms;
    const { plan } = await start.facts(first?._id);
    const { dates } = await start.preview(first?._id, plan);
    expect(dates).toHaveLength(5);
    expect(dates[2]).toBe('Tue 3 Nov: the monthly check-in takes its place.');
    expect(dates[3]).toContain('Closes Fri 13 Nov: 11 Nov is a holiday at Acme.');
  });

  it('names a freer day when the owner has five reviews on that one', async () => {
    for (let nth = 0; nth < 4; nth += 1) await set();
    const start = await rhythmFormStart(deps, as(maya), { partnershipId });
    const { freer } = await start.preview(undefined, start.proposed('pulse'));
    expect(freer).toMatchObject({ weekday: 3 });
    expect(freer?.text).toContain('You have 4 more reviews on Tuesdays and none on Wednesdays.');
  });

  it('reads as often for an owner of two hundred partnerships as for one of one', async () => {
    const { _id: rhythmId } = await set();
    const reads = async () => {
      const { store: counted, count } = counting(deps.store);
      const counter = { ...deps, store: counted };
      const start = await rhythmFormStart(counter, as(maya), { partnershipId });
      const { plan } = await start.facts(rhythmId);
      const { freer } = await start.preview(rhythmId, plan);
      return { count: count(), freer };
    };
    const alone = await reads();
    expect(alone.freer).toBeUndefined();
    for (let nth = 1; nth < 200; nth += 1) {
      const _id = `p${nth}`;
      await store().partnerships.insert(partnership({ _id, name: `Partner ${nth}` }));
      await store().rhythms.insert({ ...rhythm(clock.now()), _id: `r${nth}`, partnershipId: _id });
    }
    const among = await reads();
    expect(among.count).toBe(alone.count);
    expect(among.freer?.text).toContain('You have 199 more reviews on Tuesdays');
  });
});
