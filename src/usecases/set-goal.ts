import { accepted, DomainError, type Outcome, refused } from '../domain/errors.ts';
import type { Goal, GoalOutcome } from '../domain/goal.ts';
import { goalChangeInWords, isSameGoal } from '../domain/goal-words.ts';
import type { StatusWord } from '../domain/kpi.ts';
import type { Side } from '../domain/person.ts';
import type { Asking, Deps } from '../ports.ts';
import {
  dueField,
  goalNeedsReason,
  kpisField,
  noRoomForGoal,
  outcomeField,
  statusField,
  titleField,
  visionField,
} from './goal-fields.ts';
import { loadPartnership } from './load.ts';
import { faultsIn, isFault, ownerField, reasonField, refOf } from './plan-fields.ts';
import { idFromRequest } from './request-id.ts';
import { wantCards } from './want-message.ts';
import { changePartnership, demandUnmoved } from './write.ts';

/** The whole goal as the form shows it: what is absent, it does not have, unless said otherwise. */
export interface SetGoal {
  readonly partnershipId: string;
  /** With `baseRev`: the goal that is edited. Without: a new one. */
  readonly goalId?: string;
  readonly baseRev?: number;
  readonly title: string;
  /** The sentence of the vision that it moves. */
  readonly vision?: string;
  readonly side: Side;
  readonly ownerUserId?: string;
  readonly due?: string;
  readonly kpiIds: readonly string[];
  /** Absent: as it was; `by-kpis`: nobody says it. Behind and off track ask for `statusReason`. */
  readonly status?: StatusWord | 'by-kpis';
  readonly statusReason?: string;
  /** Absent: as it was; `open`: not ended, or brought back. All others ask for `outcomeSentence`. */
  readonly outcome?: GoalOutcome | 'open';
  readonly outcomeSentence?: string;
  /** Why there is a fourth goal. */
  readonly reason?: string;
}

/** Adds, edits, closes or brings back a goal. Throws `not-found`, `not-allowed`, `ended`, `conflict`. */
export const setGoal = async (deps: Deps, asking: Asking, input: SetGoal): Promise<Outcome<Goal>> => {
  const loaded = await loadPartnership(deps, asking, input.partnershipId, 'edit-plan');
  const { partnership, store } = loaded;
  const id =
    input.goalId ?? (await idFromRequest(asking.workspaceId, 'goal', partnership._id, asking.requestId));
  const owner = await ownerField(deps, loaded, input.ownerUserId);
  const title = titleField(input.title);
  const due = dueField(input.due, partnership);
  const vision = visionField(input.vision);
  const kpiIds = kpisField(loaded, input.kpiIds, id);
  const reason = reasonField(goalNeedsReason(partnership, input, id), input.reason);
  const known = partnership.goals.find((one) => one.id === id);
  const status = statusField(input, known, asking.by);
  const outcome = outcomeField(input, known, asking.by);
  if (
    isFault(owner) ||
    isFault(title) ||
    isFault(due) ||
    isFault(vision) ||
    isFault(kpiIds) ||
    isFault(reason) ||
    isFault(status) ||
    isFault(outcome)
  ) {
    return refused(
      faultsIn({
        title,
        vision,
        ownerUserId: owner,
        due,
        kpiIds,
        reason,
        statusReason: status,
        outcomeSentence: outcome,
      }),
    );
  }
  const full = noRoomForGoal(partnership, input, id);
  if (full !== undefined) return refused({ title: full });
  const goalAt = (rev: number, createdAt: Date): Goal => ({
    id,
    rev,
    title: title.value,
    side: input.side,
    kpiIds: kpiIds.value,
    createdAt,
    ...(vision.value === undefined ? {} : { vision: vision.value }),
    ...(owner.value === undefined ? {} : { owner: owner.value }),
    ...(due.value === undefined ? {} : { due: due.value }),
    ...(status.value === undefined ? {} : { status: { at: deps.clock.now(), ...status.value } }),
    ...(outcome.value === undefined ? {} : { outcome: { at: deps.clock.now(), ...outcome.value } }),
  });

  let faults: Record<string, string> | undefined;
  const saved = await changePartnership(deps, asking, partnership, async (current) => {
    const now = deps.clock.now();
    const found = current.goals.find((one) => one.id === id);
    if (found === undefined && input.goalId !== undefined) throw goalGone();
    const next = found === undefined ? goalAt(1, now) : goalAt(found.rev + 1, found.createdAt);
    if (found !== undefined && isSameGoal(found, next)) return undefined;
    if (found !== undefined) {
      const { rev } = found;
      await demandUnmoved(deps, asking, store, { of: current._id, id, rev, baseRev: input.baseRev ?? 0 });
    }
    const why = reasonField(goalNeedsReason(current, input, id), input.reason);
    const noRoom = noRoomForGoal(current, input, id);
    if (isFault(why) || noRoom !== undefined) {
      faults = { ...(isFault(why) && { reason: why.fault }), ...(noRoom !== undefined && { title: noRoom }) };
      return undefined;
    }
    const given =
      why.value === undefined ? [] : [{ of: id, reason: why.value, by: refOf(asking.by), at: now }];
    const others = found === undefined ? [...current.goals, next] : current.goals;
    return {
      next: {
        ...current,
        goals: others.map((one) => (one.id === id ? next : one)),
        limitReasons: [...current.limitReasons, ...given],
      },
      action: 'set-goal',
      entity: id,
      summary:
        found === undefined ? `added the goal "${next.title}"` : goalChangeInWords(found, next, current),
    };
  });
  if (faults !== undefined) return refused(faults);
  await wantCards(deps, saved);
  const goal = saved.goals.find((one) => one.id === id);
  if (goal === undefined) throw goalGone();
  return accepted(goal);
};

export const goalGone = (): DomainError =>
  new DomainError(
    'not-found',
    'This goal is not here any more. Nothing was changed. Your text is kept below. To save it anew, choose "New goal".',
  );
