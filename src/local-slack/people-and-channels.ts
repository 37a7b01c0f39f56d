import { slackId } from './ids.ts';
import type { Channel, Message, Person } from './records.ts';
import { keepChannel, type World } from './world.ts';

export const isMember = (channel: Channel, userId: string): boolean => channel.memberIds.includes(userId);

export const isShared = (channel: Channel): boolean => channel.teamIds.length > 1;

const isGuest = (person: Person): boolean =>
  person.role === 'guest' || person.role === 'single-channel-guest';

/** A public channel of one's own workspace can be looked at without being in it; guests see only their own. */
export const canSee = (channel: Channel, person: Person): boolean =>
  isMember(channel, person.id) ||
  (channel.kind === 'public' && channel.teamIds.includes(person.teamId) && !isGuest(person));

/** People of the workspace where the app is installed: they have its slash commands and its home. */
export const hasApp = (world: World, person: Person): boolean => person.teamId === world.app.teamId;

/** They share a channel, or a workspace. Anyone else is a stranger to the bot. */
export const isKnownToBot = (world: World, person: Person): boolean =>
  hasApp(world, person) ||
  [...world.channels.values()].some(
    (channel) => isMember(channel, person.id) && isMember(channel, world.app.botUserId),
  );

/** The direct message between the bot and somebody, made when there is none. */
export const directMessage = (world: World, userId: string): Channel => {
  const found = [...world.channels.values()].find(
    (channel) => channel.kind === 'direct' && isMember(channel, userId),
  );
  if (found !== undefined) return found;
  const made: Channel = {
    id: slackId('D'),
    name: '',
    kind: 'direct',
    teamIds: [world.app.teamId],
    memberIds: [world.app.botUserId, userId],
    archived: false,
    created: Math.floor(world.now().getTime() / 1000),
  };
  keepChannel(world, made);
  return made;
};

/** Messages in a channel that everybody there sees, oldest first. */
export const openMessages = (world: World, channelId: string): Message[] =>
  (world.messages.get(channelId) ?? []).filter((message) => message.onlyFor === undefined);

export const findMessage = (world: World, channelId: string, ts: string): Message | undefined =>
  world.messages.get(channelId)?.find((message) => message.ts === ts);

export const isReply = (message: Message): boolean =>
  message.threadTs !== undefined && message.threadTs !== message.ts;

export const repliesTo = (world: World, root: Message): Message[] =>
  openMessages(world, root.channelId).filter((message) => isReply(message) && message.threadTs === root.ts);

/** `channel`, `group` or `im`, as events and scopes name it. */
export const channelType = (channel: Channel): 'channel' | 'group' | 'im' => {
  if (channel.kind === 'direct') return 'im';
  return channel.kind === 'private' ? 'group' : 'channel';
};
