import { z } from 'zod';
import { ApiError } from './api/api-error.ts';
import { changeMessage, removeMessage } from './api/chat-change.ts';
import { postAsBot } from './api/chat-post.ts';
import { readContent } from './content.ts';
import { findMessage } from './people-and-channels.ts';
import type { ResponsePlace } from './response-urls.ts';
import type { Workspace } from './workspace.ts';

const response = z.object({
  text: z.string().optional(),
  blocks: z.array(z.unknown()).optional(),
  response_type: z.enum(['ephemeral', 'in_channel']).optional(),
  replace_original: z.boolean().optional(),
  delete_original: z.boolean().optional(),
  thread_ts: z.string().optional(),
  parse: z.string().optional(),
});

/** What the bot answers to a command in its acknowledgement, or to a `response_url`. Throws an `ApiError`. */
export const respond = (workspace: Workspace, place: ResponsePlace, raw: unknown): void => {
  const parsed = response.safeParse(typeof raw === 'string' ? { text: raw } : raw);
  if (!parsed.success) throw new ApiError('invalid_payload');
  const body = parsed.data;
  const channel = workspace.world.channels.get(place.channelId);
  if (channel === undefined) throw new ApiError('channel_not_found');
  const source =
    place.sourceTs === undefined ? undefined : findMessage(workspace.world, channel.id, place.sourceTs);
  if (body.delete_original === true || body.replace_original === true) {
    if (source === undefined) throw new ApiError('message_not_found');
    if (body.delete_original === true) removeMessage(workspace, channel, source);
    else changeMessage(workspace, channel, source, { content: readContent(body) });
    return;
  }
  postAsBot(workspace, channel, {
    content: readContent(body),
    threadTs: body.thread_ts,
    onlyFor: body.response_type === 'in_channel' ? undefined : place.userId,
  });
};
