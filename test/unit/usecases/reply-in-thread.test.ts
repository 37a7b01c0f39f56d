import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Profile } from '../../../src/domain/person.ts';
import type { Deps } from '../../../src/ports.ts';
import { tickUntilQuiet } from '../../../src/scheduler/tick.ts';
import { openMemoryStore } from '../../../src/store/open-store.ts';
import { loadReviewCard } from '../../../src/usecases/view-review.ts';
import { receiveEvent } from '../../../src/usecases/work-inbox.ts';
import { type FakeMessenger, fakeMessenger } from '../../support/fake-messenger.ts';
import {
  jordan,
  maya,
  memoryLog,
  ref,
  reviewDeps,
  sam,
  seed,
  stranger,
  type TestClock,
  testClock,
  workspaceId,
} from '../../support/review-world.ts';

const reviewId = 'acme:pulse:2026-10-20';

describe('a reply in the thread of a review', () => {
  let clock: TestClock;
  let slack: FakeMessenger;
  let deps: Deps;
  let log: ReturnType<typeof memoryLog>;
  let root: string;
  let events = 0;

  beforeEach(async () => {
    clock = testClock('2026-10-19T09:00:00Z');
    slack = fakeMessenger(clock);
    log = memoryLog();
    deps = reviewDeps({ store: await openMemoryStore(), clock, messenger: slack, log });
    await seed(deps);
    clock.set('2026-10-20T14:00:00Z');
    await tickUntilQuiet(deps);
    root = slack.held(reviewId)[0]?.ts ?? '';
    clock.pass(60_000);
  });
  afterEach(async () => {
    await deps.store.close();
    expect(log.errors).toEqual([]);
  });

  const next = () => {
    events += 1;
    return `Ev${events}`;
  };
  const message = (who: Profile, ts: string, text: string, over: object = {}) => ({
    user: who.userId,
    team: who.teamId,
    ts,
    thread_ts: root,
    text,
    ...over,
  });
  const event = (body: object) => ({
    event_id: next(),
    event: { type: 'message', channel: 'C1SHARED', ...body },
  });
  const said = (who: Profile, ts: string, text: string, over: object = {}) =>
    event(message(who, ts, text, over));
  const changed = (who: Profile, ts: string, text: string, editTs: string) =>
    event({
      subtype: 'message_changed',
      ts: editTs,
      message: message(who, ts, text, { edited: { ts: editTs } }),
      previous_message: message(who, ts, 'before'),
    });
  const deleted = (who: Profile, ts: string, text: string) =>
    event({
      subtype: 'message_deleted',
      ts: '9.9',
      deleted_ts: ts,
      previous_message: message(who, ts, text),
    });

  const receive = async (...bodies: Record<string, unknown>[]): Promise<string[]> => {
    const kept: string[] = [];
    for (const body of bodies) {
      kept.push(await receiveEvent(deps, workspaceId, body));
      await tickUntilQuiet(deps);
    }
    return kept;
  };
  const answers = () => deps.store.workspace(workspaceId).answers.find({});
  const answered = async () => {
    const card = await loadReviewCard(deps, workspaceId, reviewId);
    return {
      ours: card?.answered.ours.map((one) => one.name),
      theirs: card?.answered.theirs.map((one) => one.name),
    };
  };
  const text = 'First two go-lives invoiced';

  it('counts as the answer of an asked person and shows on the root', async () => {
    expect(await receive(said(jordan, '10.1', text))).toEqual(['kept']);
    expect(await answers()).toMatchObject([
      { _id: `${reviewId}:answer:T2.U3JORDAN`, firm: 'theirs', via: 'thread', content: { moved: text } },
    ]);
    expect(await answered()).toEqual({ ours: [], theirs: ['Jordan Ellis'] });
    expect(slack.held(reviewId)).toMatchObject([{ updates: 1 }]);
  });

  it('shows on the root also when whoever kept it died before showing it', async () => {
    const { messages } = deps.store.workspace(workspaceId);
    const before = await messages.get(reviewId);
    await receive(said(jordan, '10.1', text));
    const after = await messages.get(reviewId);
    if (before === undefined || after === undefined) throw new Error('there is no root');
    await messages.replace({ ...before, version: after.version });
    await receive({ ...said(jordan, '10.1', text), event_id: 'EvAGAIN' });
    expect((await messages.get(reviewId))?.wanted).toBe(before.wanted + 1);
  });

  it('is discussion below 15 characters, from somebody not asked, or when that person has answered', async () => {
    await receive(
      said(jordan, '10.1', 'ok, will do'),
      said(stranger, '10.2', 'A whole sentence by somebody else'),
      said(maya, '10.3', 'Deal 7 was signed on Monday'),
      said(maya, '10.4', 'And the next one is on its way'),
    );
    expect(await answers()).toMatchObject([
      { firm: 'ours', content: { moved: 'Deal 7 was signed on Monday' } },
    ]);
  });

  it('changes with its message, keeping what stood before', async () => {
    await receive(said(jordan, '10.1', text), changed(jordan, '10.1', `${text}, a third soon`, '11.0'));
    const [answer] = await answers();
    expect(answer?.content.moved).toBe(`${text}, a third soon`);
    expect(answer?.history).toMatchObject([{ content: { moved: text } }]);
    expect(answer?.changedAt).toBeDefined();
  });

  it('is withdrawn with its message, and a later reply counts again', async () => {
    await receive(said(jordan, '10.1', text), deleted(jordan, '10.1', text));
    expect(await answered()).toEqual({ ours: [], theirs: [] });
    await receive(said(jordan, '10.9', 'Second thoughts: one go-live so far'));
    expect(await answers()).toMatchObject([
      { withdrawn: false, content: { moved: 'Second thoughts: one go-live so far' } },
    ]);
  });

  it('changes nothing when Slack delivers the same event twice, or under another event id', async () => {
    const first = said(jordan, '10.1', text);
    await receive(first, first, { ...first, event_id: 'EvOTHER' });
    expect(await answers()).toMatchObject([{ version: 1, history: [] }]);
  });

  it('comes out the same when an edit arrives before its message', async () => {
    await receive(changed(jordan, '10.1', `${text}, a third soon`, '11.0'), said(jordan, '10.1', text));
    expect(await answers()).toMatchObject([{ content: { moved: `${text}, a third soon` } }]);
  });

  it('keeps the newest edit when edits arrive in the wrong order', async () => {
    await receive(
      said(jordan, '10.1', text),
      changed(jordan, '10.1', 'the second and last wording', '12.0'),
      changed(jordan, '10.1', 'the first wording of two', '11.0'),
    );
    expect(await answers()).toMatchObject([{ content: { moved: 'the second and last wording' } }]);
  });

  it('stays withdrawn when the deletion arrives before the message', async () => {
    await receive(deleted(jordan, '10.1', text), said(jordan, '10.1', text));
    expect(await answers()).toMatchObject([{ withdrawn: true }]);
    expect(await answered()).toEqual({ ours: [], theirs: [] });
  });

  it('stays withdrawn when an edit made before the deletion arrives after it', async () => {
    await receive(said(jordan, '10.1', text), deleted(jordan, '10.1', text));
    await receive(changed(jordan, '10.1', 'First three go-lives invoiced', '10.2'));
    expect(await answers()).toMatchObject([{ withdrawn: true }]);
    expect(await answered()).toEqual({ ours: [], theirs: [] });
  });

  it('is the earlier of two messages, whichever arrives first', async () => {
    await receive(said(jordan, '10.5', 'The later message of the two'), said(jordan, '10.1', text));
    expect(await answers()).toMatchObject([{ sourceTs: '10.1', content: { moved: text } }]);
  });

  it('keeps plain words: links by their label, entities by their character', async () => {
    await receive(said(jordan, '10.1', 'See <https://acme.example/q3|our Q3 page> &amp; tell <!channel>'));
    expect(await answers()).toMatchObject([{ content: { moved: 'See our Q3 page & tell !channel' } }]);
  });

  it('is discussion from whoever may not answer for that firm any more, and is withdrawn with its message still', async () => {
    const { partnerships } = deps.store.workspace(workspaceId);
    const acme = await partnerships.get('acme');
    if (acme === undefined) throw new Error('gone');
    await receive(said(sam, '10.1', text));
    await partnerships.replace({ ...acme, theirTeamIds: [], theirPeople: [] });
    await receive(said(jordan, '10.2', 'We think of something quite different now'));
    await receive(changed(sam, '10.1', 'We think of something quite different now', '11.0'));
    expect(await answers()).toMatchObject([
      { person: { userId: sam.userId }, content: { moved: text }, withdrawn: false },
    ]);
    await receive(deleted(sam, '10.1', text));
    expect(await answers()).toMatchObject([{ person: { userId: sam.userId }, withdrawn: true }]);
  });

  it('is discussion from somebody asked for the one firm who is of the other now', async () => {
    const { partnerships } = deps.store.workspace(workspaceId);
    const acme = await partnerships.get('acme');
    if (acme === undefined) throw new Error('gone');
    await partnerships.replace({ ...acme, ourPeople: [ref(jordan)], theirPeople: [] });
    await receive(said(jordan, '10.1', text));
    expect(await answers()).toEqual([]);
  });

  it('is discussion once the review has closed', async () => {
    clock.set('2026-10-22T14:00:00Z');
    await tickUntilQuiet(deps);
    await receive(said(jordan, '10.1', text));
    expect(await answers()).toEqual([]);
  });

  it('leaves nothing in the store of what is said elsewhere, by bots, or as discussion', async () => {
    const kept = await receive(
      event({ user: maya.userId, ts: '20.1', text: 'A word in the channel itself' }),
      said(maya, '20.2', 'A word in another thread here', { thread_ts: '1.1' }),
      said(maya, '20.3', 'A word by a bot in this thread', { bot_id: 'B7' }),
      event({ subtype: 'channel_join', user: maya.userId, ts: '20.4', text: 'Maya has joined the channel' }),
      { event_id: next(), event: { type: 'reaction_added' } },
      { no: 'event at all' },
    );
    expect(kept).toEqual(Array.from({ length: 6 }, () => 'dropped'));
    await receive(said(stranger, '20.5', 'Discussion in the thread of the review'));
    const inbox = await deps.store.workspace(workspaceId).inbox.find({});
    expect(inbox).toMatchObject([{ body: {}, outcome: 'discussion' }]);
    expect(JSON.stringify(inbox)).not.toContain('Discussion in');
  });
});
