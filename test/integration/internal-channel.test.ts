import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ids } from '../../src/local-slack/seed.ts';
import type { MessageRef } from '../../src/local-slack/test-actor.ts';
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
  kpiNamed,
  onlyPartnership,
  ownerDm,
  posted,
  said,
  shared,
  untilPlanned,
  walkTo,
  workspaceOf,
} from '../support/story-steps.ts';

const inside = 'Only Northwind sees this part';
const secret = 'Average discount';

describe('the internal channel of a partnership, over sockets', () => {
  let world: LocalWorld;
  let ownerCard: MessageRef;
  beforeEach(async () => {
    world = await startLocalWorld('HTTP', undefined, withSecondChannel);
    ({ ownerCard } = await untilPlanned(world));
    expect(await maya().click(ownerCard, 'KPIs')).toEqual(done);
    await formOf(world, maya(), 'kpi');
    await maya().click('view', { blockId: 'side', value: 'ours' });
    await world.eventually('who sees it', () =>
      maya()
        .view()
        ?.blocks.some((one) => one.block_id === 'visibility'),
    );
    await fillIn(world, maya(), 'kpi', {
      name: secret,
      unit: 'percent',
      baseline: '30',
      direction: 'decrease',
      target: '15',
      visibility: 'internal',
      ownerUserId: ids.maya,
    });
    await posted(world, ownerDm(world), secret);
  });
  afterEach(async () => {
    expect(world.log.filter((one) => one.level === 'error')).toEqual([]);
    await world.close();
  });

  const maya = () => world.slack.as(ids.maya);
  const edit = async (values: Parameters<typeof fillIn>[3]) => {
    expect(await maya().click(ownerCard, 'Edit')).toEqual(done);
    return fillIn(world, maya(), 'edit', values);
  };
  /** Something for a digest to tell, and the day after the pulse has closed. */
  const untilDigest = async () => {
    await walkTo(world, '2026-10-13T14:00:30Z');
    const root = await posted(world, shared, 'Pulse, Northwind and Acme.');
    await maya().say('Deal 7 is signed, two more to come.', { channel: shared, thread: root.ts });
    await posted(world, shared, 'Northwind: answered (Maya Lindqvist)');
    await walkTo(world, '2026-10-16T14:00:00Z');
    return posted(world, shared, 'week to');
  };
  const digestsIn = (channelId: string) =>
    world.slack.messages(channelId).filter((one) => one.text.includes('week to'));

  it('is refused where others read, where the bot is not, and where the partnership is at home anyway', async () => {
    const { slack } = world;
    slack.disturb({ act: 'share', channelId: secondChannel, teamId: ids.acme });
    expect(await maya().click(ownerCard, 'Edit')).toEqual(done);
    await formOf(world, maya(), 'edit');
    const refused = async (internalChannelId: string, words: string) =>
      expect(await maya().submit({ internalChannelId, tier: 'strategic' })).toMatchObject({
        errors: { internalChannelId: expect.stringContaining(words) },
      });
    await refused(shared, 'This is the channel of the partnership itself.');
    await refused(secondChannel, '#northwind-orbis is shared with another firm.');
    await refused(ids.withoutBot, 'I am not in #acme-plan.');
    slack.disturb({ act: 'archive', channelId: ids.internal, archived: true });
    await refused(ids.internal, '#partnerships is archived.');
    slack.disturb({ act: 'archive', channelId: ids.internal, archived: false });
    await fillIn(world, maya(), 'edit', { internalChannelId: ids.internal });
    await posted(world, ownerDm(world), 'internal channel #partnerships');
    expect(await onlyPartnership(world)).toMatchObject({
      internalChannelId: ids.internal,
      internalChannelName: 'partnerships',
    });
    slack.disturb({ act: 'rename', channelId: ids.internal, name: 'alliances' });
    await posted(world, ownerDm(world), 'internal channel #alliances');

    // As Slack shows it to an editor who is not in the channel: that says nothing about it.
    await edit({ internalChannelId: null, tier: 'strategic' });
    expect(await onlyPartnership(world)).toMatchObject({
      tier: 'strategic',
      internalChannelId: ids.internal,
    });

    expect(await maya().click(ownerCard, 'Edit')).toEqual(done);
    await formOf(world, maya(), 'edit');
    expect(
      await maya().submit({ internalChannelId: secondChannel, noInternalChannel: ['none'] }),
    ).toMatchObject({
      errors: {
        internalChannelId: 'You chose a channel and ticked that there is none. Take one of them back.',
      },
    });
    await fillIn(world, maya(), 'edit', { noInternalChannel: ['none'] });
    await world.eventually('no internal channel', () =>
      slack.messages(ownerDm(world)).every((one) => !said(one).includes('internal channel #')),
    );
    expect(await onlyPartnership(world)).not.toHaveProperty('internalChannelId');
  });

  it('gets the internal digest once, beside the shared one that knows nothing of it', async () => {
    await edit({ internalChannelId: ids.internal });
    const theirs = await untilDigest();
    const ours = await posted(world, ids.internal, 'week to');
    expect(said(ours)).toContain(inside);
    expect(said(ours)).toContain(secret);
    expect(said(theirs)).not.toContain(secret);
    await walkTo(world, '2026-10-19T14:00:00Z');
    expect(digestsIn(ids.internal)).toHaveLength(1);
    expect(digestsIn(ownerDm(world))).toEqual([]);
  });

  it('where there is none, owner and editors get it directly', async () => {
    await untilDigest();
    const mine = await posted(world, ownerDm(world), 'week to');
    expect(said(mine)).toContain(inside);
    expect(world.slack.messages(ids.internal)).toEqual([]);
    expect((await kpiNamed(world, secret)).visibility).toBe('internal');
  });

  it('that becomes shared holds nothing internal any more, at once, and the owner knows what to do', async () => {
    await edit({ internalChannelId: ids.internal });
    await untilDigest();
    const before = await posted(world, ids.internal, secret);
    world.slack.disturb({ act: 'share', channelId: ids.internal, teamId: ids.acme });
    const after = await posted(world, ids.internal, 'What stood here was for one firm alone.');
    expect(after.ts).toBe(before.ts);
    expect(world.slack.messages(ids.internal).map(said).join('\n')).not.toMatch(/discount|Northwind|Acme/);
    const note = await posted(world, ownerDm(world), '#partnerships is shared with another firm.');
    expect(said(note)).toContain('The internal digest goes to owner and editors, each directly.');

    await walkTo(world, '2026-10-27T15:00:30Z');
    const roots = () =>
      world.slack.messages(shared).filter((one) => one.text.startsWith('Pulse, Northwind and Acme.'));
    const root = await world.eventually('the second pulse', () => roots().at(-1));
    await maya().say('Deal 8 is signed, one more to come.', { channel: shared, thread: root.ts });
    await posted(world, shared, 'Northwind: answered (Maya Lindqvist)');
    await walkTo(world, '2026-10-30T15:00:00Z');
    await world.eventually('the second digest', () => digestsIn(shared).length === 2);
    expect(said(await posted(world, ownerDm(world), 'week to'))).toContain(secret);
    expect(world.slack.messages(ids.internal)).toHaveLength(1);

    world.slack.disturb({ act: 'unshare', channelId: ids.internal, teamId: ids.acme });
    await posted(world, ownerDm(world), '#partnerships can be used again.');
    expect(await onlyPartnership(world)).not.toHaveProperty('internalChannelTrouble');
  });

  it('of before is emptied too when others come to read it', async () => {
    await edit({ internalChannelId: ids.internal });
    await untilDigest();
    await posted(world, ids.internal, secret);
    await edit({ noInternalChannel: ['none'] });
    world.slack.disturb({ act: 'share', channelId: ids.internal, teamId: ids.acme });
    await posted(world, ids.internal, 'What stood here was for one firm alone.');
    expect(world.slack.messages(ids.internal).map(said).join('\n')).not.toContain(secret);
  });

  it('two people choosing at once: the second sees what the first chose, and nothing typed is lost', async () => {
    await edit({ backupUserId: ids.tom });
    const tom = world.slack.as(ids.tom);
    for (const who of [maya(), tom]) {
      expect(await who.command('/partnership edit Acme', shared)).toMatchObject(done);
      await formOf(world, who, 'edit');
    }
    expect(await maya().submit({ channelId: secondChannel })).toEqual(done);
    expect(await tom.submit({ internalChannelId: ids.internal, name: 'Acme Corp' })).toEqual(done);
    const view = await formOf(world, tom, 'edit');
    expect(JSON.stringify(view.blocks)).toContain('Maya Lindqvist changed the channel to #northwind-orbis');
    expect(JSON.stringify(view.blocks)).toContain('Acme Corp');
    expect(await tom.submit({ internalChannelId: ids.internal })).toEqual(done);
    expect(await onlyPartnership(world)).toMatchObject({
      name: 'Acme Corp',
      channelId: secondChannel,
      internalChannelId: ids.internal,
    });
    const { audit } = await workspaceOf(world);
    expect((await audit.find({})).map((one) => one.summary)).toContain(
      'changed the name to Acme Corp, the internal channel to #partnerships',
    );
  });
});
