import type { Rhythm } from '../domain/rhythm.ts';
import type { Asking, Deps } from '../ports.ts';
import { rhythmName } from './rhythm-change.ts';
import { changeDocument } from './write.ts';

/** No date is ahead of it any more, until its partnership is reopened. Repeatable. */
export const stopRhythm = (deps: Deps, asking: Asking, rhythm: Rhythm): Promise<Rhythm> =>
  changeDocument(
    deps,
    asking,
    deps.store.workspace(asking.workspaceId).rhythms,
    rhythm,
    rhythm.partnershipId,
    async (current) => {
      if (current.nextAt === undefined && current.nextDate === undefined) return undefined;
      const { nextDate: _date, nextAt: _at, parkedAt: _parked, ...rest } = current;
      return {
        next: { ...rest, updatedAt: deps.clock.now() },
        action: 'stop-rhythm',
        entity: current._id,
        summary: `stopped the ${rhythmName(current)}`,
      };
    },
  );
