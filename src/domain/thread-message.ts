import { z } from 'zod';

/** Replies shorter than this are discussion. */
export const leastAnswerLength = 15;

const messageFields = {
  ts: z.string(),
  thread_ts: z.string().optional(),
  user: z.string().optional(),
  text: z.string().optional(),
  bot_id: z.string().optional(),
  user_team: z.string().optional(),
  source_team: z.string().optional(),
  team: z.string().optional(),
  edited: z.object({ ts: z.string() }).optional(),
};
const message = z.object(messageFields);

const slackEvent = z.object({
  type: z.literal('message'),
  channel: z.string(),
  subtype: z.string().optional(),
  ...messageFields,
  message: message.optional(),
  previous_message: message.optional(),
  deleted_ts: z.string().optional(),
});

/** Slack's Events API envelope, as far as thread replies need it. */
const envelope = z.object({ event_id: z.string(), event: slackEvent });

/** What somebody said, changed or took back in a thread. `ts` names the message, also when it was edited. */
export const threadMessage = z.object({
  eventId: z.string(),
  kind: z.enum(['said', 'changed', 'deleted']),
  channelId: z.string(),
  threadTs: z.string(),
  ts: z.string(),
  /** When it was edited last: a later edit that comes first is not undone by an earlier one. */
  editTs: z.string().exactOptional(),
  userId: z.string(),
  /** The sender's team, where Slack says it. */
  teamId: z.string().exactOptional(),
  /** Plain text; what it was before for a deletion. */
  text: z.string(),
});
export type ThreadMessage = z.infer<typeof threadMessage>;

/** Replies in a thread by people, as Slack's events tell them; undefined for everything else. */
export const readThreadMessage = (body: unknown): ThreadMessage | undefined => {
  const parsed = envelope.safeParse(body);
  if (!parsed.success) return undefined;
  const { event, event_id: eventId } = parsed.data;
  const kind = kindOf(event.subtype);
  if (kind === undefined) return undefined;
  const about = kind === 'said' ? event : kind === 'changed' ? event.message : event.previous_message;
  if (about?.user === undefined || about.bot_id !== undefined || about.thread_ts === undefined)
    return undefined;
  const ts = kind === 'deleted' ? (event.deleted_ts ?? about.ts) : about.ts;
  if (about.thread_ts === ts) return undefined;
  const teamId = about.user_team ?? about.source_team ?? about.team;
  return {
    eventId,
    kind,
    channelId: event.channel,
    threadTs: about.thread_ts,
    ts,
    ...(about.edited === undefined ? {} : { editTs: about.edited.ts }),
    userId: about.user,
    ...(teamId === undefined ? {} : { teamId }),
    text: plainText(about.text ?? ''),
  };
};

const kindOf = (subtype: string | undefined): ThreadMessage['kind'] | undefined => {
  switch (subtype) {
    case undefined:
    case 'file_share':
    case 'thread_broadcast':
      return 'said';
    case 'message_changed':
      return 'changed';
    case 'message_deleted':
      return 'deleted';
    default:
      return undefined;
  }
};

/** Slack's markup as people read it: links by their label, entities by their character, nothing that pings. */
const plainText = (text: string): string =>
  text
    .replace(/<([^<>|]*)\|([^<>]*)>/g, '$2')
    .replace(/<([@#!]?)([^<>]*)>/g, '$1$2')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .trim();
