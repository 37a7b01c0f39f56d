import type { ModalView } from '@slack/types';
import { formatWithYear } from '../../domain/civil-date.ts';
import { accepted, type Outcome, refused } from '../../domain/errors.ts';
import type { CivilDate } from '../../domain/stored.ts';
import { readMetadata } from '../ids.ts';
import { selectField } from './fields.ts';
import { type GoalSaid, type GoalSoFar, goalStatusFields, readGoalSaid } from './goal-more-fields.ts';
import { inLine, limits, plainSection } from './kit.ts';
import { form } from './modal.ts';
import { brokenForm, type SubmittedView } from './submitted.ts';
import { otherOne } from './which-one.ts';

export interface GoalStatusFacts {
  readonly partnershipId: string;
  /** The goals that this person owns. */
  readonly owned: readonly { readonly id: string; readonly title: string }[];
  /** The one that is shown, of those; `rev` is what it was read at. */
  readonly goal: Pick<GoalSoFar, 'status'> & {
    readonly id: string;
    readonly rev: number;
    readonly title: string;
    readonly due?: CivilDate;
  };
}

export interface GoalStatusInput extends Pick<GoalSaid, 'status' | 'statusReason'> {
  readonly partnershipId: string;
  readonly goalId: string;
  readonly baseRev: number;
}

/** For who owns a goal and may not change the plan: how it stands, and why. */
export const buildGoalStatusForm = ({ partnershipId, owned, goal }: GoalStatusFacts): ModalView =>
  form({
    metadata: { form: 'goal', partnershipId, goalId: goal.id, base: goal.rev },
    title: 'Your goals',
    submit: 'Save goal',
    blocks: [
      ...(owned.length < 2
        ? []
        : [
            selectField({
              id: 'goalId',
              label: 'Which one?',
              choices: owned.map(({ id, title }) => ({ value: id, text: inLine(title, limits.option) })),
              initial: goal.id,
              dispatch: true,
            }),
          ]),
      plainSection(
        `${inLine(goal.title)}${goal.due === undefined ? '' : `, due ${formatWithYear(goal.due)}`}`,
      ),
      ...goalStatusFields(goal.status),
    ],
  });

/** Whether a view is this form, and not the one that changes the plan: that one has a title to write. */
export const isGoalStatusForm = (view: Pick<SubmittedView, 'blocks'>): boolean =>
  view.blocks.every((one) => one.block_id !== 'title');

export const parseGoalStatusForm = (view: SubmittedView): Outcome<GoalStatusInput> => {
  const metadata = readMetadata(view.private_metadata);
  if (metadata?.form !== 'goal' || metadata.goalId === undefined) throw brokenForm();
  const other = otherOne(view, 'goalId', metadata.goalId);
  if (Object.keys(other).length > 0) return refused(other);
  const { status, statusReason } = readGoalSaid(view);
  return accepted({
    partnershipId: metadata.partnershipId,
    goalId: metadata.goalId,
    baseRev: metadata.base ?? 0,
    ...(status !== undefined && { status }),
    ...(statusReason !== undefined && { statusReason }),
  });
};
