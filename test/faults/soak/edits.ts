/** What people do to rhythms at the very moment at which their review comes out. */
import { planOf } from '../../../src/domain/rhythm-plan.ts';
import { createEngine } from '../../../src/engine.ts';
import { randomIds } from '../../../src/host.ts';
import { quiet } from '../../../src/local-slack/log.ts';
import type { Repository, Stored } from '../../../src/ports.ts';
import { setRhythm } from '../../../src/usecases/set-rhythm.ts';
import { type Slot, workspaceId } from './load.ts';
import { chance, pick } from './seeded.ts';
import type { SoakWorld } from './soak-world.ts';

const edits = ['time moved', 'zone changed', 'paused and resumed', 'partnership ended'] as const;
type Edit = (typeof edits)[number];

export interface Edits {
  /** Partnerships whose rule is not what it was, or that have ended. */
  readonly touched: Set<string>;
  readonly counts: Map<string, number>;
  /** Edits one rhythm whose review is due about now; each once. */
  edit(): Promise<void>;
}

/** How near to its due time a review is when somebody edits its rhythm: claimed, or about to be. */
const aroundMs = 45_000;
const pausedMs = 4_000;
const attempts = 20;

/** As a use case would: read, change, compare-and-set, again when somebody else was faster. */
const change = async <T extends Stored>(
  repository: Repository<T>,
  id: string,
  how: (found: T) => T,
): Promise<void> => {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const found = await repository.get(id);
    if (found === undefined || (await repository.replace(how(found)))) return;
  }
};

export const startEdits = (world: SoakWorld, seed: number, slots: readonly Slot[]): Edits => {
  const { deps } = createEngine({
    store: world.store,
    clock: world.clock,
    ids: randomIds,
    log: quiet,
    botToken: world.botToken,
    slackApiUrl: world.slack.apiUrl,
  });
  const { rhythms, partnerships } = world.store.workspace(workspaceId);
  const touched = new Set<string>();
  const counts = new Map<string, number>();

  const reset = async (
    slot: Slot,
    over: { readonly time?: string; readonly zone?: string },
  ): Promise<void> => {
    const [rhythm, partnership] = [
      await rhythms.get(slot.rhythm._id),
      await partnerships.get(slot.partnershipId),
    ];
    if (rhythm === undefined || partnership === undefined) return;
    await setRhythm(
      deps,
      { workspaceId, by: partnership.owner, requestId: `edit-${slot.partnershipId}` },
      {
        partnershipId: slot.partnershipId,
        rhythmId: rhythm._id,
        baseRev: rhythm.rev,
        ...planOf(rhythm),
        askedOurs: rhythm.asked.ours.map((one) => one.userId),
        askedTheirs: rhythm.asked.theirs.map((one) => one.userId),
        ...over,
      },
    );
  };
  const perform = async (edit: Edit, slot: Slot): Promise<void> => {
    switch (edit) {
      case 'time moved':
        return reset(slot, { time: slot.rhythm.time < '20:00' ? '20:45' : '05:00' });
      case 'zone changed':
        return reset(slot, { zone: slot.rhythm.zone === 'Asia/Tokyo' ? 'America/New_York' : 'Asia/Tokyo' });
      case 'paused and resumed': {
        const paused = { at: world.clock.now(), reason: 'A pause of the soak.' };
        await change(rhythms, slot.rhythm._id, (one) => ({ ...one, rev: one.rev + 1, paused }));
        await new Promise((resolve) => setTimeout(resolve, pausedMs / world.time().factor));
        return change(rhythms, slot.rhythm._id, ({ paused: _paused, ...one }) => ({
          ...one,
          rev: one.rev + 1,
        }));
      }
      case 'partnership ended':
        return change(partnerships, slot.partnershipId, (one) => ({
          ...one,
          state: 'ended' as const,
        }));
    }
  };

  return {
    touched,
    counts,
    edit: async () => {
      const now = world.clock.now().getTime();
      const near = slots.filter(
        (one) => Math.abs(one.at.getTime() - now) < aroundMs && !touched.has(one.partnershipId),
      );
      const [first, ...rest] = near;
      if (first === undefined) return;
      const slot = pick([first, ...rest], chance(seed, 'edited', first.occurrenceId));
      const edit = pick([...edits], chance(seed, 'edit', slot.occurrenceId));
      touched.add(slot.partnershipId);
      try {
        await perform(edit, slot);
        counts.set(edit, (counts.get(edit) ?? 0) + 1);
      } catch {
        counts.set('refused', (counts.get('refused') ?? 0) + 1);
      }
    },
  };
};
