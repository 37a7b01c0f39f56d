import type { Partnership } from '../domain/partnership.ts';
import { includesPerson, samePerson } from '../domain/person.ts';
import type { Asking, Deps } from '../ports.ts';
import { loadPartnership } from './load.ts';
import { wantRoot } from './save-answer.ts';
import { changePartnership } from './write.ts';

/**
 * "Do not ask me": this person is reminded of nothing here and named as waited for nowhere, until they answer again or
 * ask to be asked. Throws as `loadPartnership` for an answer. Repeatable.
 */
export const doNotAsk = async (
  deps: Deps,
  asking: Asking,
  { partnershipId }: { readonly partnershipId: string },
): Promise<Partnership> => {
  const { partnership } = await loadPartnership(deps, asking, partnershipId, 'answer');
  const changed = await changePartnership(deps, asking, partnership, (current) => {
    const before = current.notAsked ?? [];
    if (includesPerson(before, asking.by)) return undefined;
    return {
      next: { ...current, notAsked: [...before, asking.by] },
      action: 'name-people',
      entity: 'people',
      summary: 'asked not to be asked',
    };
  });
  await redrawOpen(deps, changed);
  return changed;
};

/** Somebody who answers wants to be asked again. Changes nothing for anybody else. */
export const askAgain = async (deps: Deps, asking: Asking, partnership: Partnership): Promise<void> => {
  if (!includesPerson(partnership.notAsked ?? [], asking.by)) return;
  const changed = await changePartnership(deps, asking, partnership, (current) => {
    const before = current.notAsked ?? [];
    if (!includesPerson(before, asking.by)) return undefined;
    return {
      next: { ...current, notAsked: before.filter((one) => !samePerson(one, asking.by)) },
      action: 'name-people',
      entity: 'people',
      summary: 'is asked again',
    };
  });
  await redrawOpen(deps, changed);
};

const redrawOpen = async (deps: Deps, { _id, workspaceId }: Partnership): Promise<void> => {
  const { occurrences } = deps.store.workspace(workspaceId);
  const open = await occurrences.find({ partnershipId: _id, kind: 'review', state: 'open' });
  for (const one of open) await wantRoot(deps, one);
  deps.poke();
};
