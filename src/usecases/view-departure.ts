import type { DepartureCard, HandOverCard, LeadGoneCard } from '../domain/departure-card.ts';
import { type Held, holdersOf } from '../domain/held.ts';
import type { Partnership } from '../domain/partnership.ts';
import { type PersonRef, samePerson } from '../domain/person.ts';
import type { Asking, Deps } from '../ports.ts';
import { whoCanHandOver } from './departure-receivers.ts';
import { heldToHandOver } from './hand-over.ts';
import { loadPartnership, nameOf, withAsker } from './load.ts';
import { holdingsOf, loadHeld } from './load-held.ts';
import { firmsOf } from './load-review.ts';
import { namesOf } from './names.ts';
import { isStillGone } from './note-departure.ts';

/** What one receiver may hand over of all that a person holds, as it is now. */
export const loadDeparture = async (
  deps: Deps,
  workspaceId: string,
  { person, receiver }: { readonly person: PersonRef; readonly receiver: PersonRef },
): Promise<DepartureCard> => {
  const asking = { workspaceId, by: receiver, requestId: 'departure' };
  const held = await heldToHandOver(deps, asking, person);
  const stranded = await strandedOf(deps, asking, person);
  return {
    person,
    name: await nameOf(deps, workspaceId, person),
    held: held.map((one) => one.held),
    ...(stranded.length > 0 && { stranded }),
  };
};

/** What the person owns, the asker knows of and cannot hand over, and nobody else is named who could. */
const strandedOf = async (deps: Deps, asking: Asking, person: PersonRef): Promise<Held[]> => {
  const stranded: Held[] = [];
  for (const { partnership, held } of await loadHeld(deps, asking.workspaceId, person)) {
    if (!held.roles.includes('owner')) continue;
    const { may } = await withAsker(deps, asking, partnership);
    if (!may('see-internal') || may('hand-over')) continue;
    if ((await whoCanHandOver(deps, partnership, person)).length === 0) stranded.push(held);
  }
  return stranded;
};

/** The same for one partnership: what somebody of ours holds, by default the owner, and who else holds something. */
export const loadHandOver = async (
  deps: Deps,
  asking: Asking,
  { partnershipId, person: chosen }: { readonly partnershipId: string; readonly person?: PersonRef },
): Promise<HandOverCard> => {
  const { workspaceId } = asking;
  const { partnership, store } = await loadPartnership(deps, asking, partnershipId, 'hand-over');
  const holders = holdersOf(await holdingsOf(store, partnership));
  const name = await namesOf(deps, workspaceId, holders);
  const card = await loadDeparture(deps, workspaceId, {
    person: chosen ?? partnership.owner,
    receiver: asking.by,
  });
  return {
    ...card,
    of: { partnershipId, holders: holders.map((one) => ({ person: one, name: name(one) })) },
  };
};

/** Who of the partner is gone, and who speaks for it now; undefined when the partnership is not there. */
export const loadLeadGone = async (
  deps: Deps,
  workspaceId: string,
  { partnershipId, person }: { readonly partnershipId: string; readonly person: PersonRef },
): Promise<LeadGoneCard | undefined> => {
  const partnership = await deps.store.workspace(workspaceId).partnerships.get(partnershipId);
  if (partnership === undefined) return undefined;
  const { theirLead } = partnership;
  const place = await placeOf(deps, partnership, person);
  return {
    partnershipId,
    person,
    firms: firmsOf(partnership),
    name: await nameOf(deps, workspaceId, person),
    place,
    ...(place === 'taken' && theirLead && { lead: await nameOf(deps, workspaceId, theirLead) }),
  };
};

const placeOf = async (
  deps: Deps,
  partnership: Partnership,
  person: PersonRef,
): Promise<LeadGoneCard['place']> => {
  const { theirLead } = partnership;
  if (theirLead === undefined) return 'nobody';
  if (!samePerson(theirLead, person)) return 'taken';
  return (await isStillGone(deps, partnership, person)) ? 'free' : 'back';
};
