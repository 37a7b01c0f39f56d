import { z } from 'zod';
import { findMessage, isReply, openMessages } from '../people-and-channels.ts';
import type { Message } from '../records.ts';
import { toMicros } from '../timestamps.ts';
import { ApiError } from './api-error.ts';
import { count, flag } from './arguments.ts';
import { method, needChannelScope } from './method.ts';
import { pageOf } from './paging.ts';
import { joinedChannel } from './resolve.ts';
import { messageShape } from './shapes.ts';

const rangeArguments = {
  channel: z.string(),
  oldest: z.coerce.string().optional(),
  latest: z.coerce.string().optional(),
  inclusive: flag.optional(),
  limit: count.optional(),
  cursor: z.string().optional(),
  include_all_metadata: flag.optional(),
};
type Range = z.infer<z.ZodObject<typeof rangeArguments>>;

/** `oldest` and `latest` leave out messages that stand exactly there, unless `inclusive`. */
const within = (range: Range): ((message: Message) => boolean) => {
  const oldest = toMicros(range.oldest ?? '0');
  const latest = range.latest === undefined ? Number.POSITIVE_INFINITY : toMicros(range.latest);
  if (Number.isNaN(oldest)) throw new ApiError('invalid_ts_oldest');
  if (Number.isNaN(latest)) throw new ApiError('invalid_ts_latest');
  return ({ ts }) => {
    const at = toMicros(ts);
    if (range.inclusive === true) return at >= oldest && at <= latest;
    return at > oldest && at < latest;
  };
};

/** Newest first; replies only where they were also sent to the channel. */
export const history = method(z.object(rangeArguments), [], (workspace, args) => {
  const channel = joinedChannel(workspace, args.channel);
  needChannelScope(workspace, channel, 'history');
  const found = openMessages(workspace.world, channel.id)
    .filter((message) => !isReply(message) || message.broadcast)
    .filter(within(args))
    .reverse();
  const { page, next } = pageOf(found, { ...args, most: 999 });
  return {
    messages: page.map((message) =>
      messageShape(workspace.world, message, args.include_all_metadata === true),
    ),
    has_more: next !== '',
    pin_count: 0,
    ...(next !== '' && { response_metadata: { next_cursor: next } }),
  };
});

/** The root first, then its replies, oldest first. With the `ts` of a reply: that reply alone. */
export const replies = method(z.object({ ...rangeArguments, ts: z.string() }), [], (workspace, args) => {
  const channel = joinedChannel(workspace, args.channel);
  needChannelScope(workspace, channel, 'history');
  const root = findMessage(workspace.world, channel.id, args.ts);
  if (root === undefined || root.onlyFor !== undefined) throw new ApiError('thread_not_found');
  const below = openMessages(workspace.world, channel.id)
    .filter((message) => isReply(message) && message.threadTs === root.ts)
    .filter(within(args));
  const { page, next } = pageOf([root, ...below], { ...args, most: 999 });
  const whole = page[0]?.ts === root.ts ? page : [root, ...page];
  return {
    messages: whole.map((message) =>
      messageShape(workspace.world, message, args.include_all_metadata === true),
    ),
    has_more: next !== '',
    ...(next !== '' && { response_metadata: { next_cursor: next } }),
  };
});
