import { namedPeople } from '../domain/access.ts';
import { nearNames } from '../domain/near-name.ts';
import { foldName, type Partnership } from '../domain/partnership.ts';
import { includesPerson } from '../domain/person.ts';
import type { Asking, Deps } from '../ports.ts';
import { nameClaim } from './claim.ts';
import { withAsker } from './load.ts';

export interface FindPartnership {
  /** As typed; empty is the same as absent. */
  readonly name?: string;
  /** The channel where it was asked. */
  readonly channelId?: string;
}

export type FoundPartnership =
  | { readonly kind: 'found'; readonly partnership: Partnership }
  /** Near names, or without a name the asker's own: at most five. */
  | { readonly kind: 'choices'; readonly partnerships: readonly Partnership[] }
  | { readonly kind: 'none' };

const mostChoices = 5;

/** The partnership that is meant, of those the asker may see: by name, else by channel, else their own. */
export const findPartnership = async (
  deps: Deps,
  asking: Asking,
  input: FindPartnership,
): Promise<FoundPartnership> => {
  const { partnerships } = deps.store.workspace(asking.workspaceId);
  const name = foldName(input.name ?? '');
  if (name === '' && input.channelId !== undefined) {
    const [here] = await partnerships.find({ channelId: input.channelId }, { limit: 1 });
    if (here !== undefined && (await withAsker(deps, asking, here)).may('see')) {
      return { kind: 'found', partnership: here };
    }
  }
  const exact = await named(deps, asking, name);
  if (exact !== undefined) return { kind: 'found', partnership: exact };
  const seen = await visiblePartnerships(deps, asking);
  const meant =
    name === ''
      ? seen.filter((one) => isMine(one, asking)).slice(0, mostChoices)
      : nearNames(name, seen, mostChoices);
  return meant.length === 0 ? { kind: 'none' } : { kind: 'choices', partnerships: meant };
};

/** A name is claimed by one partnership, so that finding it costs the same among many. */
const named = async (deps: Deps, asking: Asking, name: string): Promise<Partnership | undefined> => {
  if (name === '') return undefined;
  const { claims, partnerships } = deps.store.workspace(asking.workspaceId);
  const claim = await claims.get(nameClaim(asking.workspaceId, name));
  const one = claim && (await partnerships.get(claim.partnershipId));
  // A claim that was renamed away from may still stand.
  if (one === undefined || foldName(one.name) !== name) return undefined;
  return (await withAsker(deps, asking, one)).may('see') ? one : undefined;
};

/** All partnerships that the asker may see, by name. */
export const visiblePartnerships = async (deps: Deps, asking: Asking): Promise<Partnership[]> => {
  const all = await deps.store.workspace(asking.workspaceId).partnerships.find({});
  const seen: Partnership[] = [];
  for (const one of all) if ((await withAsker(deps, asking, one)).may('see')) seen.push(one);
  return seen.sort((a, b) => a.name.localeCompare(b.name));
};

const isMine = (partnership: Partnership, { by }: Asking): boolean =>
  includesPerson([...namedPeople(partnership, 'ours'), ...namedPeople(partnership, 'theirs')], by);
