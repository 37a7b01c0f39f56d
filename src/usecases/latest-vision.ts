import type { Vision } from '../domain/vision.ts';
import type { Deps } from '../ports.ts';

/** The version that holds now; undefined before the first. */
export const latestVision = async (
  deps: Deps,
  workspaceId: string,
  partnershipId: string,
): Promise<Vision | undefined> => {
  const { visions } = deps.store.workspace(workspaceId);
  const [latest] = await visions.find({ partnershipId }, { sort: { number: -1 }, limit: 1 });
  return latest;
};
