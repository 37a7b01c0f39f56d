import type { Partnership } from './partnership.ts';
import { type Firm, includesPerson, type PersonRef, type Profile, type Side, samePerson } from './person.ts';

/** The installing team, as the directory gives it. */
export interface HomeTeam {
  readonly teamId: string;
  readonly name: string;
  readonly enterpriseId?: string;
}

/** Whether a profile belongs to the installing firm: its team or its enterprise, and no guest. */
export const isOfHome = (profile: Profile, home: HomeTeam): boolean =>
  !profile.guest &&
  (profile.teamId === home.teamId ||
    (home.enterpriseId !== undefined && profile.enterpriseId === home.enterpriseId));

type Lists = Pick<
  Partnership,
  | 'owner'
  | 'backup'
  | 'editors'
  | 'ourPeople'
  | 'theirLead'
  | 'theirPeople'
  | 'theirTeamIds'
  | 'sponsors'
  | 'state'
>;

const planEditors = (partnership: Lists): readonly PersonRef[] => [
  partnership.owner,
  ...(partnership.backup ? [partnership.backup] : []),
  ...partnership.editors,
];

/** A sponsor reads, decides and signs for a firm; asked in reviews and speaking for it are its named people alone. */
const isSponsor = ({ sponsors }: Lists, of: Firm, person: PersonRef): boolean => {
  const sponsor = sponsors?.[of];
  return sponsor !== undefined && samePerson(sponsor, person);
};

const listed = (partnership: Lists, of: Firm): readonly PersonRef[] =>
  of === 'ours'
    ? [...planEditors(partnership), ...partnership.ourPeople]
    : [...(partnership.theirLead ? [partnership.theirLead] : []), ...partnership.theirPeople];

/** The people a firm named for this partnership, each once: they speak for it. */
export const namedPeople = (partnership: Lists, of: Firm): readonly PersonRef[] => {
  const all = listed(partnership, of);
  return all.filter((one, index) => all.findIndex((other) => samePerson(one, other)) === index);
};

/** The firm on whose lists a person stands: named for this partnership, or its sponsor. */
export const firmListing = (partnership: Lists, person: PersonRef): Firm | undefined =>
  (['ours', 'theirs'] as const).find(
    (firm) => includesPerson(listed(partnership, firm), person) || isSponsor(partnership, firm, person),
  );

/**
 * Who is who, first match wins: the partnership's own lists; a guest is an outsider; the same team or enterprise is
 * ours; a team that the owner confirmed is theirs; everybody else is an outsider.
 */
export const whoIsWho = (partnership: Lists, profile: Profile, home: HomeTeam): Firm | 'outsider' => {
  const listed = firmListing(partnership, profile);
  if (listed !== undefined) return listed;
  if (profile.guest) return 'outsider';
  if (isOfHome(profile, home)) return 'ours';
  const teams = [profile.teamId, ...(profile.enterpriseId === undefined ? [] : [profile.enterpriseId])];
  return teams.some((team) => partnership.theirTeamIds.includes(team)) ? 'theirs' : 'outsider';
};

/**
 * Everything a person can ask for. `define-kpi:<side>` and `record:<side>` name the KPI's side, `write-view:<firm>`
 * whose view of the vision is written.
 */
export type Action =
  | 'see'
  | 'see-internal'
  | 'export'
  | 'edit-plan'
  | 'introduce'
  | 'end'
  | 'hand-over'
  | 'set-rhythm'
  | 'write-joint'
  | 'sign'
  | 'volunteer'
  | 'name-colleague'
  | 'answer'
  | 'skip'
  | `write-view:${Firm}`
  | `define-kpi:${Side}`
  | `record:${Side}`;

export interface Asker {
  readonly partnership: Lists;
  readonly profile: Profile;
  readonly home: HomeTeam;
  /** They are in the partnership's channel and so read what it shows. Matters for outsiders only. */
  readonly inChannel?: boolean;
}

/** Until a firm has named somebody, anyone of it may take the first step; afterwards its named people speak. */
const speaksFor = (of: Firm, { partnership, profile }: Asker): boolean => {
  const named = namedPeople(partnership, of);
  return named.length === 0 || includesPerson(named, profile);
};

/** The one table of rights. A deactivated person or a bot may nothing; an outsider may only read. */
export const may = (action: Action, asker: Asker): boolean => {
  const { partnership, profile, home } = asker;
  if (profile.deleted || profile.bot) return false;
  const who = whoIsWho(partnership, profile, home);
  const ours = who === 'ours';
  const theirs = who === 'theirs' && partnership.state !== 'draft';
  if (action === 'see') return ours || theirs || (asker.inChannel === true && partnership.state !== 'draft');
  const editor = ours && includesPerson(planEditors(partnership), profile);
  const leads = [partnership.owner, ...(partnership.backup ? [partnership.backup] : [])];
  const weSpeak = ours && speaksFor('ours', asker);
  const theySpeak = theirs && speaksFor('theirs', asker);
  switch (action) {
    case 'see-internal':
      return (weSpeak || (ours && isSponsor(partnership, 'ours', profile))) && !profile.guest;
    case 'edit-plan':
    case 'set-rhythm':
    case 'write-view:ours':
      return editor;
    case 'introduce':
    case 'end':
      return ours && includesPerson(leads, profile);
    case 'sign':
      return (
        (ours && (includesPerson(leads, profile) || isSponsor(partnership, 'ours', profile))) ||
        (theirs &&
          (isSponsor(partnership, 'theirs', profile) ||
            (partnership.theirLead !== undefined && samePerson(partnership.theirLead, profile))))
      );
    case 'hand-over':
      return editor || (ours && isSponsor(partnership, 'ours', profile));
    case 'volunteer':
    case 'write-view:theirs':
      return action === 'volunteer' ? theirs : theySpeak;
    case 'name-colleague':
      return editor || theirs;
    case 'export':
    case 'answer':
    case 'skip':
      return ours || theirs;
    case 'write-joint':
      return editor || theySpeak;
    case 'define-kpi:ours':
      return weSpeak;
    case 'define-kpi:theirs':
      return editor || theySpeak;
    case 'define-kpi:joint':
    case 'record:joint':
    case 'record:theirs':
      return weSpeak || theySpeak;
    case 'record:ours':
      return weSpeak;
  }
};
