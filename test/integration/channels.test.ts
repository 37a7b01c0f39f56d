import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ids } from '../../src/local-slack/seed.ts';
import {
  type LocalWorld,
  secondChannel,
  startLocalWorld,
  withSecondChannel,
} from '../support/local-world.ts';
import {
  done,
  fillIn,
  formOf,
  onlyPartnership,
  ownerDm,
  posted,
  said,
  shared,
  told,
  untilPlanned,
  walkTo,
  workspaceOf,
} from '../support/story-steps.ts';

const pulse = 'Pulse, Northwind and Acme.';

describe('the channel of a partnership, over sockets', () => {
  let world: LocalWorld;
  beforeEach(async () => {
    world = await startLocalWorld('HTTP', undefined, withSecondChannel);
  });
  afterEach(async () => {
    expect(world.log.filter((one) => one.level === 'error')).toEqual([]);
    await world.close();
  });

  const roots = (channelId: string) =>
    world.slack.messages(channelId).filter((one) => one.text.startsWith('Pulse'));
  const toOwner = (words: string) =>
    world.slack.messages(ownerDm(world)).filter((one) => said(one).includes(words));
  const reviews = async () =>
    (await workspaceOf(world)).occurrences.find({ kind: 'review' }, { sort: { dueAt: 1 } });
  /** Until the bot has worked what it heard. */
  const heard = async (): Promise<void> => {
    await world.slack.quiet();
    await world.settle();
  };

  it('is called what Slack calls it, also on a form that was open meanwhile', async () => {
    const { ownerCard } = await untilPlanned(world);
    const maya = world.slack.as(ids.maya);
    expect(await maya.click(ownerCard, 'Edit')).toEqual(done);
    await formOf(world, maya, 'edit');
    world.slack.disturb({ act: 'rename', channelId: shared, name: 'together' });
    await posted(world, ownerDm(world), 'Channel #together, shared');
    expect(await maya.submit({ tier: 'strategic' })).toEqual(done);
    expect(await onlyPartnership(world)).toMatchObject({ channelName: 'together', tier: 'strategic' });
    expect(await maya.command('/partnership history', shared)).toEqual(done);
    const history = await told(world, maya, 'Changes');
    expect(await maya.click(history, 'Changes')).toEqual(done);
    await told(world, maya, 'Partnerships saw that the channel is called #together now');
  });

  it('keeps what comes due while it is archived, tells the owner once, and goes on when it is back', async () => {
    const { card } = await untilPlanned(world);
    world.slack.disturb({ act: 'archive', channelId: shared, archived: true });
    const note = await posted(world, ownerDm(world), '#northwind-acme is archived.');
    expect(said(note)).toContain('Unarchive it, or choose another channel.');
    await posted(world, ownerDm(world), 'Nothing is posted there now: #northwind-acme was archived.');
    await walkTo(world, '2026-10-13T18:00:00Z');
    expect(await reviews()).toMatchObject([{ state: 'due' }]);
    expect(roots(shared)).toEqual([]);

    world.slack.disturb({ act: 'archive', channelId: shared, archived: false });
    await posted(world, shared, pulse);
    await posted(world, ownerDm(world), '#northwind-acme can be used again.');
    expect(await reviews()).toMatchObject([{ state: 'open', postedLate: true }]);
    expect(said(roots(shared)[0] ?? note)).toMatch(/Was due .*: #northwind-acme was archived\./);
    expect(roots(shared)).toHaveLength(1);
    expect(
      world.slack.messages(shared).filter((one) => said(one).includes('operating period')),
    ).toMatchObject([{ ts: card.ts }]);
    expect(toOwner('#northwind-acme')).toHaveLength(2);
    expect(await onlyPartnership(world)).not.toHaveProperty('channelTrouble');
  });

  it('that stays archived costs no rhythm: each date ends with its reason, and nobody is told again', async () => {
    await untilPlanned(world);
    world.slack.disturb({ act: 'archive', channelId: shared, archived: true });
    await heard();
    await walkTo(world, '2026-10-29T18:00:00Z');
    expect((await reviews()).map((one) => [one.state, one.reason])).toEqual([
      ['skipped', '#northwind-acme was archived.'],
      ['skipped', '#northwind-acme was archived.'],
    ]);
    expect(toOwner('is archived.')).toHaveLength(1);
    const { rhythms } = await workspaceOf(world);
    expect((await rhythms.find({})).map((one) => one.paused)).toEqual([undefined]);
  });

  it('without the bot: its owner knows how to invite it, and what could not be said is said when it is back', async () => {
    await untilPlanned(world);
    world.slack.disturb({ act: 'make-private', channelId: shared });
    world.slack.disturb({ act: 'remove-bot', channelId: shared });
    const note = await posted(world, ownerDm(world), 'I am not in #northwind-acme any more.');
    expect(said(note)).toContain('Type /invite @partnerships there');
    // Slack shows a private channel to nobody who is not in it: what it was called is kept.
    expect(await onlyPartnership(world)).toMatchObject({
      channelName: 'northwind-acme',
      channelShared: true,
    });
    await walkTo(world, '2026-10-13T18:00:00Z');
    world.slack.disturb({ act: 'invite-bot', channelId: shared });
    await posted(world, shared, pulse);
    expect(roots(shared)).toHaveLength(1);
  });

  it('that was made private takes posts and answers as before, and its new name', async () => {
    await untilPlanned(world);
    world.slack.disturb({ act: 'make-private', channelId: shared });
    await walkTo(world, '2026-10-13T14:00:30Z');
    const root = await posted(world, shared, pulse);
    await world.slack
      .as(ids.jordan)
      .say('First two go-lives are invoiced.', { channel: shared, thread: root.ts });
    await posted(world, shared, 'Acme: answered (Jordan Ellis)');
    world.slack.disturb({ act: 'rename', channelId: shared, name: 'behind-doors' });
    await posted(world, ownerDm(world), 'Channel #behind-doors');
  });

  it('goes on under a new id: one card, one root, and answers in its thread', async () => {
    const { card } = await untilPlanned(world);
    await walkTo(world, '2026-10-13T14:00:30Z');
    const root = await posted(world, shared, pulse);
    world.slack.disturb({ act: 'change-id', channelId: shared });
    await heard();
    const { channelId } = await onlyPartnership(world);
    expect(channelId).not.toBe(shared);
    await world.slack
      .as(ids.jordan)
      .say('First two go-lives are invoiced.', { channel: channelId, thread: root.ts });
    await posted(world, channelId, 'Acme: answered (Jordan Ellis)');
    expect(roots(channelId)).toMatchObject([{ ts: root.ts }]);
    await walkTo(world, '2026-10-27T15:00:30Z');
    await world.eventually('the second pulse', () => roots(channelId).length === 2);
    const cards = world.slack.messages(channelId).filter((one) => said(one).includes('operating period'));
    expect(cards).toMatchObject([{ ts: card.ts }]);
    const { claims } = await workspaceOf(world);
    expect((await claims.find({})).map((one) => one._id).filter((one) => one.startsWith('channel:'))).toEqual(
      [expect.stringContaining(channelId)],
    );
  });

  it('that was deleted is told once, and another one is chosen in the form', async () => {
    const { ownerCard } = await untilPlanned(world);
    world.slack.disturb({ act: 'delete', channelId: shared });
    // The owner's card says so as well, but without the button.
    const note = await posted(world, ownerDm(world), 'I post nothing for Northwind and Acme');
    expect(said(note)).toContain('#northwind-acme was deleted.');
    const maya = world.slack.as(ids.maya);
    expect(await maya.click(note, 'Choose another channel')).toEqual(done);
    await fillIn(world, maya, 'edit', { channelId: secondChannel });
    await posted(world, ownerDm(world), 'the channel is #northwind-orbis now.');
    await posted(world, secondChannel, 'operating period');
    expect(said(await posted(world, ownerDm(world), 'Channel #northwind-orbis'))).toBeDefined();
    expect(ownerCard.ts).toBeDefined();
  });

  it('is moved in the form: the old card says where to, a review that runs ends where it began', async () => {
    const { ownerCard, card } = await untilPlanned(world);
    await walkTo(world, '2026-10-13T14:00:30Z');
    const root = await posted(world, shared, pulse);
    const maya = world.slack.as(ids.maya);
    expect(await maya.click(ownerCard, 'Edit')).toEqual(done);
    await formOf(world, maya, 'edit');
    expect(await maya.submit({ channelId: ids.withoutBot })).toMatchObject({
      errors: { channelId: expect.stringContaining('I am not in #acme-plan.') },
    });
    await fillIn(world, maya, 'edit', { channelId: secondChannel });
    await posted(world, secondChannel, 'operating period');
    // Acme is not in the new channel, so that its name is not for them.
    const old = await posted(world, shared, 'moved to another channel of Northwind');
    expect(old.ts).toBe(card.ts);
    expect(said(old)).not.toContain('orbis');

    await world.slack
      .as(ids.jordan)
      .say('First two go-lives are invoiced.', { channel: shared, thread: root.ts });
    await posted(world, shared, 'Acme: answered (Jordan Ellis)');
    await walkTo(world, '2026-10-27T15:00:30Z');
    await posted(world, secondChannel, pulse);
    expect(roots(shared)).toMatchObject([{ ts: root.ts }]);
    expect(roots(shared)[0]?.text).toContain('losed');
  });

  it('is taken by another partnership: said at its field, and nothing else of the form is saved', async () => {
    const { ownerCard } = await untilPlanned(world);
    const maya = world.slack.as(ids.maya);
    expect(await maya.command('/partnership create Orbis', secondChannel)).toMatchObject(done);
    await fillIn(world, maya, 'partnership', { partnerType: 'isv', channelId: secondChannel });
    expect(await maya.click(ownerCard, 'Edit')).toEqual(done);
    await formOf(world, maya, 'edit');
    expect(await maya.submit({ channelId: secondChannel, name: 'Acme Corp' })).toMatchObject({
      errors: { channelId: expect.stringContaining('#northwind-orbis is taken. Your text is kept.') },
    });
    expect((await (await workspaceOf(world)).partnerships.find({ name: 'Acme Corp' })).length).toBe(0);
  });

  it('is a shared one again: nothing is posted there before Introduce is pressed', async () => {
    const { ownerCard } = await untilPlanned(world);
    world.slack.disturb({ act: 'share', channelId: secondChannel, teamId: ids.acme });
    const maya = world.slack.as(ids.maya);
    expect(await maya.click(ownerCard, 'Edit')).toEqual(done);
    await fillIn(world, maya, 'edit', { channelId: secondChannel });
    await posted(world, shared, 'moved to #northwind-orbis');
    await posted(world, ownerDm(world), 'Next: introduce me in #northwind-orbis.');
    await walkTo(world, '2026-10-13T16:00:00Z');
    expect(world.slack.messages(secondChannel)).toEqual([]);
    expect(await reviews()).toMatchObject([{ state: 'due' }]);

    expect(await maya.click(ownerCard, 'Introduce')).toEqual(done);
    const form = await formOf(world, maya, 'introduce');
    expect(JSON.stringify(form.blocks)).toContain('This is what I will post in #northwind-orbis');
    await fillIn(world, maya, 'introduce', {});
    await posted(world, secondChannel, pulse);
    await posted(world, secondChannel, 'operating period');
    expect(world.slack.messages(secondChannel)[0]?.text).toContain('set me up');
    expect(roots(secondChannel)).toHaveLength(1);
    expect(roots(shared)).toEqual([]);
  });

  it('of a draft may be shared meanwhile: forms and card say so, and nothing is posted', async () => {
    const maya = world.slack.as(ids.maya);
    expect(await maya.command('/partnership create Orbis', secondChannel)).toMatchObject(done);
    await fillIn(world, maya, 'partnership', { partnerType: 'isv' });
    await posted(world, ownerDm(world), 'Next: introduce me in #northwind-orbis.');
    world.slack.disturb({ act: 'share', channelId: secondChannel, teamId: ids.acme });
    await posted(world, ownerDm(world), 'Channel #northwind-orbis, shared');
    expect(world.slack.messages(secondChannel)).toEqual([]);
    expect(toOwner('is shared with another firm')).toEqual([]);
  });
});
