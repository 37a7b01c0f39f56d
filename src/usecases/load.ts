import { type Action, may, whoIsWho } from '../domain/access.ts';
import { stateSeenBy } from '../domain/ending.ts';
import { DomainError } from '../domain/errors.ts';
import type { Partnership, PartnershipHead } from '../domain/partnership.ts';
import type { Firm, PersonRef, Profile } from '../domain/person.ts';
import type { CivilDate } from '../domain/stored.ts';
import { civilDateAt } from '../domain/zone.ts';
import type { Asking, Deps, WorkspaceStore } from '../ports.ts';
import { refusal } from './refusal.ts';

export type HomeFacts = Awaited<ReturnType<Deps['directory']['home']>>;

/** A partnership with everything that a decision about the asker needs. */
export interface Loaded {
  readonly partnership: Partnership;
  readonly profile: Profile;
  readonly firm: Firm | 'outsider';
  readonly home: HomeFacts;
  readonly store: WorkspaceStore;
  /** Today in the partnership's zone. */
  readonly today: CivilDate;
  may(action: Action): boolean;
}

const gone = (): DomainError =>
  new DomainError(
    'not-found',
    'I do not find this partnership. Nothing was changed. Type /partnership list.',
  );

/** Actions that an ended partnership still allows. */
const reading: readonly Action[] = ['see', 'see-internal', 'export'];

/**
 * Loads a partnership for an asker who wants to do `action`. Throws DomainError: `not-found` when it is gone or when
 * the asker may not even see it (both read alike), `not-allowed`, or `ended` for a change of an ended one.
 */
export const loadPartnership = async (
  deps: Deps,
  asking: Asking,
  partnershipId: string,
  action: Action,
): Promise<Loaded> => {
  const store = deps.store.workspace(asking.workspaceId);
  const [partnership, asker] = await Promise.all([
    store.partnerships.get(partnershipId),
    loadAsker(deps, asking),
  ]);
  if (partnership === undefined) throw gone();
  const loaded = await seenBy(deps, asking, partnership, asker);
  if (!loaded.may('see')) throw gone();
  await demand(deps, loaded, action);
  if (!reading.includes(action)) await demandOpen(deps, loaded);
  return loaded;
};

/** What the asker is to a partnership that is already at hand. Reads the channel's people for outsiders only. */
export const withAsker = async (deps: Deps, asking: Asking, partnership: Partnership): Promise<Loaded> =>
  seenBy(deps, asking, partnership, await loadAsker(deps, asking));

/**
 * Which of many the asker may see, in the state that they may know of. No channel is asked for its people: an outsider finds a partnership in its channel;
 * to list those too, Slack would be asked about every channel there is.
 */
export const seenAmong = async (
  deps: Deps,
  asking: Asking,
  partnerships: readonly PartnershipHead[],
): Promise<PartnershipHead[]> => {
  const { profile, home } = await loadAsker(deps, asking);
  return partnerships
    .filter((partnership) => may('see', { partnership, profile, home }))
    .map((one) => ({ ...one, state: stateSeenBy(whoIsWho(one, profile, home), one) }));
};

interface Asker {
  readonly profile: Profile;
  readonly home: HomeFacts;
  readonly leads: readonly PersonRef[];
}

const loadAsker = async (deps: Deps, { workspaceId, by }: Asking): Promise<Asker> => {
  const [profile, home, settings] = await Promise.all([
    deps.directory.person(workspaceId, by),
    deps.directory.home(workspaceId),
    deps.store.workspace(workspaceId).settings.get(workspaceId),
  ]);
  return { profile, home, leads: settings?.leads ?? [] };
};

const seenBy = async (
  deps: Deps,
  { by }: Asking,
  partnership: Partnership,
  asker: Asker,
): Promise<Loaded> => {
  const outside = whoIsWho(partnership, asker.profile, asker.home) === 'outsider';
  return loadedFor(deps, partnership, asker, {
    inChannel: outside && (await isInChannel(deps, partnership, by)),
    ownerGone:
      asker.profile.workspaceAdmin && (await isGone(deps, partnership.workspaceId, partnership.owner)),
  });
};

const loadedFor = (
  deps: Deps,
  partnership: Partnership,
  { profile, home, leads }: Asker,
  facts: Pick<Parameters<typeof may>[1], 'inChannel' | 'ownerGone'>,
): Loaded => ({
  partnership,
  profile,
  firm: whoIsWho(partnership, profile, home),
  home,
  store: deps.store.workspace(partnership.workspaceId),
  today: civilDateAt(deps.clock.now(), partnership.zone),
  may: (action) => may(action, { partnership, profile, home, leads, ...facts }),
});

/** Throws `ended` when the partnership takes no changes any more. */
export const demandOpen = async (deps: Deps, { partnership, firm }: Loaded): Promise<void> => {
  if (partnership.state !== 'ended') return;
  const owner = await nameOf(deps, partnership.workspaceId, partnership.owner);
  if (partnership.ended?.toldBoth === false && firm !== 'ours')
    throw new DomainError('ended', `Nothing can be changed here now. Nothing was changed. Ask ${owner}.`);
  throw new DomainError(
    'ended',
    `The partnership with ${partnership.name} has ended. Nothing was changed. Ask ${owner} to reopen it.`,
  );
};

/** Throws `not-allowed` with a sentence that says who may, when the asker may not. */
export const demand = async (deps: Deps, loaded: Loaded, action: Action): Promise<void> => {
  if (loaded.may(action)) return;
  const owner = await nameOf(deps, loaded.partnership.workspaceId, loaded.partnership.owner);
  throw new DomainError('not-allowed', refusal(action, loaded.partnership, loaded.firm, owner));
};

export const unknownPerson = 'somebody who left';

/** A person's name as Slack gives it; who left Slack does not keep a card from being drawn. */
export const nameOf = async (deps: Deps, workspaceId: string, person: PersonRef): Promise<string> => {
  try {
    return (await deps.directory.person(workspaceId, person)).name;
  } catch (error) {
    if (error instanceof DomainError) return unknownPerson;
    throw error;
  }
};

const isGone = async (deps: Deps, workspaceId: string, person: PersonRef): Promise<boolean> => {
  try {
    return (await deps.directory.person(workspaceId, person)).deleted;
  } catch (error) {
    if (error instanceof DomainError) return true;
    throw error;
  }
};

const isInChannel = async (deps: Deps, partnership: Partnership, by: PersonRef): Promise<boolean> => {
  if (partnership.state === 'draft') return false;
  const people = await deps.directory.channelPeople(partnership.workspaceId, partnership.channelId);
  return people.some((one) => one.teamId === by.teamId && one.userId === by.userId);
};
