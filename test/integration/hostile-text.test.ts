import { afterEach, describe, expect, it } from 'vitest';
import { ids } from '../../src/local-slack/seed.ts';
import type { Actor } from '../../src/local-slack/test-actor.ts';
import { type LocalWorld, startLocalWorld } from '../support/local-world.ts';
import {
  done,
  fillIn,
  formOf,
  ownerDm,
  posted,
  pressAndFill,
  replied,
  said,
  shared,
  told,
  valueBlock,
  walkTo,
  workspaceOf,
} from '../support/story-steps.ts';

let world: LocalWorld | undefined;
afterEach(async () => {
  await world?.close();
  world = undefined;
});

/** As Slack's mrkdwn and top-level text carry it: only these three are escaped. */
const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const cut = (text: string, max: number): string => [...text].slice(0, max).join('');

/**
 * One partnership in which people type `text` wherever they can type, as much of it as each field takes, from the
 * name to a note, through a review and its digest.
 */
const tellEverything = async (at: LocalWorld, text: string) => {
  const { slack } = at;
  const [maya, jordan]: [Actor, Actor] = [slack.as(ids.maya), slack.as(ids.jordan)];
  // Fields count UTF-16 units where Slack counts characters, so half is always taken.
  const upTo = (max: number): string => cut(text, max / 2).trim();
  const name = upTo(80);

  expect(await maya.command(`/partnership create ${cut(text, 100)}`, shared)).toMatchObject(done);
  await fillIn(at, maya, 'partnership', { name, partnerType: 'si', vision: upTo(2500) });
  const ownerCard = await posted(at, ownerDm(at), 'Next: introduce me');
  await pressAndFill(at, maya, [ownerCard, 'Introduce'], 'introduce', { theirTeamIds: [ids.acme] });
  const introduction = await posted(at, shared, 'set me up');
  const card = await posted(at, shared, 'operating period');
  await jordan.click(introduction, 'Ask me');
  await told(at, jordan, 'Thank you.');
  await pressAndFill(at, jordan, [introduction, 'Add our vision'], 'vision', {
    own: upTo(2500),
    joint: upTo(600),
  });
  await posted(at, ownerDm(at), 'not signed yet');
  await pressAndFill(at, maya, [ownerCard, 'Add a goal'], 'goal', {
    title: upTo(120),
    vision: '0',
    side: 'joint',
  });
  const kpi = async (who: Actor, side: string, nth: string, more: Record<string, string>) => {
    await formOf(at, who, 'kpi');
    await fillIn(at, who, 'kpi', {
      name: `${nth}${upTo(76)}`,
      definition: upTo(300),
      side,
      unit: 'USD',
      baseline: '0',
      target: '900k',
      cadence: 'weekly',
      ownerUserId: who.userId,
      ...more,
    });
  };
  for (const nth of ['1', '2', '3', '4']) {
    await maya.command('/partnership kpi', shared);
    const view = await formOf(at, maya, 'kpi');
    await maya.click('view', { actionId: 'field:side', value: 'ours' }, { name: 'x' });
    await at.eventually('the form again', () => maya.view()?.hash !== view.hash);
    await kpi(maya, 'ours', nth, nth === '4' ? { reason: upTo(300) } : {});
  }
  await jordan.click(card, { actionId: 'press:add-kpi' });
  await kpi(jordan, 'theirs', '5', {});
  await maya.command('/partnership rhythm', shared);
  await fillIn(at, maya, 'rhythm', { every: '1' });

  await walkTo(at, '2026-10-13T14:00:30Z');
  const root = await posted(at, shared, 'Weekly pulse');
  await jordan.click(root, 'Answer');
  await formOf(at, jordan, 'answer');
  const long = upTo(1000);
  const texts = { moved: long, stuck: long, need: long };
  await fillIn(at, jordan, 'answer', {
    confidence: '2',
    ...texts,
    stuckActs: 'ours',
    [valueBlock(jordan)]: '10k',
  });
  await replied(at, root, 'Jordan Ellis');
  await maya.say(`This week moved: ${text}`, { channel: shared, thread: root.ts });
  await posted(at, shared, 'Northwind: answered (Maya Lindqvist)');
  await maya.command('/partnership update', shared);
  await formOf(at, maya, 'update');
  const value = valueBlock(maya);
  await fillIn(at, maya, 'update', { [value]: '10k', [value.replace('value', 'note')]: upTo(500) });
  await walkTo(at, '2026-10-16T09:00:00Z');
  await posted(at, shared, 'week to');
  await walkTo(at, '2026-10-20T14:00:30Z');
  const second = await posted(at, shared, '· 20 Oct*');
  for (const who of [jordan, maya]) {
    await pressAndFill(at, who, [second, 'Skip'], 'skip', { reason: 'Other', otherReason: upTo(250) });
  }
  await posted(at, shared, 'Skipped');
  await maya.openHome();
  await at.eventually('the home', () => maya.home());
  for (const word of ['view', 'list', 'digest', 'edit']) {
    await maya.command(`/partnership ${word}`, shared);
    if (word === 'edit') await formOf(at, maya, 'edit');
  }
  await told(at, maya, 'week to');
  return { roots: [root.ts, second.ts], card, name };
};

const allOf = (at: LocalWorld) =>
  [shared, ownerDm(at)].flatMap((channel) =>
    at.slack
      .messages(channel)
      .flatMap((one) => [one, ...at.slack.replies(channel, one.ts)])
      .filter((one) => one.author === 'bot'),
  );

const short: readonly (readonly [what: string, text: string])[] = [
  ['a call of the channel', '<!channel>'],
  ['a mention', `<@${ids.tom}>`],
  ['an entity', '&lt;'],
  ['backticks', '`code` ```more```'],
  ['all of them', `*<!here> <!subteam^S1> @everyone <https://evil.example|Your bank> <#${shared}> &amp; ~_`],
  ['3,000 emoji', '😀'.repeat(3000)],
];

describe('what people type', () => {
  it.each(short)(
    'with %s in every field is shown as typed, pings nobody and loses nothing',
    async (what, text) => {
      world = await startLocalWorld('HTTP');
      const { slack, log } = world;
      const { roots, card, name } = await tellEverything(world, text);
      const asked = [
        { kind: 'user', id: ids.maya },
        { kind: 'user', id: ids.jordan },
      ];
      for (const one of allOf(world)) {
        const expected = roots.includes(one.ts) && one.channelId === shared ? asked : [];
        expect([one.text.slice(0, 60), slack.pingsOf(one.channelId, one.ts)]).toEqual([
          one.text.slice(0, 60),
          expected,
        ]);
      }
      for (const who of [ids.maya, ids.jordan])
        for (const one of slack.as(who).ephemerals(shared)) expect(one.pings).toEqual([]);
      const { partnerships, answers } = await workspaceOf(world);
      // Cut between characters, never within one.
      const broken = /\p{Cs}|\ufffd/u;
      expect(
        [...allOf(world).map(said), ...(await answers.find({})).map((one) => one.content.moved)].filter(
          (one) => one !== undefined && broken.test(one),
        ),
      ).toEqual([]);
      const [saved] = await partnerships.find({});
      expect(saved?.name).toBe(name);
      expect(saved?.kpis).toHaveLength(5);
      if (what !== '3,000 emoji') {
        const shown = slack.messages(shared).find((one) => one.ts === card.ts);
        expect(shown?.text).toContain(escaped(name));
        expect(shown && said(shown)).toContain(escaped(name));
      }
      expect(slack.as(ids.maya).view()?.callback_id).toBe('form:edit');
      expect(log.filter((one) => one.level === 'error')).toEqual([]);
    },
  );
});
