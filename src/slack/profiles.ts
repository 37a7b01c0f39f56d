import { z } from 'zod';
import type { HomeTeam } from '../domain/access.ts';
import type { Profile } from '../domain/person.ts';
import type { KnownPerson } from '../domain/record.ts';
import type { New } from '../ports.ts';

const userAnswer = z.object({
  user: z.object({
    id: z.string(),
    team_id: z.string(),
    name: z.string().optional(),
    real_name: z.string().optional(),
    tz: z.string().optional(),
    deleted: z.boolean().optional(),
    is_bot: z.boolean().optional(),
    is_admin: z.boolean().optional(),
    is_owner: z.boolean().optional(),
    is_restricted: z.boolean().optional(),
    is_ultra_restricted: z.boolean().optional(),
    enterprise_user: z.object({ enterprise_id: z.string().optional() }).optional(),
    profile: z.object({ real_name: z.string().optional(), display_name: z.string().optional() }).optional(),
  }),
});

/**
 * The team that a person goes by. A request may name the team it came through instead of theirs, so Slack's own answer
 * counts, but where it is another team of our own enterprise. Whoever is known already as another firm's stays under
 * the team that lists and answers name them by; under ours nobody stays whom Slack says is not ours.
 */
export const teamOf = (one: {
  /** The team that the request named. */
  readonly asked: string;
  /** The team under which they are kept for it already. */
  readonly known: string | undefined;
  readonly answered: Profile;
  readonly home: HomeTeam;
}): string => {
  const { asked, known, answered, home } = one;
  if (home.enterpriseId !== undefined && answered.enterpriseId === home.enterpriseId) return asked;
  const isOurs = answered.teamId === home.teamId || known === home.teamId;
  return known === undefined || isOurs ? answered.teamId : known;
};

/** What `users.info` answered. Throws a ZodError where that is no user. */
export const readProfile = (answer: unknown): Profile => asProfile(userAnswer.parse(answer).user);

const asProfile = (user: z.infer<typeof userAnswer>['user']): Profile => ({
  teamId: user.team_id,
  userId: user.id,
  ...(user.enterprise_user?.enterprise_id ? { enterpriseId: user.enterprise_user.enterprise_id } : {}),
  name: user.profile?.real_name || user.real_name || user.profile?.display_name || user.name || user.id,
  ...(user.tz ? { zone: user.tz } : {}),
  guest: user.is_restricted === true || user.is_ultra_restricted === true,
  deleted: user.deleted === true,
  bot: user.is_bot === true,
  workspaceAdmin: user.is_admin === true || user.is_owner === true,
});

export const asKnown = (
  _id: string,
  { teamId, userId, ...rest }: Profile,
  now: Date,
): Omit<New<KnownPerson>, 'met'> => ({
  _id,
  person: { teamId, userId },
  userId,
  ...rest,
  fetchedAt: now,
});

export const knownProfile = (known: KnownPerson): Profile => ({
  ...known.person,
  ...(known.enterpriseId === undefined ? {} : { enterpriseId: known.enterpriseId }),
  name: known.name,
  ...(known.zone === undefined ? {} : { zone: known.zone }),
  guest: known.guest,
  deleted: known.deleted,
  bot: known.bot,
  workspaceAdmin: known.workspaceAdmin,
});
