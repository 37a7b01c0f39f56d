import { isOfHome, maySet } from '../domain/access.ts';
import { formatWeekday } from '../domain/civil-date.ts';
import { accepted, DomainError, type Outcome, refused } from '../domain/errors.ts';
import { includesPerson, type PersonRef } from '../domain/person.ts';
import { type Creators, mostLeads, type WorkspaceSettings } from '../domain/record.ts';
import { civilDateAt, isZone, localTimeAt } from '../domain/zone.ts';
import type { Asking, Deps, New } from '../ports.ts';
import { type HomeFacts, nameOf } from './load.ts';
import { namesOf } from './names.ts';
import { colleagueField, isFault } from './plan-fields.ts';
import { type Audited, changeDocument, changesSince, conflictOf, insertAudited } from './write.ts';

const mostChanges = 5;

/** Keeps our fiscal year's start for the next form. A lost race was lost to another form's: either is right. */
export const rememberStartMonth = async (deps: Deps, workspaceId: string, month: number): Promise<void> => {
  const { settings } = deps.store.workspace(workspaceId);
  const found = await settings.get(workspaceId);
  if (found === undefined) await settings.insert({ _id: workspaceId, fiscalStartMonth: month });
  else if (found.fiscalStartMonth !== month) await settings.replace({ ...found, fiscalStartMonth: month });
};

/** Our alliance leads; none until somebody names one. */
export const leadsOf = async (deps: Deps, workspaceId: string): Promise<readonly PersonRef[]> =>
  (await deps.store.workspace(workspaceId).settings.get(workspaceId))?.leads ?? [];

/** What the workspace's form shows. */
export interface SettingsFacts {
  readonly firmName: string;
  /** The version that it was read at; 0 before there are any. */
  readonly base: number;
  readonly leads: readonly PersonRef[];
  readonly creators: Creators;
  /** Who changed it last and when, in words, the newest first. */
  readonly changes: readonly string[];
}

/** Whether the asker may open the settings. */
export const maySetWorkspace = async (deps: Deps, asking: Asking): Promise<boolean> =>
  (await loadSettings(deps, asking)).allowed;

/** Throws `not-allowed`. */
export const viewSettings = async (deps: Deps, asking: Asking): Promise<SettingsFacts> => {
  const { found, home, zone } = await demandSettings(deps, asking);
  const { workspaceId } = asking;
  const store = deps.store.workspace(workspaceId);
  const changes = (await changesSince(store, { of: workspaceId, since: 0 })).slice(0, mostChanges);
  const name = await namesOf(
    deps,
    workspaceId,
    changes.map((one) => one.by),
  );
  return {
    firmName: home.name,
    base: found?.version ?? 0,
    leads: found?.leads ?? [],
    creators: found?.creators ?? 'everybody',
    changes: changes.map(
      ({ at, by, summary }) =>
        `${formatWeekday(civilDateAt(at, zone))}, ${localTimeAt(at, zone)} · ${name(by)} ${summary}`,
    ),
  };
};

export interface ChangeSettings {
  /** The version that the form showed. */
  readonly base: number;
  /** Whole: who is not among them is no lead any more. */
  readonly leadUserIds: readonly string[];
  readonly creators: Creators;
}

/** Names the alliance leads and says who may start partnerships. Throws `not-allowed` or `conflict`. */
export const changeSettings = async (
  deps: Deps,
  asking: Asking,
  input: ChangeSettings,
): Promise<Outcome<Pick<WorkspaceSettings, 'leads' | 'creators'>>> => {
  const { found, home } = await demandSettings(deps, asking);
  const { workspaceId } = asking;
  const store = deps.store.workspace(workspaceId);
  const leads = await leadsField(deps, workspaceId, home, [...new Set(input.leadUserIds)]);
  if (!leads.ok) return leads;
  const wanted = { leads: leads.value, creators: input.creators };
  const name = await namesOf(deps, workspaceId, [...leads.value, ...(found?.leads ?? [])]);
  const first = found ?? (await firstSettings(deps, asking, wanted, name));
  if (first === undefined) return accepted(wanted);
  await changeDocument(deps, asking, store.settings, first, workspaceId, async (current) => {
    const audited = auditOf(current, wanted, name);
    if (audited === undefined) return undefined;
    const what = { of: workspaceId, since: input.base };
    const since = await changesSince(store, what);
    if (since.some((one) => one.requestId !== asking.requestId))
      throw await conflictOf(deps, asking, store, what);
    return { next: { ...current, ...wanted }, ...audited };
  });
  return accepted(wanted);
};

/** Undefined: they are there now. Else what somebody else put there at the same moment. */
const firstSettings = async (
  deps: Deps,
  asking: Asking,
  wanted: Wanted,
  name: (person: PersonRef) => string,
): Promise<WorkspaceSettings | undefined> => {
  const { workspaceId } = asking;
  const { settings } = deps.store.workspace(workspaceId);
  const document: New<WorkspaceSettings> = { _id: workspaceId, ...wanted };
  const audited = auditOf({}, wanted, name);
  if (audited === undefined) return undefined;
  const outcome = await insertAudited(deps, asking, settings, workspaceId, document, audited);
  return outcome === 'inserted' ? undefined : settings.get(workspaceId);
};

interface Wanted {
  readonly leads: PersonRef[];
  readonly creators: Creators;
}

const leadsField = async (
  deps: Deps,
  workspaceId: string,
  home: HomeFacts,
  userIds: readonly string[],
): Promise<Outcome<PersonRef[]>> => {
  if (userIds.length > mostLeads)
    return refused({ leads: `${mostLeads} leads are the most. The form is as you left it. Choose fewer.` });
  const fields = await Promise.all(userIds.map((one) => colleagueField(deps, workspaceId, home, one)));
  const leads: PersonRef[] = [];
  for (const field of fields) {
    if (isFault(field)) return refused({ leads: field.fault });
    leads.push(field.value);
  }
  return accepted(leads);
};

/** Undefined: nothing is different. */
const auditOf = (
  now: Pick<WorkspaceSettings, 'leads' | 'creators'>,
  wanted: Wanted,
  name: (person: PersonRef) => string,
): Audited | undefined => {
  const before = now.leads ?? [];
  const listed = (people: readonly PersonRef[]) => people.map(name).join(', ');
  const named = wanted.leads.filter((one) => !includesPerson(before, one));
  const gone = before.filter((one) => !includesPerson(wanted.leads, one));
  const creators = wanted.creators === (now.creators ?? 'everybody') ? undefined : wanted.creators;
  const changes = [
    ...(named.length === 0 ? [] : [`named ${listed(named)} as alliance lead`]),
    ...(gone.length === 0 ? [] : [`took ${listed(gone)} off the alliance leads`]),
    ...(creators === undefined
      ? []
      : [`let ${creators === 'leads' ? 'leads and administrators alone' : 'everybody'} start partnerships`]),
  ];
  return changes.length === 0
    ? undefined
    : { action: 'change-settings', entity: 'settings', summary: changes.join(', and ') };
};

const loadSettings = async (deps: Deps, { workspaceId, by }: Asking) => {
  const [profile, home, found] = await Promise.all([
    deps.directory.person(workspaceId, by),
    deps.directory.home(workspaceId),
    deps.store.workspace(workspaceId).settings.get(workspaceId),
  ]);
  const zone = profile.zone !== undefined && isZone(profile.zone) ? profile.zone : 'UTC';
  return { profile, home, found, zone, allowed: maySet(profile, home, found ?? {}) };
};

const demandSettings = async (deps: Deps, asking: Asking) => {
  const loaded = await loadSettings(deps, asking);
  if (loaded.allowed) return loaded;
  const { found, home } = loaded;
  // Who leads is for colleagues alone.
  const leads = isOfHome(loaded.profile, home) ? (found?.leads ?? []) : [];
  const names = await Promise.all(leads.map((one) => nameOf(deps, asking.workspaceId, one)));
  const ask = names.length === 0 ? 'an administrator' : names.join(' or ');
  throw new DomainError(
    'not-allowed',
    `Only an administrator of ${home.name} in Slack or an alliance lead can change the settings. Nothing was changed. Ask ${ask}.`,
  );
};
