import type { KnownBlock } from '@slack/types';
import { type Goal, type GoalOutcome, goalLimits, goalOutcome } from '../../domain/goal.ts';
import { outcomeInWords } from '../../domain/goal-words.ts';
import { type StatusWord, statusWord } from '../../domain/kpi.ts';
import { statusChoices } from './choices.ts';
import { radioField, selectField, textField } from './fields.ts';
import { moreField, wantsMore } from './more.ts';
import { readFields, type SubmittedView } from './submitted.ts';

const byKpis = 'by-kpis';
const open = 'open';
const outcomeBlock = 'outcome';

/** How a goal stands and how it ended, as a form says it; absent: the form does not show it. */
export interface GoalSaid {
  readonly status?: StatusWord | typeof byKpis;
  readonly statusReason?: string;
  readonly outcome?: GoalOutcome | typeof open;
  readonly outcomeSentence?: string;
}

/** How a goal stands, as its owner or an editor says it. */
export const goalStatusFields = (status: GoalSoFar['status']): KnownBlock[] => [
  radioField({
    id: 'status',
    label: 'How does it stand?',
    choices: [{ value: byKpis, text: 'As its KPIs show' }, ...statusChoices],
    initial: status?.word ?? byKpis,
  }),
  textField({
    id: 'statusReason',
    label: 'Why?',
    hint: 'Needed when it is behind or off track. Both firms read it.',
    initial: status?.reason,
    optional: true,
    max: goalLimits.said,
  }),
];

/** What is there of a goal beyond its plan. */
export interface GoalSoFar {
  readonly status?: Pick<NonNullable<Goal['status']>, 'word' | 'reason'>;
  readonly outcome?: Pick<NonNullable<Goal['outcome']>, 'kind' | 'sentence'>;
}

/** Behind the tick: how a goal ended. A goal that has ended shows it at once. */
export const goalOutcomeFields = ({ outcome }: GoalSoFar, more: boolean): KnownBlock[] =>
  outcome === undefined && !more
    ? [moreField('close or drop it')]
    : [
        selectField({
          id: outcomeBlock,
          label: 'How did it end?',
          choices: [
            { value: open, text: 'Still open' },
            ...goalOutcome.options.map((value) => ({
              value,
              text: outcomeInWords[value],
              ...(value === 'dropped' && {
                description: 'It leaves the plan. Until the period closes it can be brought back',
              }),
            })),
          ],
          initial: outcome?.kind ?? open,
        }),
        textField({
          id: 'outcomeSentence',
          label: 'In one sentence',
          hint: 'Needed once it has ended. Both firms read it.',
          placeholder: 'Nine of twelve, the rest in January.',
          initial: outcome?.sentence,
          optional: true,
          max: goalLimits.said,
        }),
      ];

/** Whether the form shows how the goal ended, or shall show it now. */
export const wantsOutcome = (view: Pick<SubmittedView, 'state' | 'blocks'>): boolean =>
  wantsMore(view, outcomeBlock);

export const readGoalSaid = (view: Pick<SubmittedView, 'state'>): GoalSaid => {
  const fields = readFields(view);
  const said = fields.choice('status');
  const status = said === byKpis ? byKpis : statusWord.safeParse(said).data;
  const ended = fields.choice(outcomeBlock);
  const outcome = ended === open ? open : goalOutcome.safeParse(ended).data;
  const statusReason = fields.text('statusReason');
  const outcomeSentence = fields.text('outcomeSentence');
  return {
    ...(status !== undefined && { status }),
    ...(statusReason !== undefined && { statusReason }),
    ...(outcome !== undefined && { outcome }),
    ...(outcomeSentence !== undefined && { outcomeSentence }),
  };
};
