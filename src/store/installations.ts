import { StoreUnavailable } from '../domain/errors.ts';
import type { Installation } from '../domain/record.ts';
import type { Installations } from '../ports.ts';
import type { DocumentCollection } from './collection.ts';
import { specs } from './documents.ts';

const attempts = 5;

/** Live installations first, the latest first among them: a workspace that moved keeps its older ones. */
const preferred = (one: Installation, other: Installation): number =>
  Number(other.active) - Number(one.active) || other.installedAt.getTime() - one.installedAt.getTime();

/** Keyed by team or enterprise id; many may lead to one workspace. `revive` is called with those that are live. */
export const installationsOf = (
  collection: DocumentCollection<Installation>,
  revive: (workspaceIds: readonly string[]) => Promise<void>,
): Installations => {
  const byTeam = async (teamId: string): Promise<Installation | undefined> => collection.get(teamId);
  const byWorkspace = async (workspaceId: string): Promise<Installation | undefined> =>
    (await collection.find({ workspaceId })).sort(preferred)[0];
  const live = async (): Promise<Installation[]> => {
    const preferredFirst = (await collection.find({ active: true })).sort(preferred);
    return preferredFirst.filter(
      ({ workspaceId }, at) => preferredFirst.findIndex((one) => one.workspaceId === workspaceId) === at,
    );
  };
  return {
    byTeam,
    byWorkspace,
    live,
    revive: async () => revive((await live()).map(({ workspaceId }) => workspaceId)),
    pause: async (workspaceId, until) => {
      const found = await byWorkspace(workspaceId);
      if (found === undefined || (found.pausedUntil?.getTime() ?? 0) >= until.getTime()) return;
      // A lost race was lost to another pause, or to a change after which Slack will say so again.
      await collection.replace({ ...found, pausedUntil: until, version: found.version + 1 }, found.version);
    },
    save: async (given) => {
      for (let attempt = 1; attempt <= attempts; attempt += 1) {
        const known = await byTeam(given._id);
        const version = (known?.version ?? 0) + 1;
        const wanted = { ...given, version, schemaVersion: specs.installations.schemaVersion };
        const saved =
          known === undefined
            ? (await collection.insert(wanted)) === 'inserted'
            : await collection.replace(wanted, known.version);
        if (!saved) continue;
        if (wanted.active && known?.active !== true) await revive([wanted.workspaceId]);
        return wanted;
      }
      throw new StoreUnavailable('The installation was changed by others at the same time.');
    },
  };
};
