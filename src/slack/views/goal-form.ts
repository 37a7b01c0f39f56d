import type { KnownBlock, ModalView } from '@slack/types';
import { formatWithYear } from '../../domain/civil-date.ts';
import { accepted, type Outcome, refused } from '../../domain/errors.ts';
import { goalLimits } from '../../domain/goal.ts';
import type { VisionTexts } from '../../domain/partnership-card.ts';
import { type Side, side } from '../../domain/person.ts';
import type { CivilDate } from '../../domain/stored.ts';
import { readMetadata } from '../ids.ts';
import { type Firms, sideChoices } from './choices.ts';
import { dateField, multiSelectField, radioField, somebodyField, textField } from './fields.ts';
import {
  type GoalSaid,
  type GoalSoFar,
  goalOutcomeFields,
  goalStatusFields,
  readGoalSaid,
} from './goal-more-fields.ts';
import { plainContext } from './kit.ts';
import { form } from './modal.ts';
import { brokenForm, readFields, type SubmittedView } from './submitted.ts';
import { readVisionPart, visionField } from './vision-choice.ts';
import { type Existing, otherOne, whichField } from './which-one.ts';

export interface GoalFormFacts {
  readonly partnershipId: string;
  readonly firms: Firms;
  readonly vision?: VisionTexts;
  readonly period: { readonly end: CivilDate };
  readonly kpis: readonly { readonly id: string; readonly name: string }[];
  /** How many open goals the period has, without this one. */
  readonly others: number;
  /** The goals that can be chosen to be edited; absent or none: only a new one. */
  readonly existing?: readonly Existing[];
  /** Whether it shows how the goal ended. */
  readonly more?: boolean;
  /** The goal that is edited; `rev` is what it was read at. */
  readonly goal?: GoalSoFar & {
    readonly id: string;
    readonly rev: number;
    readonly title: string;
    readonly vision?: string;
    readonly side: Side;
    readonly ownerUserId?: string;
    readonly due?: CivilDate;
    readonly kpiIds: readonly string[];
  };
}

export interface GoalFormInput extends GoalSaid {
  readonly partnershipId: string;
  readonly goalId?: string;
  readonly baseRev?: number;
  readonly title: string;
  readonly vision?: string;
  readonly side: Side;
  readonly ownerUserId?: string;
  readonly due?: CivilDate;
  readonly kpiIds: readonly string[];
  readonly reason?: string;
}

export const buildGoalForm = (facts: GoalFormFacts): ModalView => {
  const { goal } = facts;
  const existing = facts.existing ?? [];
  return form({
    metadata: {
      form: 'goal',
      partnershipId: facts.partnershipId,
      ...(goal && { goalId: goal.id, base: goal.rev }),
      ...(facts.vision && { visionNumber: facts.vision.number }),
    },
    title: existing.length > 0 ? 'Goals' : goal === undefined ? 'Add a goal' : 'Goal',
    submit: 'Save goal',
    blocks: [
      ...whichField('goalId', existing, goal?.id),
      textField({
        id: 'title',
        label: 'Goal',
        hint: `What ${facts.firms.ours} and ${facts.firms.theirs} do together in this period.`,
        initial: goal?.title,
        max: goalLimits.title,
      }),
      ...visionField('vision', facts.vision, goal),
      radioField({
        id: 'side',
        label: 'Whom does it serve?',
        choices: sideChoices(facts.firms),
        initial: goal?.side,
      }),
      somebodyField({ id: 'ownerUserId', label: 'Owner', initial: goal?.ownerUserId }),
      dateField({
        id: 'due',
        label: 'Due',
        initial: goal === undefined ? facts.period.end : goal.due,
        optional: true,
      }),
      ...(facts.kpis.length === 0
        ? []
        : [
            multiSelectField({
              id: 'kpiIds',
              label: 'Shown by',
              hint: 'The KPIs that show whether it is met.',
              choices: facts.kpis.map((one) => ({ value: one.id, text: one.name })),
              initial: goal?.kpiIds,
              optional: true,
            }),
          ]),
      ...(goal === undefined
        ? []
        : [...goalStatusFields(goal.status), ...goalOutcomeFields(goal, facts.more === true)]),
      ...countBlocks(facts),
    ],
  });
};

const countBlocks = ({ goal, others, period }: GoalFormFacts): KnownBlock[] => {
  if (goal !== undefined && goal.outcome === undefined) return [];
  const nth = others + 1;
  const most = goalLimits.withoutReason;
  if (nth > most) {
    return [
      textField({
        id: 'reason',
        label: `Why a goal more than ${most}?`,
        hint: 'The reason is kept. Fewer goals are easier to keep in view.',
        optional: goal !== undefined,
        max: 300,
      }),
    ];
  }
  if (goal !== undefined) return [];
  const more = nth === most ? ` A goal more asks for a reason.` : '';
  return [plainContext(`Goal ${nth} of ${most} for the period to ${formatWithYear(period.end)}.${more}`)];
};

/**
 * `vision` is the one that stands now: its sentences are what the form's choices number. `former` is what an edited
 * goal moves as it is stored.
 */
export const parseGoalForm = (
  view: SubmittedView,
  vision: VisionTexts | undefined,
  former?: string,
): Outcome<GoalFormInput> => {
  const metadata = readMetadata(view.private_metadata);
  if (metadata?.form !== 'goal') throw brokenForm();
  const other = otherOne(view, 'goalId', metadata.goalId);
  if (Object.keys(other).length > 0) return refused(other);
  const fields = readFields(view);
  const title = fields.text('title');
  const serves = side.safeParse(fields.choice('side')).data;
  const shown = { number: metadata.visionNumber, former };
  const part = readVisionPart(fields.choice('vision'), shown, vision);
  if (title === undefined || serves === undefined || part.kind !== 'part') {
    return refused({
      ...(title === undefined && { title: 'Write the goal in one line.' }),
      ...(serves === undefined && { side: 'Choose whom it serves.' }),
      ...(part.kind === 'not-chosen' && { vision: 'Choose a part, or "None yet".' }),
      ...(part.kind === 'moved' && {
        vision: 'The vision was changed while you wrote. Choose "None yet" and save, then edit the goal.',
      }),
    });
  }
  const ownerUserId = fields.person('ownerUserId');
  const due = fields.date('due');
  const reason = fields.text('reason');
  return accepted({
    partnershipId: metadata.partnershipId,
    ...(metadata.goalId !== undefined && { goalId: metadata.goalId }),
    ...(metadata.base !== undefined && { baseRev: metadata.base }),
    title,
    ...(part.text !== undefined && { vision: part.text }),
    side: serves,
    ...(ownerUserId !== undefined && { ownerUserId }),
    ...(due !== undefined && { due }),
    kpiIds: fields.choices('kpiIds'),
    ...readGoalSaid(view),
    ...(reason !== undefined && { reason }),
  });
};
