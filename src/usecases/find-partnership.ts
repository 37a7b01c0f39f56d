import { nearNames } from '../domain/near-name.ts';
import { foldName, type Partnership, type PartnershipHead } from '../domain/partnership.ts';
import { isMine } from '../domain/partnership-filter.ts';
import type { Asking, Deps } from '../ports.ts';
import { nameClaim } from './claim.ts';
import { seenAmong, withAsker } from './load.ts';

export interface FindPartnership {
  /** As typed; empty is the same as absent. */
  readonly name?: string;
  /** The channel where it was asked. */
  readonly channelId?: string;
}

export type FoundPartnership =
  | { readonly kind: 'found'; readonly partnership: PartnershipHead }
  /** Near names, or without a name the asker's own: at most five. */
  | { readonly kind: 'choices'; readonly partnerships: readonly PartnershipHead[] }
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
  const named = name === '' ? undefined : await byName(deps, asking, name);
  if (named !== undefined) return { kind: 'found', partnership: named };
  const seen = await visiblePartnerships(deps, asking);
  const exact = seen.find((one) => foldName(one.name) === name);
  if (exact !== undefined) return { kind: 'found', partnership: exact };
  const meant =
    name === ''
      ? seen.filter((one) => isMine(one, asking.by)).slice(0, mostChoices)
      : nearNames(name, seen, mostChoices);
  return meant.length === 0 ? { kind: 'none' } : { kind: 'choices', partnerships: meant };
};

/** By the claim that holds the name: one read instead of every partnership. The claim of an old name finds nothing. */
const byName = async (deps: Deps, asking: Asking, name: string): Promise<Partnership | undefined> => {
  const { claims, partnerships } = deps.store.workspace(asking.workspaceId);
  const claim = await claims.get(nameClaim(asking.workspaceId, name));
  const found = claim && (await partnerships.get(claim.partnershipId));
  if (found === undefined || foldName(found.name) !== name) return undefined;
  return (await withAsker(deps, asking, found)).may('see') ? found : undefined;
};

/** All partnerships that the asker may see, by name. */
export const visiblePartnerships = async (deps: Deps, asking: Asking): Promise<PartnershipHead[]> =>
  seenAmong(deps, asking, await deps.store.workspace(asking.workspaceId).every.partnership());
