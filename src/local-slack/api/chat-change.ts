import { z } from 'zod';
import { announceChanged, announceDeleted } from '../announce.ts';
import { limits } from '../block-kit/limits.ts';
import { lengthOf } from '../block-kit/text.ts';
import { type Content, readContent } from '../content.ts';
import { findMessage } from '../people-and-channels.ts';
import { distinctPings } from '../pings.ts';
import type { Channel, Message, Metadata } from '../records.ts';
import type { Workspace } from '../workspace.ts';
import { dropMessage, keepMessage, nextTs } from '../world.ts';
import { ApiError } from './api-error.ts';
import { flag, json } from './arguments.ts';
import { readMetadata } from './message-metadata.ts';
import { method } from './method.ts';
import { joinedChannel, ownMessage, visibleChannel } from './resolve.ts';
import { messageShape } from './shapes.ts';

/** `metadata` undefined keeps what there is, null removes it. */
export const changeMessage = (
  workspace: Workspace,
  channel: Channel,
  before: Message,
  change: { readonly content: Content; readonly metadata?: Metadata | null | undefined },
): Message => {
  const { world, rendered } = workspace;
  const { content } = change;
  const { metadata: old, ...rest } = before;
  const metadata = change.metadata === undefined ? old : change.metadata;
  const after: Message = {
    ...rest,
    text: content.text,
    blocks: content.blocks,
    editedTs: nextTs(world),
    laterPings: distinctPings([...before.laterPings, ...content.pings]),
    ...(metadata !== undefined && metadata !== null && { metadata }),
  };
  rendered.add('message', { text: content.text, blocks: content.blocks });
  keepMessage(world, after);
  if (after.onlyFor === undefined) announceChanged(workspace, channel, before, after);
  return after;
};

export const removeMessage = (workspace: Workspace, channel: Channel, message: Message): void => {
  dropMessage(workspace.world, message);
  if (message.onlyFor === undefined) announceDeleted(workspace, channel, message);
};

export const update = method(
  z.object({
    channel: z.string(),
    ts: z.string(),
    text: z.string().optional(),
    blocks: json.optional(),
    parse: z.string().optional(),
    link_names: flag.optional(),
    metadata: json.optional(),
  }),
  ['chat:write'],
  (workspace, args) => {
    const channel = joinedChannel(workspace, args.channel);
    const before = ownMessage(workspace, channel, args.ts, 'cant_update_message');
    if (channel.archived) throw new ApiError('is_archived');
    if (lengthOf(args.text ?? '') > limits.updatedText) throw new ApiError('msg_too_long');
    const content = readContent({ ...args, linkNames: args.link_names }, before);
    const metadata = readMetadata(args.metadata);
    const after = changeMessage(workspace, channel, before, { content, metadata });
    return {
      channel: channel.id,
      ts: after.ts,
      text: after.text,
      message: messageShape(workspace.world, after, true),
    };
  },
);

export const remove = method(
  z.object({ channel: z.string(), ts: z.string() }),
  ['chat:write'],
  (workspace, args) => {
    const channel = joinedChannel(workspace, args.channel);
    removeMessage(workspace, channel, ownMessage(workspace, channel, args.ts, 'cant_delete_message'));
    return { channel: channel.id, ts: args.ts };
  },
);

export const getPermalink = method(
  z.object({ channel: z.string(), message_ts: z.string() }),
  [],
  (workspace, args) => {
    const channel = visibleChannel(workspace, args.channel);
    const message = findMessage(workspace.world, channel.id, args.message_ts);
    if (message === undefined) throw new ApiError('message_not_found');
    const place = `${workspace.address()}/archives/${channel.id}/p${message.ts.replace('.', '')}`;
    const inThread = message.threadTs === undefined ? '' : `?thread_ts=${message.threadTs}&cid=${channel.id}`;
    return { channel: channel.id, permalink: place + inThread };
  },
);
