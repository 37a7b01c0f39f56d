import { accepted, type Outcome, refused } from '../domain/errors.ts';
import { type Goal, isOpenGoal } from '../domain/goal.ts';
import { goalChangeInWords, isSameGoal } from '../domain/goal-words.ts';
import { samePerson } from '../domain/person.ts';
import type { Asking, Deps } from '../ports.ts';
import { statusField } from './goal-fields.ts';
import { demand, demandOpen, type Loaded, loadPartnership } from './load.ts';
import { isFault } from './plan-fields.ts';
import { goalGone, type SetGoal } from './set-goal.ts';
import { wantCards } from './want-message.ts';
import { changePartnership, demandUnmoved } from './write.ts';

export interface SayGoalStatus extends Pick<SetGoal, 'status' | 'statusReason'> {
  readonly partnershipId: string;
  readonly goalId: string;
  readonly baseRev: number;
}

/** The open goals that the asker owns, as somebody of either firm. */
export const goalsOwnedBy = ({ partnership, firm }: Loaded, { by }: Asking): readonly Goal[] =>
  firm === 'outsider'
    ? []
    : partnership.goals.filter(
        (one) => one.owner !== undefined && samePerson(one.owner, by) && isOpenGoal(one),
      );

/**
 * How a goal stands, said by its owner, of whichever firm. Throws `not-found`, `ended`, `conflict`, and `not-allowed`
 * for who neither owns it nor may change the plan.
 */
export const sayGoalStatus = async (
  deps: Deps,
  asking: Asking,
  input: SayGoalStatus,
): Promise<Outcome<Goal>> => {
  const loaded = await loadPartnership(deps, asking, input.partnershipId, 'see');
  const { partnership, store } = loaded;
  const known = partnership.goals.find((one) => one.id === input.goalId);
  const owns = goalsOwnedBy(loaded, asking).some((one) => one.id === input.goalId);
  if (!owns) await demand(deps, loaded, 'edit-plan');
  await demandOpen(deps, loaded);
  const status = statusField(input, known, asking.by);
  if (isFault(status)) return refused({ statusReason: status.fault });
  const saved = await changePartnership(deps, asking, partnership, async (current) => {
    const found = current.goals.find((one) => one.id === input.goalId);
    if (found === undefined) throw goalGone();
    const { status: _before, ...rest } = found;
    const said = status.value === undefined ? {} : { status: { at: deps.clock.now(), ...status.value } };
    const next: Goal = { ...rest, ...said, rev: found.rev + 1 };
    if (isSameGoal(found, next)) return undefined;
    const { id, rev } = found;
    await demandUnmoved(deps, asking, store, { of: current._id, id, rev, baseRev: input.baseRev });
    return {
      next: { ...current, goals: current.goals.map((one) => (one.id === id ? next : one)) },
      action: 'set-goal',
      entity: id,
      summary: goalChangeInWords(found, next, current),
    };
  });
  await wantCards(deps, saved);
  const goal = saved.goals.find((one) => one.id === input.goalId);
  if (goal === undefined) throw goalGone();
  return accepted(goal);
};
