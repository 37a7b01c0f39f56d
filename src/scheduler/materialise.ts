import { dueAt, timedBy } from '../domain/recurrence.ts';
import type { Rhythm } from '../domain/rhythm.ts';
import type { Deps } from '../ports.ts';
import { materialiseRhythm } from '../usecases/materialise-rhythm.ts';

/** Every rhythm whose time has come gets its occurrences and moves on. Returns how many did. */
export const materialise = async (deps: Deps, due: readonly Rhythm[]): Promise<number> => {
  let moved = 0;
  for (const rhythm of due) {
    try {
      if (await materialiseRhythm(deps, rhythm)) moved += 1;
    } catch (error) {
      deps.log.error('a rhythm could not be moved on', { rhythm: rhythm._id, error });
    }
  }
  return moved;
};

/**
 * Governments move their clocks: rhythms whose instant was derived with other zone data than this process has get it
 * derived anew. Run at every start; reads nothing more than what differs.
 */
export const followZoneData = async (deps: Deps, workspaceId: string): Promise<void> => {
  const { rhythms, partnerships } = deps.store.workspace(workspaceId);
  const tzdb = process.versions.tz ?? '';
  const others = await Promise.all([
    rhythms.find({ tzdb: { $lt: tzdb } }),
    rhythms.find({ tzdb: { $gt: tzdb } }),
  ]);
  for (const rhythm of others.flat()) {
    const partnership = await partnerships.get(rhythm.partnershipId);
    if (partnership === undefined || rhythm.nextDate === undefined) continue;
    const nextAt = dueAt(timedBy(rhythm, partnership), rhythm.nextDate);
    await rhythms.replace({ ...rhythm, nextAt, tzdb });
  }
};
