import { StoreUnavailable } from '../domain/errors.ts';
import type { Installation } from '../domain/record.ts';
import type { Installations } from '../ports.ts';
import type { DocumentCollection } from './collection.ts';
import { specs } from './documents.ts';

const attempts = 5;

/** Live installations first, the latest first among them: a workspace that moved keeps its older ones. */
const preferred = (one: Installation, other: Installation): number =>
  Number(other.active) - Number(one.active) || other.installedAt.getTime() - one.installedAt.getTime();

/** Keyed by team or enterprise id; many may lead to one workspace. */
export const installationsOf = (collection: DocumentCollection<Installation>): Installations => {
  const byTeam = async (teamId: string): Promise<Installation | undefined> => collection.get(teamId);
  return {
    byTeam,
    byWorkspace: async (workspaceId) => (await collection.find({ workspaceId })).sort(preferred)[0],
    live: async () => {
      const preferredFirst = (await collection.find({ active: true })).sort(preferred);
      return preferredFirst.filter(
        ({ workspaceId }, at) => preferredFirst.findIndex((one) => one.workspaceId === workspaceId) === at,
      );
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
        if (saved) return wanted;
      }
      throw new StoreUnavailable('The installation was changed by others at the same time.');
    },
  };
};
