import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ids } from '../../src/local-slack/seed.ts';
import type { Actor } from '../../src/local-slack/test-actor.ts';
import { type LocalWorld, startLocalWorld } from '../support/local-world.ts';
import {
  done,
  fillIn,
  formOf,
  onlyPartnership,
  posted,
  said,
  shared,
  told,
  untilPlanned,
} from '../support/story-steps.ts';

let world: LocalWorld;
let maya: Actor;
let tom: Actor;
let priya: Actor;
let jordan: Actor;

const shows = (who: Actor): string => JSON.stringify(who.view() ?? '');
const says = (who: Actor, words: string): Promise<unknown> =>
  world.eventually(`"${words}" in the view`, () => shows(who).includes(words));
const home = async (who: Actor, words: string): Promise<string> => {
  await who.openHome();
  await world.eventually(`"${words}" at home`, () => JSON.stringify(who.home() ?? '').includes(words));
  return JSON.stringify(who.home());
};
const settings = async (who: Actor): Promise<void> => {
  expect(await who.command('/partnership settings', ids.internal)).toMatchObject(done);
};

beforeAll(async () => {
  world = await startLocalWorld('HTTP');
  maya = world.slack.as(ids.maya);
  tom = world.slack.as(ids.tom);
  priya = world.slack.as(ids.priya);
  jordan = world.slack.as(ids.jordan);
});
afterAll(() => world.close());

describe('the settings, over sockets', () => {
  it('are refused to a colleague without a part in them', async () => {
    await settings(tom);
    await says(tom, 'Only an administrator of Northwind in Slack or an alliance lead');
    await tom.close(true);
    expect(await home(tom, 'New partnership')).not.toContain('Settings');
  });

  it('are opened from App Home by an administrator, who names a lead', async () => {
    await home(priya, 'Settings');
    expect(await priya.click('home', 'Settings')).toEqual(done);
    await formOf(world, priya, 'settings');
    expect(await priya.submit({ leads: [ids.jordan] })).toMatchObject({
      result: 'errors',
      errors: { leads: 'Jordan Ellis is not from Northwind. Choose a colleague.' },
    });
    await fillIn(world, priya, 'settings', { leads: [ids.tom], creators: 'leads' });
    await settings(priya);
    await says(priya, 'Priya Nair named Tom Okafor as alliance lead');
    await priya.close(true);
    expect(await home(tom, 'Settings')).toContain('New partnership');
  });

  it('show the second of two people what the first did, who may take it', async () => {
    await settings(tom);
    await formOf(world, tom, 'settings');
    await settings(priya);
    await fillIn(world, priya, 'settings', { creators: 'everybody' });
    expect(await tom.submit({ leads: [ids.tom, ids.maya] })).toEqual(done);
    await says(tom, 'Priya Nair let everybody start partnerships');
    await tom.click('view', "Take Priya's");
    await world.eventually('the stored form', () => !shows(tom).includes('Keep mine'));
    await fillIn(world, tom, 'settings', { creators: 'leads' });
  });
});

describe('the alliance lead', () => {
  it('is who may start a partnership, beside administrators', async () => {
    await settings(tom);
    await fillIn(world, tom, 'settings', { leads: [ids.priya] });
    await tom.command('/partnership create Acme', shared);
    await says(tom, 'At Northwind the alliance leads start partnerships.');
    await tom.close(true);
    await untilPlanned(world);
  });

  it('sees all of it, sets the owner alone, and changes nothing else', async () => {
    await priya.command('/partnership view Acme', ids.internal);
    const card = await told(world, priya, 'Only Northwind sees this part', ids.internal);
    expect(await priya.click(card, 'Edit')).toEqual(done);
    await formOf(world, priya, 'edit');
    expect(shows(priya)).not.toContain('"block_id":"tier"');
    expect(await priya.submit({ backupUserId: [ids.tom] })).toEqual(done);
    expect((await onlyPartnership(world)).backup?.userId).toBe(ids.tom);
    expect(await priya.click(card, 'Rhythm')).toEqual(done);
    await says(priya, 'Only Maya Lindqvist, the backup owner and the editors can change this.');
    await priya.close(true);
  });

  it('hears with the backup owner that the owner is gone, once each, and hands over', async () => {
    expect(await maya.leave(shared)).toEqual(done);
    const dms = [ids.tom, ids.priya].map((one) => world.slack.directMessageWith(one));
    for (const dm of dms) await posted(world, dm, 'Maya Lindqvist is gone');
    world.slack.disturb({ act: 'deactivate', userId: ids.maya, deleted: true });
    await world.settle();
    const [, dm = ''] = dms;
    const gone = await posted(world, dm, 'Maya Lindqvist is gone');
    expect(await priya.click(gone, 'Hand over')).toEqual(done);
    await fillIn(world, priya, 'hand-over', { toUserId: ids.tom });
    expect((await onlyPartnership(world)).owner.userId).toBe(ids.tom);
    for (const each of dms)
      expect(world.slack.messages(each).filter((one) => said(one).includes('is gone'))).toHaveLength(1);
  });

  it('is nothing that the partner reads of', async () => {
    const before = world.slack.messages(shared).map(said).join('\n');
    expect(before).not.toContain('lliance lead');
    expect(await jordan.command('/partnership settings', shared)).not.toMatchObject(done);
    expect(world.log.filter((one) => one.level === 'error')).toEqual([]);
  });
});
