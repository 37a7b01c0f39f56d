import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ids } from '../../src/local-slack/seed.ts';
import type { Actor, MessageRef } from '../../src/local-slack/test-actor.ts';
import {
  type LocalWorld,
  secondChannel,
  startLocalWorld,
  withSecondChannel,
} from '../support/local-world.ts';
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
  said,
  shared,
  told,
  walkTo,
} from '../support/story-steps.ts';

/** Jordan is asked in two partnerships: with Northwind × Acme, and with Orbis, whose channel he is in too. */
const seed = {
  ...withSecondChannel,
  channels: withSecondChannel.channels.map((one) =>
    one.id === secondChannel
      ? { ...one, teamIds: [ids.northwind, ids.acme], memberIds: [...one.memberIds, ids.jordan, ids.dana] }
      : one,
  ),
};

describe('a reminder of two partnerships', () => {
  let world: LocalWorld;
  let maya: Actor;
  let jordan: Actor;
  let root: MessageRef;
  let reminder: MessageRef;

  const toJordan = () =>
    world.slack
      .messages(world.slack.directMessageWith(ids.jordan))
      .filter((one) => String(one.metadata?.event_payload.operation).startsWith('nudge:'));
  const labels = (one: MessageRef): string =>
    said(world.slack.messages(one.channelId).find((each) => each.ts === one.ts) ?? { text: '', blocks: [] });

  beforeAll(async () => {
    world = await startLocalWorld('HTTP', undefined, seed);
    maya = world.slack.as(ids.maya);
    jordan = world.slack.as(ids.jordan);
    const ownerCard = await create(world);
    const { card } = await introduce(world, ownerCard);
    await plan(world, { ownerCard, card });
    await maya.command('/partnership create Orbis', secondChannel);
    await fillIn(world, maya, 'partnership', { partnerType: 'isv' });
    const second = await posted(world, ownerDm(world), 'Next: introduce me in #northwind-orbis.');
    await pressAndFill(world, maya, [second, 'Introduce'], 'introduce', { theirTeamIds: [ids.acme] });
    const introduction = await posted(world, secondChannel, 'set me up');
    await jordan.click(introduction, 'Ask me');
    await told(world, jordan, 'Thank you.', secondChannel);
    await maya.command('/partnership rhythm Orbis', secondChannel);
    await formOf(world, maya, 'rhythm');
    await fillIn(world, maya, 'rhythm', { time: '17:00' });
  });
  afterAll(() => world.close());

  it('comes once, in his own morning, with both partnerships in it, and pings nobody', async () => {
    await walkTo(world, '2026-10-13T15:00:30Z');
    root = await posted(world, shared, 'Pulse, Northwind and Acme.');
    await posted(world, secondChannel, 'Pulse, Northwind and Orbis.');
    await pressAndFill(world, maya, [root, 'Answer'], 'answer', { confidence: '4' });
    await posted(world, shared, 'Northwind: answered (Maya Lindqvist)');
    expect(toJordan()).toEqual([]);
    await walkTo(world, '2026-10-14T14:30:00Z');
    const [only, ...others] = toJordan();
    expect(others).toEqual([]);
    if (only === undefined) throw new Error('no reminder');
    reminder = only;
    // Half of the first window is Wed 14 Oct, 16:00 in Berlin: 09:00 in Chicago.
    expect(Number(only.ts)).toBeGreaterThanOrEqual(Date.parse('2026-10-14T14:00:00Z') / 1000);
    expect(only.text).toContain(
      'Northwind and Acme: the pulse closes Thu 15 Oct, 09:00 Chicago. Northwind has answered.',
    );
    expect(only.text).toContain('You could add: Consulting revenue.');
    expect(only.text).toContain('Northwind and Orbis: the pulse closes Thu 15 Oct, 10:00 Chicago.');
    expect(world.slack.pingsOf(only.channelId, only.ts)).toEqual([]);
    for (const label of ['Answer', 'No change', 'Snooze me', 'Ask a colleague', 'Do not ask me'])
      expect(labels(only)).toContain(`"${label}"`);
  });

  it('is answered from, and the card shows it', async () => {
    await jordan.click(reminder, 'Answer');
    await fillIn(world, jordan, 'answer', { confidence: '3' });
    await posted(world, shared, 'Acme: answered (Jordan Ellis)');
  });

  it('is snoozed from, which says when it is asked again, or that it closes first', async () => {
    await jordan.click(reminder, { actionId: 'press:snooze:1' });
    const form = await formOf(world, jordan, 'snooze');
    const text = JSON.stringify(form.blocks);
    expect(text).toContain('The review closes before that. You will not be asked again.');
    expect(await jordan.submit({ days: '1' })).toEqual(done);
    expect(JSON.stringify(jordan.view()?.blocks)).toContain('I ask you again Thu 15 Oct, 09:');
    await jordan.close(true);
    await walkTo(world, '2026-10-15T13:50:00Z');
    expect(toJordan()).toHaveLength(1);
    await walkTo(world, '2026-10-15T14:55:00Z');
    const texts = toJordan().map((one) => one.text);
    expect(texts).toHaveLength(2);
    expect(texts[1]).toContain('Orbis');
    expect(texts[1]).not.toContain('Acme:');
  });

  it('goes to nobody who never pressed a button, and nothing went wrong', async () => {
    expect(world.slack.messages(world.slack.directMessageWith(ids.dana))).toEqual([]);
    expect(world.slack.messages(world.slack.directMessageWith(ids.tom))).toEqual([]);
    expect(world.log.filter((one) => one.level === 'error')).toEqual([]);
  });

  it('hands a partnership on to a colleague, who is asked from its next review on', async () => {
    await jordan.click(reminder, { actionId: 'press:ask-colleague:1' });
    await fillIn(world, jordan, 'colleague', { userId: ids.dana });
    await walkTo(world, '2026-10-27T16:00:30Z');
    const next = await posted(world, secondChannel, 'Pulse · Northwind × Orbis · 27 Oct');
    expect(labels(next)).toContain(`<@${ids.jordan}>, <@${ids.dana}>`);
  });

  it('is not sent any more where he says so, and his name leaves the card', async () => {
    const latest = toJordan().at(-1);
    if (latest === undefined) throw new Error('no reminder');
    await jordan.click(latest, 'Do not ask me');
    const next = await posted(world, secondChannel, `waiting for <@${ids.dana}>`);
    expect(labels(next)).not.toContain(ids.jordan);
    await walkTo(world, '2026-10-29T16:00:30Z');
    const last = toJordan().at(-1);
    expect(last?.text).toContain('Acme');
    expect(last?.text).not.toContain('Orbis');
  });
});
