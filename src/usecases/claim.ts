import { foldName, type Partnership } from '../domain/partnership.ts';
import type { Deps, WorkspaceStore } from '../ports.ts';

/** A claim whose owner is not there is free after this long: whoever took it has died before saving. */
const abandonedAfterMs = 5 * 60_000;

export const nameClaim = (workspaceId: string, name: string): string =>
  `name:${workspaceId}:${foldName(name)}`;
export const channelClaim = (workspaceId: string, channelId: string): string =>
  `channel:${workspaceId}:${channelId}`;

/** `mine`: held for this partnership now. `taken`: `by` is the partnership that holds it, if it has been saved. */
export type ClaimOutcome =
  | { readonly kind: 'mine'; readonly fresh: boolean }
  | { readonly kind: 'taken'; readonly by?: Partnership };

/** Takes a unique thing for a partnership, before anything else is written. Safe to repeat. */
export const claimFor = async (
  deps: Deps,
  store: WorkspaceStore,
  claimId: string,
  partnershipId: string,
): Promise<ClaimOutcome> => {
  for (;;) {
    const at = deps.clock.now();
    if ((await store.claims.insert({ _id: claimId, partnershipId, at })) === 'inserted') {
      return { kind: 'mine', fresh: true };
    }
    const found = await store.claims.get(claimId);
    if (found === undefined) continue;
    if (found.partnershipId === partnershipId) return { kind: 'mine', fresh: false };
    const holder = await store.partnerships.get(found.partnershipId);
    if (holder !== undefined && holds(holder, claimId)) return { kind: 'taken', by: holder };
    if (at.getTime() - found.at.getTime() < abandonedAfterMs) return { kind: 'taken' };
    if (await store.claims.replace({ ...found, partnershipId, at })) return { kind: 'mine', fresh: true };
  }
};

/** Gives a claim back that turned out not to be needed; another partnership's claim stays. */
export const releaseClaim = async (
  store: WorkspaceStore,
  claimId: string,
  partnershipId: string,
): Promise<void> => {
  const found = await store.claims.get(claimId);
  if (found?.partnershipId === partnershipId) await store.claims.remove(claimId);
};

/** A partnership that was renamed, or moved, leaves its old claim behind when the program dies in between. */
const holds = (holder: Partnership, claimId: string): boolean =>
  claimId === nameClaim(holder.workspaceId, holder.name) ||
  claimId === channelClaim(holder.workspaceId, holder.channelId);
