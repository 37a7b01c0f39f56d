import type { KnownBlock, ModalView } from '@slack/types';
import { formatWithYear } from '../../domain/civil-date.ts';
import { accepted, type Outcome, refused } from '../../domain/errors.ts';
import { goalLimits } from '../../domain/goal.ts';
import type { VisionLines, VisionTexts } from '../../domain/partnership-card.ts';
import { type Side, side } from '../../domain/person.ts';
import type { CivilDate } from '../../domain/stored.ts';
import { readMetadata } from '../ids.ts';
import { type Firms, sideChoices } from './choices.ts';
import { dateField, multiSelectField, personField, radioField, textField } from './fields.ts';
import { limits, plainContext, plainSection } from './kit.ts';
import { form } from './modal.ts';
import { brokenForm, readFields, type SubmittedView } from './submitted.ts';

export interface GoalFormFacts {
  readonly partnershipId: string;
  readonly firms: Firms;
  readonly vision?: VisionLines;
  readonly period: { readonly end: CivilDate };
  readonly kpis: readonly { readonly id: string; readonly name: string }[];
  /** How many goals the period has, without this one. */
  readonly others: number;
  /** The goal that is edited; `rev` is what it was read at. */
  readonly goal?: {
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

export interface GoalFormInput {
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

/** The parts of a vision that a goal may move: the joint statement's sentences, else those of the firms' views. */
const visionSentences = (vision: VisionTexts | undefined): readonly string[] => {
  const texts = vision?.joint === undefined ? [vision?.ours, vision?.theirs] : [vision.joint];
  return texts
    .flatMap((text) => (text ?? '').split(/(?<=[.!?])\s+|\n+/u))
    .map((one) => one.trim())
    .filter((one) => one !== '')
    .slice(0, limits.choices - 1);
};

const notLinked = 'none';

export const buildGoalForm = (facts: GoalFormFacts): ModalView => {
  const { goal } = facts;
  const sentences = visionSentences(facts.vision);
  const linked = goal?.vision === undefined ? -1 : sentences.indexOf(goal.vision);
  return form({
    metadata: {
      form: 'goal',
      partnershipId: facts.partnershipId,
      ...(goal && { goalId: goal.id, base: goal.rev }),
      ...(facts.vision && { visionNumber: facts.vision.number }),
    },
    title: goal === undefined ? 'Add a goal' : 'Goal',
    submit: 'Save goal',
    blocks: [
      textField({
        id: 'title',
        label: 'Goal',
        hint: `What ${facts.firms.ours} and ${facts.firms.theirs} do together in this period.`,
        initial: goal?.title,
        max: goalLimits.title,
      }),
      ...sentenceLines(sentences),
      radioField({
        id: 'vision',
        label: 'Which part of the vision?',
        choices: [
          ...sentences.map((text, index) => ({ value: String(index), text: `${index + 1}. ${text}` })),
          { value: notLinked, text: 'None yet (listed as "not linked to the vision")' },
        ],
        initial:
          linked >= 0 ? String(linked) : goal !== undefined || sentences.length === 0 ? notLinked : undefined,
      }),
      radioField({
        id: 'side',
        label: 'Whom does it serve?',
        choices: sideChoices(facts.firms),
        initial: goal?.side,
      }),
      personField({ id: 'ownerUserId', label: 'Owner', initial: goal?.ownerUserId, optional: true }),
      dateField({ id: 'due', label: 'Due', initial: goal?.due ?? facts.period.end, optional: true }),
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
      ...countBlocks(facts),
    ],
  });
};

/** A radio's text holds 75 characters, so longer sentences stand above it in full. */
const sentenceLines = (sentences: readonly string[]): KnownBlock[] =>
  sentences.some((one) => [...one].length > 70)
    ? [plainSection(sentences.map((one, index) => `${index + 1}. ${one}`).join('\n'))]
    : [];

const countBlocks = ({ goal, others, period }: GoalFormFacts): KnownBlock[] => {
  const nth = others + 1;
  const most = goalLimits.withoutReason;
  if (nth > most) {
    return [
      textField({
        id: 'reason',
        label: `Why a goal more than ${most}?`,
        hint: 'The reason is kept. Fewer goals are easier to keep in view.',
        max: 300,
        optional: goal !== undefined,
      }),
    ];
  }
  const more = nth === most ? ` A goal more asks for a reason.` : '';
  return [plainContext(`Goal ${nth} of ${most} for the period to ${formatWithYear(period.end)}.${more}`)];
};

/** `vision` is the one that stands now: its sentences are what the form's choices number. */
export const parseGoalForm = (
  view: SubmittedView,
  vision: VisionTexts | undefined,
): Outcome<GoalFormInput> => {
  const metadata = readMetadata(view.private_metadata);
  if (metadata?.form !== 'goal') throw brokenForm();
  const fields = readFields(view);
  const title = fields.text('title');
  const serves = side.safeParse(fields.choice('side')).data;
  const part = fields.choice('vision');
  const sentence =
    part === undefined || part === notLinked ? undefined : visionSentences(vision)[Number(part)];
  const changed = part !== undefined && part !== notLinked && metadata.visionNumber !== vision?.number;
  if (title === undefined || serves === undefined || part === undefined || changed) {
    return refused({
      ...(title === undefined && { title: 'Write the goal in one line.' }),
      ...(serves === undefined && { side: 'Choose whom it serves.' }),
      ...(part === undefined && { vision: 'Choose a part, or "None yet".' }),
      ...(changed && {
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
    ...(sentence !== undefined && { vision: sentence }),
    side: serves,
    ...(ownerUserId !== undefined && { ownerUserId }),
    ...(due !== undefined && { due }),
    kpiIds: fields.choices('kpiIds'),
    ...(reason !== undefined && { reason }),
  });
};
