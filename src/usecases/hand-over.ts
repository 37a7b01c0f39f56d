import { firmListing } from '../domain/access.ts';
import { accepted, DomainError, type Outcome, refused } from '../domain/errors.ts';
import { type HandedOver, isOfPartner, partnershipHandedOver, rhythmHandedOver } from '../domain/held.ts';
import type { Partnership } from '../domain/partnership.ts';
import { type PersonRef, samePerson } from '../domain/person.ts';
import type { Asking, Deps } from '../ports.ts';
import { loadPartnership, nameOf, withAsker } from './load.ts';
import { type HeldOf, loadHeld } from './load-held.ts';
import { colleagueField, isFault } from './plan-fields.ts';
import { rhythmName, rhythmsOf } from './rhythm-change.ts';
import { wantCards } from './want-message.ts';
import { changeDocument, changePartnership } from './write.ts';

/** What a person holds, of the partnerships that the asker may hand over. */
export const heldToHandOver = async (deps: Deps, asking: Asking, person: PersonRef): Promise<HeldOf[]> => {
  const all = await loadHeld(deps, asking.workspaceId, person);
  const allowed = await Promise.all(
    all.map(async (one) => (await withAsker(deps, asking, one.partnership)).may('hand-over')),
  );
  return all.filter(({ partnership }, at) => allowed[at] && !isOfPartner(partnership, person));
};

export interface HandOver {
  readonly from: PersonRef;
  readonly toUserId?: string;
  /** The partnerships whose things move; the others stay as they are. */
  readonly partnershipIds: readonly string[];
}

/**
 * Moves all that one person holds of these partnerships to a colleague: roles, KPIs, goals, the rhythms that ask them,
 * open commitments. What was moved already is left alone, so a repeat changes nothing. Returns the names of the
 * partnerships. Throws `not-found`, `not-allowed` or `ended`, before anything has moved.
 */
export const handOver = async (
  deps: Deps,
  asking: Asking,
  { from, toUserId, partnershipIds }: HandOver,
): Promise<Outcome<string[]>> => {
  const home = await deps.directory.home(asking.workspaceId);
  if (toUserId === undefined) return refused({ toUserId: 'Choose who takes it.' });
  const to = await colleagueField(deps, asking.workspaceId, home, toUserId);
  if (isFault(to)) return refused({ toUserId: to.fault });
  if (samePerson(to.value, from))
    return refused({ toUserId: 'This is the person who holds it now. Choose somebody else.' });
  if (partnershipIds.length === 0) return refused({ partnershipIds: 'Choose at least one partnership.' });
  const loaded = [];
  for (const id of partnershipIds) loaded.push(await loadPartnership(deps, asking, id, 'hand-over'));
  const partners = loaded.find(({ partnership }) => isOfPartner(partnership, from));
  if (partners !== undefined)
    throw new DomainError(
      'not-allowed',
      `This is in the hands of ${partners.partnership.name}. Nothing was changed. Their people press I take this on the card.`,
    );
  const named = loaded.find(({ partnership }) => firmListing(partnership, to.value) === 'theirs');
  if (named !== undefined) {
    const who = await nameOf(deps, asking.workspaceId, to.value);
    return refused({ toUserId: `${who} is named for ${named.partnership.name}. Choose somebody else.` });
  }
  const move = { firm: 'ours', from, to: to.value } as const;
  for (const { partnership } of loaded) await moveAll(deps, asking, partnership, move);
  return accepted(loaded.map(({ partnership }) => partnership.name));
};

/** Each step may be repeated; the partnership comes last, since by it the asker may do the rest. */
const moveAll = async (
  deps: Deps,
  asking: Asking,
  partnership: Partnership,
  move: HandedOver,
): Promise<void> => {
  await moveAround(deps, asking, partnership, move);
  const summary = await handedOverWords(deps, asking.workspaceId, move);
  const saved = await changePartnership(deps, asking, partnership, (current) => {
    const next = partnershipHandedOver(current, move);
    return next === current ? undefined : { next, action: 'hand-over', entity: 'people', summary };
  });
  await wantCards(deps, saved);
};

/** "handed over what Maya held to Tom", as the audit log goes on from a name. */
export const handedOverWords = async (
  deps: Deps,
  workspaceId: string,
  { from, to }: HandedOver,
): Promise<string> =>
  `handed over what ${await nameOf(deps, workspaceId, from)} held to ${await nameOf(deps, workspaceId, to)}`;

/** What stands beside the partnership itself: the rhythms that ask `from`, and their open commitments. Repeatable. */
export const moveAround = async (
  deps: Deps,
  asking: Asking,
  { _id: partnershipId, workspaceId }: Partnership,
  move: HandedOver,
): Promise<void> => {
  const { from, to } = move;
  const store = deps.store.workspace(workspaceId);
  const [was, now] = [await nameOf(deps, workspaceId, from), await nameOf(deps, workspaceId, to)];
  for (const rhythm of await rhythmsOf(store, partnershipId))
    await changeDocument(deps, asking, store.rhythms, rhythm, partnershipId, async (current) => {
      const next = rhythmHandedOver(current, move);
      if (next === current) return undefined;
      const summary = `asks ${now} instead of ${was} in the ${rhythmName(current)}`;
      return { next, action: 'hand-over', entity: current._id, summary };
    });
  for (const one of await store.commitments.find({ partnershipId, state: 'open' }))
    await changeDocument(deps, asking, store.commitments, one, partnershipId, async (current) => {
      if (current.owner === undefined || !samePerson(current.owner, from)) return undefined;
      const summary = `gave ${now} the commitment "${current.what}" of ${was}`;
      return { next: { ...current, owner: to }, action: 'hand-over', entity: current._id, summary };
    });
};
