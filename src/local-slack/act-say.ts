import { actor, channelFor, Refused } from './act-context.ts';
import {
  announceChanged,
  announceDeleted,
  announceJoined,
  announceLeft,
  announcePosted,
} from './announce.ts';
import { hexId, messageId } from './ids.ts';
import type { Act, ActResult } from './page-acts.ts';
import { findMessage, isMember } from './people-and-channels.ts';
import { distinctPings, pingsOf } from './pings.ts';
import type { Channel, Message, Person } from './records.ts';
import { encodeTyped, richTextOf } from './typed-text.ts';
import type { Workspace } from './workspace.ts';
import { dropMessage, keepChannel, keepMessage, markRead, nextTs } from './world.ts';

type Of<K extends Act['act']> = Extract<Act, { act: K }>;

const writable = (workspace: Workspace, person: Person, channelId: string): Channel => {
  const channel = channelFor(workspace, person, channelId);
  if (!isMember(channel, person.id)) throw new Refused('Join the channel first.');
  if (channel.archived) throw new Refused('This channel is archived.');
  return channel;
};

/** A person writes into a channel or a thread. */
export const say = (workspace: Workspace, act: Of<'say'>): ActResult => {
  const { world } = workspace;
  const person = actor(workspace, act.as);
  const channel = writable(workspace, person, act.channelId);
  if (act.threadTs !== undefined && findMessage(world, channel.id, act.threadTs) === undefined) {
    throw new Refused('The message that starts this thread is gone.');
  }
  const text = encodeTyped(world, act.text, true);
  const blocks = [richTextOf(text, hexId(2))];
  const message: Message = {
    channelId: channel.id,
    ts: nextTs(world),
    broadcast: act.broadcast === true && act.threadTs !== undefined,
    userId: person.id,
    author: 'person',
    text,
    blocks,
    clientMsgId: messageId(),
    pings: pingsOf({ text, blocks, verbatimText: true }),
    laterPings: [],
    ...(act.threadTs !== undefined && { threadTs: act.threadTs }),
  };
  keepMessage(world, message);
  markRead(world, person.id, channel.id, message.ts);
  announcePosted(workspace, channel, message);
  return { result: 'done', ts: message.ts };
};

const own = (
  workspace: Workspace,
  act: Of<'edit'> | Of<'delete'>,
): { channel: Channel; message: Message } => {
  const person = actor(workspace, act.as);
  const channel = channelFor(workspace, person, act.channelId);
  const message = findMessage(workspace.world, channel.id, act.ts);
  if (message === undefined) throw new Refused('The message is gone.');
  if (message.onlyFor === person.id && act.act === 'delete') return { channel, message };
  if (message.userId !== person.id) throw new Refused('Only whoever wrote a message can change it.');
  return { channel, message };
};

export const edit = (workspace: Workspace, act: Of<'edit'>): ActResult => {
  const { world } = workspace;
  const { channel, message } = own(workspace, act);
  const text = encodeTyped(world, act.text, true);
  const blocks = [richTextOf(text, hexId(2))];
  const pings = pingsOf({ text, blocks, verbatimText: true });
  const laterPings = distinctPings([...message.laterPings, ...pings]);
  const after: Message = { ...message, text, blocks, editedTs: nextTs(world), laterPings };
  keepMessage(world, after);
  announceChanged(workspace, channel, message, after);
  return { result: 'done', ts: after.ts };
};

/** One's own message, or an ephemeral that one has read. */
export const remove = (workspace: Workspace, act: Of<'delete'>): ActResult => {
  const { channel, message } = own(workspace, act);
  dropMessage(workspace.world, message);
  if (message.onlyFor === undefined) announceDeleted(workspace, channel, message);
  return { result: 'done' };
};

/** Adds somebody, by themselves or by `inviter`. Nothing changes for one who is in it already. */
export const addMember = (workspace: Workspace, channel: Channel, userId: string, inviter?: string): void => {
  if (isMember(channel, userId)) return;
  const joined = { ...channel, memberIds: [...channel.memberIds, userId] };
  keepChannel(workspace.world, joined);
  announceJoined(workspace, joined, userId, inviter);
};

export const join = (workspace: Workspace, act: Of<'join'>): ActResult => {
  const person = actor(workspace, act.as);
  const channel = channelFor(workspace, person, act.channelId);
  if (channel.archived) throw new Refused('This channel is archived.');
  addMember(workspace, channel, person.id);
  return { result: 'done' };
};

export const leave = (workspace: Workspace, act: Of<'leave'>): ActResult => {
  const person = actor(workspace, act.as);
  const channel = channelFor(workspace, person, act.channelId);
  if (channel.kind === 'direct') throw new Refused('A direct message cannot be left.');
  if (isMember(channel, person.id)) removeMember(workspace, channel, person.id);
  return { result: 'done' };
};

/** The channel without them. */
export const removeMember = (workspace: Workspace, channel: Channel, userId: string): Channel => {
  const left = { ...channel, memberIds: channel.memberIds.filter((id) => id !== userId) };
  keepChannel(workspace.world, left);
  announceLeft(workspace, left, userId);
  return left;
};

export const read = (workspace: Workspace, act: Of<'read'>): ActResult => {
  const person = actor(workspace, act.as);
  const channel = channelFor(workspace, person, act.channelId);
  const last = workspace.world.messages.get(channel.id)?.at(-1)?.ts;
  if (last !== undefined) markRead(workspace.world, person.id, channel.id, last);
  return { result: 'done' };
};
