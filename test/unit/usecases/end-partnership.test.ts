import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Deps } from '../../../src/ports.ts';
import { tickUntilQuiet } from '../../../src/scheduler/tick.ts';
import { openMemoryStore } from '../../../src/store/open-store.ts';
import { answerReview } from '../../../src/usecases/answer-review.ts';
import { askColleague } from '../../../src/usecases/ask-colleague.ts';
import { defineKpi } from '../../../src/usecases/define-kpi.ts';
import { doNotAsk } from '../../../src/usecases/do-not-ask.ts';
import { endPartnership } from '../../../src/usecases/end-partnership.ts';
import { introducePartnership } from '../../../src/usecases/introduce-partnership.ts';
import { nameColleague, volunteer } from '../../../src/usecases/name-people.ts';
import { pauseRhythm, resumeRhythm } from '../../../src/usecases/pause-rhythm.ts';
import { recordReadings } from '../../../src/usecases/record-readings.ts';
import { reopenPartnership } from '../../../src/usecases/reopen-partnership.ts';
import { replyInThread } from '../../../src/usecases/reply-in-thread.ts';
import { reviseVision } from '../../../src/usecases/revise-vision.ts';
import { runNow } from '../../../src/usecases/run-now.ts';
import { setGoal } from '../../../src/usecases/set-goal.ts';
import { setHolidays } from '../../../src/usecases/set-holidays.ts';
import { signVision } from '../../../src/usecases/sign-vision.ts';
import { skipNext } from '../../../src/usecases/skip-next.ts';
import { skipReview } from '../../../src/usecases/skip-review.ts';
import { snoozeReview } from '../../../src/usecases/snooze-review.ts';
import { updatePartnership } from '../../../src/usecases/update-partnership.ts';
import { viewHistory } from '../../../src/usecases/view-history.ts';
import { loadCard } from '../../../src/usecases/view-partnership.ts';
import { fakeMessenger } from '../../support/fake-messenger.ts';
import {
  as,
  jordan,
  maya,
  ref,
  reviewDeps,
  seed,
  type TestClock,
  testClock,
  tom,
  workspaceId,
} from '../../support/review-world.ts';

const partnershipId = 'acme';
let clock: TestClock;
let deps: Deps;
let slack: ReturnType<typeof fakeMessenger>;
const store = () => deps.store.workspace(workspaceId);

beforeEach(async () => {
  clock = testClock('2026-10-19T09:00:00Z');
  slack = fakeMessenger(clock);
  deps = reviewDeps({ store: await openMemoryStore(), clock, messenger: slack });
  await seed(deps);
});
afterEach(() => deps.store.close());

type Ending = Parameters<typeof endPartnership>[2];
const ending: Ending = {
  partnershipId,
  reason: 'Acme was bought.',
  on: '2026-10-19',
  tell: 'both',
  commitments: 'keep',
};
/** Tuesday's pulse is open when it ends, on the day after. */
const openPulse = async () => {
  clock.set('2026-10-20T14:00:00Z');
  await tickUntilQuiet(deps);
  clock.set('2026-10-21T09:00:00Z');
};
const end = (over: Partial<Ending> = {}, requestId?: string) =>
  endPartnership(deps, as(maya, requestId), { ...ending, ...over });
const reviews = async () =>
  (await store().occurrences.find({ kind: 'review' }, { sort: { dueAt: 1 } })).map((one) =>
    [one.date, one.state, one.reason].filter((part) => part !== undefined).join(' '),
  );
const promise = (id: string, firm: 'ours' | 'theirs') =>
  store().commitments.insert({
    _id: id,
    partnershipId,
    what: id,
    firm,
    owner: ref(firm === 'ours' ? tom : jordan),
    due: '2026-11-30',
    state: 'open',
    createdBy: ref(maya),
    createdAt: clock.now(),
  });
const promises = async () =>
  (await store().commitments.find({}, { sort: { _id: 1 } })).map(
    (one) => `${one._id} ${one.state} ${one.owner?.userId}`,
  );

describe('the end of a partnership', () => {
  it('stops its rhythms, and ends the review that is open with a reason', async () => {
    await openPulse();
    await end();
    clock.set('2026-12-20T09:00:00Z');
    await tickUntilQuiet(deps);
    expect(await reviews()).toEqual(['2026-10-20 skipped The partnership has ended.']);
    expect(slack.roots('review-root')).toHaveLength(1);
    expect(await deps.store.due.earliest(clock.now())).toBeUndefined();
  });

  it('ends a review whose post Slack never answered for', async () => {
    slack.faults.push(...Array.from({ length: 100 }, () => 'dropped' as const));
    clock.set('2026-10-20T14:00:01Z');
    await tickUntilQuiet(deps);
    await end();
    for (let hour = 0; hour < 12; hour += 1) {
      clock.pass(3_600_000);
      await tickUntilQuiet(deps);
    }
    expect(await reviews()).toEqual(['2026-10-20 skipped The partnership has ended.']);
    expect(slack.roots('review-root')).toEqual([]);
    expect(await deps.store.due.earliest(clock.now())).toBeUndefined();
  });

  it('gives a date that has come and was not worked yet its entry', async () => {
    clock.set('2026-10-20T14:05:00Z');
    await end();
    expect(await reviews()).toEqual(['2026-10-20 skipped The partnership has ended.']);
  });

  it('says so in the channel once, with the reason, however often it is sent', async () => {
    await end({}, 'VEND');
    await end({}, 'VEND');
    await tickUntilQuiet(deps);
    const notes = slack.roots('note');
    expect(notes).toHaveLength(1);
    expect(JSON.stringify(notes)).toContain('Acme was bought.');
    const ended = (await store().audit.find({ partnershipId })).filter(
      (one) => one.action === 'end-partnership',
    );
    expect(ended.map((one) => one.summary)).toEqual([
      'ended the partnership on 19 Oct 2026: Acme was bought.',
    ]);
  });

  it('tells the partner nothing when only our firm may know', async () => {
    await openPulse();
    await end({ tell: 'ours', reason: 'Secret of ours' });
    await tickUntilQuiet(deps);
    expect(slack.roots('note')).toEqual([]);
    const shared = await loadCard(deps, workspaceId, partnershipId, 'shared');
    expect(shared).toMatchObject({ state: 'introduced', paused: true });
    const history = await viewHistory(deps, as(jordan), { partnershipId, list: 'all' });
    expect(JSON.stringify([shared, history])).not.toMatch(/Secret|ended/i);
    await expect(doNotAsk(deps, as(jordan), { partnershipId })).rejects.toThrow(
      'Nothing can be changed here now. Nothing was changed. Ask Maya Lindqvist.',
    );
    const internal = await loadCard(deps, workspaceId, partnershipId, 'internal');
    expect(internal).toMatchObject({ state: 'ended', ended: { on: '2026-10-19', reason: 'Secret of ours' } });
  });

  it.each([
    ['keep', ['a open U2TOM', 'b open U3JORDAN']],
    ['close', ['a dropped U2TOM', 'b dropped U3JORDAN']],
    ['hand-over', ['a open U1MAYA', 'b open U3JORDAN']],
  ] as const)('%s: open commitments become what was chosen', async (commitments, become) => {
    await promise('a', 'ours');
    await promise('b', 'theirs');
    await end({ commitments, toUserId: maya.userId });
    expect(await promises()).toEqual(become);
  });

  it('is refused at each wrong field, and nothing ends', async () => {
    expect(await end({ reason: ' ', on: '2026-10-25', commitments: 'hand-over' })).toEqual({
      ok: false,
      fields: {
        reason: 'Say why, in a few words.',
        on: 'Choose today or an earlier day. To end it later, come back then.',
        toUserId: 'Choose who takes them.',
      },
    });
    expect(await end({ commitments: 'hand-over', toUserId: jordan.userId })).toMatchObject({
      fields: { toUserId: 'Jordan Ellis is not from Northwind. Choose a colleague.' },
    });
    expect((await store().partnerships.get(partnershipId))?.state).toBe('introduced');
  });

  it('is the owner’s, the backup’s and the alliance leads’ alone, and comes once', async () => {
    for (const person of [tom, jordan])
      await expect(endPartnership(deps, as(person), ending)).rejects.toThrow(
        'Only Maya Lindqvist, the backup owner or an alliance lead',
      );
    await end();
    await expect(end()).rejects.toThrow('has ended already. Nothing was changed. You can reopen it.');
  });
});

describe('the record of an ended partnership', () => {
  it('takes no change by anybody, and says so in one sentence', async () => {
    await openPulse();
    const [review] = await store().occurrences.find({ kind: 'review' });
    const occurrenceId = review?._id ?? '';
    await end();
    const before = JSON.stringify([
      await store().partnerships.find({}),
      await store().rhythms.find({}),
      await store().answers.find({}),
    ]);
    const of = { partnershipId, rhythmId: 'pulse' };
    const kpi = {
      name: 'New',
      side: 'ours',
      gives: 'number',
      unit: { kind: 'count' },
      decimalMark: '.',
      direction: 'increase',
      baseline: '0',
      target: '9',
      due: '',
      cadence: 'weekly',
      visibility: 'shared',
    } as const;
    const writes: Record<string, () => Promise<unknown>> = {
      goal: () => setGoal(deps, as(maya), { partnershipId, title: 'New', side: 'joint', kpiIds: [] }),
      kpi: () => defineKpi(deps, as(maya), { partnershipId, ...kpi }),
      reading: () =>
        recordReadings(deps, as(jordan), {
          partnershipId,
          entries: [{ kpiId: 'consulting', value: '5' }],
          confirmedUnlikely: true,
        }),
      vision: () => reviseVision(deps, as(maya), { partnershipId, baseNumber: 0, ours: 'New' }),
      sign: () => signVision(deps, as(maya), { partnershipId, number: 1 }),
      edit: () => updatePartnership(deps, as(maya), { partnershipId, name: 'New', baseVersion: 1 }),
      introduce: () => introducePartnership(deps, as(maya), { partnershipId, theirTeamIds: ['T2'] }),
      volunteer: () => volunteer(deps, as(jordan), { partnershipId }),
      colleague: () => nameColleague(deps, as(jordan), { partnershipId, userId: 'U4SAM' }),
      askColleague: () => askColleague(deps, as(jordan), { ...of, userId: 'U4SAM' }),
      doNotAsk: () => doNotAsk(deps, as(jordan), of),
      pause: () => pauseRhythm(deps, as(maya), { ...of, reason: 'Why' }),
      resume: () => resumeRhythm(deps, as(maya), of),
      runNow: () => runNow(deps, as(maya), of),
      skipNext: () => skipNext(deps, as(maya), { ...of, date: '2026-10-27', reason: 'Why' }),
      holidays: () =>
        setHolidays(deps, as(maya), {
          partnershipId,
          holidays: { ours: { from: [], to: [] }, theirs: { from: [], to: [] } },
        }),
      answer: () =>
        answerReview(deps, as(jordan), {
          occurrenceId,
          confidence: 3,
          entries: [],
          confirmedUnlikely: false,
        }),
      skip: () => skipReview(deps, as(jordan), { occurrenceId, scope: 'mine', reason: 'Why' }),
      snooze: () => snoozeReview(deps, as(jordan), { occurrenceId, nth: 1, days: 1 }),
    };
    for (const [name, write] of Object.entries(writes))
      await expect(write(), name).rejects.toThrow(
        'The partnership with Acme has ended. Nothing was changed. Ask Maya Lindqvist to reopen it.',
      );
    if (review === undefined) throw new Error('no review');
    const reply = {
      eventId: 'E1',
      kind: 'said',
      channelId: 'C1SHARED',
      threadTs: '1.1',
      ts: '1.2',
      userId: 'U3JORDAN',
      text: 'We moved a long way this week.',
    } as const;
    expect(await replyInThread(deps, review, reply)).toBe('discussion');
    expect(
      JSON.stringify([
        await store().partnerships.find({}),
        await store().rhythms.find({}),
        await store().answers.find({}),
      ]),
    ).toBe(before);
  });
});

describe('a reopened partnership', () => {
  it('goes on with the first date in the future, and asks for nothing that lies between', async () => {
    await openPulse();
    await end();
    clock.set('2026-12-16T09:00:00Z');
    const { rhythms } = await reopenPartnership(deps, as(maya), { partnershipId });
    expect(rhythms.map((one) => one.nextDate)).toEqual(['2026-12-22']);
    clock.set('2026-12-22T15:01:00Z');
    await tickUntilQuiet(deps);
    // The question that ends the year goes out too, and a channel takes one message a second.
    clock.pass(2_000);
    await tickUntilQuiet(deps);
    expect(await reviews()).toEqual(['2026-10-20 skipped The partnership has ended.', '2026-12-22 open']);
    await setGoal(deps, as(maya), { partnershipId, title: 'Again', side: 'joint', kpiIds: [] });
    expect((await store().partnerships.get(partnershipId))?.goals).toHaveLength(1);
  });

  it('knows what became of its channel meanwhile, and the owner hears of it', async () => {
    await end();
    const { directory } = deps;
    const channel: typeof directory.channel = async (...of) => ({
      ...(await directory.channel(...of)),
      archived: true,
    });
    const { partnership } = await reopenPartnership(
      { ...deps, directory: { ...directory, channel } },
      as(maya),
      { partnershipId },
    );
    expect(partnership.channelTrouble?.kind).toBe('archived');
    const told = await store().messages.find({ channelId: maya.userId });
    expect(told.map((one) => one.content.kind)).toContain('channel-trouble');
  });

  it('is open also when Slack says nothing of its channel', async () => {
    await end();
    const channel = () => Promise.reject(new Error('Slack is away'));
    await reopenPartnership({ ...deps, directory: { ...deps.directory, channel } }, as(maya), {
      partnershipId,
    });
    expect((await store().partnerships.get(partnershipId))?.state).toBe('introduced');
  });

  it('is as it was before: a draft stays a draft, what was paused stays paused, and twice is as once', async () => {
    const found = await store().partnerships.get(partnershipId);
    if (found === undefined) throw new Error('gone');
    await store().partnerships.replace({ ...found, state: 'draft' });
    await pauseRhythm(deps, as(maya), { partnershipId, reason: 'Holiday' });
    await end();
    await reopenPartnership(deps, as(maya), { partnershipId });
    await reopenPartnership(deps, as(maya), { partnershipId });
    expect(await store().partnerships.get(partnershipId)).toMatchObject({ state: 'draft' });
    expect((await store().partnerships.get(partnershipId))?.ended).toBeUndefined();
    expect((await store().rhythms.get('pulse'))?.paused?.reason).toBe('Holiday');
  });
});
