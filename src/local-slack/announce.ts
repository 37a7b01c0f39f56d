import { messageShape } from './api/shapes.ts';
import { channelType, isMember, isShared } from './people-and-channels.ts';
import type { Channel, Message } from './records.ts';
import type { Workspace } from './workspace.ts';
import { nextTs } from './world.ts';

/** Tells the bot, if it is in the channel. */
const tell = (workspace: Workspace, channel: Channel, event: { type: string } & Record<string, unknown>) => {
  if (!isMember(channel, workspace.world.app.botUserId)) return;
  workspace.events.send(event, isShared(channel));
};

const place = (workspace: Workspace, channel: Channel): object => ({
  channel: channel.id,
  channel_type: channelType(channel),
  event_ts: nextTs(workspace.world),
});

export const announcePosted = (workspace: Workspace, channel: Channel, message: Message): void => {
  const { world } = workspace;
  const home = world.people.get(message.userId)?.teamId;
  tell(workspace, channel, {
    ...messageShape(world, message),
    type: 'message',
    channel: channel.id,
    channel_type: channelType(channel),
    event_ts: message.ts,
    ...(isShared(channel) && { user_team: home, source_team: home }),
  });
};

export const announceChanged = (
  workspace: Workspace,
  channel: Channel,
  before: Message,
  after: Message,
): void => {
  const { world } = workspace;
  tell(workspace, channel, {
    ...place(workspace, channel),
    type: 'message',
    subtype: 'message_changed',
    hidden: true,
    message: messageShape(world, after),
    previous_message: messageShape(world, before),
    ts: nextTs(world),
  });
};

export const announceDeleted = (workspace: Workspace, channel: Channel, before: Message): void => {
  const { world } = workspace;
  tell(workspace, channel, {
    ...place(workspace, channel),
    type: 'message',
    subtype: 'message_deleted',
    hidden: true,
    deleted_ts: before.ts,
    previous_message: messageShape(world, before),
    ts: nextTs(world),
  });
};

/** To be called with the channel as it is with the newcomer: the bot hears of its own arrival too. */
export const announceJoined = (
  workspace: Workspace,
  channel: Channel,
  userId: string,
  inviterId?: string,
): void => {
  tell(workspace, channel, {
    type: 'member_joined_channel',
    user: userId,
    channel: channel.id,
    channel_type: channel.kind === 'private' ? 'G' : 'C',
    team: workspace.world.people.get(userId)?.teamId,
    event_ts: nextTs(workspace.world),
    ...(inviterId !== undefined && { inviter: inviterId }),
  });
};

export const announceLeft = (workspace: Workspace, channel: Channel, userId: string): void => {
  tell(workspace, channel, {
    type: 'member_left_channel',
    user: userId,
    channel: channel.id,
    channel_type: channel.kind === 'private' ? 'G' : 'C',
    team: workspace.world.people.get(userId)?.teamId,
    event_ts: nextTs(workspace.world),
  });
};

export const announceArchived = (workspace: Workspace, channel: Channel, userId: string): void =>
  announceOf(workspace, channel, channel.archived ? 'archive' : 'unarchive', {
    channel: channel.id,
    user: userId,
  });

type ChannelNews =
  | 'archive'
  | 'unarchive'
  | 'rename'
  | 'left'
  | 'deleted'
  | 'shared'
  | 'unshared'
  | 'id_changed';

/** These have no `group_` twin. */
const ofEveryKind: readonly ChannelNews[] = ['shared', 'unshared', 'id_changed'];
/** Said to a bot that is not in it any more. */
const afterwards: readonly ChannelNews[] = ['left', 'deleted'];

/** What became of a channel: `channel_rename`, of a private one `group_rename`. */
export const announceOf = (
  workspace: Workspace,
  channel: Channel,
  news: ChannelNews,
  fields: Readonly<Record<string, unknown>>,
): void => {
  const family = channel.kind === 'private' && !ofEveryKind.includes(news) ? 'group' : 'channel';
  const event = { type: `${family}_${news}`, ...fields, event_ts: nextTs(workspace.world) };
  if (afterwards.includes(news)) workspace.events.send(event, isShared(channel));
  else tell(workspace, channel, event);
};
