import { z } from 'zod';
import { announceJoined } from '../announce.ts';
import { directMessage, isKnownToBot, isMember } from '../people-and-channels.ts';
import type { Channel } from '../records.ts';
import type { Workspace } from '../workspace.ts';
import { keepChannel } from '../world.ts';
import { ApiError } from './api-error.ts';
import { commaList, count, flag } from './arguments.ts';
import { type Answer, method, needChannelScope, needScope } from './method.ts';
import { pageOf } from './paging.ts';
import { visibleChannel } from './resolve.ts';
import { channelShape } from './shapes.ts';

export const info = method(
  z.object({ channel: z.string(), include_num_members: flag.optional() }),
  [],
  (workspace, args) => {
    const channel = visibleChannel(workspace, args.channel);
    needChannelScope(workspace, channel, 'read');
    const members = args.include_num_members === true ? { num_members: channel.memberIds.length } : {};
    return { channel: { ...channelShape(workspace.world, channel), ...members } };
  },
);

const listArguments = {
  types: commaList.optional(),
  exclude_archived: flag.optional(),
  limit: count.optional(),
  cursor: z.string().optional(),
};

const typeOf = { public: 'public_channel', private: 'private_channel', direct: 'im' } as const;
const scopeFor: Readonly<Record<string, string>> = {
  public_channel: 'channels:read',
  private_channel: 'groups:read',
  im: 'im:read',
  mpim: 'mpim:read',
};

const listed = (
  workspace: Workspace,
  args: z.infer<z.ZodObject<typeof listArguments>>,
  includes: (channel: Channel) => boolean,
): Answer => {
  const types = args.types ?? ['public_channel'];
  for (const type of types) {
    const scope = scopeFor[type];
    if (scope === undefined) throw new ApiError('invalid_types');
    needScope(workspace, scope);
  }
  const channels = [...workspace.world.channels.values()].filter(
    (channel) =>
      types.includes(typeOf[channel.kind]) &&
      !(args.exclude_archived === true && channel.archived) &&
      includes(channel),
  );
  const { page, next } = pageOf(channels, args);
  return {
    channels: page.map((channel) => channelShape(workspace.world, channel)),
    response_metadata: { next_cursor: next },
  };
};

export const list = method(z.object(listArguments), [], (workspace, args) => {
  const { app } = workspace.world;
  return listed(
    workspace,
    args,
    (channel) =>
      isMember(channel, app.botUserId) || (channel.kind === 'public' && channel.teamIds.includes(app.teamId)),
  );
});

/** `users.conversations`: of the bot itself when no user is named. */
export const ofUser = method(
  z.object({ ...listArguments, user: z.string().optional() }),
  [],
  (workspace, args) => {
    const bot = workspace.world.app.botUserId;
    const user = args.user ?? bot;
    if (!workspace.world.people.has(user)) throw new ApiError('user_not_found');
    return listed(
      workspace,
      args,
      (channel) => isMember(channel, user) && (channel.kind === 'public' || isMember(channel, bot)),
    );
  },
);

export const members = method(
  z.object({ channel: z.string(), limit: count.optional(), cursor: z.string().optional() }),
  [],
  (workspace, args) => {
    const channel = visibleChannel(workspace, args.channel);
    needChannelScope(workspace, channel, 'read');
    const { page, next } = pageOf(channel.memberIds, args);
    return { members: page, response_metadata: { next_cursor: next } };
  },
);

export const join = method(z.object({ channel: z.string() }), ['channels:join'], (workspace, args) => {
  const { world } = workspace;
  const channel = visibleChannel(workspace, args.channel);
  if (channel.kind !== 'public') throw new ApiError('method_not_supported_for_channel_type');
  if (channel.archived) throw new ApiError('is_archived');
  if (isMember(channel, world.app.botUserId)) {
    return { channel: channelShape(world, channel), warning: 'already_in_channel' };
  }
  const joined = { ...channel, memberIds: [...channel.memberIds, world.app.botUserId] };
  keepChannel(world, joined);
  announceJoined(workspace, joined, world.app.botUserId);
  return { channel: channelShape(world, joined) };
});

export const open = method(
  z.object({ users: commaList.optional(), channel: z.string().optional(), return_im: flag.optional() }),
  ['im:write'],
  (workspace, args) => {
    const { world } = workspace;
    const [userId, ...more] = args.users ?? [];
    if (args.channel !== undefined) {
      return { channel: channelShape(world, visibleChannel(workspace, args.channel)), already_open: true };
    }
    if (userId === undefined) throw new ApiError('users_list_not_supplied');
    if (more.length > 0) throw new ApiError('method_not_supported_for_channel_type');
    const person = world.people.get(userId);
    if (person === undefined || !isKnownToBot(world, person)) throw new ApiError('user_not_found');
    if (person.deleted) throw new ApiError('user_disabled');
    if (person.role === 'bot') throw new ApiError('cannot_dm_bot');
    const channel = directMessage(world, userId);
    return { channel: args.return_im === true ? channelShape(world, channel) : { id: channel.id } };
  },
);
