import type { Commitment } from '../domain/commitment.ts';
import type { OpenPromises } from '../domain/ending.ts';
import type { Partnership } from '../domain/partnership.ts';
import { type PersonRef, samePerson } from '../domain/person.ts';
import type { Asking, Deps } from '../ports.ts';
import { nameOf } from './load.ts';
import { changeDocument } from './write.ts';

/** What open promises become: `hand-over` moves our firm's to one colleague; the partner's are not ours to give away. */
export const settleCommitments = async (
  deps: Deps,
  asking: Asking,
  { _id: partnershipId, workspaceId }: Partnership,
  { how, to }: { readonly how: OpenPromises; readonly to: PersonRef | undefined },
): Promise<void> => {
  if (how === 'keep' || (how === 'hand-over' && to === undefined)) return;
  const { commitments } = deps.store.workspace(workspaceId);
  const name = to === undefined ? '' : await nameOf(deps, workspaceId, to);
  for (const one of await commitments.find({ partnershipId, state: 'open' }))
    await changeDocument(deps, asking, commitments, one, partnershipId, async (current) => {
      const next = settled(current, to);
      return (
        next && {
          next,
          action: 'settle-commitment',
          entity: current._id,
          summary: `${to === undefined ? 'closed' : `gave ${name}`} the commitment "${current.what}"`,
        }
      );
    });
};

const settled = (current: Commitment, to: PersonRef | undefined): Commitment | undefined => {
  if (current.state !== 'open') return undefined;
  if (to === undefined) return { ...current, state: 'dropped' };
  const has = current.owner !== undefined && samePerson(current.owner, to);
  return current.firm !== 'ours' || has ? undefined : { ...current, owner: to };
};
