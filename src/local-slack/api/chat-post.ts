import { z } from 'zod';
import { announcePosted } from '../announce.ts';
import { type Content, readContent } from '../content.ts';
import { isMember } from '../people-and-channels.ts';
import type { Channel, Message, Metadata } from '../records.ts';
import type { Workspace } from '../workspace.ts';
import { keepMessage, nextTs } from '../world.ts';
import { ApiError } from './api-error.ts';
import { flag, json } from './arguments.ts';
import { readMetadata } from './message-metadata.ts';
import { method } from './method.ts';
import { joinedChannel, postTarget, threadRoot } from './resolve.ts';
import { messageShape } from './shapes.ts';

const contentArguments = {
  channel: z.string(),
  text: z.string().optional(),
  blocks: json.optional(),
  attachments: json.optional(),
  thread_ts: z.string().optional(),
  parse: z.string().optional(),
  link_names: flag.optional(),
};

/** Attachments are the old way to write a message; none are taken here. */
const noAttachments = (attachments: unknown): void => {
  if (Array.isArray(attachments) && attachments.length > 0) throw new ApiError('invalid_attachments');
};

interface Posted {
  readonly content: Content;
  readonly threadTs?: string | undefined;
  readonly broadcast?: boolean | undefined;
  readonly metadata?: Metadata | undefined;
  readonly onlyFor?: string | undefined;
  readonly files?: Message['files'];
}

/** Puts a message of the bot into a channel; everybody there hears of it unless it is for one person only. */
export const postAsBot = (workspace: Workspace, channel: Channel, posted: Posted): Message => {
  const { world, rendered } = workspace;
  const { content, threadTs, broadcast, metadata, onlyFor, files } = posted;
  const message: Message = {
    channelId: channel.id,
    ts: nextTs(world),
    broadcast: broadcast === true && threadTs !== undefined,
    userId: world.app.botUserId,
    author: 'bot',
    text: content.text,
    blocks: content.blocks,
    pings: content.pings,
    laterPings: [],
    ...(threadTs !== undefined && { threadTs }),
    ...(metadata !== undefined && { metadata }),
    ...(onlyFor !== undefined && { onlyFor }),
    ...(files !== undefined && { files }),
  };
  rendered.add('message', { text: content.text, blocks: content.blocks });
  keepMessage(world, message);
  if (onlyFor === undefined) announcePosted(workspace, channel, message);
  return message;
};

const contentOf = (args: {
  text?: string | undefined;
  blocks?: unknown;
  attachments?: unknown;
  parse?: string | undefined;
  link_names?: boolean | undefined;
}): Content => {
  noAttachments(args.attachments);
  return readContent({ ...args, linkNames: args.link_names });
};

export const postMessage = method(
  z.object({ ...contentArguments, reply_broadcast: flag.optional(), metadata: json.optional() }),
  ['chat:write'],
  (workspace, args) => {
    const channel = postTarget(workspace, args.channel);
    const content = contentOf(args);
    const metadata = readMetadata(args.metadata) ?? undefined;
    const threadTs =
      args.thread_ts === undefined ? undefined : threadRoot(workspace, channel, args.thread_ts).ts;
    const message = postAsBot(workspace, channel, {
      content,
      metadata,
      threadTs,
      broadcast: args.reply_broadcast,
    });
    const shape = messageShape(workspace.world, message, true);
    return { channel: channel.id, ts: message.ts, message: shape };
  },
);

export const postEphemeral = method(
  z.object({ ...contentArguments, user: z.string() }),
  ['chat:write'],
  (workspace, args) => {
    const channel = joinedChannel(workspace, args.channel);
    if (channel.archived) throw new ApiError('is_archived');
    if (!isMember(channel, args.user)) throw new ApiError('user_not_in_channel');
    const message = postAsBot(workspace, channel, {
      content: contentOf(args),
      threadTs: args.thread_ts,
      onlyFor: args.user,
    });
    return { message_ts: message.ts };
  },
);
