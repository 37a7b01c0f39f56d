import type { ModalView } from '@slack/types';
import { visionTexts } from '../../domain/compose-card.ts';
import type { VisionTexts } from '../../domain/partnership-card.ts';
import { loadPartnership } from '../../usecases/load.ts';
import { latestVision } from '../../usecases/revise-vision.ts';
import { setGoal } from '../../usecases/set-goal.ts';
import { viewPartnership } from '../../usecases/view-partnership.ts';
import { buildGoalForm, parseGoalForm } from '../views/goal-form.ts';
import type { Ask, Asked } from './ask.ts';
import { openForm } from './form.ts';
import { type Submission, type Submitted, saved } from './submission.ts';

export const openGoal = (ask: Ask, partnershipId: string): Promise<void> =>
  openForm(ask, { title: 'Add a goal', again: { verb: 'add-goal', partnershipId } }, () =>
    goalForm(ask, partnershipId),
  );

export const goalForm = async (
  { parts, asking }: Asked,
  partnershipId: string,
  goalId?: string,
): Promise<ModalView> => {
  const { deps } = parts;
  const { partnership } = await loadPartnership(deps, asking, partnershipId, 'edit-plan');
  const card = await viewPartnership(deps, asking, { partnershipId, form: 'shared' });
  const goal = partnership.goals.find((one) => one.id === goalId);
  return buildGoalForm({
    partnershipId,
    firms: card.firms,
    ...(card.vision === undefined ? {} : { vision: card.vision }),
    period: { end: partnership.period.end },
    kpis: partnership.kpis.map(({ id, name }) => ({ id, name })),
    others: partnership.goals.filter((one) => one.id !== goalId).length,
    ...(goal === undefined
      ? {}
      : {
          goal: {
            id: goal.id,
            rev: goal.rev,
            title: goal.title,
            side: goal.side,
            kpiIds: goal.kpiIds,
            ...(goal.vision === undefined ? {} : { vision: goal.vision }),
            ...(goal.owner === undefined ? {} : { ownerUserId: goal.owner.userId }),
            ...(goal.due === undefined ? {} : { due: goal.due }),
          },
        }),
  });
};

export const submitGoal = async ({
  parts,
  asking,
  view,
  metadata,
}: Submission<'goal'>): Promise<Submitted> => {
  const parsed = parseGoalForm(view, await visionNow(parts.deps, asking, metadata.partnershipId));
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
