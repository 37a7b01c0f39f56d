import { readUninstall } from '../domain/uninstall.ts';
import type { Deps } from '../ports.ts';

/**
 * Takes an event before it is acknowledged. When it says that the app was uninstalled, the installation ends here: from
 * now on the workspace's work costs nothing, and its data stays until it is installed again. `body` is Slack's envelope.
 */
export const noteUninstall = async (
  deps: Deps,
  body: Readonly<Record<string, unknown>>,
): Promise<'uninstalled' | 'other'> => {
  const uninstalled = readUninstall(body);
  if (uninstalled === undefined) return 'other';
  const known = await deps.store.installations.byTeam(uninstalled.teamId);
  if (known?.active === true) {
    const { version: _version, schemaVersion: _schemaVersion, ...installation } = known;
    await deps.store.installations.save({ ...installation, active: false });
    deps.log.warn('the app was uninstalled; its work is put aside', { team: known._id });
  }
  return 'uninstalled';
};
