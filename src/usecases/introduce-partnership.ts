import { namedPeople } from '../domain/access.ts';
import { accepted, DomainError, type Outcome, refused } from '../domain/errors.ts';
import type { Partnership } from '../domain/partnership.ts';
import { type Firm, includesPerson, type PersonRef, type Profile } from '../domain/person.ts';
import type { Asking, Deps } from '../ports.ts';
import { askNoMore } from './ask-no-more.ts';
import { goOnIn } from './go-on-in-channel.ts';
import { goneBy, type Leaving, peopleOfUnticked, teamsOf, withoutLeaving } from './leaving-people.ts';
import { loadPartnership } from './load.ts';
import { withNamed } from './named-people.ts';
import { namesOf } from './names.ts';
import { channelField, isFault, personOf, refOf } from './plan-fields.ts';
import { planPeriodQuestion } from './plan-period-question.ts';
import { introductionId, wantCards, wantOnce } from './want-message.ts';
import { changePartnership } from './write.ts';

export interface IntroducePartnership {
  readonly partnershipId: string;
  /** The teams that the owner confirms as the partner's; empty when none of its people is in the channel. */
  readonly theirTeamIds: readonly string[];
  readonly askedTheirUserIds?: readonly string[];
  /** Guests whom the form showed, by user id: those that are not the partner's are nobody's from now on. */
  readonly guests?: { readonly shown: readonly string[]; readonly theirs: readonly string[] };
  /** Named people and editors who were taken out of the form, by firm. Owner and backup owner stay. */
  readonly unnamed?: Readonly<Record<Firm, readonly PersonRef[]>>;
}

/**
 * Posts the introduction and the card in the channel, once, and confirms who the partner's people are. Again, after
 * it: only the teams and people change; whoever is taken off speaks and is asked for their firm no more. Throws `bot-not-in-channel`, `not-found`, `not-allowed`, `ended`, `conflict`.
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
  const guests = await guestsOf(deps, workspaceId, input.guests);
  if (!guests.ok) return guests;

  const leaving: Leaving = {
    notTheirs: [...guests.value.others, ...(await peopleOfUnticked(deps, partnership, theirTeamIds))],
    unnamed: input.unnamed ?? { ours: [], theirs: [] },
  };
  const theirs = [...asked.value, ...guests.value.theirs];
  // With an empty list anybody of theirs speaks, also who was just taken out.
  const left = namedPeople(withNamed(withoutLeaving(partnership, leaving), 'theirs', theirs), 'theirs');
  if (leaving.unnamed.theirs.length > 0 && theirTeamIds.length > 0 && left.length === 0) {
    const { name } = partnership;
    return refused({
      theirNamed: `With nobody here, anybody of ${name} could speak for it. Name somebody else too, or untick its people above.`,
    });
  }
  // Before the lists, by which a repeat knows them.
  await askNoMore(deps, asking, partnership, goneBy(partnership, leaving, theirs));
  const without = await outWords(deps, partnership, leaving);
  const saved = await changePartnership(deps, asking, partnership, (current) => {
    const { id, name, shared } = channel.value;
    const named = withNamed(withoutLeaving(current, leaving), 'theirs', theirs);
    const sameTeams =
      current.theirTeamIds.length === theirTeamIds.length &&
      theirTeamIds.every((team) => current.theirTeamIds.includes(team));
    const { awaitsIntroduction, ...settled } = named;
    const first = current.state === 'draft' || awaitsIntroduction === true;
    if (!first && sameTeams && named === current) return undefined;
    const at = deps.clock.now();
    return {
      next: {
        ...settled,
        theirTeamIds,
        ...(current.channelId === id ? { channelName: name, channelShared: shared } : {}),
        ...(current.state === 'draft' ? { state: 'introduced' as const, introducedAt: at } : {}),
        ...(awaitsIntroduction === true && { introducedChannelId: current.channelId }),
      },
      action: 'introduce-partnership',
      entity: 'people',
      summary: first ? `introduced the page in #${name}` : `changed who is from ${current.name}${without}`,
    };
  });
  await wantOnce(deps, workspaceId, {
    _id: introductionId(saved),
    channelId: saved.channelId,
    content: { kind: 'introduction', partnershipId: saved._id },
  });
  // Reviews that came due while nothing could be posted there go out now.
  if (partnership.awaitsIntroduction === true) await goOnIn(deps, saved);
  await planPeriodQuestion(deps, saved);
  await wantCards(deps, saved);
  return accepted(saved);
};

/** ", without Robin Vale": who was on the lists and is taken off them. */
const outWords = async (deps: Deps, before: Partnership, leaving: Leaving): Promise<string> => {
  const after = listedIn(withoutLeaving(before, leaving));
  const out = listedIn(before).filter((one) => !includesPerson(after, one));
  const nameOfOne = await namesOf(deps, before.workspaceId, out);
  return out.length === 0 ? '' : `, without ${[...new Set(out.map(nameOfOne))].join(', ')}`;
};

const listedIn = (partnership: Partnership): PersonRef[] => [
  ...namedPeople(partnership, 'ours'),
  ...namedPeople(partnership, 'theirs'),
  ...(partnership.sponsors?.theirs === undefined ? [] : [partnership.sponsors.theirs]),
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

interface Guests {
  readonly theirs: readonly PersonRef[];
  readonly others: readonly PersonRef[];
}

/** By a tick the owner says which firm a guest belongs to; nobody but a guest can be ticked, or lose a tick. */
const guestsOf = async (
  deps: Deps,
  workspaceId: string,
  guests: IntroducePartnership['guests'],
): Promise<Outcome<Guests>> => {
  const { shown = [], theirs: ticked = [] } = guests ?? {};
  const theirs: PersonRef[] = [];
  const others: PersonRef[] = [];
  for (const userId of new Set([...ticked, ...shown])) {
    const profile = await personOf(deps, workspaceId, userId);
    const isGuest = profile?.guest === true && !profile.bot && !profile.deleted;
    if (!isGuest && ticked.includes(userId))
      return refused({ theirGuestIds: 'One of these is no guest here any more. Open the form again.' });
    if (profile?.guest === true) (ticked.includes(userId) ? theirs : others).push(refOf(profile));
  }
  return accepted({ theirs, others });
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
