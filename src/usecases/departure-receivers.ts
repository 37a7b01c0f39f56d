/** Who is told that an owner is gone: whoever can hand over what they held, else whoever knows of it. */
import type { Partnership } from '../domain/partnership.ts';
import { type PersonRef, personKey, samePerson } from '../domain/person.ts';
import type { Deps } from '../ports.ts';
import { withAsker } from './load.ts';
import type { HeldOf } from './load-held.ts';
import { leadsOf } from './workspace-settings.ts';

/** Each once, over all partnerships that the person owned. */
export const receiversOf = async (
  deps: Deps,
  workspaceId: string,
  owned: readonly HeldOf[],
  gone: PersonRef,
): Promise<PersonRef[]> => {
  const all: PersonRef[] = [];
  for (const { partnership } of owned) {
    const can = await whoCanHandOver(deps, partnership, gone);
    all.push(...(can.length > 0 ? can : await whoKnows(deps, workspaceId, partnership, gone)));
  }
  return all.filter((one, at) => all.findIndex((other) => samePerson(one, other)) === at);
};

/**
 * The backup and the alliance leads. Until a lead was named our sponsor stands in, and where there is nobody of these
 * the editors do. Whoever is deactivated is left out.
 */
export const whoCanHandOver = async (
  deps: Deps,
  { workspaceId, backup, sponsors, editors }: Partnership,
  gone: PersonRef,
): Promise<PersonRef[]> => {
  const leads = await leadsOf(deps, workspaceId);
  const first = [backup, ...(leads.length > 0 ? leads : [sponsors?.ours])].flatMap((one) => one ?? []);
  const there = await stillThere(deps, workspaceId, first, gone);
  return there.length > 0 ? there : stillThere(deps, workspaceId, editors, gone);
};

const stillThere = async (
  deps: Deps,
  workspaceId: string,
  people: readonly PersonRef[],
  gone: PersonRef,
): Promise<PersonRef[]> => {
  const known = deps.store.workspace(workspaceId).people;
  const found = await Promise.all(
    people.map(async (one) => ({ one, kept: await known.get(`${workspaceId}:${personKey(one)}`) })),
  );
  return found
    .filter(({ one, kept }) => !samePerson(one, gone) && kept?.deleted !== true)
    .map(({ one }) => one);
};

/**
 * Our named people, who can ask somebody; without any, the administrators of the workspace who may hand it over. Of
 * both only those who have pressed one of the bot's buttons: nobody else gets a message that they did not ask for.
 */
const whoKnows = async (
  deps: Deps,
  workspaceId: string,
  partnership: Partnership,
  gone: PersonRef,
): Promise<PersonRef[]> => {
  const met = await deps.store.workspace(workspaceId).people.find({ met: true });
  const ours = await stillThere(deps, workspaceId, partnership.ourPeople, gone);
  const near = ours.filter((one) => met.some(({ person }) => samePerson(person, one)));
  if (near.length > 0) return near;
  const found: PersonRef[] = [];
  for (const { person } of met.filter((one) => one.workspaceAdmin && !one.deleted)) {
    const { may } = await withAsker(deps, { workspaceId, by: person, requestId: 'departure' }, partnership);
    if (may('hand-over')) found.push(person);
  }
  return found;
};
