import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ids } from '../../src/local-slack/seed.ts';
import { type LocalWorld, startLocalWorld } from '../support/local-world.ts';
import { fillIn, posted, said, shared, untilPlanned, walkTo, workspaceOf } from '../support/story-steps.ts';

/** Over real HTTP: the pulse of Tue 13 Oct 2026, 16:00 Berlin, open to Thursday, 16:00. */
describe('a reminder of a review', () => {
  let world: LocalWorld;
  const dm = () => world.slack.messages(world.slack.directMessageWith(ids.jordan));
  const reminders = () => dm().filter((one) => one.text.includes('closes Thu 15 Oct'));
  const answer = async (userId: string, on: { channelId: string; ts: string }): Promise<void> => {
    const who = world.slack.as(userId);
    await who.click(on, 'Answer');
    await fillIn(world, who, 'answer', { confidence: '4', moved: 'Deal 7 signed' });
  };

  beforeAll(async () => {
    world = await startLocalWorld('HTTP');
    await untilPlanned(world);
    await walkTo(world, '2026-10-13T14:00:30Z');
  });
  afterAll(() => world.close());

  it('reaches the partner once, at half of the window, by direct message, and says who has answered', async () => {
    const root = await posted(world, shared, 'Pulse');
    expect(said(root)).toContain('Snooze me');
    await answer(ids.maya, root);
    await posted(world, shared, 'Northwind: answered (Maya Lindqvist)');
    await walkTo(world, '2026-10-14T13:59:00Z');
    expect(reminders()).toEqual([]);
    await walkTo(world, '2026-10-14T15:00:00Z');
    expect(reminders().map((one) => one.text)).toEqual([
      'Northwind and Acme: the pulse closes Thu 15 Oct, 09:00 Chicago. Northwind has answered.\nYou could add: Consulting revenue.',
    ]);
  });

  it('is snoozed by its receiver alone', async () => {
    const [reminder] = reminders();
    if (reminder === undefined) throw new Error('no reminder');
    const jordan = world.slack.as(ids.jordan);
    await jordan.click(reminder, 'Snooze me');
    await fillIn(world, jordan, 'snooze', { days: '3' });
    const { occurrences } = await workspaceOf(world);
    const snoozed = (await occurrences.find({ kind: 'nudge' })).filter((one) => one.snoozed === true);
    expect(snoozed).toMatchObject([
      { state: 'skipped', reason: 'The review closes before that.', receiver: { userId: ids.jordan } },
    ]);
  });

  it('leads to the answer, and no second one comes', async () => {
    const [reminder] = reminders();
    if (reminder === undefined) throw new Error('no reminder');
    await answer(ids.jordan, reminder);
    await posted(world, shared, 'Acme: answered (Jordan Ellis)');
    await walkTo(world, '2026-10-16T14:00:00Z');
    expect(reminders()).toHaveLength(1);
    expect(world.log.filter((one) => one.level === 'error')).toEqual([]);
  });
});
