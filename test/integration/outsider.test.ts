import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callbackId } from '../../src/slack/ids.ts';
import {
  elsewhere,
  formNames,
  forms,
  guest,
  isForm,
  isVerb,
  left,
  type PressedWorld,
  startPressedWorld,
  verbs,
} from '../support/pressed-world.ts';
import { maya, stranger } from '../support/review-world.ts';

let world: PressedWorld;
beforeAll(async () => {
  world = await startPressedWorld();
});
afterAll(() => world.close());

const refusals = /Only [^"]* (can|signs)\b|I do not find this partnership/;

describe.each([
  ['a third firm in the channel', stranger],
  ['a guest of ours in the channel', guest],
  ['somebody who was deactivated', left],
  ['a third firm elsewhere', elsewhere],
])('%s', (_title, who) => {
  it.each(verbs)('presses %s and changes nothing', async (verb) => {
    if (!isVerb(verb)) throw new Error(`no button ${verb}`);
    const before = await world.kept();
    await world.press(who, verb);
    expect(await world.kept()).toEqual(before);
  });

  it.each(['all', 'mine', 'at-risk', 'ended', 'type:si', 'owner:T1.U1MAYA'])(
    'lists %s and is shown none, nor whose or of which kind there are',
    async (filter) => {
      const shown = JSON.stringify(await world.press(who, 'list', { filter }));
      expect(shown).toContain('No partnership yet that you may see.');
      expect(shown).not.toMatch(/Acme|Maya|Consultancy|owner:/);
    },
  );

  it.each(formNames)('sends the %s form that the owner has open and is refused', async (name) => {
    if (!isForm(name)) throw new Error(`no form ${name}`);
    const { opens, typed } = forms[name];
    await world.press(maya, opens);
    const view = world.lastView();
    if (view?.callback_id !== callbackId(name)) throw new Error(`${opens} did not open the form`);
    const before = await world.kept();
    const answer = await world.send(who, view, typed);
    expect(answer).toMatch(refusals);
    expect(await world.kept()).toEqual(before);
  });
});

describe('the owner', () => {
  // What an answer ends comes before it.
  const first = ['snooze', 'skip', 'no-change'];
  it.each([...first, ...formNames.filter((one) => !first.includes(one))])(
    'sends the same %s form, and it is taken',
    async (name) => {
      if (!isForm(name)) throw new Error(`no form ${name}`);
      await world.press(maya, forms[name].opens);
      const view = world.lastView();
      if (view === undefined) throw new Error('no form is open');
      const before = await world.kept();
      const answer = await world.send(maya, view, forms[name].typed);
      expect(answer).not.toMatch(refusals);
      expect(await world.kept()).not.toEqual(before);
    },
  );
});

it('logs none of that as an error', () => {
  expect(world.errors).toEqual([]);
});
