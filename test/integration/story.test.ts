import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ids } from '../../src/local-slack/seed.ts';
import type { Actor, MessageRef } from '../../src/local-slack/test-actor.ts';
import { type LocalWorld, startLocalWorld, type Way } from '../support/local-world.ts';
import {
  create,
  done,
  fillIn,
  formOf,
  introduce,
  ownerDm,
  plan,
  posted,
  pressAndFill,
  replied,
  said,
  shared,
  told,
  valueBlock,
  walkTo,
} from '../support/story-steps.ts';

/** One story, told in steps that stand on each other: Northwind in Berlin and Acme in Chicago, from Mon 12 Oct 2026. */
describe.each<Way>(['HTTP', 'Socket Mode'])('the story of a partnership over %s', (way) => {
  let world: LocalWorld;
  let maya: Actor;
  let jordan: Actor;
  let ownerCard: MessageRef;
  let introduction: MessageRef;
  let card: MessageRef;
  let root: MessageRef;

  beforeAll(async () => {
    world = await startLocalWorld(way);
    maya = world.slack.as(ids.maya);
    jordan = world.slack.as(ids.jordan);
  });
  afterAll(() => world.close());

  const inChannel = () => world.slack.messages(shared).filter((one) => one.author === 'bot');
  const pings = (one: MessageRef) => world.slack.pingsOf(one.channelId, one.ts);
  const now = (one: MessageRef): string => {
    const found = world.slack.messages(one.channelId).find((each) => each.ts === one.ts);
    return found === undefined ? '' : said(found);
  };

  it('begins with a command and four questions, and gives the owner a card; the channel hears nothing', async () => {
    ownerCard = await create(world);
    expect(now(ownerCard)).toContain('Mid-size manufacturers choose us first.');
    expect(world.slack.messages(shared)).toEqual([]);
    await maya.click(ownerCard, 'Introduce');
    const preview = await formOf(world, maya, 'introduce');
    expect(JSON.stringify(preview.blocks)).toContain('Jordan Ellis, Dana Whitfield');
    expect(JSON.stringify(preview.blocks)).toContain('set me up to keep one shared page');
    await maya.close(true);
    expect(world.slack.messages(shared)).toEqual([]);
  });

  it('is introduced in the channel, above its card, and pings nobody', async () => {
    ({ introduction, card } = await introduce(world, ownerCard));
    expect(inChannel().map((one) => one.ts)).toEqual([introduction.ts, card.ts]);
    expect([...pings(introduction), ...pings(card)]).toEqual([]);
    // What the owner alone sees stays with the owner.
    expect(now(ownerCard)).toContain('Only Northwind sees this part');
    expect(now(card)).not.toContain('Only Northwind sees this part');
    expect(world.slack.as(ids.dana).ephemerals(shared)).toEqual([]);
  });

  it('leads on to a goal, a KPI of each firm and the rhythm of the tier, by buttons alone', async () => {
    await plan(world, { ownerCard, card });
    const text = now(card);
    for (const words of ['Win 12 joint customers', 'Subscription revenue', 'Consulting revenue']) {
      expect(text).toContain(words);
    }
    expect(text).not.toContain('Next:');
    expect(inChannel()).toHaveLength(2);
    expect(text).toContain('Next review Tue 13 Oct, 16:00 Berlin.');
  });

  it('has one vision of both firms, signed by a person of each', async () => {
    const joint = 'Manufacturers choose Northwind, installed by Acme, first.';
    const sign = async (who: Actor, on: MessageRef): Promise<string> => {
      await who.click(on, 'Sign the vision');
      expect(JSON.stringify(await formOf(world, who, 'sign'))).toContain(joint);
      expect(await who.submit({})).toEqual(done);
      const receipt = JSON.stringify(who.view());
      await who.close(true);
      return receipt;
    };
    await pressAndFill(world, jordan, [introduction, 'Add our vision'], 'vision', {
      own: 'A practice of 40 consultants.',
      joint,
    });
    await posted(world, shared, 'Sign the vision');
    expect(await sign(jordan, card)).toContain('Signed: vision 2.');
    await posted(world, ownerDm(world), 'signed by Jordan Ellis (Acme), not yet by Northwind');
    await sign(maya, ownerCard);
    await posted(world, shared, 'by Maya Lindqvist (Northwind) and Jordan Ellis (Acme)');
    expect(now(card)).toContain(joint);
    expect(now(card)).not.toContain('Sign the vision');
  });

  it('asks both firms at its time, on one card, and pings those it asks and nobody else', async () => {
    await walkTo(world, '2026-10-13T14:00:30Z');
    root = await posted(world, shared, 'Pulse, Northwind and Acme.');
    expect(pings(root)).toEqual([
      { kind: 'user', id: ids.maya },
      { kind: 'user', id: ids.jordan },
    ]);
    expect(inChannel()).toHaveLength(3);
    expect(world.slack.replies(shared, root.ts)).toEqual([]);
  });

  it('takes the answer of somebody at the partner, by a form with what is due, and shows it in place', async () => {
    await jordan.click(root, 'Answer');
    await formOf(world, jordan, 'answer');
    const receipt = await fillIn(world, jordan, 'answer', {
      confidence: '3',
      moved: 'First two go-lives invoiced',
      [valueBlock(jordan)]: '210k',
    });
    expect(receipt).toContain('$210,000');
    const reply = await replied(world, root, 'First two go-lives invoiced');
    expect(said(reply)).toContain('Jordan Ellis');
    expect(said(reply)).toContain('$210k');
    expect(pings(reply)).toEqual([]);
    await posted(world, shared, 'Acme: answered (Jordan Ellis)');
    expect(now(root)).toContain(`Northwind: waiting for <@${ids.maya}>`);
    await posted(world, shared, 'Consulting revenue $210k');
    expect(inChannel()).toHaveLength(3);
  });

  it('goes on after a restart of the bot where it was', async () => {
    const before = inChannel().map((one) => one.ts);
    await world.restart();
    await pressAndFill(world, maya, [root, 'Answer'], 'answer', {
      confidence: '4',
      moved: 'Deal 7 signed',
      stuck: 'Trainees locked out of the sandbox',
      stuckActs: 'ours',
      need: 'Two names to certify',
    });
    await replied(world, root, 'Deal 7 signed');
    await posted(world, shared, 'Northwind: answered (Maya Lindqvist)');
    expect(inChannel().map((one) => one.ts)).toEqual(before);
    expect(world.slack.replies(shared, root.ts)).toHaveLength(2);
  });

  it('closes when its window ends, with a summary in the thread and nothing new in the channel', async () => {
    const before = inChannel().map((one) => one.ts);
    await walkTo(world, '2026-10-15T14:00:30Z');
    const summary = await replied(world, root, 'Pulse of Tue 13 Oct');
    for (const words of [
      'Deal 7 signed',
      'First two go-lives invoiced',
      'Trainees locked out',
      'Two names',
    ]) {
      expect(said(summary)).toContain(words);
    }
    expect(said(summary)).toContain('Consulting revenue $210k');
    expect(said(summary)).toContain('Health: ');
    await posted(world, shared, '· Closed');
    expect(now(root)).toContain('Both firms answered');
    expect(inChannel().map((one) => one.ts)).toEqual(before);
    expect(pings(summary)).toEqual([]);
  });

  it('sums up on the next working day, and for whoever asks', async () => {
    await maya.command('/partnership digest', shared);
    const mine = await told(world, maya, 'week to');
    expect(said(mine)).toContain('First two go-lives invoiced');
    expect(jordan.ephemerals(shared).some((one) => said(one).includes('week to'))).toBe(false);
    await walkTo(world, '2026-10-16T07:00:30Z');
    const weekly = await posted(world, shared, 'week to');
    expect(said(weekly)).toContain('Deal 7 signed');
    // Before two reviews have closed there is no colour, and it says why.
    expect(said(weekly)).toContain('Unknown: 1 of 2 reviews');
    expect(pings(weekly)).toEqual([]);
  });

  it('has a colour with its reasons after the second review', async () => {
    await walkTo(world, '2026-10-27T15:00:30Z');
    const second = await posted(world, shared, 'Pulse · Northwind × Acme · 27 Oct');
    await jordan.click(second, 'Answer');
    const form = await formOf(world, jordan, 'answer');
    expect(JSON.stringify(form.blocks)).toContain('Last $210k');
    expect(JSON.stringify(form.blocks)).toContain('Last time 3');
    await fillIn(world, jordan, 'answer', { confidence: '3', [valueBlock(jordan)]: '250k' });
    await pressAndFill(world, maya, [second, 'Answer'], 'answer', { confidence: '4' });
    await maya.command('/partnership update', shared);
    await formOf(world, maya, 'update');
    await fillIn(world, maya, 'update', { [valueBlock(maya)]: '$410k' });
    await walkTo(world, '2026-10-29T15:00:30Z');
    const summary = await replied(world, second, 'closed');
    expect(said(summary)).toMatch(/Health: (Green|Amber|Red), \d+/);
    expect(said(summary)).toContain('What pulls it down: ');
    expect(said(summary)).toContain('Consulting revenue $210k → $250k');
    await posted(world, shared, 'is closed. Health:');
    expect(now(card)).toMatch(/(Green|Amber|Red) \d+/);
  });

  it('is all there after another restart, once each, and nothing went wrong on the way', async () => {
    await walkTo(world, '2026-10-30T09:00:00Z');
    const before = inChannel().map((one) => [one.ts, one.text]);
    await world.restart();
    await world.settle();
    expect(inChannel().map((one) => [one.ts, one.text])).toEqual(before);
    await maya.command('/partnership view', shared);
    const view = await told(world, maya, 'operating period');
    expect(said(view)).toContain('Only Northwind sees this part');
    await maya.openHome();
    await world.eventually('the home', () => JSON.stringify(maya.home() ?? '').includes('My partnerships'));
    const operations = [shared, ownerDm(world)].flatMap((channel) =>
      world.slack
        .messages(channel)
        .flatMap((one) => [one, ...world.slack.replies(channel, one.ts)])
        .flatMap((one) => one.metadata?.event_payload.operation ?? []),
    );
    expect(new Set(operations).size).toBe(operations.length);
    expect(operations).toHaveLength(13);
    const pinged = inChannel().flatMap((one) =>
      one.pings.map((ping) => ('id' in ping ? ping.id : ping.kind)),
    );
    expect(pinged).toEqual([ids.maya, ids.jordan, ids.maya, ids.jordan]);
    expect(world.log.filter((one) => one.level === 'error')).toEqual([]);
  });
});
