import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Occurrence } from '../../src/domain/occurrence.ts';
import type { Profile } from '../../src/domain/person.ts';
import type { Deps } from '../../src/ports.ts';
import { answerReview } from '../../src/usecases/answer-review.ts';
import { doNotAsk } from '../../src/usecases/do-not-ask.ts';
import { snoozeFacts, snoozeReview } from '../../src/usecases/snooze-review.ts';
import { loadNudge } from '../../src/usecases/view-nudge.ts';
import { loadReviewCard } from '../../src/usecases/view-review.ts';
import {
  as,
  jordan,
  maya,
  partnership,
  ref,
  rhythm,
  sam,
  tom,
  workspaceId,
} from '../support/review-world.ts';
import { openWalkingWorld, type WalkingWorld } from '../support/walking-world.ts';

/** Tuesdays at 16:00 in Berlin, open to Thursday, 16:00: half of it is Wednesday, 16:00, in Chicago 09:00. */
const review = 'acme:pulse:2026-01-06';

describe('nudges', () => {
  let world: WalkingWorld;
  let clock: WalkingWorld['clock'];
  let slack: WalkingWorld['slack'];
  let deps: Deps;
  let log: WalkingWorld['log'];

  beforeEach(async () => {
    world = await openWalkingWorld('2026-01-05T09:00:00Z');
    ({ clock, slack, deps, log } = world);
  });
  afterEach(async () => {
    await world.close();
    expect(log.errors).toEqual([]);
  });

  const store = () => deps.store.workspace(workspaceId);
  const meet = (...people: readonly Profile[]) => world.meet(...people);
  const walkTo = (at: string) => world.walkTo(at);
  /** In the order of their times; of one instant by name. */
  const sent = () =>
    slack.messages
      .flatMap(({ content, postedAt }) => (content.kind === 'nudge' ? [{ content, postedAt }] : []))
      .sort(
        (a, b) =>
          a.postedAt.getTime() - b.postedAt.getTime() ||
          a.content.receiver.userId.localeCompare(b.content.receiver.userId),
      )
      .map(({ content, postedAt }) => `${content.receiver.userId} ${postedAt.toISOString().slice(0, 16)}`);
  const nudges = async (): Promise<Record<string, string>> => {
    const found = await store().occurrences.find({ kind: 'nudge' }, { sort: { dueAt: 1 } });
    const words = (one: Occurrence) => [one.state, one.reason ?? ''].join(' ').trim();
    return Object.fromEntries(found.map((one) => [one._id.replace(`${review}:`, ''), words(one)]));
  };
  const answer = (who: typeof maya, occurrenceId = review) =>
    answerReview(deps, as(who), {
      occurrenceId,
      confidence: 4,
      moved: 'Deal signed',
      entries: [],
      confirmedUnlikely: false,
    });

  it('go to those who are waited for, at half of the window and at four fifths, in their working hours', async () => {
    await meet(maya, tom, jordan, sam);
    await walkTo('2026-01-06T16:00:00Z');
    await answer(maya);
    await walkTo('2026-01-08T16:00:00Z');
    // Wednesday, 09:00 in Chicago. The second would be at 04:36 on Thursday there, and the review closes at 09:00.
    expect(sent()).toEqual(['U3JORDAN 2026-01-07T15:00', 'U4SAM 2026-01-07T15:00']);
    expect(await nudges()).toEqual({
      nudge1: 'posted',
      'nudge1:U3JORDAN': 'posted',
      'nudge1:U4SAM': 'posted',
      nudge2: 'posted',
      'nudge2:U3JORDAN': "skipped Not within Jordan Ellis's working hours before it closed.",
      'nudge2:U4SAM': "skipped Not within Sam Ortiz's working hours before it closed.",
    });
  });

  it('are not sent when both firms have answered, nor to somebody whose firm answers meanwhile', async () => {
    await meet(maya, tom, jordan, sam);
    await walkTo('2026-01-06T16:00:00Z');
    await answer(maya);
    await answer(jordan);
    await walkTo('2026-01-08T16:00:00Z');
    expect(sent()).toEqual([]);
    expect(await nudges()).toEqual({ nudge1: 'skipped Both firms have answered.' });
  });

  it('reach nobody who never pressed one of the buttons', async () => {
    await meet(sam);
    await walkTo('2026-01-06T16:00:00Z');
    await answer(maya);
    await walkTo('2026-01-08T16:00:00Z');
    expect(sent()).toEqual(['U4SAM 2026-01-07T15:00']);
    expect((await nudges())['nudge1:U3JORDAN']).toMatch(/^skipped Jordan Ellis is mentioned on the card/);
  });

  it('of two partnerships come in one message a person and day', async () => {
    await store().partnerships.insert(partnership({ _id: 'orbis', name: 'Orbis', channelId: 'C2OTHER' }));
    await store().rhythms.insert({
      ...rhythm(clock.now(), { partnershipId: 'orbis' }),
      _id: 'other',
    });
    await meet(maya, jordan);
    await walkTo('2026-01-08T16:00:00Z');
    const days = sent().map((one) => one.slice(0, -6));
    expect(new Set(days).size).toBe(days.length);
    expect(days).toContain('U3JORDAN 2026-01-07');
    const found = await store().occurrences.find({ kind: 'nudge', state: 'posted' });
    expect(found.filter((one) => one.receiver?.userId === jordan.userId)).toHaveLength(2);
  });

  it('wait for whom they are snoozed, and for nobody else', async () => {
    await meet(jordan, sam);
    await walkTo('2026-01-06T16:00:00Z');
    await answer(maya);
    const facts = await snoozeFacts(deps, as(jordan), { occurrenceId: review });
    expect(facts.choices.map((one) => one.until?.toISOString())).toEqual([
      '2026-01-07T16:00:00.000Z',
      undefined,
      undefined,
    ]);
    await snoozeReview(deps, as(jordan), { occurrenceId: review, nth: facts.nth, days: 1 });
    await walkTo('2026-01-08T16:00:00Z');
    expect(sent()).toEqual(['U4SAM 2026-01-07T15:00', 'U3JORDAN 2026-01-07T16:00']);
    expect(await nudges()).toMatchObject({
      'nudge1:U3JORDAN': 'skipped Snoozed until Wed 7 Jan, 10:00 Chicago.',
      'snooze1:U3JORDAN': 'posted',
    });
  });

  it('of a snooze that ends on the day of a message is in that message', async () => {
    await store().partnerships.insert(partnership({ _id: 'orbis', name: 'Orbis', channelId: 'C2OTHER' }));
    await store().rhythms.insert({ ...rhythm(clock.now(), { partnershipId: 'orbis' }), _id: 'other' });
    await meet(jordan);
    await walkTo('2026-01-06T16:00:00Z');
    await snoozeReview(deps, as(jordan), { occurrenceId: review, nth: 1, days: 1 });
    await walkTo('2026-01-07T15:00:30Z');
    const [message] = slack.messages.filter((one) => one.content.kind === 'nudge');
    if (message?.content.kind !== 'nudge') throw new Error('no message');
    const card = await loadNudge(deps, workspaceId, message.content);
    expect(card?.reviews.map((one) => one.firms.theirs).sort()).toEqual(['Acme', 'Orbis']);
    await walkTo('2026-01-07T17:00:00Z');
    expect(sent()).toEqual(['U3JORDAN 2026-01-07T15:00']);
    expect((await nudges())['snooze1:U3JORDAN']).toBe("skipped Jordan Ellis had the day's message already.");
  });

  it('end for who asks not to be asked; the card names them no more, until they answer', async () => {
    await meet(jordan, sam);
    await walkTo('2026-01-06T16:00:00Z');
    await answer(maya);
    await doNotAsk(deps, as(jordan), { partnershipId: 'acme' });
    const waited = async () =>
      (await loadReviewCard(deps, workspaceId, review))?.asked.theirs.map((one) => one.userId);
    expect(await waited()).toEqual([sam.userId]);
    await walkTo('2026-01-07T15:30:00Z');
    expect(sent()).toEqual(['U4SAM 2026-01-07T15:00']);
    expect((await nudges())['nudge1:U3JORDAN']).toBe('skipped Jordan Ellis asked not to be asked.');
    await answer(jordan);
    expect(await waited()).toEqual([jordan.userId, sam.userId]);
  });

  it('leave a firm alone after two reviews without a word from it, and its people are asked by the owner instead', async () => {
    await meet(maya, jordan, sam);
    for (const [date, at] of [
      ['2026-01-06', '2026-01-06T16:00:00Z'],
      ['2026-01-13', '2026-01-13T16:00:00Z'],
    ] as const) {
      await walkTo(at);
      await answer(maya, `acme:pulse:${date}`);
    }
    await walkTo('2026-01-20T16:00:00Z');
    const silences = slack.messages.filter((one) => one.content.kind === 'silence');
    expect(silences.map((one) => one.operationId)).toEqual(['silent:acme:pulse:2026-01-13']);
    const card = await loadReviewCard(deps, workspaceId, 'acme:pulse:2026-01-20');
    expect(card?.leftAlone).toEqual(['theirs']);
    const before = sent().length;
    await answer(maya, 'acme:pulse:2026-01-20');
    await walkTo('2026-01-22T14:00:00Z');
    expect(sent()).toHaveLength(before);
    await answer(jordan, 'acme:pulse:2026-01-20');
    await walkTo('2026-01-27T16:00:00Z');
    expect((await loadReviewCard(deps, workspaceId, 'acme:pulse:2026-01-27'))?.leftAlone).toEqual([]);
  });

  it('go to a firm that is left alone once its rhythm asks somebody new there', async () => {
    await meet(jordan, sam);
    const stored = await store().rhythms.get('pulse');
    if (stored === undefined) throw new Error('no rhythm');
    await store().rhythms.replace({ ...stored, asked: { ours: [ref(maya)], theirs: [ref(jordan)] } });
    await walkTo('2026-01-15T16:00:00Z');
    const silent = await store().rhythms.get('pulse');
    if (silent === undefined) throw new Error('no rhythm');
    await store().rhythms.replace({ ...silent, asked: { ours: [ref(maya)], theirs: [ref(sam)] } });
    await walkTo('2026-01-20T16:00:00Z');
    const card = await loadReviewCard(deps, workspaceId, 'acme:pulse:2026-01-20');
    expect(card?.leftAlone).toEqual(['ours']);
    await walkTo('2026-01-22T14:00:00Z');
    expect(sent().filter((one) => one > 'U4SAM')).toEqual(['U4SAM 2026-01-21T15:00']);
  });

  it('each end with a reason, also when the partnership ends', async () => {
    await meet(maya, tom, jordan, sam);
    await walkTo('2026-01-06T16:00:00Z');
    const found = await store().partnerships.get('acme');
    if (found === undefined) throw new Error('no partnership');
    await store().partnerships.replace({ ...found, state: 'ended' });
    await walkTo('2026-01-09T16:00:00Z');
    expect(await nudges()).toEqual({ nudge1: 'skipped The partnership has ended.' });
    expect(sent()).toEqual([]);
  });
});
