/** The partners' side of the local Slack: a workspace, a person and a channel each, so that names and posts find a place. */
import { defaultSeed } from '../../src/local-slack/seed.ts';
import type { LocalState } from '../../src/local-state.ts';
import type { SeededPartner, Seeding } from './seeded-partner.ts';

/** As the local workspace keeps its records. */
const prefix = 'slack/';

/** What is there already stays as people made it. */
const keepNew = async (state: LocalState, key: string, record: unknown): Promise<void> => {
  if ((await state.get(`${prefix}${key}`)) === undefined)
    await state.save(`${prefix}${key}`, JSON.stringify(record));
};

/** The workspace that the program brings along: it is not made any more once a record of it is kept. */
export const keepDefaultPlaces = async (state: LocalState): Promise<void> => {
  for (const one of defaultSeed.teams) await keepNew(state, `team:${one.id}`, one);
  for (const one of defaultSeed.people) await keepNew(state, `person:${one.id}`, one);
  for (const one of defaultSeed.channels) await keepNew(state, `channel:${one.id}`, one);
};

export const keepPlacesOf = async (
  state: LocalState,
  { homeTeamId }: Seeding,
  partner: SeededPartner,
): Promise<void> => {
  const { name, teamId, lead, leadName, owner, backup, channelId, channelName } = partner;
  const domain = name.toLowerCase().replace(/[^a-z0-9]+/g, '-');
  await keepNew(state, `team:${teamId}`, { id: teamId, name, domain, zone: 'Europe/Berlin', hasApp: false });
  await keepNew(state, `person:${lead.userId}`, {
    id: lead.userId,
    teamId,
    name: `${leadName.toLowerCase().replace(/[^a-z]+/g, '.')}.${domain}`,
    realName: leadName,
    title: 'Practice lead',
    zone: 'Europe/Berlin',
    role: 'member',
    deleted: false,
  });
  await keepNew(state, `channel:${channelId}`, {
    id: channelId,
    name: channelName,
    kind: 'public',
    teamIds: [homeTeamId, teamId],
    memberIds: [...new Set([owner.userId, backup.userId, lead.userId, defaultSeed.app.botUserId])],
    archived: false,
    created: 1_780_600_000,
  });
};
