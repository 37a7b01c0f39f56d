import { accepted, DomainError, type Outcome, refused } from '../domain/errors.ts';
import type { Partnership } from '../domain/partnership.ts';
import type { PersonRef, Profile } from '../domain/person.ts';
import type { Asking, Deps } from '../ports.ts';
import { loadPartnership } from './load.ts';
import { withNamed } from './named-people.ts';
import { channelField, isFault, personOf, refOf } from './plan-fields.ts';
import { planPeriodQuestion } from './plan-period-question.ts';
import { wantCards, wantOnce } from './want-message.ts';
import { changePartnership } from './write.ts';

export interface IntroducePartnership {
  readonly partnershipId: string;
  /** The teams that the owner confirms as the partner's; empty when none of its people is in the channel. */
  readonly theirTeamIds: readonly string[];
  readonly askedTheirUserIds?: readonly string[];
}

/**
 * Posts the introduction and the card in the channel, once, and confirms who the partner's people are. Again, after
 * it: only the teams and people change. Throws `bot-not-in-channel`, `not-found`, `not-allowed`, `ended`, `conflict`.
 */
export const introducePartnership = async (
  deps: Deps,
  asking: Asking,
  input: IntroducePartnership,
): Promise<Outcome<Partnership>> => {
  const { workspaceId } = asking;
  const loaded = await loadPartnership(deps, asking, input.partnershipId, 'introduce');
  const { partnership, home } = loaded;
  const channel = await channelField(deps, workspaceId, partnership.channelId);
  if (isFault(channel)) throw new DomainError('bot-not-in-channel', channel.fault);

  const theirTeamIds = [...new Set(input.theirTeamIds)];
  const people = await deps.directory.channelPeople(workspaceId, partnership.channelId);
  const seen = new Set(people.flatMap(teamsOf));
  const homes = [home.teamId, home.enterpriseId];
  if (theirTeamIds.some((team) => homes.includes(team))) {
    return refused({
      theirTeamIds: `${home.name} is your own firm. Choose the teams of ${partnership.name}.`,
    });
  }
  if (theirTeamIds.some((team) => !seen.has(team) && !partnership.theirTeamIds.includes(team))) {
    return refused({
      theirTeamIds: 'Nobody of one of these teams is in the channel now. Choose among those who are.',
    });
  }
  const asked = await askedOf(deps, asking, partnership, theirTeamIds, input.askedTheirUserIds ?? []);
  if (!asked.ok) return asked;

  const saved = await changePartnership(deps, asking, partnership, (current) => {
    const { id, name, shared } = channel.value;
    const named = withNamed(current, 'theirs', asked.value);
    const sameTeams =
      current.theirTeamIds.length === theirTeamIds.length &&
      theirTeamIds.every((team) => current.theirTeamIds.includes(team));
    if (current.state === 'introduced' && sameTeams && named === current) return undefined;
    const at = deps.clock.now();
    return {
      next: {
        ...named,
        theirTeamIds,
        ...(current.channelId === id ? { channelName: name, channelShared: shared } : {}),
        ...(current.state === 'draft' ? { state: 'introduced' as const, introducedAt: at } : {}),
      },
      action: 'introduce-partnership',
      entity: 'people',
      summary:
        current.state === 'draft' ? `introduced the page in #${name}` : `changed who is from ${current.name}`,
    };
  });
  await wantOnce(deps, workspaceId, {
    _id: `introduction:${saved._id}`,
    channelId: saved.channelId,
    content: { kind: 'introduction', partnershipId: saved._id },
  });
  await planPeriodQuestion(deps, saved);
  await wantCards(deps, saved);
  return accepted(saved);
};

const teamsOf = (profile: Profile): string[] => [
  profile.teamId,
  ...(profile.enterpriseId === undefined ? [] : [profile.enterpriseId]),
];

/** The owner may name the partner's guests too: naming says which firm they belong to. */
const askedOf = async (
  deps: Deps,
  { workspaceId }: Asking,
  partnership: Partnership,
  theirTeamIds: readonly string[],
  userIds: readonly string[],
): Promise<Outcome<readonly PersonRef[]>> => {
  const found: PersonRef[] = [];
  for (const userId of new Set(userIds)) {
    const profile = await personOf(deps, workspaceId, userId);
    const fault = faultOf(profile, partnership, theirTeamIds);
    if (profile === undefined || fault !== undefined) {
      return refused({ askedTheirUserIds: fault ?? 'I do not know one of these people.' });
    }
    found.push(refOf(profile));
  }
  return accepted(found);
};

const faultOf = (
  profile: Profile | undefined,
  partnership: Partnership,
  theirTeamIds: readonly string[],
): string | undefined => {
  if (profile === undefined) return 'I do not know one of these people. Choose somebody else.';
  const { name, bot, deleted, guest } = profile;
  if (bot || deleted) return `${name} cannot be asked: choose a person who is active.`;
  return guest || teamsOf(profile).some((team) => theirTeamIds.includes(team))
    ? undefined
    : `${name} is not from a team of ${partnership.name} that you chose. Choose the team, or somebody else.`;
};
