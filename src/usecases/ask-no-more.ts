import { formatDay } from '../domain/civil-date.ts';
import type { Partnership } from '../domain/partnership.ts';
import { includesPerson, type PersonRef } from '../domain/person.ts';
import { reviewTitle } from '../domain/rule-words.ts';
import type { Asking, Deps, WorkspaceStore } from '../ports.ts';
import { rhythmName, rhythmsOf } from './rhythm-change.ts';
import { wantRoot } from './save-answer.ts';
import { changeDocument } from './write.ts';

/** Who is nobody's any more is asked in no rhythm either, nor in what is due or open. Repeatable. */
export const askNoMore = async (
  deps: Deps,
  asking: Asking,
  partnership: Partnership,
  people: readonly PersonRef[],
): Promise<void> => {
  const gone = people.filter((one) => !includesPerson(partnership.theirPeople, one));
  if (gone.length === 0) return;
  const store = deps.store.workspace(partnership.workspaceId);
  await askFewerByRhythm(deps, asking, partnership, { gone, store });
  await askFewerNow(deps, asking, partnership, { gone, store });
};

interface Fewer {
  readonly gone: readonly PersonRef[];
  readonly store: WorkspaceStore;
}

type Asks = { readonly asked: { readonly ours: PersonRef[]; readonly theirs: PersonRef[] } };

/** Undefined: none of them is asked. */
const without = ({ asked }: Asks, gone: readonly PersonRef[]): Asks['asked'] | undefined => {
  const theirs = asked.theirs.filter((one) => !includesPerson(gone, one));
  return theirs.length === asked.theirs.length ? undefined : { ...asked, theirs };
};

const askFewerByRhythm = async (
  deps: Deps,
  asking: Asking,
  { _id, name }: Partnership,
  { gone, store }: Fewer,
): Promise<void> => {
  for (const rhythm of await rhythmsOf(store, _id))
    await changeDocument(deps, asking, store.rhythms, rhythm, _id, async (current) => {
      const asked = without(current, gone);
      if (asked === undefined) return undefined;
      return {
        next: { ...current, asked, rev: current.rev + 1 },
        action: 'name-people',
        entity: current._id,
        summary: `asks fewer people of ${name} in the ${rhythmName(current)}`,
      };
    });
};

const askFewerNow = async (
  deps: Deps,
  asking: Asking,
  { _id, name }: Partnership,
  { gone, store }: Fewer,
): Promise<void> => {
  const waiting = await store.occurrences.find({
    partnershipId: _id,
    kind: 'review',
    state: { $in: ['due', 'open'] },
  });
  for (const one of waiting) {
    if (without(one, gone) === undefined) continue;
    const saved = await changeDocument(deps, asking, store.occurrences, one, _id, async (current) => {
      const asked = without(current, gone);
      if (asked === undefined || (current.state !== 'due' && current.state !== 'open')) return undefined;
      const review = `${reviewTitle(current.reviewKind).toLowerCase()} of ${formatDay(current.date)}`;
      return {
        next: { ...current, asked },
        action: 'name-people',
        entity: current._id,
        summary: `asks fewer people of ${name} in the ${review}`,
      };
    });
    // Until it is posted there is no root to draw again.
    if (saved.state === 'open') await wantRoot(deps, saved);
  }
  deps.poke();
};
