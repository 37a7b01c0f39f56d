import type { ModalView } from '@slack/types';
import { visionTexts } from '../../domain/compose-card.ts';
import { type Goal, isOpenGoal } from '../../domain/goal.ts';
import { outcomeInWords } from '../../domain/goal-words.ts';
import { isInUse } from '../../domain/kpi.ts';
import type { VisionTexts } from '../../domain/partnership-card.ts';
import { latestVision } from '../../usecases/latest-vision.ts';
import { demand, demandOpen, loadPartnership } from '../../usecases/load.ts';
import { goalsOwnedBy, sayGoalStatus } from '../../usecases/say-goal-status.ts';
import { goalGone, setGoal } from '../../usecases/set-goal.ts';
import { readMetadata } from '../ids.ts';
import { buildGoalForm, type GoalFormFacts, parseGoalForm } from '../views/goal-form.ts';
import { wantsOutcome } from '../views/goal-more-fields.ts';
import { buildGoalStatusForm, isGoalStatusForm, parseGoalStatusForm } from '../views/goal-status-form.ts';
import { brokenForm, type SubmittedView } from '../views/submitted.ts';
import type { Existing } from '../views/which-one.ts';
import type { Ask, Asked } from './ask.ts';
import { openForm } from './form.ts';
import { redrawChosen } from './redraw-chosen.ts';
import { type Submission, type Submitted, saved } from './submission.ts';

export const openGoal = (ask: Ask, partnershipId: string): Promise<void> =>
  openForm(ask, { title: 'Goals', again: { verb: 'add-goal', partnershipId } }, () =>
    goalForm(ask, partnershipId),
  );

/** A goal as it is stored now; without an id, a new one. */
export const goalForm = async (
  asked: Asked,
  partnershipId: string,
  goalId?: string,
  more = false,
): Promise<ModalView> => {
  const { goals, draw } = await goalFormStart(asked, partnershipId);
  if (goalId !== undefined && !goals.some((one) => one.id === goalId)) throw goalGone();
  return draw(goalId, more);
};

/** What may be edited: all of the plan's goals, or how those stand that a person owns. */
interface GoalFormStart {
  readonly goals: readonly Goal[];
  draw(goalId: string | undefined, more: boolean): ModalView;
}

const goalFormStart = async ({ parts, asking }: Asked, partnershipId: string): Promise<GoalFormStart> => {
  const [loaded, vision] = await Promise.all([
    loadPartnership(parts.deps, asking, partnershipId, 'see'),
    visionNow(parts.deps, asking, partnershipId),
  ]);
  const { partnership } = loaded;
  const owned = goalsOwnedBy(loaded, asking);
  const [first] = owned;
  if (first === undefined) await demand(parts.deps, loaded, 'edit-plan');
  await demandOpen(parts.deps, loaded);
  if (first !== undefined && !loaded.may('edit-plan')) {
    return {
      goals: owned,
      draw: (goalId) =>
        buildGoalStatusForm({
          partnershipId,
          owned,
          goal: goalFacts(owned.find((one) => one.id === goalId) ?? first),
        }),
    };
  }
  const draw = (goalId: string | undefined, more: boolean): ModalView => {
    const goal = partnership.goals.find((one) => one.id === goalId);
    return buildGoalForm({
      partnershipId,
      firms: { ours: partnership.firmName, theirs: partnership.name },
      ...(vision === undefined ? {} : { vision }),
      period: { end: partnership.period.end },
      // Both firms see how a goal stands, so an internal KPI cannot show it.
      kpis: partnership.kpis
        .filter((one) => one.visibility === 'shared' && isInUse(one))
        .map(({ id, name }) => ({ id, name })),
      others: partnership.goals.filter((one) => one.id !== goalId && isOpenGoal(one)).length,
      existing: openFirst(partnership.goals).map(existingOf),
      more,
      ...(goal === undefined ? {} : { goal: goalFacts(goal) }),
    });
  };
  return { goals: partnership.goals, draw };
};

const openFirst = (goals: readonly Goal[]): readonly Goal[] => [
  ...goals.filter(isOpenGoal),
  ...goals.filter((one) => !isOpenGoal(one)),
];

const existingOf = ({ id, title, outcome }: Goal): Existing => ({
  id,
  name: title,
  ...(outcome === undefined ? {} : { whose: outcomeInWords[outcome.kind] }),
});

const goalFacts = ({
  id,
  rev,
  title,
  side,
  kpiIds,
  vision,
  owner,
  due,
  status,
  outcome,
}: Goal): NonNullable<GoalFormFacts['goal']> => ({
  id,
  rev,
  title,
  side,
  kpiIds,
  ...(vision === undefined ? {} : { vision }),
  ...(owner === undefined ? {} : { ownerUserId: owner.userId }),
  ...(due === undefined ? {} : { due }),
  ...(status === undefined ? {} : { status }),
  ...(outcome === undefined ? {} : { outcome }),
});

/** Another goal was chosen: its stored values take the place of what stood in the form. */
export const redrawGoal = async (asked: Asked, view: SubmittedView): Promise<ModalView> => {
  const metadata = readMetadata(view.private_metadata);
  if (metadata?.form !== 'goal') throw brokenForm();
  const { goals, draw } = await goalFormStart(asked, metadata.partnershipId);
  return redrawChosen(view, {
    block: 'goalId',
    shown: metadata.goalId,
    isThere: (id) => goals.some((one) => one.id === id),
    draw: async (id, from) => draw(id, from === 'typed' && wantsOutcome(view)),
  });
};

export const submitGoal = async ({
  parts,
  asking,
  view,
  metadata,
}: Submission<'goal'>): Promise<Submitted> => {
  const { partnershipId, goalId } = metadata;
  if (isGoalStatusForm(view)) return submitStatus(parts, asking, view);
  const [vision, stored] = await Promise.all([
    visionNow(parts.deps, asking, partnershipId),
    goalId === undefined
      ? undefined
      : parts.deps.store.workspace(asking.workspaceId).partnerships.get(partnershipId),
  ]);
  const former = stored?.goals.find((one) => one.id === goalId)?.vision;
  const parsed = parseGoalForm(view, vision, former);
  if (!parsed.ok) return { kind: 'errors', fields: parsed.fields };
  const outcome = await setGoal(parts.deps, asking, parsed.value);
  return outcome.ok ? saved : { kind: 'errors', fields: outcome.fields };
};

const submitStatus = async (
  { deps }: Submission<'goal'>['parts'],
  asking: Submission<'goal'>['asking'],
  view: SubmittedView,
): Promise<Submitted> => {
  const parsed = parseGoalStatusForm(view);
  const outcome = parsed.ok ? await sayGoalStatus(deps, asking, parsed.value) : parsed;
  return outcome.ok ? saved : { kind: 'errors', fields: outcome.fields };
};

/** Only what numbers the form's choices: a card takes a dozen reads, and the person waits. */
const visionNow = async (
  deps: Submission<'goal'>['parts']['deps'],
  { workspaceId }: Submission<'goal'>['asking'],
  partnershipId: string,
): Promise<VisionTexts | undefined> => {
  const latest = await latestVision(deps, workspaceId, partnershipId);
  return latest && visionTexts(latest);
};
