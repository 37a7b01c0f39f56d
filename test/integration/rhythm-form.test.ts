import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ids } from '../../src/local-slack/seed.ts';
import type { Actor } from '../../src/local-slack/test-actor.ts';
import { type LocalWorld, startLocalWorld } from '../support/local-world.ts';
import { done, formOf, posted, shared, told, untilPlanned, workspaceOf } from '../support/story-steps.ts';

let world: LocalWorld;
let maya: Actor;

const shows = (): string => JSON.stringify(maya.view() ?? '');
const says = (words: string): Promise<unknown> =>
  world.eventually(`"${words}" in the view`, () => shows().includes(words));
const command = async (text: string): Promise<void> => {
  expect(await maya.command(`/partnership ${text}`, shared)).toMatchObject(done);
};
const rhythm = async (kind: 'pulse' | 'monthly') => {
  const found = (await (await workspaceOf(world)).rhythms.find({})).find((one) => one.kind === kind);
  if (found === undefined) throw new Error(`there is no ${kind}`);
  return found;
};
const choose = async (blockId: string, value: string, shown: string): Promise<void> => {
  expect(await maya.click('view', { blockId, value })).toEqual(done);
  await says(shown);
};

beforeAll(async () => {
  world = await startLocalWorld('Socket Mode');
  maya = world.slack.as(ids.maya);
  await untilPlanned(world);
});
afterAll(async () => {
  await world.close();
});

describe('the rhythms of a partnership, by the modal', () => {
  it('a monthly check-in is set beside the pulse, with holidays and the next five in both zones', async () => {
    await command('rhythm');
    await formOf(world, maya, 'rhythm');
    await choose('rhythmId', 'new', 'Which one of the month?');
    await choose('nth', '3', 'Tue 20 Oct, 16:00 Berlin, 09:00 Chicago.');
    expect(shows()).toContain('Next five:');
    await choose('kind', 'annual', 'On day');
    await choose('annualDay', '31', 'Moved from Sun 31 Jan: a weekend.');
    await choose('month', '2', 'February has at most 29 days. Choose another.');
    expect(shows()).not.toContain('Next five:');
    expect(await maya.submit()).toMatchObject({
      result: 'errors',
      errors: { annualDay: 'February has at most 29 days. Choose another.' },
    });
    await choose('kind', 'monthly', 'Which one of the month?');
    expect(await maya.submit({ holidaysTheirs: 'someday' })).toMatchObject({
      result: 'errors',
      errors: { holidaysTheirs: expect.stringContaining('I cannot read "someday".') },
    });
    expect(await maya.submit({ endDate: '2026-10-12' })).toMatchObject({
      result: 'errors',
      errors: { endDate: expect.stringContaining('No review would come by 12 Oct 2026.') },
    });
    expect(await maya.submit({ nth: '3', endDate: null, holidaysTheirs: '11.11.2026, 26 Nov 2026' })).toEqual(
      done,
    );
    expect(maya.view()).toBeUndefined();
    expect(await rhythm('monthly')).toMatchObject({ nextDate: '2026-10-20', shift: 'next', windowDays: 3 });
    const [acme] = await (await workspaceOf(world)).partnerships.find({});
    expect(acme?.holidays?.theirs).toEqual(['2026-11-11', '2026-11-26']);
  });

  it('the pulse shows which of its dates a larger review takes, and what a holiday does to it', async () => {
    await command('rhythm');
    await formOf(world, maya, 'rhythm');
    await choose('every', '1', 'Tue 20 Oct: the monthly check-in takes its place.');
    await choose('shift', 'next', 'Closes Fri 13 Nov: 11 Nov is a holiday at Acme.');
    await maya.close(true);
  });

  it('the pulse of every second week is moved to the other week, by the day it is counted from', async () => {
    const { nextDate: shown = '' } = await rhythm('pulse');
    expect(shown).toBe('2026-10-13');
    await command('rhythm');
    await formOf(world, maya, 'rhythm');
    expect(shows()).toContain('"initial_date":"2026-10-13"');
    await choose('firstOn', '2026-10-15', '1. Tue 20 Oct: the monthly check-in takes its place.');
    await choose('time', '10:00', 'Tue 3 Nov, 10:00 Berlin, 03:00 Chicago.');
    expect(shows()).toContain('"initial_date":"2026-10-15"');
    await choose('every', '1', '1. Tue 13 Oct');
    expect(shows()).not.toContain('First on');
    await choose('every', '2', 'First on');
    expect(await maya.submit({ firstOn: '2026-10-20' })).toEqual(done);
    expect(await rhythm('pulse')).toMatchObject({ nextDate: '2026-10-20', time: '10:00', rev: 2 });
    await command('rhythm');
    await formOf(world, maya, 'rhythm');
    expect(await maya.submit({ firstOn: shown, time: '16:00' })).toEqual(done);
    expect(await rhythm('pulse')).toMatchObject({ nextDate: shown, time: '16:00' });
  });

  it('is paused with a reason, says so, and goes on when it is resumed', async () => {
    await command('rhythm');
    await formOf(world, maya, 'rhythm');
    await choose('rhythmId', (await rhythm('monthly'))._id, 'Skip the next');
    await world.eventually('the monthly form', () => shows().includes('Which one of the month?'));
    expect(await maya.click('view', 'Pause')).toEqual(done);
    await formOf(world, maya, 'pause-rhythm');
    expect(await maya.submit({ reason: 'Company meeting' })).toEqual(done);
    await says('Paused: the monthly check-in.');
    await maya.close(true);
    expect((await rhythm('monthly')).paused).toMatchObject({ reason: 'Company meeting' });
    await command('rhythm');
    await formOf(world, maya, 'rhythm');
    const { _id } = await rhythm('monthly');
    await choose('rhythmId', _id, 'Paused by Maya Lindqvist since Mon 12 Oct: Company meeting.');
    expect(await maya.click('view', 'Resume')).toEqual(done);
    await says('The monthly check-in goes on. Next: Tue 20 Oct, 16:00 Berlin.');
    await maya.close(true);
    expect((await rhythm('monthly')).paused).toBeUndefined();
  });

  it('leaves out its next date for a reason, and the form says so', async () => {
    await command('rhythm');
    await formOf(world, maya, 'rhythm');
    expect(await maya.click('view', 'Skip the next')).toEqual(done);
    await formOf(world, maya, 'skip-next');
    expect(await maya.submit({ reason: 'Trade fair' })).toEqual(done);
    await says('is left out.');
    await maya.close(true);
    expect((await rhythm('pulse')).skipped).toMatchObject([{ reason: 'Trade fair' }]);
    await command('rhythm');
    await formOf(world, maya, 'rhythm');
    expect(shows()).toContain(': left out.');
    await maya.close(true);
  });

  it('all are paused and resumed by one command, and the card says it', async () => {
    await command('pause');
    await formOf(world, maya, 'pause-rhythm');
    expect(await maya.submit({ reason: 'Merger talks' })).toEqual(done);
    await says('Paused: the monthly check-in.');
    await maya.close(true);
    await posted(world, shared, 'reviews are paused');
    await command('resume');
    await told(world, maya, 'The monthly check-in goes on.');
    await posted(world, shared, 'Next review');
  });

  it('a monthly check-in is run now from a choice, once, under its own name', async () => {
    await command('review now');
    const choice = await told(world, maya, 'Which review shall I post now?');
    expect(await maya.click({ channelId: shared, ts: choice.ts }, 'Monthly check-in')).toEqual(done);
    await formOf(world, maya, 'run-now');
    expect(await maya.submit()).toEqual(done);
    await says('is on its way to #northwind-acme.');
    await maya.close(true);
    const root = await posted(world, shared, 'Monthly check-in · Northwind × Acme · 12 Oct');
    expect(root.text).toContain('Monthly check-in, Northwind and Acme.');
    expect(await maya.click({ channelId: shared, ts: choice.ts }, 'Monthly check-in')).toEqual(done);
    await formOf(world, maya, 'run-now');
    await maya.submit();
    await says('The monthly check-in of 12 Oct is open until');
    expect(await rhythm('monthly')).toMatchObject({ nextDate: '2026-10-20' });
  });

  it('names a freer day when the owner has five reviews on one, and sets it with all that was typed kept', async () => {
    const { rhythms } = await workspaceOf(world);
    const {
      workspaceId: _workspace,
      version: _version,
      schemaVersion: _schema,
      ...pulse
    } = await rhythm('pulse');
    for (const nth of [1, 2, 3, 4]) await rhythms.insert({ ...pulse, _id: `${pulse._id}-${nth}` });
    await command('rhythm');
    await formOf(world, maya, 'rhythm');
    expect(shows()).toContain('more reviews on Tuesdays and none on Wednesdays.');
    expect(await maya.click('view', 'Use Wednesday', { time: '09:15', endDate: '2027-06-30' })).toEqual(done);
    await says('Wed 14 Oct, 09:15 Berlin');
    expect(await maya.submit()).toEqual(done);
    expect(await rhythm('pulse')).toMatchObject({
      time: '09:15',
      nextDate: '2026-10-14',
      endDate: '2027-06-30',
      rev: 4,
    });
  });
});
