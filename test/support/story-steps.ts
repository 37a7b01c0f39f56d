import { expect } from 'vitest';
import type { Kpi } from '../../src/domain/kpi.ts';
import type { Partnership } from '../../src/domain/partnership.ts';
import { ids } from '../../src/local-slack/seed.ts';
import type { Actor, MessageRef } from '../../src/local-slack/test-actor.ts';
import type { WorkspaceStore } from '../../src/ports.ts';
import type { LocalWorld } from './local-world.ts';

/** What people do in the story of a partnership, each on the local Slack, up to what they then see. */

export const shared = ids.shared;
export const done = { result: 'done' };
export type Typed = Parameters<Actor['submit']>[0];

interface Shown {
  readonly text: string;
  readonly blocks: readonly unknown[];
}
/** Everything a message holds, for a reader or a screen reader. */
export const said = ({ text, blocks }: Shown): string => `${text}\n${JSON.stringify(blocks)}`;

/** Waits for a message of the channel itself, not of a thread. */
export const posted = (world: LocalWorld, channelId: string, words: string) =>
  world.eventually(`"${words}" in ${channelId}`, () =>
    world.slack.messages(channelId).find((one) => said(one).includes(words)),
  );

export const replied = (world: LocalWorld, root: MessageRef, words: string) =>
  world.eventually(`"${words}" in the thread`, () =>
    world.slack.replies(root.channelId, root.ts).find((one) => said(one).includes(words)),
  );

/** Waits for what only this person sees, the newest first. */
export const told = (world: LocalWorld, who: Actor, words: string, channelId: string = shared) =>
  world.eventually(`"${words}" for ${who.userId}`, () =>
    who
      .ephemerals(channelId)
      .reverse()
      .find((one) => said(one).includes(words)),
  );

export const formOf = (world: LocalWorld, who: Actor, name: string) =>
  world.eventually(`the ${name} form`, () => {
    const view = who.view();
    return view?.callback_id === `form:${name}` && view;
  });

/** Waits for a form, sends it, and closes the receipt where there is one. Returns what the receipt says. */
export const fillIn = async (
  world: LocalWorld,
  who: Actor,
  form: string,
  values: Typed = {},
): Promise<string> => {
  await formOf(world, who, form);
  expect(await who.submit(values)).toEqual(done);
  const after = who.view();
  if (after === undefined) return '';
  expect(JSON.stringify(after.blocks)).toMatch(/Saved|Noted/);
  await who.close(true);
  return JSON.stringify(after.blocks);
};

/** Presses a button of a message as it stands now and fills in the form that it opens. */
export const pressAndFill = async (
  world: LocalWorld,
  who: Actor,
  [on, button]: readonly [MessageRef, string],
  form: string,
  values: Typed = {},
): Promise<string> => {
  expect(await who.click(on, button)).toEqual(done);
  return fillIn(world, who, form, values);
};

/** What the bot has stored of this workspace. */
export const workspaceOf = async ({ store }: LocalWorld): Promise<WorkspaceStore> => {
  const installation = await store.installations.byTeam(ids.northwind);
  return store.workspace(installation?.workspaceId ?? '');
};

/** The one partnership there is. */
export const onlyPartnership = async (world: LocalWorld): Promise<Partnership> => {
  const [found] = await (await workspaceOf(world)).partnerships.find({});
  if (found === undefined) throw new Error('there is no partnership');
  return found;
};

export const kpiNamed = async (world: LocalWorld, name: string): Promise<Kpi> => {
  const found = (await onlyPartnership(world)).kpis.find((one) => one.name === name);
  if (found === undefined) throw new Error(`there is no KPI ${name}`);
  return found;
};

export const ownerDm = (world: LocalWorld): string => world.slack.directMessageWith(ids.maya);

/** Maya creates the partnership with Acme; the owner's card is in her messages. */
export const create = async (world: LocalWorld, values: Typed = {}) => {
  const maya = world.slack.as(ids.maya);
  expect(await maya.command('/partnership create Acme', shared)).toMatchObject(done);
  await fillIn(world, maya, 'partnership', {
    partnerType: 'si',
    vision: 'Mid-size manufacturers choose us first.',
    ...values,
  });
  return posted(world, ownerDm(world), 'Next: introduce me in #northwind-acme.');
};

/** Maya introduces the bot in the shared channel, and Jordan asks to be asked. */
export const introduce = async (world: LocalWorld, ownerCard: MessageRef) => {
  const maya = world.slack.as(ids.maya);
  await pressAndFill(world, maya, [ownerCard, 'Introduce'], 'introduce', { theirTeamIds: [ids.acme] });
  const introduction = await posted(world, shared, 'Maya Lindqvist (Northwind) set me up');
  const card = await posted(world, shared, 'operating period');
  const jordan = world.slack.as(ids.jordan);
  expect(await jordan.click(introduction, 'Ask me')).toEqual(done);
  await told(world, jordan, 'Thank you.');
  return { introduction, card };
};

/** A goal by Maya, a KPI of each firm by its own people, and the rhythm that the tier proposes. */
export const plan = async (world: LocalWorld, at: { ownerCard: MessageRef; card: MessageRef }) => {
  const { slack } = world;
  const [maya, jordan] = [slack.as(ids.maya), slack.as(ids.jordan)];
  const mine = (words: string) => posted(world, ownerDm(world), words);
  await mine('Next: add one goal');
  const goal = { title: 'Win 12 joint customers', vision: '0', side: 'joint' };
  await pressAndFill(world, maya, [at.ownerCard, 'Add a goal'], 'goal', goal);
  await mine('Next: add a KPI for Northwind.');
  const ours = {
    name: 'Subscription revenue',
    unit: 'USD',
    baseline: '0',
    target: '$1.2m',
    ownerUserId: ids.maya,
  };
  const receipt = await pressAndFill(world, maya, [at.ownerCard, 'Add a KPI for Northwind'], 'kpi', ours);
  expect(receipt).toContain('$0 to $1,200,000 by 31 Dec 2026');
  await posted(world, shared, 'Next: add a KPI for Acme.');
  const theirs = {
    name: 'Consulting revenue',
    unit: 'USD',
    baseline: '0',
    target: '900k',
    cadence: 'weekly',
    ownerUserId: ids.jordan,
  };
  await pressAndFill(world, jordan, [at.card, 'Add a KPI for Acme'], 'kpi', theirs);
  await mine('Next: set the rhythm');
  await pressAndFill(world, maya, [at.ownerCard, 'Set the rhythm'], 'rhythm');
  await posted(world, shared, 'Next review');
};

/** Everything up to the first review, in one. */
export const untilPlanned = async (world: LocalWorld) => {
  const ownerCard = await create(world);
  const { introduction, card } = await introduce(world, ownerCard);
  await plan(world, { ownerCard, card });
  return { ownerCard, introduction, card };
};

/** The block of the one number that an answer or update form asks for. */
export const valueBlock = (who: Actor): string => {
  const found = who.view()?.blocks.find((one) => one.block_id?.startsWith('value:'))?.block_id;
  if (found === undefined) throw new Error('this form asks for no number');
  return found;
};

export const walkTo = async ({ slack }: LocalWorld, date: string): Promise<void> => {
  expect(await slack.clock({ act: 'walk-to', date })).not.toHaveProperty('refused');
};
