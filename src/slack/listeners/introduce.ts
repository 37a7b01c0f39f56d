import type { ModalView } from '@slack/types';
import { firmListing, isOfHome, namedPeople } from '../../domain/access.ts';
import type { Partnership } from '../../domain/partnership.ts';
import { includesPerson, type PersonRef, samePerson } from '../../domain/person.ts';
import { introducePartnership } from '../../usecases/introduce-partnership.ts';
import { loadPartnership } from '../../usecases/load.ts';
import { namesOf } from '../../usecases/names.ts';
import { viewPartnership } from '../../usecases/view-partnership.ts';
import { introductionFacts } from '../introduction-facts.ts';
import { buildIntroduceForm, parseIntroduceForm } from '../views/introduce-form.ts';
import type { Asked } from './ask.ts';
import { openForm } from './form.ts';
import type { Press } from './press.ts';
import { type Submission, type Submitted, saved } from './submission.ts';

export const pressIntroduce = (press: Press<'introduce'>): Promise<void> =>
  openForm(press, { title: 'Introduce', again: press.action }, () =>
    introduceForm(press, press.action.partnershipId),
  );

const isLeading = ({ owner, backup }: Partnership, person: PersonRef): boolean =>
  [owner, backup].some((one) => one !== undefined && samePerson(one, person));

/** A preview of exactly what the channel will see, and who of the people there is the partner. */
const introduceForm = async ({ parts, asking }: Asked, partnershipId: string): Promise<ModalView> => {
  const { deps, directory } = parts;
  const { partnership, home } = await loadPartnership(deps, asking, partnershipId, 'introduce');
  directory.forgetChannel(partnership.channelId);
  const [card, introduction, people] = await Promise.all([
    viewPartnership(deps, asking, { partnershipId, form: 'shared' }),
    introductionFacts(deps, partnership),
    deps.directory.channelPeople(asking.workspaceId, partnership.channelId),
  ]);
  const { notAsked = [] } = partnership;
  const theirNamed = namedPeople(partnership, 'theirs');
  const ourNamed = namedPeople(partnership, 'ours').filter((one) => !isLeading(partnership, one));
  const nameOfOne = await namesOf(deps, asking.workspaceId, [...notAsked, ...ourNamed, ...theirNamed]);
  const teams = new Map<string, string[]>();
  for (const person of people) {
    if (person.bot || person.deleted || person.guest || isOfHome(person, home)) continue;
    teams.set(person.teamId, [...(teams.get(person.teamId) ?? []), person.name]);
  }
  // Else a team that is away for a while would lose its place by any other change here.
  const away = partnership.theirTeamIds.filter((teamId) => !teams.has(teamId));
  const guests = people.filter((one) => one.guest && !one.bot && !one.deleted);
  const isTheirs = (teamId: string): boolean => partnership.theirTeamIds.includes(teamId);
  const namesIn = (teamId: string): string[] =>
    theirNamed.filter((one) => one.teamId === teamId).map(nameOfOne);
  return buildIntroduceForm({
    card,
    guestsHere: guests.map((one) => ({
      userId: one.userId,
      name: one.name,
      theirs: firmListing(partnership, one) === 'theirs',
    })),
    introduction,
    teamsHere: [
      ...away.map((teamId) => ({ teamId, people: namesIn(teamId), away: true as const })),
      ...[...teams].map(([teamId, names]) => ({ teamId, people: names })),
    ].sort((a, b) => Number(isTheirs(b.teamId)) - Number(isTheirs(a.teamId))),
    named: {
      ours: ourNamed.map((person) => ({
        person,
        name: nameOfOne(person),
        editor: includesPerson(partnership.editors, person),
      })),
      theirs: theirNamed.map((person) => ({ person, name: nameOfOne(person) })),
    },
    theirTeamIds: partnership.theirTeamIds,
    notAsked: notAsked.map(nameOfOne),
  });
};

export const submitIntroduce = async (one: Submission<'introduce'>): Promise<Submitted> => {
  const parsed = parseIntroduceForm(one.view);
  if (!parsed.ok) return { kind: 'errors', fields: parsed.fields };
  const outcome = await introducePartnership(one.parts.deps, one.asking, parsed.value);
  return outcome.ok ? saved : { kind: 'errors', fields: outcome.fields };
};
