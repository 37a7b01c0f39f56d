import type { HealthColour } from '../domain/health-result.ts';
import type { Partnership } from '../domain/partnership.ts';
import type { Snapshot } from '../domain/snapshot.ts';
import type { Deps } from '../ports.ts';
import { latestSnapshot } from './load-health.ts';

/** A colour with its score, as the last closed review left it. */
export interface Standing {
  readonly colour: HealthColour;
  readonly score?: number;
}

/** Reviews close about weekly, so a good week holds the newest snapshot of nearly every partnership. */
const recentMs = 8 * 24 * 3600_000;
const mostRecent = 1_000;
const atOnce = 20;

/**
 * How each of many partnerships stands, by id: one read for those reviewed lately, one more for each of the others.
 * Before its first snapshot a partnership is unknown, whatever was entered: health counts from two reviews on.
 */
export const loadStandings = async (
  deps: Deps,
  workspaceId: string,
  partnerships: readonly Partnership[],
): Promise<ReadonlyMap<string, Standing>> => {
  const now = deps.clock.now();
  const standings = new Map<string, Standing>();
  const recent = await deps.store
    .workspace(workspaceId)
    .snapshots.find(
      { at: { $gte: new Date(now.getTime() - recentMs), $lte: now } },
      { sort: { at: -1 }, limit: mostRecent },
    );
  for (const one of recent) {
    if (!standings.has(one.partnershipId)) standings.set(one.partnershipId, standingOf(one));
  }
  const rest = partnerships.filter((one) => one.state !== 'draft' && !standings.has(one._id));
  for (let at = 0; at < rest.length; at += atOnce) {
    const page = rest.slice(at, at + atOnce);
    const found = await Promise.all(page.map((one) => latestSnapshot(deps, one, now)));
    for (const one of found) if (one !== undefined) standings.set(one.partnershipId, standingOf(one));
  }
  return standings;
};

export const unknownStanding: Standing = { colour: 'unknown' };

const standingOf = ({ health: { colour, score } }: Snapshot): Standing => ({
  colour,
  ...(score === undefined ? {} : { score }),
});
