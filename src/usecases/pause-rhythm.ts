import { accepted, type Outcome, refused } from '../domain/errors.ts';
import type { Rhythm } from '../domain/rhythm.ts';
import type { Asking, Deps } from '../ports.ts';
import { type Loaded, loadPartnership } from './load.ts';
import { movedOn, reasonFault, rhythmName, rhythmOf, rhythmsOf } from './rhythm-change.ts';
import { wantCards } from './want-message.ts';
import { changeDocument } from './write.ts';

export interface WhichRhythms {
  readonly partnershipId: string;
  /** Absent: all of the partnership. */
  readonly rhythmId?: string;
}

const chosen = async ({ store }: Loaded, { partnershipId, rhythmId }: WhichRhythms): Promise<Rhythm[]> =>
  rhythmId === undefined ? rhythmsOf(store, partnershipId) : [await rhythmOf(store, partnershipId, rhythmId)];

/**
 * Pauses one rhythm, or all: until they are resumed each date ends as skipped. One that is paused already keeps its
 * reason. Returns the rhythms as they stand. Throws `not-found`, `not-allowed` or `ended`.
 */
export const pauseRhythm = async (
  deps: Deps,
  asking: Asking,
  input: WhichRhythms & { readonly reason: string },
): Promise<Outcome<Rhythm[]>> => {
  const fault = reasonFault(input.reason);
  if (fault !== undefined) return refused({ reason: fault });
  const reason = input.reason.trim();
  const loaded = await loadPartnership(deps, asking, input.partnershipId, 'set-rhythm');
  const paused: Rhythm[] = [];
  for (const rhythm of await chosen(loaded, input))
    paused.push(
      await changeDocument(
        deps,
        asking,
        loaded.store.rhythms,
        rhythm,
        input.partnershipId,
        async (current) => {
          if (current.paused !== undefined) return undefined;
          const at = deps.clock.now();
          return {
            next: { ...current, paused: { at, by: asking.by, reason }, updatedAt: at },
            action: 'pause-rhythm',
            entity: current._id,
            summary: `paused the ${rhythmName(current)}: ${reason}`,
          };
        },
      ),
    );
  await wantCards(deps, loaded.partnership);
  return accepted(paused);
};

/** Lets one rhythm, or all, go on from now. Returns the rhythms as they stand. Throws as `pauseRhythm`. */
export const resumeRhythm = async (deps: Deps, asking: Asking, input: WhichRhythms): Promise<Rhythm[]> => {
  const loaded = await loadPartnership(deps, asking, input.partnershipId, 'set-rhythm');
  const resumed: Rhythm[] = [];
  for (const rhythm of await chosen(loaded, input))
    resumed.push(
      await changeDocument(
        deps,
        asking,
        loaded.store.rhythms,
        rhythm,
        input.partnershipId,
        async (current) => {
          if (current.paused === undefined) return undefined;
          const { paused: _paused, ...rest } = current;
          const now = deps.clock.now();
          // A date that has come is still the ticker's to bring to its end; it goes on from there by itself.
          const due = rest.nextAt !== undefined && rest.nextAt <= now;
          return {
            next: due
              ? { ...rest, updatedAt: now }
              : movedOn(rest, loaded.partnership.holidays, { by: asking.by, now }),
            action: 'resume-rhythm',
            entity: current._id,
            summary: `resumed the ${rhythmName(current)}`,
          };
        },
      ),
    );
  await wantCards(deps, loaded.partnership);
  return resumed;
};
