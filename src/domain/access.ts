import { stateSeenBy } from './ending.ts';
import type { Partnership } from './partnership.ts';
import { type Firm, includesPerson, type PersonRef, type Profile, type Side, samePerson } from './person.ts';
import type { WorkspaceSettings } from './record.ts';

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
  | 'ended'
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

/** Who may sign for a firm: our owner and backup, their lead, and either firm's sponsor. One of them is enough. */
export const signersOf = (partnership: Lists, of: Firm): readonly PersonRef[] => {
  const { owner, backup, theirLead, sponsors } = partnership;
  const all = of === 'ours' ? [owner, backup, sponsors?.ours] : [theirLead, sponsors?.theirs];
  const there = all.flatMap((one) => one ?? []);
  return there.filter((one, index) => there.findIndex((other) => samePerson(one, other)) === index);
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
  | 'set-owner'
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
  /** Our alliance leads, whatever partnership it is. */
  readonly leads?: readonly PersonRef[];
  /** The owner is not active in Slack any more. Matters for our administrators only. */
  readonly ownerGone?: boolean;
}

/** Of our firm and active: the least that every right in the workspace asks for. */
const isColleague = (profile: Profile, home: HomeTeam): boolean =>
  isOfHome(profile, home) && !profile.deleted && !profile.bot;

/** Names the alliance leads and says who may start partnerships: an alliance lead, or an administrator in Slack. */
export const maySet = (
  profile: Profile,
  home: HomeTeam,
  { leads = [] }: Pick<WorkspaceSettings, 'leads'>,
): boolean => isColleague(profile, home) && (profile.workspaceAdmin || includesPerson(leads, profile));

export const mayCreate = (
  profile: Profile,
  home: HomeTeam,
  settings: Pick<WorkspaceSettings, 'leads' | 'creators'>,
): boolean =>
  isColleague(profile, home) && (settings.creators !== 'leads' || maySet(profile, home, settings));

/** Until a firm has named somebody, anyone of it may take the first step; afterwards its named people speak. */
const speaksFor = (of: Firm, { partnership, profile }: Asker): boolean => {
  const named = namedPeople(partnership, of);
  return named.length === 0 || includesPerson(named, profile);
};

/**
 * The one table of rights. A deactivated person or a bot may nothing; an outsider may only read. A guest edits no plan,
 * whatever list they stand on: its forms hold what only our firm may see.
 */
export const may = (action: Action, asker: Asker): boolean => {
  const { partnership, profile, home, leads: allianceLeads = [] } = asker;
  if (profile.deleted || profile.bot) return false;
  const who = whoIsWho(partnership, profile, home);
  const ours = who === 'ours';
  const isDraft = stateSeenBy(who, partnership) === 'draft';
  const theirs = who === 'theirs' && !isDraft;
  if (action === 'see') return ours || theirs || (asker.inChannel === true && !isDraft);
  const inside = ours && !profile.guest;
  const editor = inside && includesPerson(planEditors(partnership), profile);
  const allianceLead = inside && includesPerson(allianceLeads, profile);
  const leads = [partnership.owner, ...(partnership.backup ? [partnership.backup] : [])];
  const weSpeak = ours && speaksFor('ours', asker);
  const theySpeak = theirs && speaksFor('theirs', asker);
  switch (action) {
    case 'see-internal':
      return inside && (weSpeak || isSponsor(partnership, 'ours', profile) || allianceLead);
    case 'edit-plan':
    case 'set-rhythm':
    case 'write-view:ours':
      return editor;
    case 'introduce':
      return inside && includesPerson(leads, profile);
    case 'end':
      return allianceLead || (inside && includesPerson(leads, profile));
    case 'set-owner':
      return editor || allianceLead;
    case 'sign':
      return (
        (inside && includesPerson(signersOf(partnership, 'ours'), profile)) ||
        (theirs && includesPerson(signersOf(partnership, 'theirs'), profile))
      );
    case 'hand-over':
      return (
        editor ||
        allianceLead ||
        (inside && isSponsor(partnership, 'ours', profile)) ||
        (inside && profile.workspaceAdmin && asker.ownerGone === true)
      );
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
