import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Fault } from '../../src/local-slack/page-acts.ts';
import type { Message } from '../../src/local-slack/records.ts';
import { ids } from '../../src/local-slack/seed.ts';
import { type LocalWorld, startLocalWorld } from '../support/local-world.ts';
import {
  fillIn,
  ownerDm,
  posted,
  pressAndFill,
  replied,
  said,
  shared,
  untilPlanned,
  walkTo,
  workspaceOf,
} from '../support/story-steps.ts';

const pulse = 'Pulse, Northwind and Acme.';
const dueAt = '2026-10-13T14:00:00Z';

let world: LocalWorld;
let card: Message;
beforeEach(async () => {
  world = await startLocalWorld('HTTP');
  const planned = await untilPlanned(world);
  card = planned.card;
  await world.settle();
});
afterEach(() => world.close());

const roots = () => world.slack.messages(shared).filter((one) => one.text.includes(pulse));
const review = async () => {
  const { occurrences } = await workspaceOf(world);
  const [found] = await occurrences.find({ kind: 'review' }, { sort: { dueAt: 1 }, limit: 1 });
  return found;
};
/** Faults that no call has met yet. An act that changes nothing tells them. */
const armed = () => world.slack.disturb({ act: 'archive', channelId: shared, archived: false }).faults;
const secondsAfterDue = (ts: string): number => Number(ts) - Date.parse(dueAt) / 1000;

describe('a review whose post meets a fault of Slack', () => {
  const post = { method: 'chat.postMessage' } as const;
  it.each<[what: string, fault: Fault, least: number]>([
    ['a limit', { kind: 'rate-limited', ...post, retryAfterSeconds: 30 }, 30],
    ['three limits', { kind: 'rate-limited', ...post, retryAfterSeconds: 30, times: 3 }, 90],
    ['a connection dropped after accepting', { kind: 'dropped-after', ...post }, 0],
    ['a connection dropped before accepting', { kind: 'dropped-before', ...post }, 60],
    ['an internal error after it happened', { kind: 'error-after', ...post }, 0],
    ['an internal error instead', { kind: 'error-before', ...post }, 60],
    ['a 503', { kind: 'status', ...post, status: 503 }, 60],
    ['an answer after the client gave up', { kind: 'late', ...post, ms: 10_500 }, 0],
  ])('%s is there once, open, and takes an answer', async (_what, fault, least) => {
    world.slack.fault(fault);
    await walkTo(world, '2026-10-13T14:20:00Z');
    const root = await posted(world, shared, pulse);
    expect(armed()).toEqual([]);
    expect(secondsAfterDue(root.ts)).toBeGreaterThanOrEqual(least);
    await pressAndFill(world, world.slack.as(ids.jordan), [root, 'Answer'], 'answer', { confidence: '4' });
    await replied(world, root, 'Jordan Ellis');
    await posted(world, shared, 'Acme: answered (Jordan Ellis)');
    await walkTo(world, '2026-10-13T15:00:00Z');
    expect(roots().map((one) => one.ts)).toEqual([root.ts]);
    expect(world.slack.replies(shared, root.ts)).toHaveLength(1);
    expect(await review()).toMatchObject({ state: 'open', ts: root.ts });
  });

  it('a lost answer to an update leaves the card right, and no second one', async () => {
    world.slack.fault({ kind: 'dropped-after', method: 'chat.update', times: 2 });
    const maya = world.slack.as(ids.maya);
    await maya.command('/partnership goal', shared);
    await fillIn(world, maya, 'goal', { title: 'Plan weekly', vision: 'none', side: 'ours' });
    await walkTo(world, '2026-10-12T09:00:00Z');
    expect(armed()).toEqual([]);
    const now = world.slack.messages(shared).filter((one) => one.text.includes('operating period'));
    expect(now.map((one) => one.ts)).toEqual([card.ts]);
    expect(now[0] && said(now[0])).toContain('Plan weekly');
  });

  it('an event that arrives twice counts once', async () => {
    await walkTo(world, '2026-10-13T14:00:30Z');
    const root = await posted(world, shared, pulse);
    world.slack.fault({ kind: 'duplicate-event' });
    await world.slack
      .as(ids.maya)
      .say('Deal 7 signed, two more to come.', { channel: shared, thread: root.ts });
    await posted(world, shared, 'Northwind: answered (Maya Lindqvist)');
    await world.slack.quiet();
    const { answers } = await workspaceOf(world);
    expect(await answers.find({})).toMatchObject([{ version: 1, history: [], via: 'thread' }]);
  });
});

describe('a review for a channel without the bot, when Slack told nobody of it', () => {
  const notes = () =>
    world.slack.messages(ownerDm(world)).filter((one) => one.text.includes('I am not in #northwind-acme'));
  const takeOut = () => world.slack.as(ids.bot).leave(shared);
  const reason = 'I am not in #northwind-acme. Type /invite @partnerships there.';

  it('ends as failed with the reason, and the owner is told once', async () => {
    await takeOut();
    await walkTo(world, '2026-10-14T14:30:00Z');
    expect(await review()).toMatchObject({ state: 'failed', reason });
    expect(roots()).toEqual([]);
    expect(notes().map((one) => one.text)).toEqual([
      expect.stringContaining('Type /invite @partnerships there, or choose another channel.'),
    ]);
    await walkTo(world, '2026-10-16T14:30:00Z');
    expect(notes()).toHaveLength(1);
  });

  it('costs no rhythm: later ones wait, find out by themselves that it is back, and go out', async () => {
    await takeOut();
    await walkTo(world, '2026-10-27T16:00:00Z');
    const { rhythms, occurrences } = await workspaceOf(world);
    const reviews = () => occurrences.find({ kind: 'review' }, { sort: { dueAt: 1 } });
    expect((await reviews()).map((one) => one.state)).toEqual(['failed', 'due']);
    expect((await rhythms.find({}))[0]?.paused).toBeUndefined();
    expect(notes()).toHaveLength(1);
    world.slack.disturb({ act: 'invite-bot', channelId: shared });
    await walkTo(world, '2026-10-27T18:00:00Z');
    expect((await reviews()).map((one) => one.state)).toEqual(['failed', 'open']);
    expect(roots()).toHaveLength(1);
  });
});
