import { z } from 'zod';

const slackEvent = z.object({
  event_id: z.string(),
  event: z.object({
    type: z.literal('user_change'),
    user: z.object({
      id: z.string(),
      team_id: z.string(),
      deleted: z.boolean().optional(),
      is_restricted: z.boolean().optional(),
      is_ultra_restricted: z.boolean().optional(),
      is_admin: z.boolean().optional(),
      is_owner: z.boolean().optional(),
    }),
  }),
});

/** What somebody's account is now, as far as rights follow from it. */
export const personChange = z.object({
  eventId: z.string(),
  kind: z.literal('person-change'),
  userId: z.string(),
  teamId: z.string(),
  guest: z.boolean(),
  deleted: z.boolean(),
  workspaceAdmin: z.boolean(),
});
export type PersonChange = z.infer<typeof personChange>;

/** Slack's `user_change`, whatever it was about; undefined for any other event. */
export const readPersonChange = (body: unknown): PersonChange | undefined => {
  const parsed = slackEvent.safeParse(body);
  if (!parsed.success) return undefined;
  const { event_id: eventId, event } = parsed.data;
  const { user } = event;
  return {
    eventId,
    kind: 'person-change',
    userId: user.id,
    teamId: user.team_id,
    guest: user.is_restricted === true || user.is_ultra_restricted === true,
    deleted: user.deleted === true,
    workspaceAdmin: user.is_admin === true || user.is_owner === true,
  };
};
