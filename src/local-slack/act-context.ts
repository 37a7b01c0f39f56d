import type { ActResult } from './page-acts.ts';
import { canSee } from './people-and-channels.ts';
import type { Channel, Person } from './records.ts';
import type { Workspace } from './workspace.ts';

/** Slack itself says no to somebody; the message is for them. */
export class Refused extends Error {
  override readonly name = 'Refused';
}

export const refused = (message: string): ActResult => ({ result: 'refused', message });

export const actor = ({ world }: Workspace, userId: string): Person => {
  const person = world.people.get(userId);
  if (person === undefined) throw new Refused(`There is nobody with the id ${userId}.`);
  if (person.deleted) throw new Refused(`${person.realName} is deactivated and cannot do this.`);
  return person;
};

/** A channel that this person sees. */
export const channelFor = ({ world }: Workspace, person: Person, channelId: string): Channel => {
  const channel = world.channels.get(channelId);
  if (channel === undefined || !canSee(channel, person)) {
    throw new Refused(`${person.realName} does not see the channel ${channelId}.`);
  }
  return channel;
};

/** `team`, `user` and the rest that every interaction carries. `theirs`: the person's own team, not the installing one. */
export const interactionFrame = ({ world }: Workspace, person: Person, theirs: boolean): object => {
  const teamId = theirs ? person.teamId : world.app.teamId;
  return {
    team: { id: teamId, domain: world.teams.get(teamId)?.domain },
    user: { id: person.id, username: person.name, name: person.name, team_id: person.teamId },
    api_app_id: world.app.id,
    token: 'local',
    enterprise: null,
    is_enterprise_install: false,
  };
};
