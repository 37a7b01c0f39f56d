import { z } from 'zod';

/*
 * What the page reads. JSON over HTTP on the address that also serves the page:
 *   GET  /_local/state?as=<user>                              LocalState
 *   GET  /_local/messages?as=<user>&channel=<id>[&thread=<ts>] MessageList
 *   GET  /_local/views?as=<user>                              ViewStack
 *   GET  /_local/home?as=<user>                               HomePage
 *   GET  /_local/events                                       server-sent events: "something changed", refetch
 *   POST /_local/act                                          see page-acts.ts
 *   POST /_local/clock, GET and POST /_local/faults           see page-acts.ts
 * A request that cannot be read is answered with status 400 and `{ error }`. No Node import here: the page bundles it.
 */

/** One Block Kit block or element as the bot sent it, with `block_id` and `action_id` filled in. */
const wireBlock = z.looseObject({ type: z.string(), block_id: z.string().optional() });
export type WireBlock = z.infer<typeof wireBlock>;

export const localTeam = z.object({
  id: z.string(),
  name: z.string(),
  domain: z.string(),
  zone: z.string(),
  /** The bot is installed here: its people have the slash commands and the bot's home. */
  hasApp: z.boolean(),
});
export type LocalTeam = z.infer<typeof localTeam>;

export const localPerson = z.object({
  id: z.string(),
  teamId: z.string(),
  /** The handle, as in `@maya`. */
  name: z.string(),
  /** "Maya Lindqvist". */
  realName: z.string(),
  title: z.string(),
  zone: z.string(),
  role: z.enum(['owner', 'admin', 'member', 'guest', 'single-channel-guest', 'bot']),
  deleted: z.boolean(),
});
export type LocalPerson = z.infer<typeof localPerson>;

const localChannel = z.object({
  id: z.string(),
  /** Without `#`; for a direct message the other person's real name. */
  name: z.string(),
  kind: z.enum(['public', 'private', 'direct']),
  /** Shared with another firm's workspace (Slack Connect). */
  shared: z.boolean(),
  archived: z.boolean(),
  botIsMember: z.boolean(),
  /** False: the acting person may look at it and join. */
  isMember: z.boolean(),
  memberIds: z.array(z.string()),
  unread: z.number().int(),
  /** Unread messages that ping the acting person. */
  unreadPings: z.number().int(),
});
export type LocalChannel = z.infer<typeof localChannel>;

const slashCommand = z.object({
  /** With the slash: `/partnership`. */
  command: z.string(),
  description: z.string(),
  usageHint: z.string(),
});

export const localState = z.object({
  /** The workspace's time, ISO 8601 in UTC; it may run ahead of the machine's. */
  now: z.string(),
  actingUserId: z.string(),
  teams: z.array(localTeam),
  people: z.array(localPerson),
  /** What the acting person sees, direct messages with the bot last. */
  channels: z.array(localChannel),
  app: z.object({
    id: z.string(),
    name: z.string(),
    botUserId: z.string(),
    /** Something answers where requests go; false while the bot is down. */
    online: z.boolean(),
    commands: z.array(slashCommand),
  }),
  clock: z.object({
    /** False: there is nothing to walk, the page hides the control. */
    canWalk: z.boolean(),
  }),
});
export type LocalState = z.infer<typeof localState>;

/** Whom a message pings, from its text and all of its blocks. */
export const ping = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('user'), id: z.string() }),
  z.object({ kind: z.literal('usergroup'), id: z.string() }),
  z.object({ kind: z.enum(['channel', 'here', 'everyone']) }),
]);
export type Ping = z.infer<typeof ping>;

/** A file that a message shares; it is fetched from `/_local/files/<id>`. */
export const sharedFile = z.object({
  id: z.string(),
  name: z.string(),
  title: z.string(),
  /** Bytes. */
  size: z.number().int(),
});

const localMessage = z.object({
  channelId: z.string(),
  ts: z.string(),
  /** ISO 8601, UTC. */
  at: z.string(),
  threadTs: z.string().optional(),
  userId: z.string(),
  /** mrkdwn, escaped as on the wire. */
  text: z.string(),
  blocks: z.array(wireBlock),
  edited: z.boolean(),
  /** A root that was deleted while it has replies: only "This message was deleted." is left of it. */
  deleted: z.boolean().optional(),
  /** Only the acting person sees it; it does not survive a restart. */
  ephemeral: z.boolean(),
  /** By Slackbot: "not a valid command", a command that failed. */
  fromSlackbot: z.boolean(),
  /** Pinged when it was posted; an update of a message notifies nobody. */
  pings: z.array(ping),
  /** The people behind `pings`, members of the channel. */
  pingedUserIds: z.array(z.string()),
  replyCount: z.number().int(),
  replyUserIds: z.array(z.string()),
  latestReplyTs: z.string().optional(),
  files: z.array(sharedFile).optional(),
});
export type LocalMessage = z.infer<typeof localMessage>;

/** Oldest first. With `thread`: the root, then its replies; without: roots, and replies also sent to the channel. */
export const messageList = z.object({ channelId: z.string(), messages: z.array(localMessage) });
export type MessageList = z.infer<typeof messageList>;

const localView = z.object({
  id: z.string(),
  hash: z.string(),
  callbackId: z.string(),
  title: z.string(),
  /** Absent: the view has no such button. */
  submit: z.string().optional(),
  close: z.string().optional(),
  blocks: z.array(wireBlock),
});
export type LocalView = z.infer<typeof localView>;

/** Open modals of the acting person, the one in front last. Empty: none. */
export const viewStack = z.object({ views: z.array(localView) });
export type ViewStack = z.infer<typeof viewStack>;

/** The bot's home for the acting person. `available: false` for people of another firm: the app is not theirs. */
export const homePage = z.object({
  available: z.boolean(),
  viewId: z.string().optional(),
  hash: z.string().optional(),
  blocks: z.array(wireBlock),
});
export type HomePage = z.infer<typeof homePage>;

/** `data` of each server-sent event. `n` grows by one; a gap means that changes were missed, refetch either way. */
export const changeNotice = z.object({ n: z.number().int() });
