import { DomainError } from '../domain/errors.ts';
import type { Occurrence } from '../domain/occurrence.ts';
import type { Partnership } from '../domain/partnership.ts';
import type { ClosedPeriod } from '../domain/period.ts';
import type { Deps, WorkspaceStore } from '../ports.ts';
import { periodQuestionId, planPeriodQuestion } from './plan-period-question.ts';
import { wantRoot } from './save-answer.ts';
import { wantCards } from './want-message.ts';

export interface PeriodClosed {
  readonly partnership: Partnership;
  readonly closed: ClosedPeriod;
}

/** What follows from a closing; each step may be repeated. */
export const finishPeriod = async (
  deps: Deps,
  store: WorkspaceStore,
  partnership: Partnership,
  _id: string,
): Promise<PeriodClosed> => {
  const closed = await store.periods.get(_id);
  if (closed === undefined) throw new DomainError('not-found', 'This period is not here any more.');
  const nth = (partnership.closedPeriods ?? []).indexOf(_id);
  const before = { ...partnership, closedPeriods: partnership.closedPeriods?.slice(0, nth) };
  await endQuestion(deps, store, periodQuestionId(before), closed.closedAt);
  await planPeriodQuestion(deps, partnership);
  await wantCards(deps, partnership);
  return { partnership, closed };
};

/** The question is answered by the closing, also one that never went out. */
const endQuestion = async (deps: Deps, store: WorkspaceStore, id: string, closedAt: Date): Promise<void> => {
  for (;;) {
    const found = await store.occurrences.get(id);
    if (found === undefined || (found.state !== 'due' && found.state !== 'open')) return;
    // One on its way out is looked at by its own next step, which finds the period closed.
    if (found.ts === undefined && found.openedAt !== undefined) return;
    const { wakeAt: _wakeAt, reason: _reason, ...rest } = found;
    const over: Occurrence =
      found.ts === undefined
        ? { ...rest, state: 'skipped', reason: 'The period was closed before it was asked.' }
        : { ...rest, state: 'closed', closedAt };
    if (!(await store.occurrences.replace(over))) continue;
    if (found.ts !== undefined) await wantRoot(deps, over);
    return;
  }
};
