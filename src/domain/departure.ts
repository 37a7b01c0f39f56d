import { z } from 'zod';

/** Slack says who was deactivated with `user_change`, and who left a channel with `member_left_channel`. */
const slackEvent = z.union([
  z.object({
    event_id: z.string(),
    event: z.object({
      type: z.literal('user_change'),
      user: z.object({ id: z.string(), team_id: z.string(), deleted: z.literal(true) }),
    }),
  }),
  z.object({
    event_id: z.string(),
    event: z.object({
      type: z.literal('member_left_channel'),
      user: z.string(),
      team: z.string().optional(),
      channel: z.string(),
    }),
  }),
]);

/** Somebody is gone: from Slack, or from one channel when `channelId` is there. */
export const departure = z.object({
  eventId: z.string(),
  kind: z.literal('departure'),
  userId: z.string(),
  /** Their team, where Slack says it. */
  teamId: z.string().exactOptional(),
  channelId: z.string().exactOptional(),
});
export type Departure = z.infer<typeof departure>;

export const readDeparture = (body: unknown): Departure | undefined => {
  const parsed = slackEvent.safeParse(body);
  if (!parsed.success) return undefined;
  const { event_id: eventId, event } = parsed.data;
  if (event.type === 'user_change')
    return { eventId, kind: 'departure', userId: event.user.id, teamId: event.user.team_id };
  const { user: userId, team, channel: channelId } = event;
  return { eventId, kind: 'departure', userId, ...(team === undefined ? {} : { teamId: team }), channelId };
};
