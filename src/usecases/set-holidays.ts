import { type HolidaysEdit, sameDays, withHolidays } from '../domain/holiday-text.ts';
import type { Partnership } from '../domain/partnership.ts';
import type { Asking, Deps } from '../ports.ts';
import { bringUpRhythm } from './bring-up-rhythm.ts';
import { loadPartnership } from './load.ts';
import { planPeriodQuestion } from './plan-period-question.ts';
import { movedOn, rhythmsOf } from './rhythm-change.ts';
import { wantCards } from './want-message.ts';
import { changeDocument, changePartnership } from './write.ts';

export interface SetHolidays {
  readonly partnershipId: string;
  readonly holidays: HolidaysEdit;
}

/**
 * Keeps the days on which the two firms do not work, and counts the next date of every rhythm anew. A repeat changes
 * nothing. Throws `not-found`, `not-allowed`, `ended` or `conflict`.
 */
export const setHolidays = async (deps: Deps, asking: Asking, input: SetHolidays): Promise<Partnership> => {
  const { partnership } = await loadPartnership(deps, asking, input.partnershipId, 'set-rhythm');
  const changed = await changePartnership(deps, asking, partnership, (current) => {
    const holidays = withHolidays(current.holidays, input.holidays);
    if (
      sameDays(holidays?.ours, current.holidays?.ours) &&
      sameDays(holidays?.theirs, current.holidays?.theirs)
    )
      return undefined;
    const { holidays: _before, ...rest } = current;
    return {
      next: { ...rest, ...(holidays === undefined ? {} : { holidays }) },
      action: 'set-holidays',
      entity: 'holidays',
      summary: `set the holidays: ${holidays?.ours.length ?? 0} at ${current.firmName}, ${holidays?.theirs.length ?? 0} at ${current.name}`,
    };
  });
  await recountRhythms(deps, asking, changed);
  await planPeriodQuestion(deps, changed);
  await wantCards(deps, changed);
  return changed;
};

/** Also after a crash between the two writes: whoever saves again finds what is left to do. */
const recountRhythms = async (deps: Deps, asking: Asking, partnership: Partnership): Promise<void> => {
  const store = deps.store.workspace(asking.workspaceId);
  for (const rhythm of await rhythmsOf(store, partnership._id)) {
    const now = deps.clock.now();
    const changed = await changeDocument(
      deps,
      asking,
      store.rhythms,
      rhythm,
      partnership._id,
      async (current) => {
        const next = movedOn(current, partnership.holidays, { by: asking.by, now });
        // What is due is the ticker's: it has the date that came, and goes on from there by itself.
        const due = current.nextAt !== undefined && current.nextAt <= now;
        const same =
          next.nextDate === current.nextDate && next.nextAt?.getTime() === current.nextAt?.getTime();
        if (due || same) return undefined;
        return {
          next,
          action: 'set-holidays',
          entity: current._id,
          summary: 'set the holidays, which moved the next review',
        };
      },
    );
    await bringUpRhythm(deps, changed, now);
  }
};
