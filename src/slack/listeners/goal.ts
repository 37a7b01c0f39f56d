import type { ModalView } from '@slack/types';
import { visionTexts } from '../../domain/compose-card.ts';
import type { Goal } from '../../domain/goal.ts';
import type { VisionTexts } from '../../domain/partnership-card.ts';
import { loadPartnership } from '../../usecases/load.ts';
import { latestVision } from '../../usecases/revise-vision.ts';
import { goalGone, setGoal } from '../../usecases/set-goal.ts';
import { readMetadata } from '../ids.ts';
import { buildGoalForm, type GoalFormFacts, parseGoalForm } from '../views/goal-form.ts';
import { brokenForm, type SubmittedView } from '../views/submitted.ts';
import type { Ask, Asked } from './ask.ts';
import { openForm } from './form.ts';
import { redrawChosen } from './redraw-chosen.ts';
import { type Submission, type Submitted, saved } from './submission.ts';

export const openGoal = (ask: Ask, partnershipId: string): Promise<void> =>
  openForm(ask, { title: 'Goals', again: { verb: 'add-goal', partnershipId } }, () =>
    goalForm(ask, partnershipId),
  );

/** A goal as it is stored now; without an id, a new one. */
export const goalForm = async (asked: Asked, partnershipId: string, goalId?: string): Promise<ModalView> => {
  const { partnership, draw } = await goalFormStart(asked, partnershipId);
  if (goalId !== undefined && !partnership.goals.some((one) => one.id === goalId)) throw goalGone();
  return draw(goalId);
};

const goalFormStart = async ({ parts, asking }: Asked, partnershipId: string) => {
  const [{ partnership }, vision] = await Promise.all([
    loadPartnership(parts.deps, asking, partnershipId, 'edit-plan'),
    visionNow(parts.deps, asking, partnershipId),
  ]);
  const draw = (goalId: string | undefined): ModalView => {
    const goal = partnership.goals.find((one) => one.id === goalId);
    return buildGoalForm({
      partnershipId,
      firms: { ours: partnership.firmName, theirs: partnership.name },
      ...(vision === undefined ? {} : { vision }),
      period: { end: partnership.period.end },
      // Both firms see how a goal stands, so an internal KPI cannot show it.
      kpis: partnership.kpis
        .filter((one) => one.visibility === 'shared')
        .map(({ id, name }) => ({ id, name })),
      others: partnership.goals.filter((one) => one.id !== goalId).length,
      existing: partnership.goals.map(({ id, title }) => ({ id, name: title })),
      ...(goal === undefined ? {} : { goal: goalFacts(goal) }),
    });
  };
  return { partnership, draw };
};

const goalFacts = ({
  id,
  rev,
  title,
  side,
  kpiIds,
  vision,
  owner,
  due,
}: Goal): NonNullable<GoalFormFacts['goal']> => ({
  id,
  rev,
  title,
  side,
  kpiIds,
  ...(vision === undefined ? {} : { vision }),
  ...(owner === undefined ? {} : { ownerUserId: owner.userId }),
  ...(due === undefined ? {} : { due }),
});

/** Another goal was chosen: its stored values take the place of what stood in the form. */
export const redrawGoal = async (asked: Asked, view: SubmittedView): Promise<ModalView> => {
  const metadata = readMetadata(view.private_metadata);
  if (metadata?.form !== 'goal') throw brokenForm();
  const { partnership, draw } = await goalFormStart(asked, metadata.partnershipId);
  return redrawChosen(view, {
    block: 'goalId',
    shown: metadata.goalId,
    isThere: (id) => partnership.goals.some((one) => one.id === id),
    draw: async (id) => draw(id),
  });
};

export const submitGoal = async ({
  parts,
  asking,
  view,
  metadata,
}: Submission<'goal'>): Promise<Submitted> => {
  const { partnershipId, goalId } = metadata;
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

/** Only what numbers the form's choices: a card takes a dozen reads, and the person waits. */
const visionNow = async (
  deps: Submission<'goal'>['parts']['deps'],
  { workspaceId }: Submission<'goal'>['asking'],
  partnershipId: string,
): Promise<VisionTexts | undefined> => {
  const latest = await latestVision(deps, workspaceId, partnershipId);
  return latest && visionTexts(latest);
};
