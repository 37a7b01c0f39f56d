import { isKnownToBot, isMember, isReply, isShared, repliesTo } from '../people-and-channels.ts';
import type { Channel, Message, Person } from '../records.ts';
import type { World } from '../world.ts';
import { zoneFacts } from '../zone-facts.ts';

const botProfile = (world: World): object => ({
  id: world.app.botId,
  app_id: world.app.id,
  name: world.app.name,
  team_id: world.app.teamId,
  deleted: false,
});

/** A message as `conversations.history`, events and interactions carry it. */
export const messageShape = (world: World, message: Message, withMetadata = false): object => {
  const { app } = world;
  const team = world.people.get(message.userId)?.teamId ?? app.teamId;
  const replies = isReply(message) ? [] : repliesTo(world, message);
  const users = [...new Set(replies.map((reply) => reply.userId))];
  const inThread = message.threadTs ?? (replies.length > 0 ? message.ts : undefined);
  return {
    type: 'message',
    user: message.userId,
    team,
    text: message.text,
    ts: message.ts,
    ...(message.blocks.length > 0 && { blocks: message.blocks }),
    ...(message.author === 'bot' && { bot_id: app.botId, app_id: app.id, bot_profile: botProfile(world) }),
    ...(message.clientMsgId !== undefined && { client_msg_id: message.clientMsgId }),
    ...(message.broadcast && { subtype: 'thread_broadcast' }),
    ...(inThread !== undefined && { thread_ts: inThread }),
    ...(isReply(message) && { parent_user_id: parentUser(world, message) }),
    ...(message.editedTs !== undefined && { edited: { user: message.userId, ts: message.editedTs } }),
    ...(replies.length > 0 && {
      reply_count: replies.length,
      reply_users_count: users.length,
      reply_users: users,
      latest_reply: replies.at(-1)?.ts,
      is_locked: false,
      subscribed: replies.some((reply) => reply.author === 'bot') || message.author === 'bot',
    }),
    ...(withMetadata && message.metadata !== undefined && { metadata: message.metadata }),
  };
};

const parentUser = (world: World, reply: Message): string | undefined =>
  world.messages.get(reply.channelId)?.find((other) => other.ts === reply.threadTs)?.userId;

export const channelShape = (world: World, channel: Channel, asMember = world.app.botUserId): object => {
  if (channel.kind === 'direct') {
    const other = channel.memberIds.find((id) => id !== asMember);
    return {
      id: channel.id,
      created: channel.created,
      is_archived: channel.archived,
      is_im: true,
      is_org_shared: false,
      user: other,
      context_team_id: world.app.teamId,
      is_user_deleted: world.people.get(other ?? '')?.deleted ?? false,
      is_open: true,
    };
  }
  const shared = isShared(channel);
  return {
    id: channel.id,
    name: channel.name,
    name_normalized: channel.name,
    is_channel: channel.kind === 'public',
    is_group: channel.kind === 'private',
    is_im: false,
    is_mpim: false,
    is_private: channel.kind === 'private',
    is_archived: channel.archived,
    is_general: false,
    is_member: isMember(channel, asMember),
    is_shared: shared,
    is_ext_shared: shared,
    is_org_shared: false,
    is_pending_ext_shared: false,
    pending_shared: [],
    shared_team_ids: channel.teamIds,
    internal_team_ids: [],
    connected_team_ids: channel.teamIds.filter((id) => id !== world.app.teamId),
    context_team_id: world.app.teamId,
    conversation_host_id: channel.teamIds[0],
    created: channel.created,
    unlinked: 0,
    topic: { value: '', creator: '', last_set: 0 },
    purpose: { value: '', creator: '', last_set: 0 },
    previous_names: [],
  };
};

/** A person as the installing workspace's bot sees them; of another firm, `is_stranger` says whether they meet. */
export const userShape = (world: World, person: Person): object => {
  const external = person.teamId !== world.app.teamId;
  const common = {
    id: person.id,
    team_id: person.teamId,
    name: person.name,
    deleted: person.deleted,
    real_name: person.realName,
    is_bot: person.role === 'bot',
    is_app_user: false,
    updated: 0,
    profile: {
      real_name: person.realName,
      real_name_normalized: person.realName,
      display_name: person.realName,
      display_name_normalized: person.realName,
      title: person.title,
      team: person.teamId,
    },
  };
  if (person.deleted) return common;
  const single = person.role === 'single-channel-guest';
  return {
    ...common,
    ...zoneFacts(person.zone, world.now()),
    is_owner: person.role === 'owner',
    is_primary_owner: false,
    is_admin: person.role === 'owner' || person.role === 'admin',
    is_restricted: person.role === 'guest' || single,
    is_ultra_restricted: single,
    ...(external && { is_stranger: !isKnownToBot(world, person) }),
  };
};
