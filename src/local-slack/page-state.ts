import { stackOf } from './modals.ts';
import type {
  HomePage,
  LocalChannel,
  LocalMessage,
  LocalState,
  MessageList,
  Ping,
  ViewStack,
} from './page-api.ts';
import { canSee, hasApp, isMember, isReply, isShared } from './people-and-channels.ts';
import type { Channel, Message, Person } from './records.ts';
import { dateOf } from './timestamps.ts';
import type { World } from './world.ts';

/** The people behind pings: all members for a ping of the channel. */
const pinged = (channel: Channel, message: Message): string[] => {
  const reached = message.onlyFor === undefined ? channel.memberIds : [message.onlyFor];
  const everybody = message.pings.some((ping) => ping.kind !== 'user' && ping.kind !== 'usergroup');
  const named = new Set(message.pings.flatMap((ping: Ping) => (ping.kind === 'user' ? [ping.id] : [])));
  return reached.filter((id) => id !== message.userId && (everybody || named.has(id)));
};

const visibleTo = (message: Message, person: Person): boolean =>
  message.onlyFor === undefined || message.onlyFor === person.id;

const channelRow = (world: World, channel: Channel, person: Person): LocalChannel => {
  const seen = world.reads.get(`${person.id}:${channel.id}`) ?? '';
  const unread = (world.messages.get(channel.id) ?? []).filter(
    (message) => message.ts > seen && message.userId !== person.id && visibleTo(message, person),
  );
  const other = channel.memberIds.find((id) => id !== person.id) ?? '';
  return {
    id: channel.id,
    name: channel.kind === 'direct' ? (world.people.get(other)?.realName ?? '') : channel.name,
    kind: channel.kind,
    shared: isShared(channel),
    archived: channel.archived,
    botIsMember: isMember(channel, world.app.botUserId),
    isMember: isMember(channel, person.id),
    memberIds: channel.memberIds,
    unread: unread.length,
    unreadPings: unread.filter((message) => pinged(channel, message).includes(person.id)).length,
  };
};

export const localStateFor = (
  world: World,
  person: Person,
  facts: { readonly online: boolean; readonly canWalk: boolean },
): LocalState => {
  const { id, name, botUserId, commands } = world.app;
  const channels = [...world.channels.values()].filter((channel) => canSee(channel, person));
  const inOrder = channels.sort((a, b) => Number(a.kind === 'direct') - Number(b.kind === 'direct'));
  return {
    now: world.now().toISOString(),
    actingUserId: person.id,
    teams: [...world.teams.values()],
    people: [...world.people.values()],
    channels: inOrder.map((channel) => channelRow(world, channel, person)),
    app: { id, name, botUserId, online: facts.online, commands: [...commands] },
    clock: { canWalk: facts.canWalk },
  };
};

const messageRow = (world: World, channel: Channel, message: Message, person: Person): LocalMessage => {
  const replies = isReply(message)
    ? []
    : (world.messages.get(channel.id) ?? []).filter(
        (other) => isReply(other) && other.threadTs === message.ts && visibleTo(other, person),
      );
  const latest = replies.at(-1)?.ts;
  return {
    channelId: channel.id,
    ts: message.ts,
    at: dateOf(message.ts).toISOString(),
    userId: message.userId,
    text: message.text,
    blocks: message.blocks,
    edited: message.editedTs !== undefined,
    ephemeral: message.onlyFor !== undefined,
    fromSlackbot: message.author === 'slackbot',
    pings: message.pings,
    pingedUserIds: pinged(channel, message),
    replyCount: replies.length,
    replyUserIds: [...new Set(replies.map((reply) => reply.userId))],
    ...(message.threadTs !== undefined && { threadTs: message.threadTs }),
    ...(latest !== undefined && { latestReplyTs: latest }),
    ...(message.files !== undefined && { files: message.files }),
  };
};

/** A channel's roots, or with `thread` one root and its replies, oldest first. */
export const messageListFor = (
  world: World,
  person: Person,
  channel: Channel,
  thread?: string,
): MessageList => {
  const messages = (world.messages.get(channel.id) ?? []).filter((message) => visibleTo(message, person));
  const wanted = messages.filter((message) =>
    thread === undefined
      ? !isReply(message) || message.broadcast
      : message.ts === thread || message.threadTs === thread,
  );
  return {
    channelId: channel.id,
    messages: wanted.map((message) => messageRow(world, channel, message, person)),
  };
};

export const viewStackFor = (world: World, person: Person): ViewStack => ({
  views: stackOf(world, person.id).map(({ id, hash, view }) => ({
    id,
    hash,
    callbackId: view.callback_id ?? '',
    title: view.title.text,
    blocks: view.blocks,
    ...(view.submit !== undefined && { submit: view.submit.text }),
    ...(view.close !== undefined && { close: view.close.text }),
  })),
});

export const homeFor = (world: World, person: Person): HomePage => {
  const home = world.homes.get(person.id);
  return {
    available: hasApp(world, person),
    blocks: home?.view.blocks ?? [],
    ...(home !== undefined && { viewId: home.id, hash: home.hash }),
  };
};
