import { afterEach, describe, expect, it } from 'vitest';
import { ids } from '../../src/local-slack/seed.ts';
import type { Actor, MessageRef } from '../../src/local-slack/test-actor.ts';
import { type LocalWorld, startLocalWorld, type Way } from '../support/local-world.ts';

let world: LocalWorld | undefined;
afterEach(async () => {
  await world?.close();
  world = undefined;
});

const shared = ids.shared;

const said = (message: { text: string; blocks: readonly unknown[] }): string =>
  `${message.text}\n${JSON.stringify(message.blocks)}`;

/** Waits for a form, fills it in, and waits until it is gone or another view stands there. */
const fillIn = async (
  { slack }: LocalWorld,
  who: Actor,
  form: string,
  values: Parameters<Actor['submit']>[0],
): Promise<void> => {
  await slack.waitFor(`the ${form} form`, () => who.view()?.callback_id === `form:${form}`);
  expect(await who.submit(values)).toEqual({ result: 'done' });
  if (who.view() !== undefined) {
    expect(JSON.stringify(who.view()?.blocks)).toContain('Saved');
    await who.close(true);
  }
};

const posted = (
  { slack }: LocalWorld,
  channelId: string,
  words: string,
): Promise<MessageRef & { text: string }> =>
  slack.waitFor(`"${words}" in ${channelId}`, () =>
    slack.messages(channelId).find((one) => said(one).includes(words)),
  );

describe.each<Way>(['HTTP', 'Socket Mode'])('the story of a partnership over %s', (way) => {
  it('goes from a command to a digest, with both firms’ answers, and stands after a restart', async () => {
    world = await startLocalWorld(way);
    const { slack } = world;
    const maya = slack.as(ids.maya);
    const jordan = slack.as(ids.jordan);

    expect(await maya.command('/partnership create Acme', shared)).toMatchObject({ result: 'done' });
    await fillIn(world, maya, 'partnership', {
      partnerType: 'si',
      vision: 'Mid-size manufacturers choose us first.',
    });
    const direct = slack.directMessageWith(ids.maya);
    const ownerCard = await posted(world, direct, 'Next: introduce me in #northwind-acme.');
    expect(slack.messages(shared)).toEqual([]);

    await maya.click(ownerCard, 'Introduce');
    await slack.waitFor('the preview', () => maya.view()?.callback_id === 'form:introduce');
    expect(JSON.stringify(maya.view()?.blocks)).toContain('Jordan Ellis, Dana Whitfield');
    expect(slack.messages(shared)).toEqual([]);
    await fillIn(world, maya, 'introduce', { theirTeamIds: [ids.acme] });
    const introduction = await posted(world, shared, 'Maya Lindqvist (Northwind) set me up');
    const card = await posted(world, shared, 'Northwind × Acme');
    expect(slack.pingsOf(shared, introduction.ts)).toEqual([]);

    await jordan.click(introduction, 'Ask me');
    await slack.waitFor('thanks', () =>
      jordan.ephemerals(shared).find((one) => one.text.startsWith('Thank you.')),
    );

    await posted(world, direct, 'Next: add one goal');
    await maya.click(ownerCard, 'Add a goal');
    await fillIn(world, maya, 'goal', { title: 'Win 12 joint customers', vision: '0', side: 'joint' });
    await posted(world, direct, 'Next: add a KPI for Northwind.');
    await maya.click(ownerCard, 'Add a KPI for Northwind');
    await fillIn(world, maya, 'kpi', {
      name: 'Subscription revenue',
      unit: 'USD',
      baseline: '0',
      target: '$1.2m',
      ownerUserId: ids.maya,
    });
    await posted(world, direct, 'Next: add a KPI for Acme.');
    await maya.click(ownerCard, 'Add a KPI for Acme');
    await fillIn(world, maya, 'kpi', {
      name: 'Consulting revenue',
      unit: 'USD',
      baseline: '0',
      target: '900k',
      ownerUserId: ids.jordan,
    });
    await posted(world, direct, 'Next: set the rhythm');
    await maya.click(ownerCard, 'Set the rhythm');
    await fillIn(world, maya, 'rhythm', { every: '1' });
    await posted(world, shared, 'Consulting revenue');

    await slack.clock({ act: 'walk-to', date: '2026-10-13T14:01:00Z' });
    const root = await posted(world, shared, 'Weekly pulse');
    expect(slack.pingsOf(shared, root.ts)).toEqual([
      { kind: 'user', id: ids.maya },
      { kind: 'user', id: ids.jordan },
    ]);

    await jordan.click(root, 'Answer');
    await slack.waitFor('the form', () => jordan.view()?.callback_id === 'form:answer');
    const block = jordan.view()?.blocks.find((one) => one.block_id?.startsWith('value:'))?.block_id ?? '';
    await fillIn(world, jordan, 'answer', {
      confidence: '3',
      moved: 'First two go-lives invoiced <!channel>',
      [block]: '210k',
    });
    const reply = await slack.waitFor('the answer in the thread', () =>
      slack.replies(shared, root.ts).find((one) => said(one).includes('First two go-lives invoiced')),
    );
    expect(said(reply)).toContain('$210k');
    expect(slack.pingsOf(shared, reply.ts)).toEqual([]);
    await posted(world, shared, 'Acme: answered (Jordan Ellis)');

    await maya.say('Deal 7 signed, two more to come.', { channel: shared, thread: root.ts });
    await posted(world, shared, 'Northwind: answered (Maya Lindqvist)');

    await slack.clock({ act: 'walk-to', date: '2026-10-15T14:01:00Z' });
    await posted(world, shared, 'Closed');
    const summary = await slack.waitFor('the summary', () =>
      slack.replies(shared, root.ts).find((one) => said(one).includes('Pulse of Tue 13 Oct')),
    );
    expect(said(summary)).toContain('Deal 7 signed');
    expect(said(summary)).toContain('First two go-lives invoiced');

    await world.restart();
    await maya.command('/partnership digest', shared);
    const digest = await slack.waitFor('the digest', () =>
      maya.ephemerals(shared).find((one) => said(one).includes('week to')),
    );
    expect(said(digest)).toContain('First two go-lives invoiced');

    await slack.clock({ act: 'walk-to', date: '2026-10-19T10:00:00Z' });
    const weekly = await posted(world, shared, 'week to');
    expect(slack.pingsOf(shared, weekly.ts)).toEqual([]);

    const copies = slack.messages(shared).map((one) => one.metadata?.event_payload.operation);
    expect(new Set(copies).size).toBe(copies.length);
    expect(slack.messages(shared).find((one) => one.ts === card.ts)).toBeDefined();
    expect(world.log.filter((one) => one.level === 'error')).toEqual([]);
  }, 60_000);
});
