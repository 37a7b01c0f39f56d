import type { HealthColour } from '../domain/health-result.ts';
import type { PartnershipHead } from '../domain/partnership.ts';
import type { LatestHealth, Snapshot } from '../domain/snapshot.ts';
import type { Deps } from '../ports.ts';
import { keepLatestHealth } from './latest-health.ts';
import { latestSnapshot } from './load-health.ts';

/** A colour with its score, as the last closed review left it. */
export interface Standing {
  readonly colour: HealthColour;
  readonly score?: number | undefined;
}

const atOnce = 20;

/**
 * How each of many partnerships stands, by id. Before its first snapshot a partnership is unknown, whatever was
 * entered: health counts from two reviews on.
 */
export const loadStandings = async (
  deps: Deps,
  workspaceId: string,
  partnerships: readonly PartnershipHead[],
  latest: readonly LatestHealth[],
): Promise<ReadonlyMap<string, Standing>> => {
  const now = deps.clock.now();
  const standings = new Map<string, Standing>();
  for (const one of latest) if (one.at.getTime() <= now.getTime()) standings.set(one.partnershipId, one);
  const without = partnerships.filter((one) => !standings.has(one._id));
  for (const one of await snapshotsOf(deps, workspaceId, without, now))
    standings.set(one.partnershipId, one.health);
  return standings;
};

export const unknownStanding: Standing = { colour: 'unknown' };

/**
 * What was kept before there was a latest health: looked up, and kept from now on. Mostly there is none, since no
 * review has closed yet; one read tells that of all.
 */
const snapshotsOf = async (
  deps: Deps,
  workspaceId: string,
  without: readonly PartnershipHead[],
  now: Date,
): Promise<readonly Snapshot[]> => {
  if (without.length === 0) return [];
  const store = deps.store.workspace(workspaceId);
  const ids = without.map((one) => one._id);
  const any = await store.snapshots.find({ partnershipId: { $in: ids }, at: { $lte: now } }, { limit: 1 });
  if (any.length === 0) return [];
  const found: Snapshot[] = [];
  for (let at = 0; at < without.length; at += atOnce) {
    const page = without.slice(at, at + atOnce).map((one) => latestSnapshot(deps, one, now));
    found.push(...(await Promise.all(page)).flatMap((one) => one ?? []));
  }
  for (const one of found) await keepLatestHealth(store, one);
  return found;
};
