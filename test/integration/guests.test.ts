import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Seed } from '../../src/local-slack/records.ts';
import { defaultSeed, ids } from '../../src/local-slack/seed.ts';
import type { Actor, MessageRef } from '../../src/local-slack/test-actor.ts';
import { type LocalWorld, startLocalWorld } from '../support/local-world.ts';
import {
  create,
  done,
  fillIn,
  formOf,
  onlyPartnership,
  posted,
  said,
  shared,
  told,
  workspaceOf,
} from '../support/story-steps.ts';

const guestId = 'U0GUEST0001';
const thirdTeam = 'T0ORBIS0001';
const thirdId = 'U0ROBIN0001';
const person = { ...defaultSeed.people[1], title: '', deleted: false } as Seed['people'][number];
/** Beside Northwind and Acme: Gil, who works for Acme and has a guest account at Northwind, and Robin of a third firm. */
const crowded: Seed = {
  ...defaultSeed,
  teams: [
    ...defaultSeed.teams,
    { id: thirdTeam, name: 'Orbis', domain: 'orbis', zone: 'Europe/London', hasApp: false },
  ],
  people: [
    ...defaultSeed.people,
    { ...person, id: guestId, name: 'gil', realName: 'Gil Guest', role: 'guest' },
    { ...person, id: thirdId, name: 'robin', realName: 'Robin Vale', teamId: thirdTeam, role: 'member' },
  ],
  channels: defaultSeed.channels.map((one) =>
    one.id === shared
      ? {
          ...one,
          teamIds: [...one.teamIds, thirdTeam],
          memberIds: [...one.memberIds, guestId, thirdId],
        }
      : one,
  ),
};

let world: LocalWorld;
let maya: Actor;
let gil: Actor;
let robin: Actor;
let ownerCard: MessageRef;
let introduction: MessageRef;
let card: MessageRef;

const shows = (who: Actor): string => JSON.stringify(who.view() ?? '');
const says = (who: Actor, words: string): Promise<unknown> =>
  world.eventually(`"${words}" in the view`, () => shows(who).includes(words));
const typed = async (who: Actor, text: string): Promise<void> => {
  expect(await who.command(`/partnership ${text}`, shared)).toMatchObject(done);
};

beforeAll(async () => {
  world = await startLocalWorld('Socket Mode', undefined, crowded);
  maya = world.slack.as(ids.maya);
  gil = world.slack.as(guestId);
  robin = world.slack.as(thirdId);
  ownerCard = await create(world);
  expect(await maya.click(ownerCard, 'Introduce')).toEqual(done);
  await formOf(world, maya, 'introduce');
});
afterAll(() => world.close());

describe('a guest and a third firm in one channel, over sockets', () => {
  it('the owner says which of the teams there is the partner; a guest is of none of them', async () => {
    expect(shows(maya)).toContain('Jordan Ellis, Dana Whitfield');
    expect(shows(maya)).toContain('Robin Vale');
    expect(shows(maya)).not.toContain('Gil Guest, ');
    expect(await maya.submit({ theirTeamIds: [ids.acme] })).toEqual(done);
    introduction = await posted(world, shared, 'Maya Lindqvist (Northwind) set me up');
    card = await posted(world, shared, 'operating period');
  });

  it('both are outsiders: they read what the channel shows, and write nothing', async () => {
    for (const who of [gil, robin]) {
      expect(await who.click(introduction, 'Ask me')).toEqual(done);
      await told(world, who, 'I do not know yet that you are from Acme.');
      expect(await who.click(card, 'Export')).toEqual(done);
      await told(world, who, 'Only people of Northwind and Acme can do this.');
    }
    await typed(gil, 'create Mine');
    await says(gil, 'Only people of Northwind can start a partnership here.');
    await gil.close(true);
    expect((await onlyPartnership(world)).theirPeople).toEqual([]);
  });

  it('the guest is the partner’s once the owner says so, and the third firm cannot be', async () => {
    expect(await maya.click(ownerCard, 'People')).toEqual(done);
    await formOf(world, maya, 'introduce');
    expect(await maya.submit({ askedTheirUserIds: [thirdId] })).toMatchObject({
      result: 'errors',
      errors: { askedTheirUserIds: expect.stringContaining('Robin Vale is not from a team of Acme') },
    });
    expect(await maya.submit({ theirGuestIds: [guestId] })).toEqual(done);
    expect(await onlyPartnership(world)).toMatchObject({ theirPeople: [{ userId: guestId }] });
    expect(await gil.click(card, 'Add a goal')).toEqual(done);
    await says(gil, 'can change this');
    await gil.close(true);
    expect(await gil.click(card, 'Vision')).toEqual(done);
    await fillIn(world, gil, 'vision', { own: 'A practice of 40 consultants.' });
    await posted(world, shared, 'A practice of 40 consultants.');
    expect(await robin.click(card, 'Vision')).toEqual(done);
    await says(robin, '*Vision 2*');
    await robin.close(true);
  });

  it('is asked in a rhythm, as any of the partner', async () => {
    await typed(maya, 'rhythm');
    await fillIn(world, maya, 'rhythm', { askedTheirs: [guestId] });
  });

  it('is an outsider again once the tick is taken away, and is asked no more', async () => {
    expect(await maya.click(ownerCard, 'People')).toEqual(done);
    await formOf(world, maya, 'introduce');
    expect(shows(maya)).toContain('Gil Guest');
    const asked = async () => (await (await workspaceOf(world)).rhythms.find({}))[0]?.asked;
    expect((await asked())?.theirs).toMatchObject([{ userId: guestId }]);
    expect(await maya.submit({ theirGuestIds: [] })).toEqual(done);
    expect(await asked()).toMatchObject({ theirs: [], ours: [{ userId: ids.maya }] });
    const acme = await onlyPartnership(world);
    expect(acme.theirPeople).toEqual([]);
    expect(acme.theirLead).toBeUndefined();
    expect(await gil.click(card, 'Vision')).toEqual(done);
    await says(gil, '*Vision 2*');
    await gil.close(true);
  });

  it('and the partner’s team stays the partner’s while none of its people is in the channel', async () => {
    const acmes = [ids.jordan, ids.dana].map((one) => world.slack.as(one));
    for (const who of acmes) expect(await who.leave(shared)).toEqual(done);
    expect(await maya.click(ownerCard, 'People')).toEqual(done);
    await formOf(world, maya, 'introduce');
    expect(shows(maya)).toContain('Nobody of it is in the channel now.');
    expect(await maya.submit({})).toEqual(done);
    expect((await onlyPartnership(world)).theirTeamIds).toEqual([ids.acme]);
    for (const who of acmes) expect(await who.join(shared)).toEqual(done);
  });

  it('never gets an internal form, also among the editors', async () => {
    const { partnerships } = await workspaceOf(world);
    const acme = await onlyPartnership(world);
    const guest = { teamId: ids.northwind, userId: guestId };
    expect(await partnerships.replace({ ...acme, editors: [guest] })).toBe(true);
    for (const text of ['edit', 'rhythm', 'goal', 'end']) {
      await typed(gil, `${text} Acme`);
      await says(gil, 'Only Maya Lindqvist');
      expect(gil.view()?.callback_id).toBe('message');
      await gil.close(true);
    }
    await typed(gil, 'settings');
    await says(gil, 'Only an administrator of Northwind');
    await gil.close(true);
    await typed(gil, 'view Acme');
    const seen = await told(world, gil, 'operating period');
    expect(said(seen)).not.toContain('Only Northwind sees this part');
    for (const button of ['"Edit"', '"People"', '"Hand over"']) expect(said(seen)).not.toContain(button);
    await typed(gil, 'kpi Acme');
    await formOf(world, gil, 'kpi');
    await gil.click('view', { blockId: 'side', value: 'ours' });
    await says(gil, '"value":"ours"');
    expect(shows(gil)).not.toContain('Only Northwind');
    await gil.close(true);
    await typed(gil, 'history Acme');
    const history = await told(world, gil, 'no review was due so far');
    expect(said(history)).not.toContain('Changes');
  });

  it('and no error was logged by any of it', () => {
    expect(world.log.filter((one) => one.level === 'error')).toEqual([]);
  });
});
