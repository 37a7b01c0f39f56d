import type { Snapshot } from '../domain/snapshot.ts';
import type { WorkspaceStore } from '../ports.ts';

/** A snapshot becomes the latest health unless a later one is: of two at once the later stands. May be repeated. */
export const keepLatestHealth = async (
  { latestHealth }: WorkspaceStore,
  { partnershipId, health: { colour, score }, at }: Pick<Snapshot, 'partnershipId' | 'health' | 'at'>,
): Promise<void> => {
  const latest = { _id: partnershipId, partnershipId, colour, ...(score === undefined ? {} : { score }), at };
  for (;;) {
    if ((await latestHealth.insert(latest)) === 'inserted') return;
    const found = await latestHealth.get(partnershipId);
    if (found === undefined) continue;
    if (found.at.getTime() >= at.getTime()) return;
    const { workspaceId, version, schemaVersion } = found;
    if (await latestHealth.replace({ ...latest, workspaceId, version, schemaVersion })) return;
  }
};
