import type { Rhythm } from '../domain/rhythm.ts';
import type { Deps } from '../ports.ts';
import { materialiseRhythm } from './materialise-rhythm.ts';
import { rhythmGone } from './rhythm-change.ts';

/**
 * Brings dates that have come by `now` to the ledger, as the ticker would in a moment, and returns the rhythm as it then
 * stands: before a change, so that they end by the rule that they came by, and after one that left some out.
 */
export const bringUpRhythm = async (deps: Deps, first: Rhythm, now: Date): Promise<Rhythm> => {
  const { rhythms } = deps.store.workspace(first.workspaceId);
  let current = first;
  while (current.nextAt !== undefined && current.nextAt <= now) {
    await materialiseRhythm(deps, current);
    const moved = await rhythms.get(first._id);
    if (moved === undefined) throw rhythmGone();
    current = moved;
  }
  return current;
};
