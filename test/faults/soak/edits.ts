/** What people do to rhythms at the very moment at which their review comes out. */
import { addDays, weekdayOf } from '../../../src/domain/civil-date.ts';
import { type ChosenRule, planOf } from '../../../src/domain/rhythm-plan.ts';
import { createEngine } from '../../../src/engine.ts';
import { randomIds } from '../../../src/host.ts';
import { quiet } from '../../../src/local-slack/log.ts';
import type { Asking, Repository, Stored } from '../../../src/ports.ts';
import { wantRoot } from '../../../src/usecases/save-answer.ts';
import { setHolidays } from '../../../src/usecases/set-holidays.ts';
import { setRhythm } from '../../../src/usecases/set-rhythm.ts';
import { skipNext } from '../../../src/usecases/skip-next.ts';
import { type Slot, workspaceId } from './load.ts';
import { chance, pick } from './seeded.ts';
import type { SoakWorld } from './soak-world.ts';

const edits = [
  'time moved',
  'zone changed',
  'weekday moved',
  'next one skipped',
  'a holiday set',
  'paused and resumed',
  'partnership ended',
] as const;
export type Edit = (typeof edits)[number];

/** Whether the date that was planned must still end in the ledger: another weekday or an end takes it away. */
export const stillOwes = (edit: Edit | undefined): boolean =>
  edit !== 'weekday moved' && edit !== 'partnership ended';

export interface Edits {
  /** Partnerships whose rule is not what it was, or that have ended. */
  readonly touched: Map<string, Edit>;
  readonly counts: Map<string, number>;
  /** Edits one rhythm whose review is due about now; each once. */
  edit(): Promise<void>;
  /** Wants the roots of some open reviews drawn anew, twice each, as two answers would. */
  answer(): Promise<void>;
}

/** How near to its due time a review is when somebody edits its rhythm: claimed, or about to be. */
const aroundMs = 45_000;
const pausedMs = 4_000;
const attempts = 20;
const mostAnswered = 50;

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
  const { rhythms, partnerships, occurrences } = world.store.workspace(workspaceId);
  const touched = new Map<string, Edit>();
  const counts = new Map<string, number>();

  const asked = async ({ partnershipId }: Slot): Promise<Asking> => {
    const partnership = await partnerships.get(partnershipId);
    if (partnership === undefined) throw new Error(`${partnershipId} is gone`);
    return { workspaceId, by: partnership.owner, requestId: `edit-${partnershipId}` };
  };
  const reset = async (
    slot: Slot,
    over: { readonly time?: string; readonly zone?: string; readonly rule?: ChosenRule },
  ): Promise<void> => {
    const rhythm = await rhythms.get(slot.rhythm._id);
    if (rhythm === undefined) return;
    await setRhythm(deps, await asked(slot), {
      partnershipId: slot.partnershipId,
      rhythmId: rhythm._id,
      baseRev: rhythm.rev,
      ...planOf(rhythm),
      askedOurs: rhythm.asked.ours.map((one) => one.userId),
      askedTheirs: rhythm.asked.theirs.map((one) => one.userId),
      ...over,
    });
  };
  const perform = async (edit: Edit, slot: Slot): Promise<void> => {
    switch (edit) {
      case 'time moved':
        return reset(slot, { time: slot.rhythm.time < '20:00' ? '20:45' : '05:00' });
      case 'zone changed':
        return reset(slot, { zone: slot.rhythm.zone === 'Asia/Tokyo' ? 'America/New_York' : 'Asia/Tokyo' });
      case 'weekday moved':
        return reset(slot, {
          rule: { kind: 'weekly', every: 1, weekday: weekdayOf(addDays(slot.date, 1)) },
        });
      case 'next one skipped': {
        const { partnershipId, date } = slot;
        const reason = 'Everybody is at the fair.';
        await skipNext(deps, await asked(slot), { partnershipId, rhythmId: slot.rhythm._id, date, reason });
        return;
      }
      case 'a holiday set':
        await setHolidays(deps, await asked(slot), {
          partnershipId: slot.partnershipId,
          holidays: { ours: { from: [], to: [slot.date] }, theirs: { from: [], to: [] } },
        });
        return;
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

  let answered = 0;
  return {
    touched,
    counts,
    answer: async () => {
      answered += 1;
      const open = await occurrences.find({ kind: 'review', state: 'open' }, { limit: mostAnswered });
      const [first, ...rest] = open;
      if (first === undefined) return;
      const review = pick([first, ...rest], chance(seed, 'answered', answered));
      await wantRoot(deps, review);
      await wantRoot(deps, review);
      counts.set('answered', (counts.get('answered') ?? 0) + 1);
    },
    edit: async () => {
      const now = world.clock.now().getTime();
      const near = slots.filter(
        (one) => Math.abs(one.at.getTime() - now) < aroundMs && !touched.has(one.partnershipId),
      );
      const [first, ...rest] = near;
      if (first === undefined) return;
      const slot = pick([first, ...rest], chance(seed, 'edited', first.occurrenceId));
      const edit = pick([...edits], chance(seed, 'edit', slot.occurrenceId));
      touched.set(slot.partnershipId, edit);
      try {
        await perform(edit, slot);
        counts.set(edit, (counts.get(edit) ?? 0) + 1);
      } catch {
        counts.set('refused', (counts.get('refused') ?? 0) + 1);
      }
    },
  };
};
