import { z } from 'zod';
import type { Copy } from '../domain/copies.ts';
import type { MessageContent } from '../domain/message.ts';
import type { Deps, Found, Messenger, PostOutcome } from '../ports.ts';
import type { SlackClients } from './clients.ts';
import { withinMs } from './deadline.ts';
import type { SingleInstallation } from './installations.ts';
import { render } from './render.ts';
import { outcomeOf, slackCode } from './slack-error.ts';
import type { Message } from './views/kit.ts';

const eventType = 'partnership_message';
const gone: PostOutcome = { kind: 'nothing', reason: 'What this message shows is not there any more.' };

const posted = z.object({ channel: z.string(), ts: z.string() });
const page = z.object({
  messages: z
    .array(
      z.object({
        ts: z.string(),
        user: z.string().optional(),
        bot_id: z.string().optional(),
        reply_count: z.number().int().optional(),
        metadata: z
          .object({
            event_type: z.string(),
            event_payload: z.looseObject({ operation: z.string().optional() }).optional(),
          })
          .optional(),
      }),
    )
    .default([]),
  response_metadata: z.object({ next_cursor: z.string().optional() }).optional(),
});
const mostPages = 20;

/**
 * Hands messages to Slack, once each and without retries. The metadata carries an opaque operation id and nothing
 * else: everybody in the workspace can read it.
 */
export const createMessenger = (parts: {
  readonly clients: SlackClients;
  readonly installation: SingleInstallation;
  /** For gathering what a message says; well within the time that a claim may post in. 10 s unless told. */
  readonly drawWithinMs?: number;
  /** The rest of what a use case may touch; a function, since this messenger is one of its parts. */
  readonly deps: () => Deps;
}): Messenger => {
  // History too: a limit there must not hold a whole tick, the message is simply looked up later.
  const { posting } = parts.clients;
  /** Slack limits each method by itself: reading waits here, in monotonic milliseconds, and posts go on. */
  let historyFreeAt = Number.NEGATIVE_INFINITY;
  const { drawWithinMs = 10_000 } = parts;

  const said = (operationId: string, fence: number) => ({
    metadata: { event_type: eventType, event_payload: { operation: operationId, fence } },
    parse: 'none' as const,
    link_names: false,
  });

  /**
   * A message that cannot be drawn was surely not posted: it is tried again later, and needs no looking up. Its facts
   * may need Slack, whose limits on reading can last for minutes: what arrives then is kept for the next try.
   */
  const drawn = async (workspaceId: string, content: MessageContent): Promise<Message | PostOutcome> => {
    const { log } = parts.deps();
    const failed = (error: unknown): PostOutcome => {
      log.error('a message could not be drawn', { workspaceId, content, error });
      return { kind: 'refused', error: 'it could not be drawn', permanent: false };
    };
    try {
      const inTime = await withinMs(drawWithinMs, render(parts.deps(), workspaceId, content), failed);
      if (inTime.kind === 'done') return inTime.value ?? gone;
      log.warn('a message took too long to draw', { workspaceId, content, ms: drawWithinMs });
      return { kind: 'late' };
    } catch (error) {
      return failed(error);
    }
  };

  return {
    post: async ({ workspaceId, channelId, threadTs, content, operationId, fence, mayStill }) => {
      const message = await drawn(workspaceId, content);
      if ('kind' in message) return message;
      if (!mayStill()) return { kind: 'late' };
      return outcome(async () =>
        posted.parse(
          await posting.chat.postMessage({
            channel: channelId,
            ...message,
            ...said(operationId, fence),
            unfurl_links: false,
            unfurl_media: false,
            ...(threadTs === undefined ? {} : { thread_ts: threadTs }),
          }),
        ),
      );
    },
    update: async ({ workspaceId, channelId, ts, content, operationId, fence, mayStill }) => {
      const message = await drawn(workspaceId, content);
      if ('kind' in message) return message;
      if (!mayStill()) return { kind: 'late' };
      return outcome(async () => {
        await posting.chat.update({ channel: channelId, ts, ...message, ...said(operationId, fence) });
        return { channel: channelId, ts };
      });
    },
    remove: ({ channelId, ts }) =>
      outcome(async () => {
        try {
          await posting.chat.delete({ channel: channelId, ts });
        } catch (error) {
          if (slackCode(error) !== 'message_not_found') throw error;
        }
        return { channel: channelId, ts };
      }),
    find: async ({ channelId, threadTs, operationId, since }) => {
      const waitMs = historyFreeAt - parts.deps().clock.elapsed();
      if (waitMs > 0) return { kind: 'limited', retryAfterMs: waitMs };
      const oldest = String(Math.floor(since.getTime() / 1000));
      try {
        const { botId, botUserId } = await parts.installation.current();
        const channel = await conversationOf(parts.clients, channelId);
        const found: Copy[] = [];
        let cursor: string | undefined;
        for (let pages = 0; pages < mostPages; pages += 1) {
          const about = {
            channel,
            oldest,
            limit: 100,
            include_all_metadata: true,
            ...(cursor && { cursor }),
          };
          const answer = page.parse(
            threadTs === undefined
              ? await posting.conversations.history(about)
              : await posting.conversations.replies({ ...about, ts: threadTs }),
          );
          for (const one of answer.messages) {
            const ours = one.user === botUserId || one.bot_id === botId;
            const { event_type, event_payload } = one.metadata ?? {};
            if (ours && event_type === eventType && event_payload?.operation === operationId) {
              found.push({ channelId: channel, ts: one.ts, replies: one.reply_count ?? 0 });
            }
          }
          cursor = answer.response_metadata?.next_cursor || undefined;
          if (cursor === undefined)
            return { kind: 'copies', copies: found.sort((a, b) => Number(a.ts) - Number(b.ts)) };
        }
        return { kind: 'unreadable' };
      } catch (error) {
        parts.deps().log.warn('history could not be read', { channelId, operationId, error });
        const found = notFound(outcomeOf(error));
        if (found.kind === 'limited') historyFreeAt = parts.deps().clock.elapsed() + found.retryAfterMs;
        return found;
      }
    },
  };
};

const notFound = (outcome: PostOutcome): Found =>
  outcome.kind === 'limited' ? outcome : { kind: 'unreadable' };

/** A direct message is addressed by its person and read by its conversation. */
const conversationOf = async (clients: SlackClients, channelId: string): Promise<string> => {
  if (!/^[UW]/.test(channelId)) return channelId;
  const { channel } = await clients.posting.conversations.open({ users: channelId });
  return z.string().parse(channel?.id);
};

const outcome = async (
  call: () => Promise<{ readonly channel: string; readonly ts: string }>,
): Promise<PostOutcome> => {
  try {
    const { channel, ts } = await call();
    return { kind: 'done', channelId: channel, ts };
  } catch (error) {
    return outcomeOf(error);
  }
};
