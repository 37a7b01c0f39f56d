import { describe, expect, it } from 'vitest';
import type { ChannelSeen } from '../../../src/domain/channel.ts';
import { internalTrouble } from '../../../src/domain/channel.ts';
import { readChannelChange } from '../../../src/domain/channel-change.ts';
import { holdReason, withHomeSeen, withInternalSeen } from '../../../src/domain/channel-news.ts';
import type { Partnership } from '../../../src/domain/partnership.ts';
import { partnership } from '../../support/review-world.ts';

const at = new Date('2026-10-20T08:00:00Z');
const acme = (over: Partial<Partnership> = {}): Partnership => ({
  ...partnership(over),
  workspaceId: 'w1',
  version: 1,
  schemaVersion: 1,
});
const fine: ChannelSeen = {
  id: 'C1SHARED',
  name: 'northwind-acme',
  shared: true,
  archived: false,
  botIsMember: true,
};
const { name: _name, ...unseen } = { ...fine, shared: false, botIsMember: false };

describe('a partnership whose channel is looked at', () => {
  it.each<[string, ChannelSeen, Partial<Partnership>, string]>([
    [
      'follows its name',
      { ...fine, name: 'together' },
      { channelName: 'together' },
      'saw that the channel is called #together now',
    ],
    [
      'knows that nobody else reads it any more',
      { ...fine, shared: false },
      { channelShared: false },
      'saw that #northwind-acme is not shared any more',
    ],
    [
      'holds what comes while it is archived',
      { ...fine, archived: true },
      { channelTrouble: { kind: 'archived', at } },
      'saw that #northwind-acme is archived',
    ],
    [
      'keeps what it knew of one that Slack does not show',
      unseen,
      { channelName: 'northwind-acme', channelShared: true, channelTrouble: { kind: 'not-member', at } },
      'saw that I am not in #northwind-acme any more',
    ],
    [
      'keeps what it knew of a deleted one',
      { ...unseen, deleted: true },
      { channelName: 'northwind-acme', channelTrouble: { kind: 'gone', at } },
      'saw that #northwind-acme was deleted',
    ],
  ])('%s', (_what, seen, expected, words) => {
    const news = withHomeSeen(acme(), seen, at);
    expect(news?.next).toMatchObject(expected);
    expect(news?.changed).toEqual([words]);
  });

  it('learns nothing from what it knows, and nothing of another channel', () => {
    expect(withHomeSeen(acme(), fine, at)).toBeUndefined();
    expect(withHomeSeen(acme(), { ...fine, id: 'COTHER', archived: true }, at)).toBeUndefined();
    expect(withInternalSeen(acme(), fine, at)).toBeUndefined();
    const before = acme({ channelTrouble: { kind: 'archived', at: new Date(0) } });
    expect(withHomeSeen(before, { ...fine, archived: true }, at)).toBeUndefined();
  });

  it('goes on when nothing is in the way any more', () => {
    const before = acme({ channelTrouble: { kind: 'archived', at: new Date(0) } });
    const news = withHomeSeen(before, fine, at);
    expect(news?.next).not.toHaveProperty('channelTrouble');
    expect(news?.changed).toEqual(['saw that #northwind-acme can be used again']);
  });

  it.each(['draft', 'ended'] as const)(
    'that is %s posts nothing there, so that nothing is in its way',
    (state) => {
      const news = withHomeSeen(acme({ state }), { ...fine, name: 'together', archived: true }, at);
      expect(news?.next).toMatchObject({ channelName: 'together' });
      expect(news?.next).not.toHaveProperty('channelTrouble');
    },
  );

  it('still waits for Introduce when its new channel was archived and is back', () => {
    const moved = acme({ awaitsIntroduction: true });
    const archived = withHomeSeen(moved, { ...fine, archived: true }, at)?.next ?? moved;
    expect(holdReason(archived)).toBe('#northwind-acme was archived.');
    const back = withHomeSeen(archived, fine, at)?.next ?? archived;
    expect(holdReason(back)).toBe('I was not introduced in #northwind-acme yet.');
  });
});

describe('an internal channel', () => {
  const own: ChannelSeen = { ...fine, id: 'CINT', name: 'partnerships', shared: false, guests: false };

  it.each<[string, Partial<ChannelSeen>, string | undefined]>([
    ['where only our firm reads', {}, undefined],
    ['that another firm reads too', { shared: true }, 'shared'],
    ['that another firm reads and that is archived', { shared: true, archived: true }, 'shared'],
    ['with a guest in it', { guests: true }, 'guests'],
    ['with more people than can be looked through', { crowded: true }, 'crowded'],
    ['that is archived', { archived: true }, 'archived'],
    ['without the bot', { botIsMember: false }, 'not-member'],
    ['that was deleted', { deleted: true }, 'gone'],
  ])('%s: %s', (_what, over, expected) => {
    expect(internalTrouble({ ...own, ...over })).toBe(expected);
  });

  it('is followed in its name, and in what is in its way', () => {
    const now = acme({ internalChannelId: 'CINT', internalChannelName: 'partnerships' });
    const news = withInternalSeen(now, { ...own, name: 'alliances', shared: true }, at);
    expect(news?.next).toMatchObject({
      internalChannelName: 'alliances',
      internalChannelTrouble: { kind: 'shared', at },
    });
    expect(news?.next.channelName).toBe('northwind-acme');
  });
});

describe('what Slack says of channels', () => {
  const read = (event: object) => readChannelChange({ event_id: 'Ev1', type: 'event_callback', event });

  it.each<[object, object]>([
    [{ type: 'channel_rename', channel: { id: 'C1', name: 'x', created: 1 } }, { what: 'changed' }],
    [{ type: 'group_rename', channel: { id: 'C1', name: 'x', created: 1 } }, { what: 'changed' }],
    [{ type: 'group_archive', channel: 'C1', user: 'U1' }, { what: 'changed' }],
    [{ type: 'channel_left', channel: 'C1' }, { what: 'changed' }],
    [{ type: 'channel_unshared', channel: 'C1', is_ext_shared: false }, { what: 'changed' }],
    [{ type: 'channel_shared', channel: 'C1', connected_team_id: 'T2' }, { what: 'shared' }],
    [{ type: 'group_deleted', channel: 'C1' }, { what: 'deleted' }],
    [{ type: 'member_joined_channel', channel: 'C1', user: 'U1' }, { what: 'joined' }],
    [
      { type: 'channel_id_changed', old_channel_id: 'C1', new_channel_id: 'C2' },
      { what: 'id', newChannelId: 'C2' },
    ],
  ])('reads %j', (event, expected) => {
    expect(read(event)).toEqual({ eventId: 'Ev1', kind: 'channel-change', channelId: 'C1', ...expected });
  });

  it('leaves everything else alone', () => {
    expect(read({ type: 'message', channel: 'C1', text: 'hello' })).toBeUndefined();
    expect(read({ type: 'channel_created', channel: { id: 'C1' } })).toBeUndefined();
    expect(readChannelChange({ type: 'event_callback' })).toBeUndefined();
  });
});
