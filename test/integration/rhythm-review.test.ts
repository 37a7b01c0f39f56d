import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PersonRef } from '../../src/domain/person.ts';
import type { Deps } from '../../src/ports.ts';
import { tickUntilQuiet } from '../../src/scheduler/tick.ts';
import { type AnswerReview, answerReview } from '../../src/usecases/answer-review.ts';
import { confirmNoChange } from '../../src/usecases/confirm-no-change.ts';
import { skipReview } from '../../src/usecases/skip-review.ts';
import { loadAnswerCard } from '../../src/usecases/view-answer.ts';
import { answerFormFacts, noChangeFacts } from '../../src/usecases/view-answer-form.ts';
import { loadDigest } from '../../src/usecases/view-digest.ts';
import { loadReviewCard } from '../../src/usecases/view-review.ts';
import { loadReviewSummary } from '../../src/usecases/view-summary.ts';
import { as, jordan, kpi, maya, ref, sam, stranger, tom, workspaceId } from '../support/review-world.ts';
import { openWalkingWorld, type WalkingWorld } from '../support/walking-world.ts';

const first = 'acme:pulse:2026-10-20';
const second = 'acme:pulse:2026-10-27';

describe('a weekly review, from its post to its digest', () => {
  let world: WalkingWorld;
  let clock: WalkingWorld['clock'];
  let slack: WalkingWorld['slack'];
  let deps: Deps;
  let walk: WalkingWorld['walk'];
  let log: WalkingWorld['log'];

  beforeEach(async () => {
    world = await openWalkingWorld('2026-10-19T09:00:00Z');
    ({ clock, slack, deps, walk, log } = world);
    await walk.walkTo(new Date('2026-10-20T15:00:00Z'));
  });
  afterEach(async () => {
    await world.close();
    expect(log.errors).toEqual([]);
  });

  const answer = async (person: PersonRef, over: Partial<AnswerReview> = {}, requestId?: string) => {
    const outcome = await answerReview(deps, as(person, requestId), {
      occurrenceId: first,
      confidence: 4,
      entries: [],
      confirmedUnlikely: false,
      ...over,
    });
    if (!outcome.ok) throw new Error(JSON.stringify(outcome.fields));
    await tickUntilQuiet(deps);
    return outcome.value;
  };
  const inWorkspace = () => deps.store.workspace(workspaceId);
  const review = async (id = first) => {
    const found = await inWorkspace().occurrences.get(id);
    if (found === undefined) throw new Error(`no review ${id}`);
    return found;
  };
  const card = async (id = first) => {
    const found = await loadReviewCard(deps, workspaceId, id);
    if (found === undefined) throw new Error(`no card ${id}`);
    return found;
  };
  const names = (people: readonly { name: string }[]): string[] => people.map((one) => one.name);
  const close = () => walk.walkTo(new Date('2026-10-22T14:30:00Z'));

  it('asks both firms on one root card, in both zones', async () => {
    const shown = await card();
    expect(shown).toMatchObject({
      state: 'open',
      firms: { ours: 'Northwind', theirs: 'Acme' },
      zones: ['Europe/Berlin', 'America/Chicago'],
      closesAt: new Date('2026-10-22T14:00:00Z'),
      postedLate: false,
      healthBefore: { colour: 'unknown' },
    });
    expect(names(shown.asked.ours)).toEqual(['Maya Lindqvist', 'Tom Okafor']);
    expect(names(shown.asked.theirs)).toEqual(['Jordan Ellis', 'Sam Ortiz']);
    expect(slack.held(first)).toMatchObject([{ channelId: 'C1SHARED', updates: 0 }]);
  });

  it('shows an answer in the thread and on the root', async () => {
    const { answer: given } = await answer(jordan, {
      confidence: 3,
      moved: ' First two go-lives invoiced ',
      stuck: 'Trainees locked out',
      stuckActs: 'ours',
      stuckBy: '2026-10-23',
      need: 'A reference customer',
      entries: [{ kpiId: 'consulting', value: '210k', asOf: '2026-09-30' }],
    });
    const root = slack.held(first)[0];
    expect(slack.held(`${given._id}:reply`)).toMatchObject([{ threadTs: root?.ts }]);
    await walk.walkTo(new Date('2026-10-20T15:01:00Z'));
    expect(slack.held(first)).toMatchObject([{ updates: 1 }]);
    expect(names((await card()).answered.theirs)).toEqual(['Jordan Ellis']);
    expect(await loadAnswerCard(deps, workspaceId, given._id)).toMatchObject({
      person: { name: 'Jordan Ellis' },
      firmName: 'Acme',
      otherFirmName: 'Northwind',
      content: {
        confidence: 3,
        moved: 'First two go-lives invoiced',
        stuck: { text: 'Trainees locked out', acts: 'ours', by: '2026-10-23' },
        need: 'A reference customer',
      },
      kpis: [{ name: 'Consulting revenue', now: '$210k', asOf: '2026-09-30' }],
      late: false,
    });
  });

  it('keeps one answer for a request that comes twice, and one reply', async () => {
    const input = { moved: 'Deal 7 signed', entries: [{ kpiId: 'revenue', value: '560k' }] };
    const one = await answer(maya, input, 'VSAME');
    const two = await answer(maya, input, 'VSAME');
    expect(two.answer._id).toBe(one.answer._id);
    expect(two.answer.history).toEqual([]);
    expect(await inWorkspace().readings.find({})).toHaveLength(1);
    expect(slack.held(`${one.answer._id}:reply`)).toHaveLength(1);
  });

  it('marks a changed answer, keeps what stood before, and keeps values that were not given again', async () => {
    await answer(jordan, { confidence: 4, entries: [{ kpiId: 'consulting', value: '201k' }] });
    await walk.walkTo(new Date('2026-10-21T15:20:00Z'));
    const { answer: changed } = await answer(jordan, { confidence: 3 });
    expect(changed).toMatchObject({
      content: { confidence: 3 },
      history: [{ content: { confidence: 4 } }],
      changedAt: new Date('2026-10-21T15:20:00Z'),
    });
    expect(changed.content.readingIds).toHaveLength(1);
    const { answer: again } = await answer(jordan, {
      confidence: 3,
      entries: [{ kpiId: 'consulting', value: '210k' }],
    });
    const shown = await loadAnswerCard(deps, workspaceId, again._id);
    expect(shown?.kpis).toMatchObject([{ now: '$210k', firstEntered: '$201k' }]);
    expect(await inWorkspace().answers.find({})).toHaveLength(1);
  });

  it.each([
    ['confidence', { confidence: 6 }],
    ['confidence', { confidence: 2.5 }],
    ['moved', { moved: 'x'.repeat(1001) }],
    ['need', { need: 'x'.repeat(1001) }],
    ['stuck', { stuckActs: 'ours' as const }],
    ['stuckBy', { stuck: 'a thing', stuckBy: '2026-02-30' }],
    ['value:revenue', { entries: [{ kpiId: 'revenue', value: '1.2.3m' }] }],
  ])('refuses a wrong %s at its field and saves nothing', async (field, over) => {
    const input = { occurrenceId: first, confidence: 4, entries: [], confirmedUnlikely: false, ...over };
    const outcome = await answerReview(deps, as(maya), input);
    expect(outcome.ok ? [] : Object.keys(outcome.fields)).toEqual([field]);
    expect(await inWorkspace().answers.find({})).toEqual([]);
    expect(await inWorkspace().readings.find({})).toEqual([]);
  });

  it('refuses an outsider in a plain sentence', async () => {
    const input = { occurrenceId: first, confidence: 4, entries: [], confirmedUnlikely: false };
    await expect(answerReview(deps, as(stranger), input)).rejects.toMatchObject({
      code: 'not-allowed',
      message: expect.stringContaining('Only people of Northwind and Acme'),
    });
    await expect(answerReview(deps, as(maya), { ...input, occurrenceId: 'gone' })).rejects.toMatchObject({
      code: 'not-found',
    });
  });

  it('takes an answer after the end, marked late', async () => {
    await close();
    const { answer: late } = await answer(sam, { moved: 'We had a holiday on Wednesday' });
    expect(late.late).toBe(true);
    expect(names((await card()).answered.theirs)).toEqual(['Sam Ortiz']);
  });

  it('closes with a summary, a snapshot, a digest, and health that moved only then', async () => {
    await answer(maya, {
      confidence: 5,
      moved: 'Deal 7 signed',
      entries: [{ kpiId: 'revenue', value: '560k' }],
    });
    await answer(jordan, {
      confidence: 2,
      moved: 'Two go-lives',
      stuck: 'Sandbox locked',
      stuckActs: 'ours',
      entries: [{ kpiId: 'consulting', value: '210k' }],
    });
    expect((await review()).healthAfter).toBeUndefined();
    expect((await card()).healthBefore?.colour).toBe('unknown');
    await close();
    const closed = await review();
    expect(closed).toMatchObject({ state: 'closed', closedAt: new Date('2026-10-22T14:00:00Z') });
    expect(closed.wakeAt).toBeUndefined();
    expect(await inWorkspace().snapshots.get('acme:2026-10-22')).toMatchObject({
      occurrenceId: first,
      health: closed.healthAfter,
    });
    expect(await inWorkspace().latestHealth.get('acme')).toMatchObject({
      colour: closed.healthAfter?.colour,
      at: closed.closedAt,
    });
    expect(slack.held(`${first}:summary`)).toMatchObject([{ threadTs: slack.held(first)[0]?.ts }]);
    expect(await loadReviewSummary(deps, workspaceId, first)).toMatchObject({
      moved: [
        { text: 'Deal 7 signed', firmName: 'Northwind' },
        { text: 'Two go-lives', firmName: 'Acme' },
      ],
      stuck: [{ text: 'Sandbox locked', firmName: 'Acme', acts: 'Northwind' }],
      kpis: [
        { name: 'Subscription revenue', now: '$560k' },
        { name: 'Consulting revenue', now: '$210k' },
      ],
      noNewValue: [],
      nobodyAnswered: false,
    });
    expect(slack.roots('digest')).toEqual([]);
    await walk.walkTo(new Date('2026-10-23T09:00:00Z'));
    expect(slack.roots('digest')).toMatchObject([
      { operationId: `${first}:digest`, postedAt: new Date('2026-10-23T07:00:00Z') },
    ]);
    expect(await review(`${first}:digest`)).toMatchObject({ kind: 'digest', state: 'posted' });
    expect(await loadDigest(deps, workspaceId, 'acme', 'shared')).toMatchObject({
      moved: ['Deal 7 signed', 'Two go-lives'],
      health: closed.healthAfter,
    });
  });

  it('names no retired KPI as without a new value', async () => {
    const { partnerships } = inWorkspace();
    const found = await partnerships.get('acme');
    if (found === undefined) throw new Error('no partnership');
    const retired = { reason: 'Counted elsewhere', by: ref(maya), at: clock.now() };
    await close();
    const before = await loadReviewSummary(deps, workspaceId, first);
    const [gone] = found.kpis;
    expect(before?.noNewValue.map((one) => one.name)).toContain(gone?.name);
    const { version } = (await partnerships.get('acme')) ?? found;
    const kpis = found.kpis.map((one) => (one === gone ? { ...one, retired } : one));
    expect(await partnerships.replace({ ...found, version, kpis })).toBe(true);
    const after = await loadReviewSummary(deps, workspaceId, first);
    expect(after?.noNewValue.map((one) => one.name)).not.toContain(gone?.name);
  });

  it('posts no digest when nothing is new, and says so', async () => {
    await walk.walkTo(new Date('2026-10-24T09:00:00Z'));
    expect(await review(`${first}:digest`)).toMatchObject({ state: 'skipped', reason: 'nothing new' });
    expect(slack.roots('digest')).toEqual([]);
    expect(await loadReviewSummary(deps, workspaceId, first)).toMatchObject({ nobodyAnswered: true });
  });

  it.each(['snapshots', 'latestHealth'] as const)(
    'follows a closing through when the process died before it kept its %s',
    async (kind) => {
      await answer(maya, { moved: 'Deal 7 signed' });
      const failing: Deps = {
        ...deps,
        store: {
          ...deps.store,
          workspace: (id) => ({
            ...deps.store.workspace(id),
            [kind]: {
              ...deps.store.workspace(id)[kind],
              insert: async () => {
                throw new Error('killed here');
              },
            },
          }),
        },
      };
      await clock.moveTo(new Date('2026-10-22T14:00:00Z'));
      await tickUntilQuiet(failing);
      const before = await review();
      expect(before).toMatchObject({ state: 'closed' });
      expect(slack.held(`${first}:summary`)).toEqual([]);
      expect(log.errors.splice(0)).toHaveLength(1);
      await walk.walkTo(new Date('2026-10-22T14:30:00Z'));
      expect(slack.held(`${first}:summary`)).toHaveLength(1);
      expect(await inWorkspace().snapshots.find({})).toHaveLength(1);
      expect(await inWorkspace().latestHealth.find({})).toMatchObject([{ at: before.closedAt }]);
      expect(await review(`${first}:digest`)).toMatchObject({ state: 'due' });
      expect((await review()).closedAt).toEqual(before.closedAt);
    },
  );

  describe('what it asks', () => {
    const facts = (person: PersonRef, occurrenceId = first) =>
      answerFormFacts(deps, as(person), { occurrenceId });

    it('is at most two due KPIs that this person owns, with their last values', async () => {
      await answer(jordan, {
        confidence: 4,
        entries: [{ kpiId: 'consulting', value: '190k', asOf: '2026-10-19' }],
      });
      await walk.walkTo(new Date('2026-10-27T15:30:00Z'));
      const asked = await facts(jordan, second);
      expect(asked).toMatchObject({ firm: 'theirs', lastConfidence: 4, late: false });
      expect(asked.kpis).toMatchObject([
        { kpiId: 'consulting', last: '$190k', lastAsOf: '2026-10-19', behind: true, gives: 'number' },
      ]);
      expect(asked.kpis[0]?.expected).toMatch(/^\$7\d\d/);
      expect((await facts(maya)).kpis).toMatchObject([{ kpiId: 'revenue' }]);
      expect((await facts(sam)).kpis).toEqual([]);
    });

    it('is what nobody owns on the side of a named person, never what is internal, the most overdue first', async () => {
      const found = await inWorkspace().partnerships.get('acme');
      if (found === undefined) throw new Error('no partnership');
      const theirs = (id: string) => kpi({ id, name: id, side: 'theirs' });
      const secret = kpi({
        id: 'secret',
        name: 'secret',
        side: 'ours',
        visibility: 'internal',
        owner: ref(maya),
      });
      await inWorkspace().partnerships.replace({
        ...found,
        kpis: [...found.kpis, theirs('a'), theirs('b'), theirs('c'), secret],
      });
      expect((await facts(sam)).kpis.map((one) => one.kpiId)).toEqual(['a', 'b']);
      expect((await facts(maya)).kpis.map((one) => one.kpiId)).toEqual(['revenue']);
      expect((await facts(tom)).kpis).toEqual([]);
    });

    it('holds the person’s own answer, to change it', async () => {
      await answer(jordan, {
        moved: 'Two go-lives',
        entries: [{ kpiId: 'consulting', value: '201,500', rough: true }],
      });
      const asked = await facts(jordan);
      expect(asked.own).toMatchObject({ confidence: 4, moved: 'Two go-lives' });
      expect(asked.kpis).toMatchObject([
        { kpiId: 'consulting', entered: { value: '$201,500', rough: true } },
      ]);
      expect(asked.kpis[0]?.last).toBeUndefined();
    });
  });

  describe('no change', () => {
    const date = (week: number): string =>
      new Date(Date.UTC(2026, 9, 20 + 7 * week)).toISOString().slice(0, 10);
    const at = async (week: number): Promise<string> => {
      await walk.walkTo(new Date(`${date(week)}T16:00:00Z`));
      return `acme:pulse:${date(week)}`;
    };

    it('confirms what it lists, as of today', async () => {
      await answer(jordan, { confidence: 3, entries: [{ kpiId: 'consulting', value: '190k' }] });
      const occurrenceId = await at(1);
      expect(await noChangeFacts(deps, as(jordan), { occurrenceId })).toMatchObject({
        confidence: 3,
        kpis: [{ kpiId: 'consulting', last: '$190k' }],
      });
      const { answer: given } = await confirmNoChange(deps, as(jordan), { occurrenceId });
      expect(given.content).toMatchObject({ confidence: 3, noChange: true });
      const readings = await inWorkspace().readings.find({ confirms: true });
      expect(readings).toMatchObject([{ value: 190_000, asOf: '2026-10-27', kind: 'own', occurrenceId }]);
    });

    it('asks for the values the fourth time running', async () => {
      await answer(jordan, { confidence: 3, entries: [{ kpiId: 'consulting', value: '190k' }] });
      for (const week of [1, 2, 3]) {
        const occurrenceId = await at(week);
        await confirmNoChange(deps, as(jordan), { occurrenceId });
      }
      const occurrenceId = await at(4);
      expect((await noChangeFacts(deps, as(jordan), { occurrenceId })).refusal).toMatch(
        /three times running/,
      );
      await expect(confirmNoChange(deps, as(jordan), { occurrenceId })).rejects.toMatchObject({
        code: 'limit',
      });
      await answer(jordan, { occurrenceId, entries: [{ kpiId: 'consulting', value: '190k' }] });
      const next = await at(5);
      expect((await noChangeFacts(deps, as(jordan), { occurrenceId: next })).refusal).toBeUndefined();
    });

    it('leaves an answer that was given in this review as it is, and offers to change it', async () => {
      await answer(jordan, { confidence: 3, entries: [{ kpiId: 'consulting', value: '190k' }] });
      const occurrenceId = await at(1);
      const { answer: given } = await answer(jordan, {
        occurrenceId,
        confidence: 2,
        moved: 'First two go-lives invoiced',
        stuck: 'Trainees locked out',
        need: 'A reference customer',
        entries: [{ kpiId: 'consulting', value: '210k' }],
      });
      const shown = await noChangeFacts(deps, as(jordan), { occurrenceId });
      expect(shown).toMatchObject({
        answered: true,
        refusal: 'You have answered. Your answer stays as it is.',
      });
      await expect(confirmNoChange(deps, as(jordan), { occurrenceId })).rejects.toMatchObject({
        code: 'limit',
        message: 'You have answered. Your answer stays as it is.',
      });
      expect(await inWorkspace().answers.get(given._id)).toMatchObject({
        content: { confidence: 2, moved: 'First two go-lives invoiced', need: 'A reference customer' },
        history: [],
      });
      expect(await inWorkspace().readings.find({ confirms: true })).toEqual([]);
    });

    it('has the same result when the same press arrives again', async () => {
      await answer(jordan, { confidence: 3, entries: [{ kpiId: 'consulting', value: '190k' }] });
      const asking = as(jordan);
      const occurrenceId = await at(1);
      const once = await confirmNoChange(deps, asking, { occurrenceId });
      const twice = await confirmNoChange(deps, asking, { occurrenceId });
      expect(twice.answer).toEqual(once.answer);
      expect(twice.receipts).toEqual(once.receipts);
    });

    it('has nothing to confirm before a first answer', async () => {
      await expect(confirmNoChange(deps, as(jordan), { occurrenceId: first })).rejects.toMatchObject({
        code: 'limit',
        message: expect.stringContaining('no earlier answer'),
      });
      expect(await inWorkspace().answers.find({})).toEqual([]);
    });
  });

  describe('skip', () => {
    const skip = async (person: PersonRef, reason = 'Holiday') => {
      const input = { occurrenceId: first, scope: 'mine' as const, reason };
      const outcome = await skipReview(deps, as(person), input);
      if (!outcome.ok) throw new Error(JSON.stringify(outcome.fields));
      return outcome.value;
    };

    it('is for one firm; both firms’ skips make the review skipped, with both reasons', async () => {
      expect(await skip(jordan, 'Company meeting')).toMatchObject({ all: false, waitingFor: 'Northwind' });
      expect(await review()).toMatchObject({ state: 'open' });
      expect((await card()).skippedBy).toEqual(['theirs']);
      expect(await skip(maya)).toMatchObject({ all: true });
      expect(await review()).toMatchObject({
        state: 'skipped',
        reason: 'Acme: Company meeting; Northwind: Holiday',
      });
      await walk.walkTo(new Date('2026-10-26T09:00:00Z'));
      expect(slack.held(`${first}:summary`)).toEqual([]);
      expect(slack.roots('digest')).toEqual([]);
    });

    it('goes when somebody of that firm answers after all', async () => {
      await skip(jordan);
      await answer(sam, { moved: 'We had a minute after all' });
      expect((await review()).skips).toEqual([]);
    });

    it('needs a reason, a firm that has not answered, and an open review', async () => {
      const blank = { occurrenceId: first, scope: 'mine' as const, reason: '  ' };
      expect(await skipReview(deps, as(maya), blank)).toMatchObject({
        ok: false,
        fields: { reason: expect.any(String) },
      });
      await answer(maya);
      await expect(skip(tom)).rejects.toMatchObject({ code: 'closed' });
      await close();
      await expect(skip(jordan)).rejects.toMatchObject({ code: 'closed' });
    });

    it('leaves no way to answer a review that both firms skipped', async () => {
      await skip(jordan);
      await skip(maya);
      await expect(answer(maya)).rejects.toMatchObject({ code: 'closed' });
    });
  });
});
