import type { z } from 'zod';
import { addMember, removeMember } from './act-say.ts';
import { announceArchived, announceOf } from './announce.ts';
import { slackId } from './ids.ts';
import type { channelAct } from './page-acts.ts';
import { isMember, isShared } from './people-and-channels.ts';
import type { Channel } from './records.ts';
import type { Workspace } from './workspace.ts';
import { dropChannel, keepChannel, keepMessage, type World } from './world.ts';

export type ChannelAct = z.infer<typeof channelAct>;

/** What people and administrators do to a channel. Each tells the bot what Slack would; what changes nothing says nothing. */
export const performOnChannel = (workspace: Workspace, act: ChannelAct): void => {
  const channel = workspace.world.channels.get(act.channelId);
  if (channel !== undefined && channel.kind !== 'direct') change(workspace, channel, act);
};

const change = (workspace: Workspace, channel: Channel, act: ChannelAct): void => {
  const { world } = workspace;
  const bot = world.app.botUserId;
  switch (act.act) {
    case 'archive':
      if (channel.archived === act.archived) break;
      announceArchived(
        workspace,
        kept(world, { ...channel, archived: act.archived }),
        channel.memberIds[0] ?? '',
      );
      break;
    case 'rename':
      if (channel.name !== act.name) rename(workspace, channel, act.name);
      break;
    case 'share':
      if (!channel.teamIds.includes(act.teamId)) share(workspace, channel, act.teamId);
      break;
    case 'unshare':
      if (channel.teamIds.includes(act.teamId) && act.teamId !== world.app.teamId)
        unshare(workspace, channel, act.teamId);
      break;
    case 'make-private':
      // Slack keeps the id, and says nothing: what happens there from now on comes as `group_…`.
      kept(world, { ...channel, kind: 'private' });
      break;
    case 'remove-bot':
      if (!isMember(channel, bot)) break;
      announceOf(workspace, removeMember(workspace, channel, bot), 'left', { channel: channel.id });
      break;
    case 'invite-bot':
      addMember(workspace, channel, bot, channel.memberIds[0]);
      break;
    case 'delete':
      dropChannel(world, channel);
      if (isMember(channel, bot)) announceOf(workspace, channel, 'deleted', { channel: channel.id });
      break;
    case 'change-id':
      changeId(workspace, channel);
      break;
  }
};

const kept = (world: World, channel: Channel): Channel => {
  keepChannel(world, channel);
  return channel;
};

const rename = (workspace: Workspace, channel: Channel, to: string): void => {
  const { id, name, created } = kept(workspace.world, { ...channel, name: to });
  announceOf(workspace, channel, 'rename', { channel: { id, name, created } });
};

const share = (workspace: Workspace, channel: Channel, teamId: string): void => {
  const shared = kept(workspace.world, { ...channel, teamIds: [...channel.teamIds, teamId] });
  announceOf(workspace, shared, 'shared', { channel: channel.id, connected_team_id: teamId });
};

const unshare = (workspace: Workspace, channel: Channel, teamId: string): void => {
  const { world } = workspace;
  const alone = kept(world, {
    ...channel,
    teamIds: channel.teamIds.filter((id) => id !== teamId),
    memberIds: channel.memberIds.filter((id) => world.people.get(id)?.teamId !== teamId),
  });
  announceOf(workspace, alone, 'unshared', {
    channel: channel.id,
    previously_connected_team_id: teamId,
    is_ext_shared: isShared(alone),
  });
};

/** A private channel that is shared gets a new id; everything that was said moves along. */
const changeId = (workspace: Workspace, channel: Channel): void => {
  const { world } = workspace;
  const moved = { ...channel, id: slackId('C') };
  const said = world.messages.get(channel.id) ?? [];
  keepChannel(world, moved);
  for (const one of said) keepMessage(world, { ...one, channelId: moved.id });
  dropChannel(world, channel);
  announceOf(workspace, moved, 'id_changed', { old_channel_id: channel.id, new_channel_id: moved.id });
};
