import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Partnership } from '../../src/domain/partnership.ts';
import type { Seed } from '../../src/local-slack/records.ts';
import { defaultSeed, ids } from '../../src/local-slack/seed.ts';
import type { Actor } from '../../src/local-slack/test-actor.ts';
import { type LocalWorld, startLocalWorld } from '../support/local-world.ts';
import {
  create,
  done,
  fillIn,
  formOf,
  introduce,
  said,
  shared,
  told,
  workspaceOf,
} from '../support/story-steps.ts';

let world: LocalWorld;
let maya: Actor;

const others = 119;
const guest = { teamId: ids.northwind, userId: 'U0GUEST0001' };
const withGuest: Seed = {
  ...defaultSeed,
  people: [
    ...defaultSeed.people,
    {
      id: guest.userId,
      teamId: guest.teamId,
      name: 'gus',
      realName: 'Gus Guest',
      title: '',
      zone: 'Europe/Berlin',
      role: 'guest',
      deleted: false,
    },
  ],
  channels: defaultSeed.channels.map((one) =>
    one.id === shared ? { ...one, memberIds: [...one.memberIds, guest.userId] } : one,
  ),
};
/** Of the seeded ones the guest is named for this one alone. */
const guests = 7;

beforeAll(async () => {
  world = await startLocalWorld('Socket Mode', undefined, withGuest);
  maya = world.slack.as(ids.maya);
  await introduce(world, await create(world));
  const { partnerships } = await workspaceOf(world);
  const [acme] = await partnerships.find({});
  if (acme === undefined) throw new Error('there is no partnership');
  const { version: _version, schemaVersion: _schema, workspaceId: _workspace, ...rest } = acme;
  const owner = { teamId: ids.northwind, userId: ids.tom };
  for (let nth = 1; nth <= others; nth += 1) {
    const name = `Firm ${String(nth).padStart(3, '0')}`;
    const state: Partnership['state'] = nth === others ? 'ended' : 'draft';
    const of = { _id: `firm${nth}`, name, channelId: `C0FIRM${nth}`, state, owner };
    const ourPeople = nth === guests ? [guest] : [];
    const theirs = { theirTeamIds: [], theirPeople: [] };
    await partnerships.insert({ ...rest, ...of, ...theirs, partnerType: 'isv', ourPeople });
  }
});
afterAll(async () => {
  expect(world.log.filter((one) => one.level === 'error')).toEqual([]);
  await world.close();
});

const newest = (who: Actor) => {
  const last = who.ephemerals(shared).at(-1);
  if (last === undefined) throw new Error('nothing was said');
  return last;
};
const choose = async (who: Actor, filter: string, words: string) => {
  const target = { actionId: 'press:list', value: JSON.stringify({ filter }) };
  expect(await who.click(newest(who), target)).toEqual(done);
  return told(world, who, words);
};

it('pages through 120 partnerships in the place of one message, and narrows them by a choice', async () => {
  expect(await maya.command('/partnership list', shared)).toMatchObject(done);
  await told(world, maya, '120 partnerships · page 1 of 6');
  const before = maya.ephemerals(shared).length;
  expect(await maya.click(newest(maya), 'More')).toEqual(done);
  const second = await told(world, maya, 'page 2 of 6');
  expect(maya.ephemerals(shared)).toHaveLength(before);
  expect(said(second)).toContain('Northwind × Firm 0');
  await choose(maya, 'mine', 'Mine · 1 partnership');
  await choose(maya, 'type:isv', 'Software firm (ISV) · 118 partnerships · page 1 of 6');
  await choose(maya, `owner:${ids.northwind}.${ids.tom}`, 'Owner Tom Okafor · 118 partnerships');
  await choose(maya, 'at-risk', 'None of yours is in this list.');
  const ended = await choose(maya, 'ended', 'Ended · 1 partnership');
  expect(said(ended)).toContain('Northwind × Firm 119');
  expect(maya.ephemerals(shared)).toHaveLength(before);
  expect(await maya.click(ended, 'Show')).toEqual(done);
  await told(world, maya, 'Northwind and Firm 119.');
});

it('goes on to the last page, which holds the rest, and back', async () => {
  await maya.command('/partnership list', shared);
  const pages = [said(await told(world, maya, 'page 1 of 6'))];
  for (let page = 2; page <= 6; page += 1) {
    expect(await maya.click(newest(maya), 'More')).toEqual(done);
    pages.push(said(await told(world, maya, `120 partnerships · page ${page} of 6`)));
  }
  const named = pages.map((page) => new Set(page.match(/Northwind × (?:Acme|Firm \d{3})/g)));
  expect(named.map((one) => one.size)).toEqual([20, 20, 20, 20, 20, 20]);
  expect(new Set(named.flatMap((one) => [...one])).size).toBe(120);
  expect(pages.at(-1)).toContain('Northwind × Firm 119');
  expect(pages.at(-1)).not.toContain('"More"');
  expect(await maya.click(newest(maya), 'Earlier')).toEqual(done);
  await told(world, maya, 'page 5 of 6');
});

it('keeps to an owner from page to page', async () => {
  await maya.command('/partnership list', shared);
  await told(world, maya, '120 partnerships · page 1 of 6');
  const owner = `owner:${ids.northwind}.${ids.tom}`;
  await choose(maya, owner, 'Owner Tom Okafor · 118 partnerships · page 1 of 6');
  for (let page = 2; page <= 6; page += 1) {
    expect(await maya.click(newest(maya), 'More')).toEqual(done);
    const shown = said(await told(world, maya, `Owner Tom Okafor · 118 partnerships · page ${page} of 6`));
    expect(shown).not.toContain('Northwind × Acme');
    expect(shown).not.toContain('Firm 119');
  }
});

it('shows a guest the one they are named for, in counts and choices too, and none once they are not', async () => {
  const gus = world.slack.as(guest.userId);
  await gus.command('/partnership list', shared);
  const only = said(await told(world, gus, '1 partnership.'));
  expect(only).toContain('Northwind × Firm 007');
  expect(only.match(/Firm \d{3}/g)?.every((one) => one === 'Firm 007')).toBe(true);
  for (const other of ['Acme', 'Maya', 'Consultancy', 'page']) expect(only).not.toContain(other);
  const { partnerships } = await workspaceOf(world);
  const named = await partnerships.get(`firm${guests}`);
  if (named === undefined) throw new Error('there is no such firm');
  await partnerships.replace({ ...named, ourPeople: [] });
  await gus.command('/partnership list', shared);
  await told(world, gus, 'No partnership yet that you may see.');
});

it('finds by the channel, by a name whatever its case, and offers names for a mistyped one', async () => {
  expect(await maya.command('/partnership edit', shared)).toMatchObject(done);
  expect(JSON.stringify(await formOf(world, maya, 'edit'))).toContain('"initial_value":"Acme"');
  await maya.close(true);
  await maya.command('/partnership view  FIRM 007', shared);
  await told(world, maya, 'Northwind and Firm 007.');
  await maya.command('/partnership view Acne', shared);
  const offered = await told(world, maya, 'I know no "Acne". Nothing was changed. Did you mean:');
  expect(await maya.click(offered, 'Acme')).toEqual(done);
  await told(world, maya, 'Northwind and Acme.');
});

it('sets the sponsors in Edit, and takes one away again', async () => {
  await maya.command('/partnership edit', shared);
  await fillIn(world, maya, 'edit', { ourSponsor: [ids.priya], theirSponsor: [ids.dana] });
  const { partnerships } = await workspaceOf(world);
  const sponsors = async () => (await partnerships.find({ name: 'Acme' }))[0]?.sponsors;
  expect(await sponsors()).toMatchObject({ ours: { userId: ids.priya }, theirs: { userId: ids.dana } });
  await maya.command('/partnership edit', shared);
  await fillIn(world, maya, 'edit', { theirSponsor: [] });
  expect(await sponsors()).toEqual({ ours: { teamId: ids.northwind, userId: ids.priya } });
  await maya.command('/partnership view', shared);
  await told(world, maya, 'sponsor Priya Nair');
  await maya.command('/partnership edit', shared);
  await formOf(world, maya, 'edit');
  expect(await maya.submit({ ourSponsor: [ids.dana] })).toMatchObject({
    result: 'errors',
    errors: { ourSponsor: 'Dana Whitfield is not from Northwind. Choose a colleague.' },
  });
  await maya.close(true);
});
