import { parseCivilDate } from '../domain/civil-date.ts';
import { accepted, DomainError, type Outcome, refused } from '../domain/errors.ts';
import { type Goal, goalLimits } from '../domain/goal.ts';
import type { Partnership } from '../domain/partnership.ts';
import type { Side } from '../domain/person.ts';
import type { Asking, Deps } from '../ports.ts';
import { type Loaded, loadPartnership } from './load.ts';
import {
  type Field,
  faultsIn,
  isFault,
  oneLine,
  ownerField,
  reasonField,
  refOf,
  tooLong,
  trimmed,
} from './plan-fields.ts';
import { idFromRequest } from './request-id.ts';
import { wantCards } from './want-message.ts';
import { changePartnership, demandUnmoved } from './write.ts';

/** The whole goal as the form shows it: what is absent, it does not have. */
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
  /** Why there is a fourth goal. */
  readonly reason?: string;
}

/** Adds or edits a goal. Throws `not-found`, `not-allowed`, `ended`, `conflict`. */
export const setGoal = async (deps: Deps, asking: Asking, input: SetGoal): Promise<Outcome<Goal>> => {
  const loaded = await loadPartnership(deps, asking, input.partnershipId, 'edit-plan');
  const { partnership, store } = loaded;
  const id =
    input.goalId ?? (await idFromRequest(asking.workspaceId, 'goal', partnership._id, asking.requestId));
  const owner = await ownerField(deps, loaded, input.ownerUserId);
  const title = titleField(input.title);
  const due = dueField(input.due, partnership);
  const vision = visionField(input.vision);
  const kpiIds = kpisField(loaded, input.kpiIds);
  const reason = reasonField(needsReason(partnership, id), input.reason);
  if (
    isFault(owner) ||
    isFault(title) ||
    isFault(due) ||
    isFault(vision) ||
    isFault(kpiIds) ||
    isFault(reason)
  ) {
    return refused(faultsIn({ title, vision, ownerUserId: owner, due, kpiIds, reason }));
  }
  if (isNew(partnership, id) && partnership.goals.length >= goalLimits.active) {
    return refused({
      title: `There are ${goalLimits.active} goals, and that is the most. Edit one of them.`,
    });
  }
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
  });

  let faults: Record<string, string> | undefined;
  const saved = await changePartnership(deps, asking, partnership, async (current) => {
    const now = deps.clock.now();
    const found = current.goals.find((one) => one.id === id);
    if (found === undefined) {
      if (input.goalId !== undefined) throw goalGone();
      if (current.goals.length >= goalLimits.active) throw full();
      const why = reasonField(needsReason(current, id), input.reason);
      if (isFault(why)) {
        faults = { reason: why.fault };
        return undefined;
      }
      const reasons =
        why.value === undefined ? [] : [{ of: id, reason: why.value, by: refOf(asking.by), at: now }];
      return {
        next: {
          ...current,
          goals: [...current.goals, goalAt(1, now)],
          limitReasons: [...current.limitReasons, ...reasons],
        },
        action: 'set-goal',
        entity: id,
        summary: `added the goal "${title.value}"`,
      };
    }
    const next = goalAt(found.rev + 1, found.createdAt);
    if (sameGoal(found, next)) return undefined;
    await demandUnmoved(deps, asking, store, {
      of: current._id,
      id,
      rev: found.rev,
      baseRev: input.baseRev ?? 0,
    });
    return {
      next: { ...current, goals: current.goals.map((one) => (one.id === id ? next : one)) },
      action: 'set-goal',
      entity: id,
      summary: `changed the goal "${next.title}"`,
    };
  });
  if (faults !== undefined) return refused(faults);
  await wantCards(deps, saved);
  const goal = saved.goals.find((one) => one.id === id);
  if (goal === undefined) throw goalGone();
  return accepted(goal);
};

const isNew = (partnership: Partnership, id: string): boolean =>
  !partnership.goals.some((one) => one.id === id);

const needsReason = (partnership: Partnership, id: string): string | undefined =>
  isNew(partnership, id) && partnership.goals.length >= goalLimits.withoutReason
    ? `This period has ${partnership.goals.length} goals. One more asks for a reason: say why. It is kept.`
    : undefined;

const titleField = (text: string): Field<string> => {
  const title = oneLine(text);
  if (title === '') return { fault: 'Say what you will do together.' };
  return title.length > goalLimits.title
    ? { fault: tooLong('The goal', title.length, goalLimits.title) }
    : { value: title };
};

const mostVision = 600;
const visionField = (text: string | undefined): Field<string | undefined> => {
  const vision = trimmed(text);
  return vision !== undefined && vision.length > mostVision
    ? { fault: tooLong('This part of the vision', vision.length, mostVision) }
    : { value: vision };
};

const dueField = (text: string | undefined, { period }: Partnership): Field<string | undefined> => {
  if (text === undefined) return { value: undefined };
  const due = parseCivilDate(text);
  if (due === undefined) return { fault: 'I cannot read this date. Choose one from the calendar.' };
  return due < period.start
    ? { fault: 'This is before the operating period begins. Choose a later day.' }
    : { value: due };
};

/** Both firms see how a goal stands, so what it is shown by must be what both see. */
const kpisField = (loaded: Loaded, kpiIds: readonly string[]): Field<string[]> => {
  const ids = [...new Set(kpiIds)];
  const kpis = ids.map((id) => loaded.partnership.kpis.find((one) => one.id === id));
  if (kpis.includes(undefined)) return { fault: 'One of these KPIs is not here any more. Choose again.' };
  const internal = kpis.find((one) => one?.visibility === 'internal');
  return internal === undefined
    ? { value: ids }
    : {
        fault: `${internal.name} is seen by ${loaded.partnership.firmName} only. Choose KPIs that both firms see.`,
      };
};

const sameGoal = (a: Goal, b: Goal): boolean =>
  JSON.stringify(comparable(a)) === JSON.stringify(comparable(b));
const comparable = ({ title, vision, side, owner, due, kpiIds }: Goal) => [
  title,
  vision,
  side,
  owner?.teamId,
  owner?.userId,
  due,
  kpiIds,
];

export const goalGone = (): DomainError =>
  new DomainError(
    'not-found',
    'This goal is not here any more. Nothing was changed. Your text is kept below. To save it anew, choose "New goal".',
  );
const full = (): DomainError =>
  new DomainError(
    'limit',
    `There are ${goalLimits.active} goals now, and that is the most. Edit one of them.`,
  );
