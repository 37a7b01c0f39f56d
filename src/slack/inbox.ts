import { z } from 'zod';
import type { Clock, Store } from '../ports.ts';

const message = z.looseObject({
  type: z.literal('message'),
  channel: z.string(),
  subtype: z.string().optional(),
  thread_ts: z.string().optional(),
  message: z.looseObject({ thread_ts: z.string().optional() }).optional(),
  previous_message: z.looseObject({ thread_ts: z.string().optional() }).optional(),
});

/** What is kept of an event: no verification token, nothing about other installations. */
const envelope = z.object({
  type: z.literal('event_callback'),
  event_id: z.string().min(1).max(200),
  event_time: z.number().optional(),
  team_id: z.string().optional(),
  context_team_id: z.string().optional(),
  event: message,
});

const threadOf = (event: z.infer<typeof message>): string | undefined =>
  event.thread_ts ?? event.message?.thread_ts ?? event.previous_message?.thread_ts;

/** A new reply, an edit or a deletion; joins, topics, pins and posts of bots are nobody's answer. */
const kept = new Set([undefined, 'file_share', 'thread_broadcast', 'message_changed', 'message_deleted']);

/**
 * Stores a message event under its `event_id` before it is acknowledged, if it belongs to one of the bot's own review
 * threads: nothing else that is said in a channel is kept. Returns whether there is something to work on. Throws
 * `StoreUnavailable` when it could not be stored: then Slack must send it again.
 */
export const keepEvent = async (
  parts: { readonly store: Store; readonly clock: Clock },
  workspaceId: string,
  body: unknown,
): Promise<boolean> => {
  const parsed = envelope.safeParse(body);
  if (!parsed.success) return false;
  const { event, event_id: eventId } = parsed.data;
  const thread = threadOf(event);
  if (thread === undefined || !kept.has(event.subtype)) return false;
  const workspace = parts.store.workspace(workspaceId);
  const roots = await workspace.occurrences.find({ channelId: event.channel, ts: thread }, { limit: 1 });
  if (roots.length === 0) return false;
  const now = parts.clock.now();
  const outcome = await workspace.inbox.insert({
    _id: `${workspaceId}:${eventId}`,
    body: parsed.data,
    receivedAt: now,
    wakeAt: now,
    attempts: 0,
  });
  return outcome === 'inserted';
};
