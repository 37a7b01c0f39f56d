import type { Deps } from '../ports.ts';
import { workInbox } from '../usecases/work-inbox.ts';
import { workDueOccurrences, workOccurrence } from '../usecases/work-occurrence.ts';
import { deliver } from './deliver.ts';
import { materialise } from './materialise.ts';

/** Everything that is due now, a page of each kind, in this order. Returns how much there was: 0 is quiet. */
export const tick = async (deps: Deps): Promise<number> => {
  const moved = await materialise(deps);
  const worked = await workDueOccurrences(deps);
  const events = await workInbox(deps);
  return moved + worked + events + (await deliverAndFollow(deps));
};

/** Delivers a page, and lets reviews and digests know at once that their message is there. */
const deliverAndFollow = async (deps: Deps): Promise<number> => {
  const { handled, posted } = await deliver(deps);
  for (const message of posted) {
    if (message.content.kind !== 'review-root' && message.content.kind !== 'digest') continue;
    const { occurrences } = deps.store.workspace(message.workspaceId);
    const occurrence = await occurrences.get(message.content.occurrenceId);
    if (occurrence?.state === 'due') await workOccurrence(deps, occurrence);
  }
  return handled;
};

const mostRounds = 400;

/** Ticks until there is nothing left to do at this moment, bounded so that a fault cannot hold it for ever. */
export const tickUntilQuiet = async (deps: Deps): Promise<void> => {
  for (let round = 0; round < mostRounds; round += 1) if ((await tick(deps)) === 0) return;
  deps.log.warn('still not quiet after many rounds', { rounds: mostRounds });
};

/** For a poke: what was just said or wanted is worked now. */
export const deliverUntilQuiet = async (deps: Deps): Promise<void> => {
  for (let round = 0; round < mostRounds; round += 1)
    if ((await workInbox(deps)) + (await deliverAndFollow(deps)) === 0) return;
};
