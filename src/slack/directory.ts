import type { WebClient } from '@slack/web-api';
import { DomainError } from '../domain/errors.ts';
import { type PersonRef, type Profile, personKey } from '../domain/person.ts';
import type { KnownPerson } from '../domain/record.ts';
import type { ChannelFacts, Clock, Directory, Log, New, Store } from '../ports.ts';
import { type ChannelMembers, channelFacts, channelMembers } from './channels.ts';
import { expiring } from './expiring.ts';
import { asKnown, knownProfile, readProfile, teamOf } from './profiles.ts';
import { slackCode } from './slack-error.ts';

const profileForMs = 24 * 3600_000;
const channelForMs = 60_000;

/** The port, and what only the edge needs: who pressed a button, and forgetting a channel before a check. */
export interface SlackDirectory extends Directory {
  /** Who somebody is that a request names, as kept, however long ago; undefined for a stranger. Asks nobody. */
  kept(workspaceId: string, person: PersonRef): Promise<PersonRef | undefined>;
  /** They pressed one of the bot's buttons: from now on they may get a direct message. */
  markMet(workspaceId: string, person: PersonRef): Promise<void>;
  forgetChannel(channelId: string): void;
}

const mostMarks = 5;

export const createDirectory = (parts: {
  readonly client: WebClient;
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
}): SlackDirectory => {
  const { client, store, clock, log } = parts;
  const channels = expiring<ChannelFacts>(clock, channelForMs);
  const members = expiring<ChannelMembers>(clock, channelForMs);
  const homes = expiring<Awaited<ReturnType<Directory['home']>>>(clock, channelForMs);
  const teams = new Map<string, string>();

  const home: Directory['home'] = async (workspaceId) => {
    const known = homes.get(workspaceId);
    if (known !== undefined) return known;
    const installation = await store.installations.byWorkspace(workspaceId);
    if (installation === undefined) throw new Error(`no installation for workspace ${workspaceId}`);
    const { teamId, enterpriseId, teamName } = installation;
    const found = {
      teamId: teamId ?? enterpriseId ?? installation._id,
      name: teamName,
      ...(enterpriseId === undefined ? {} : { enterpriseId }),
    };
    homes.set(workspaceId, found);
    return found;
  };

  /** Asks Slack and keeps the answer, under the team that the person goes by and under the one they were asked by. */
  const learn = async (workspaceId: string, userId: string, asked?: string): Promise<Profile> => {
    const answered = readProfile(await client.users.info({ user: userId }));
    const { people } = store.workspace(workspaceId);
    const idIn = (teamId: string): string => `${workspaceId}:${personKey({ teamId, userId })}`;
    const teamId =
      !asked || asked === answered.teamId
        ? answered.teamId
        : teamOf({
            asked,
            known: (await people.get(idIn(asked)))?.person.teamId,
            answered,
            home: await home(workspaceId),
          });
    const profile = { ...answered, teamId };
    teams.set(`${workspaceId}:${userId}`, teamId);
    for (const _id of new Set([idIn(teamId), idIn(asked || teamId)])) {
      const known = await people.get(_id);
      await keep(people, { ...asKnown(_id, profile, clock.now()), met: known?.met ?? false }, known);
    }
    return profile;
  };

  const person: Directory['person'] = async (workspaceId, ref) => {
    const known = await store.workspace(workspaceId).people.get(`${workspaceId}:${personKey(ref)}`);
    if (known !== undefined && clock.now().getTime() - known.fetchedAt.getTime() < profileForMs) {
      return knownProfile(known);
    }
    try {
      return await learn(workspaceId, ref.userId, ref.teamId);
    } catch (error) {
      if (slackCode(error) === 'user_not_found') throw nobody();
      if (known === undefined) throw error;
      log.warn('a profile could not be refreshed', { person: known._id, error });
      return knownProfile(known);
    }
  };

  const personById: Directory['personById'] = async (workspaceId, userId) => {
    const teamId = teams.get(`${workspaceId}:${userId}`);
    if (teamId !== undefined) return person(workspaceId, { teamId, userId });
    try {
      return await learn(workspaceId, userId);
    } catch (error) {
      throw slackCode(error) === 'user_not_found' ? nobody() : error;
    }
  };

  const membersOf = async (channelId: string): Promise<ChannelMembers> => {
    const found = members.get(channelId) ?? (await channelMembers(client, channelId));
    members.set(channelId, found);
    return found;
  };

  const forgetChannel = (channelId: string): void => {
    channels.forget(channelId);
    members.forget(channelId);
  };

  return {
    person,
    personById,
    channel: async (_workspaceId, channelId, how) => {
      if (how === 'fresh') forgetChannel(channelId);
      const known = channels.get(channelId);
      if (known !== undefined) return known;
      const facts = await channelFacts(client, channelId);
      // Only good news is kept: after an invitation the next try must see it.
      if (facts.botIsMember && !facts.archived) channels.set(channelId, facts);
      return facts;
    },
    channelPeople: async (workspaceId, channelId) => {
      const { ids } = await membersOf(channelId);
      const found: Profile[] = [];
      for (let at = 0; at < ids.length; at += 8) {
        const page = ids.slice(at, at + 8).map((userId) => personById(workspaceId, userId));
        found.push(...(await Promise.all(page)));
      }
      return found;
    },
    kept: async (workspaceId, ref) =>
      (await store.workspace(workspaceId).people.get(`${workspaceId}:${personKey(ref)}`))?.person,
    isCrowded: async (_workspaceId, channelId) => (await membersOf(channelId)).more,
    home,
    markMet: async (workspaceId, ref) => {
      const { people } = store.workspace(workspaceId);
      const met = personKey(await person(workspaceId, ref));
      // What was asked for by the press may refresh the same person at this moment.
      for (let attempt = 0; attempt < mostMarks; attempt += 1) {
        const known = await people.get(`${workspaceId}:${met}`);
        if (known === undefined || known.met) return;
        if (await people.replace({ ...known, met: true })) return;
      }
    },
    forgetChannel,
  };
};

const nobody = (): DomainError =>
  new DomainError('not-found', 'I do not know that person. Nothing was changed. Choose somebody else.');

/** A profile is a cache entry: whoever writes it last is right, so a lost race is nothing to repair. */
const keep = async (
  people: ReturnType<Store['workspace']>['people'],
  fresh: New<KnownPerson>,
  known: KnownPerson | undefined,
): Promise<void> => {
  if (known === undefined) await people.insert(fresh);
  else {
    const { workspaceId, version, schemaVersion } = known;
    await people.replace({ ...fresh, workspaceId, version, schemaVersion });
  }
};
