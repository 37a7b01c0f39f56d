import { z } from 'zod';

/** A person is a Slack user in a team: user ids alone are not unique across Slack Connect. */
export const personRef = z.object({ teamId: z.string().min(1), userId: z.string().min(1) });
export type PersonRef = z.infer<typeof personRef>;

/** `ours`, `theirs`, `joint` are stored words; screens print the firms' names. */
export const side = z.enum(['ours', 'theirs', 'joint']);
export type Side = z.infer<typeof side>;
export const firm = z.enum(['ours', 'theirs']);
export type Firm = z.infer<typeof firm>;

/** What Slack says of a person: name, IANA zone (absent for some external people), guest and deleted flags. */
export const profile = z.object({
  teamId: z.string(),
  userId: z.string(),
  enterpriseId: z.string().optional(),
  name: z.string(),
  zone: z.string().optional(),
  guest: z.boolean(),
  deleted: z.boolean(),
  bot: z.boolean(),
  workspaceAdmin: z.boolean(),
});
export type Profile = z.infer<typeof profile>;

export const samePerson = (a: PersonRef, b: PersonRef): boolean =>
  a.teamId === b.teamId && a.userId === b.userId;
export const personKey = (person: PersonRef): string => `${person.teamId}.${person.userId}`;
export const includesPerson = (people: readonly PersonRef[], person: PersonRef): boolean =>
  people.some((one) => samePerson(one, person));
