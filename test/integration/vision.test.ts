import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ids } from '../../src/local-slack/seed.ts';
import type { Actor, MessageRef } from '../../src/local-slack/test-actor.ts';
import { type LocalWorld, startLocalWorld } from '../support/local-world.ts';
import {
  create,
  done,
  formOf,
  introduce,
  ownerDm,
  posted,
  said,
  shared,
  told,
  walkTo,
  workspaceOf,
} from '../support/story-steps.ts';

const first = 'Manufacturers choose Northwind first.';
const second = 'Manufacturers in Europe choose Northwind first.';

let world: LocalWorld;
let maya: Actor;
let tom: Actor;
let jordan: Actor;
let priya: Actor;
let card: MessageRef;
let ownerCard: MessageRef;

const shows = (who: Actor): string => JSON.stringify(who.view() ?? '');
const says = (who: Actor, words: string) =>
  world.eventually(`"${words}" in the view`, () => shows(who).includes(words));
const openVision = async (who: Actor, on: MessageRef) => {
  expect(await who.click(on, 'Vision')).toEqual(done);
  await formOf(world, who, 'vision');
};
const sign = async (who: Actor, on: MessageRef) => {
  expect(await who.click(on, 'Sign the vision')).toEqual(done);
  await formOf(world, who, 'sign');
};
const signed = async (who: Actor) => {
  expect(await who.submit({})).toEqual(done);
  await says(who, 'Signed: vision');
  await who.close(true);
};
const versions = async () => (await workspaceOf(world)).visions.find({}, { sort: { number: 1 } });

beforeAll(async () => {
  world = await startLocalWorld('Socket Mode');
  const { slack } = world;
  maya = slack.as(ids.maya);
  tom = slack.as(ids.tom);
  jordan = slack.as(ids.jordan);
  priya = slack.as(ids.priya);
  ownerCard = await create(world);
  ({ card } = await introduce(world, ownerCard));
});
afterAll(() => world.close());

describe('one vision of two firms', () => {
  it('is written by each firm from the card in the shared channel, and signed by one named person of each', async () => {
    await openVision(jordan, card);
    expect(await jordan.submit({ own: 'A practice of 40 consultants.', joint: first })).toEqual(done);
    await posted(world, shared, 'Sign the vision');
    expect(await tom.click(card, 'Sign the vision')).toEqual(done);
    await says(tom, 'Only one named person a firm signs: Maya Lindqvist, the backup owner or the sponsor');
    await tom.close(true);
    for (const who of [jordan, maya]) {
      await sign(who, card);
      expect(shows(who)).toContain(first);
      await signed(who);
    }
    await posted(world, shared, 'by Maya Lindqvist (Northwind) and Jordan Ellis (Acme)');
  });

  it('asks for a new signature after an edit, and shows the old text beside the new to who signs', async () => {
    await openVision(maya, ownerCard);
    expect(await maya.submit({ joint: second })).toEqual(done);
    await posted(world, shared, `The joint statement was: \\"${first}\\"`);
    await posted(world, ownerDm(world), 'Changed since: the joint statement.');
    await sign(jordan, card);
    expect(shows(jordan)).toContain(`The joint statement, vision 2:\\n${first}`);
    expect(shows(jordan)).toContain(`The joint statement, vision 3:\\n${second}`);
    await signed(jordan);
    await posted(world, shared, 'Vision 3, signed by Jordan Ellis (Acme), not yet by Northwind');
  });

  it('stands among the open items of who may sign, and is asked for once, in their hours', async () => {
    expect(await tom.click(card, 'My open items')).toEqual(done);
    await told(world, tom, 'Nothing is open for you.');
    expect(await maya.click(card, 'My open items')).toEqual(done);
    const open = await told(world, maya, 'vision 3 waits for your signature');
    await maya.openHome();
    await world.eventually('it at home', () => JSON.stringify(maya.home() ?? '').includes('Sign the vision'));
    expect(await maya.click(open, 'Sign the vision')).toEqual(done);
    await formOf(world, maya, 'sign');
    await maya.close(true);
    // Jordan wrote version 4 at 10:00 in Berlin: an hour later is within Maya's day.
    await openVision(jordan, card);
    expect(await jordan.submit({ own: 'A practice of 45 consultants.' })).toEqual(done);
    await walkTo(world, '2026-10-12T10:00:00Z');
    const dm = await posted(world, ownerDm(world), 'vision 4 waits for a signature of Northwind.');
    expect(await maya.click(dm, 'Sign the vision')).toEqual(done);
    await formOf(world, maya, 'sign');
    await maya.close(true);
    await walkTo(world, '2026-10-14T10:00:00Z');
    expect(
      world.slack.messages(ownerDm(world)).filter((one) => said(one).includes('waits for a sig')),
    ).toHaveLength(1);
  });

  it('does not sign unread: who reads an older version gets the one that holds now', async () => {
    await sign(maya, card);
    await openVision(jordan, card);
    expect(await jordan.submit({ own: 'A practice of 50 consultants.' })).toEqual(done);
    await maya.submit({});
    await says(maya, 'Nothing was signed. This is how it stands now.');
    expect(shows(maya)).toContain('A practice of 50 consultants.');
    expect((await versions()).at(-1)?.signatures).toEqual({});
    await signed(maya);
    expect((await versions()).at(-1)).toMatchObject({
      number: 5,
      signatures: { ours: { by: { userId: ids.maya } } },
    });
  });

  it('shows its versions from the form, over what is typed in it, and to people who may only look', async () => {
    await openVision(maya, card);
    expect(await maya.click('view', 'All versions', { joint: 'Half typed' })).toEqual(done);
    await says(maya, '*Vision 5*');
    expect(shows(maya)).toContain("Jordan Ellis changed Acme's view");
    await maya.close();
    await formOf(world, maya, 'vision');
    await maya.close(true);
    expect(await priya.click(card, 'Vision')).toEqual(done);
    await says(priya, '*Vision 5*');
    await priya.close(true);
  });
});

describe('two people in one vision form', () => {
  it('the second sees the other text beside their own, keeps what they typed, and chooses', async () => {
    await openVision(maya, card);
    await openVision(jordan, card);
    expect(await jordan.submit({ joint: 'By Jordan.' })).toEqual(done);
    await maya.submit({ own: 'Typed by Maya.', joint: 'By Maya.' });
    await says(maya, 'Jordan Ellis changed the joint statement meanwhile. Your text is kept below.');
    expect(shows(maya)).toContain('"initial_value":"By Maya."');
    expect(shows(maya)).toContain('"initial_value":"Typed by Maya."');
    expect(shows(maya)).toContain('As Jordan Ellis left it, vision 6:\\nBy Jordan.');
    expect(maya.view()?.submit?.text).toBe('Keep mine');
    await maya.click('view', "Take Jordan's");
    await says(maya, '"initial_value":"By Jordan."');
    expect(shows(maya)).toContain('"initial_value":"Typed by Maya."');
    expect(shows(maya)).not.toContain('As Jordan Ellis left it');
    expect(shows(maya)).toContain('Yours was:\\nBy Maya.');
    expect(await maya.submit({})).toEqual(done);
    expect((await versions()).at(-1)).toMatchObject({
      number: 7,
      ours: { text: 'Typed by Maya.' },
      joint: { text: 'By Jordan.', by: { userId: ids.jordan } },
    });
  });

  it('or keeps theirs by saving again', async () => {
    await openVision(maya, card);
    await openVision(jordan, card);
    expect(await maya.submit({ joint: 'By Maya.' })).toEqual(done);
    await jordan.submit({ joint: 'By Jordan again.' });
    await says(jordan, 'As Maya Lindqvist left it, vision 8:');
    expect(await jordan.submit({})).toEqual(done);
    expect((await versions()).at(-1)).toMatchObject({ number: 9, joint: { text: 'By Jordan again.' } });
    expect(world.log.filter((one) => one.level === 'error')).toEqual([]);
  });

  it('takes a part out that somebody emptied', async () => {
    await openVision(jordan, card);
    expect(await jordan.submit({ own: null })).toEqual(done);
    expect((await versions()).at(-1)).not.toHaveProperty('theirs');
    await posted(world, shared, 'not signed yet');
  });
});
