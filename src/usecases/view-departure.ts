import type { DepartureCard, LeadGoneCard } from '../domain/departure-card.ts';
import { type PersonRef, samePerson } from '../domain/person.ts';
import type { Deps } from '../ports.ts';
import { heldToHandOver } from './hand-over.ts';
import { nameOf } from './load.ts';
import { firmsOf } from './load-review.ts';

/** What one receiver may hand over of all that a person holds, as it is now. */
export const loadDeparture = async (
  deps: Deps,
  workspaceId: string,
  { person, receiver }: { readonly person: PersonRef; readonly receiver: PersonRef },
): Promise<DepartureCard> => {
  const asking = { workspaceId, by: receiver, requestId: 'departure' };
  const held = await heldToHandOver(deps, asking, person);
  return { person, name: await nameOf(deps, workspaceId, person), held: held.map((one) => one.held) };
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
  const taken = theirLead !== undefined && !samePerson(theirLead, person);
  return {
    partnershipId,
    person,
    firms: firmsOf(partnership),
    name: await nameOf(deps, workspaceId, person),
    ...(taken ? { lead: await nameOf(deps, workspaceId, theirLead) } : {}),
  };
};
