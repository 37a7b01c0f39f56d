import { DomainError } from '../domain/errors.ts';
import type { Vision } from '../domain/vision.ts';
import type { Asking, Deps } from '../ports.ts';
import { latestVision } from './latest-vision.ts';
import { loadPartnership } from './load.ts';
import { refOf } from './plan-fields.ts';
import { wantCards } from './want-message.ts';
import { changeDocument } from './write.ts';

export interface SignVision {
  readonly partnershipId: string;
  /** The version that was read: a later one is not signed unread. */
  readonly number: number;
}

/**
 * Signs the joint statement for the asker's firm: by our owner or backup, by their lead. The first signature of a
 * firm stands. Throws `conflict` when a later version exists, `invalid` when there is no joint statement yet.
 */
export const signVision = async (deps: Deps, asking: Asking, input: SignVision): Promise<Vision> => {
  const { store, partnership, firm } = await loadPartnership(deps, asking, input.partnershipId, 'sign');
  const latest = await latestVision(deps, asking.workspaceId, partnership._id);
  if (latest === undefined || latest.joint === undefined) {
    throw new DomainError(
      'invalid',
      'There is no joint statement yet, so there is nothing to sign. Write one first.',
    );
  }
  if (latest.number !== input.number) {
    throw new DomainError(
      'conflict',
      `The vision has changed: version ${latest.number} holds now. Nothing was signed. Read it, then sign it.`,
    );
  }
  const side = firm === 'theirs' ? 'theirs' : 'ours';
  const signed = await changeDocument(
    deps,
    asking,
    store.visions,
    latest,
    partnership._id,
    async (current) => {
      if (current.signatures[side] !== undefined) return undefined;
      const signature = { by: refOf(asking.by), at: deps.clock.now() };
      return {
        next: { ...current, signatures: { ...current.signatures, [side]: signature } },
        action: 'sign-vision',
        entity: 'vision',
        summary: `signed version ${current.number} of the vision`,
      };
    },
  );
  await wantCards(deps, partnership);
  return signed;
};
