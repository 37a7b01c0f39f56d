import { formatDay } from '../domain/civil-date.ts';
import type { Occurrence } from '../domain/occurrence.ts';
import type { Partnership } from '../domain/partnership.ts';
import { type Firm, includesPerson, type PersonRef } from '../domain/person.ts';
import { reviewTitle } from '../domain/rule-words.ts';
import type { Asking, Deps } from '../ports.ts';
import { rhythmName, rhythmsOf } from './rhythm-change.ts';
import { wantRoot } from './save-answer.ts';
import { changeDocument } from './write.ts';

type Gone = Readonly<Record<Firm, readonly PersonRef[]>>;

/**
 * Who is taken off a firm's people is asked in no rhythm any more, nor in what is due or open. Our owner is asked where
 * nobody of ours would be left. Repeatable.
 */
export const askNoMore = async (
  deps: Deps,
  asking: Asking,
  partnership: Partnership,
  gone: Gone,
): Promise<void> => {
  if (gone.ours.length + gone.theirs.length === 0) return;
  await askFewerByRhythm(deps, asking, partnership, gone);
  await askFewerNow(deps, asking, partnership, gone);
};

interface Fewer {
  readonly asked: Occurrence['asked'];
  /** The firms that are asked less, by name. */
  readonly firms: string;
}

/** Undefined: none of them is asked. */
const without = (
  { asked }: Pick<Occurrence, 'asked'>,
  { firmName, name, owner }: Partnership,
  gone: Gone,
): Fewer | undefined => {
  const stays = (of: Firm): PersonRef[] => asked[of].filter((one) => !includesPerson(gone[of], one));
  const [ours, theirs] = [stays('ours'), stays('theirs')];
  const firms = [
    ...(ours.length < asked.ours.length ? [firmName] : []),
    ...(theirs.length < asked.theirs.length ? [name] : []),
  ];
  if (firms.length === 0) return undefined;
  const left = ours.length === 0 && asked.ours.length > 0 ? [owner] : ours;
  return { asked: { ours: left, theirs }, firms: firms.join(' and ') };
};

const askFewerByRhythm = async (
  deps: Deps,
  asking: Asking,
  partnership: Partnership,
  gone: Gone,
): Promise<void> => {
  const { _id, workspaceId } = partnership;
  const store = deps.store.workspace(workspaceId);
  for (const rhythm of await rhythmsOf(store, _id))
    await changeDocument(deps, asking, store.rhythms, rhythm, _id, async (current) => {
      const fewer = without(current, partnership, gone);
      if (fewer === undefined) return undefined;
      return {
        next: { ...current, asked: fewer.asked, rev: current.rev + 1 },
        action: 'name-people',
        entity: current._id,
        summary: `asks fewer people of ${fewer.firms} in the ${rhythmName(current)}`,
      };
    });
};

const askFewerNow = async (
  deps: Deps,
  asking: Asking,
  partnership: Partnership,
  gone: Gone,
): Promise<void> => {
  const { _id, workspaceId } = partnership;
  const store = deps.store.workspace(workspaceId);
  const waiting = await store.occurrences.find({
    partnershipId: _id,
    kind: 'review',
    state: { $in: ['due', 'open'] },
  });
  for (const one of waiting) {
    if (without(one, partnership, gone) === undefined) continue;
    const saved = await changeDocument(deps, asking, store.occurrences, one, _id, async (current) => {
      const fewer = without(current, partnership, gone);
      if (fewer === undefined || (current.state !== 'due' && current.state !== 'open')) return undefined;
      const review = `${reviewTitle(current.reviewKind).toLowerCase()} of ${formatDay(current.date)}`;
      return {
        next: { ...current, asked: fewer.asked },
        action: 'name-people',
        entity: current._id,
        summary: `asks fewer people of ${fewer.firms} in the ${review}`,
      };
    });
    // Until it is posted there is no root to draw again.
    if (saved.state === 'open') await wantRoot(deps, saved);
  }
  deps.poke();
};
