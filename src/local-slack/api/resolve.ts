import { directMessage, findMessage, isKnownToBot, isMember } from '../people-and-channels.ts';
import type { Channel, Message } from '../records.ts';
import type { Workspace } from '../workspace.ts';
import { ApiError } from './api-error.ts';

/** A channel that the bot may know of: its own, or a public one of the installing workspace. */
export const visibleChannel = ({ world }: Workspace, id: string): Channel => {
  const channel = world.channels.get(id);
  if (channel === undefined) throw new ApiError('channel_not_found');
  const here = channel.kind === 'public' && channel.teamIds.includes(world.app.teamId);
  if (!here && !isMember(channel, world.app.botUserId)) throw new ApiError('channel_not_found');
  return channel;
};

/** A channel that the bot is in. */
export const joinedChannel = (workspace: Workspace, id: string): Channel => {
  const channel = visibleChannel(workspace, id);
  if (!isMember(channel, workspace.world.app.botUserId)) throw new ApiError('not_in_channel');
  return channel;
};

/** Where a post goes: a channel that takes posts, or a person, whose direct message is opened. */
export const postTarget = (workspace: Workspace, id: string): Channel => {
  const { world } = workspace;
  const person = world.people.get(id);
  if (person !== undefined) {
    if (person.deleted || person.role === 'bot' || !isKnownToBot(world, person)) {
      throw new ApiError('channel_not_found');
    }
    return directMessage(world, person.id);
  }
  const channel = joinedChannel(workspace, id);
  if (channel.archived) throw new ApiError('is_archived');
  return channel;
};

/** A message of the bot's own that everybody sees. */
export const ownMessage = (
  { world }: Workspace,
  channel: Channel,
  ts: string,
  otherwise: 'cant_update_message' | 'cant_delete_message',
): Message => {
  const message = findMessage(world, channel.id, ts);
  if (message === undefined || message.onlyFor !== undefined) throw new ApiError('message_not_found');
  if (message.author !== 'bot') throw new ApiError(otherwise);
  return message;
};

/** The root that a reply goes to. */
export const threadRoot = ({ world }: Workspace, channel: Channel, ts: string): Message => {
  const root = findMessage(world, channel.id, ts);
  if (root === undefined || root.onlyFor !== undefined || (root.threadTs ?? root.ts) !== root.ts) {
    throw new ApiError('cannot_reply_to_message');
  }
  return root;
};
