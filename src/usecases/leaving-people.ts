/** Who goes when the owner says anew who the people of a partnership are. */
import { namedPeople } from '../domain/access.ts';
import type { Partnership } from '../domain/partnership.ts';
import { type Firm, includesPerson, type PersonRef, type Profile } from '../domain/person.ts';
import { withSponsors } from '../domain/sponsor.ts';
import type { Deps } from '../ports.ts';
import { withoutNamed } from './named-people.ts';
import { personOf } from './plan-fields.ts';

export interface Leaving {
  /** Of the partner no more: they come off every list of it. */
  readonly notTheirs: readonly PersonRef[];
  /** Of their firm still, and named for it no more. */
  readonly unnamed: Readonly<Record<Firm, readonly PersonRef[]>>;
}

export const teamsOf = ({ teamId, enterpriseId }: Pick<Profile, 'teamId' | 'enterpriseId'>): string[] => [
  teamId,
  ...(enterpriseId === undefined ? [] : [enterpriseId]),
];

/** People on the partner's lists whose team was the partner's, and is not among `theirTeamIds` any more. */
export const peopleOfUnticked = async (
  deps: Deps,
  partnership: Partnership,
  theirTeamIds: readonly string[],
): Promise<PersonRef[]> => {
  const unticked = partnership.theirTeamIds.filter((team) => !theirTeamIds.includes(team));
  const sponsor = partnership.sponsors?.theirs;
  const listed = [...namedPeople(partnership, 'theirs'), ...(sponsor === undefined ? [] : [sponsor])];
  if (unticked.length === 0) return [];
  const found = await Promise.all(
    listed.map(async (person) => {
      const profile = await personOf(deps, partnership.workspaceId, person.userId);
      const teams = [person.teamId, ...(profile === undefined ? [] : teamsOf(profile))];
      const goes = teams.some((one) => unticked.includes(one));
      return goes && !teams.some((one) => theirTeamIds.includes(one)) ? [person] : [];
    }),
  );
  return found.flat();
};

/** The partnership without them; itself when it lists none of them. */
export const withoutLeaving = (partnership: Partnership, { notTheirs, unnamed }: Leaving): Partnership => {
  const ours = withoutNamed(partnership, 'ours', unnamed.ours);
  const named = withoutNamed(ours, 'theirs', [...unnamed.theirs, ...notTheirs]);
  const { sponsors } = named;
  if (sponsors?.theirs === undefined || !includesPerson(notTheirs, sponsors.theirs)) return named;
  return withSponsors(named, sponsors.ours === undefined ? {} : { ours: sponsors.ours });
};

/** By firm, who of them is on no list of it afterwards; `named` are those whom the same form names. */
export const goneBy = (
  partnership: Partnership,
  leaving: Leaving,
  named: readonly PersonRef[],
): Record<Firm, readonly PersonRef[]> => {
  const after = withoutLeaving(partnership, leaving);
  const of = (firm: Firm, people: readonly PersonRef[]): PersonRef[] =>
    people.filter((one) => !includesPerson([...namedPeople(after, firm), ...named], one));
  return {
    ours: of('ours', leaving.unnamed.ours),
    theirs: of('theirs', [...leaving.notTheirs, ...leaving.unnamed.theirs]),
  };
};
