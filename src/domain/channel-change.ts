import { z } from 'zod';

const aboutOne = [
  'channel_archive',
  'channel_deleted',
  'channel_left',
  'channel_shared',
  'channel_unarchive',
  'channel_unshared',
  'group_archive',
  'group_deleted',
  'group_left',
  'group_unarchive',
] as const;

const slackEvent = z.object({
  event_id: z.string(),
  event: z.union([
    z.object({ type: z.enum(aboutOne), channel: z.string() }),
    z.object({ type: z.enum(['channel_rename', 'group_rename']), channel: z.object({ id: z.string() }) }),
    z.object({ type: z.literal('member_joined_channel'), channel: z.string() }),
    z.object({
      type: z.literal('channel_id_changed'),
      old_channel_id: z.string(),
      new_channel_id: z.string(),
    }),
  ]),
});

/**
 * Something became different with a channel. What exactly, Slack is asked; only what it may not say any more, or not
 * yet, is kept: that the channel is `shared` or `deleted`, and that its id became `newChannelId`.
 */
export const channelChange = z.object({
  eventId: z.string(),
  kind: z.literal('channel-change'),
  channelId: z.string(),
  what: z.enum(['changed', 'joined', 'shared', 'deleted', 'id']),
  newChannelId: z.string().exactOptional(),
});
export type ChannelChange = z.infer<typeof channelChange>;

export const readChannelChange = (body: unknown): ChannelChange | undefined => {
  const parsed = slackEvent.safeParse(body);
  if (!parsed.success) return undefined;
  const { event_id: eventId, event } = parsed.data;
  const about = (channelId: string, what: ChannelChange['what']): ChannelChange => ({
    eventId,
    kind: 'channel-change',
    channelId,
    what,
  });
  switch (event.type) {
    case 'channel_id_changed':
      return { ...about(event.old_channel_id, 'id'), newChannelId: event.new_channel_id };
    case 'channel_rename':
    case 'group_rename':
      return about(event.channel.id, 'changed');
    case 'channel_shared':
      return about(event.channel, 'shared');
    case 'channel_deleted':
    case 'group_deleted':
      return about(event.channel, 'deleted');
    case 'member_joined_channel':
      return about(event.channel, 'joined');
    default:
      return about(event.channel, 'changed');
  }
};
