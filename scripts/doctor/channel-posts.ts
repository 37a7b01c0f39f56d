import { setTimeout as wait } from 'node:timers/promises';
import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import type { StandingPost } from '../../src/domain/ledger-check.ts';

/** Between two pages: Slack takes about fifty such calls a minute. A "wait" of Slack's own is the client's to keep. */
const pauseMs = 1300;

const page = z.object({
  messages: z
    .array(
      z.object({
        ts: z.string(),
        metadata: z
          .object({ event_payload: z.looseObject({ operation: z.string().optional() }).optional() })
          .optional(),
      }),
    )
    .default([]),
  response_metadata: z.object({ next_cursor: z.string().optional() }).optional(),
});

/** What this app posted in a channel since then, by metadata. Throws what Slack answers when it may not be read. */
export const channelPosts = async (
  client: WebClient,
  channelId: string,
  since: Date,
): Promise<StandingPost[]> => {
  const posts: StandingPost[] = [];
  let cursor: string | undefined;
  do {
    if (cursor !== undefined) await wait(pauseMs);
    const answer = page.parse(
      await client.conversations.history({
        channel: channelId,
        oldest: String(Math.floor(since.getTime() / 1000)),
        limit: 200,
        include_all_metadata: true,
        ...(cursor === undefined ? {} : { cursor }),
      }),
    );
    for (const { ts, metadata } of answer.messages) {
      const operationId = metadata?.event_payload?.operation;
      if (operationId !== undefined)
        posts.push({ operationId, channelId, ts, postedAt: new Date(Number(ts) * 1000) });
    }
    cursor = answer.response_metadata?.next_cursor || undefined;
  } while (cursor !== undefined);
  return posts;
};
