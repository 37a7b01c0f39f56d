import { type Held, heldBy } from '../domain/held.ts';
import type { Partnership } from '../domain/partnership.ts';
import type { PersonRef } from '../domain/person.ts';
import type { Deps, WorkspaceStore } from '../ports.ts';

export const holdingsOf = async (store: WorkspaceStore, partnership: Partnership) => {
  const of = { partnershipId: partnership._id };
  const [rhythms, commitments] = await Promise.all([
    store.rhythms.find(of),
    store.commitments.find({ ...of, state: 'open' }),
  ]);
  return { partnership, rhythms, commitments };
};

export interface HeldOf {
  readonly partnership: Partnership;
  readonly held: Held;
}

/** All that a person holds of the partnerships that go on, by name; of a channel's alone when one is given. */
export const loadHeld = async (
  deps: Deps,
  workspaceId: string,
  person: PersonRef,
  channelId?: string,
): Promise<HeldOf[]> => {
  const store = deps.store.workspace(workspaceId);
  const all = await store.partnerships.find({
    state: { $in: ['draft', 'introduced'] },
    ...(channelId === undefined ? {} : { channelId }),
  });
  const found: HeldOf[] = [];
  for (const partnership of all) {
    const held = heldBy(person, await holdingsOf(store, partnership));
    if (held !== undefined) found.push({ partnership, held });
  }
  return found.sort((a, b) => a.partnership.name.localeCompare(b.partnership.name));
};
