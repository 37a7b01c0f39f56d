import type { KnownBlock, ModalView } from '@slack/types';
import { z } from 'zod';
import { formatWithYear } from '../../domain/civil-date.ts';
import { type GoalOutcome, goalLimits, goalOutcome } from '../../domain/goal.ts';
import { outcomeInWords } from '../../domain/goal-words.ts';
import type { CloseFormFacts } from '../../domain/period-card.ts';
import { readMetadata } from '../ids.ts';
import { periodBasisWords } from './choices.ts';
import { dateField, multiSelectField, selectField, textField } from './fields.ts';
import { divider, inLine, plainContext, plainSection } from './kit.ts';
import { firstOf, goalWords } from './lines.ts';
import { form } from './modal.ts';
import { bothFirms, periodWords, wordInWords } from './period-words.ts';
import { brokenForm, readFields, type SubmittedView } from './submitted.ts';

export interface CloseFormInput {
  readonly partnershipId: string;
  readonly nth: number;
  readonly goals: readonly {
    readonly goalId: string;
    readonly outcome?: GoalOutcome;
    readonly sentence?: string;
  }[];
  readonly goOn: readonly string[];
  readonly stopKpis: readonly string[];
  readonly nextStart: string;
  readonly nextEnd: string;
}

const outcomeBlock = 'outcome:';
const mostEnded = 12;

/** What moved while the form was filled in: the sentence on top, and what was typed of goals not asked about any more. */
export interface Moved {
  readonly notice: string;
  readonly kept: readonly KnownBlock[];
}

/** What became of each goal, what goes on, and the period after this one. */
export const buildCloseForm = (facts: CloseFormFacts, moved?: Moved): ModalView => {
  const { partnershipId, nth, firms, period, goals, kpis, words, next, basis } = facts;
  const stops = (id: string): boolean => facts.stops.includes(id);
  return form({
    metadata: { form: 'close-period', partnershipId, nth },
    title: 'Close the period',
    submit: 'Close it',
    blocks: [
      ...(moved === undefined ? [] : [plainSection(moved.notice), ...moved.kept]),
      plainSection(
        `This closes ${periodWords(period)} and keeps it under Years. Values as of its last day or before are taken until ${formatWithYear(facts.finalUntil)}.`,
      ),
      ...bothFirms.flatMap((firm) => {
        const word = words[firm];
        return word === undefined ? [] : [plainContext(wordInWords(word, firm, firms))];
      }),
      ...goals.flatMap((one, index) => [
        divider(),
        selectField({
          id: `${outcomeBlock}${one.goalId}`,
          label: goalWords(one, index + 1, firms),
          choices: goalOutcome.options.map((value) => ({ value, text: outcomeInWords[value] })),
          ...(stops(one.goalId) && { hint: 'A firm wants to stop it.' }),
        }),
        textField({
          id: `sentence:${one.goalId}`,
          label: `${inLine(one.title, 80)}: what became of it, in one sentence?`,
          max: goalLimits.said,
        }),
      ]),
      ...endedBlocks(facts),
      divider(),
      ...(goals.length === 0
        ? []
        : [
            multiSelectField({
              id: 'goOn',
              label: 'Which goals go on in the next period?',
              hint: 'Of those that were partly met or missed. All others leave the plan; Years keeps them.',
              choices: goals.map((one) => ({ value: one.goalId, text: one.title })),
              initial: goals.map((one) => one.goalId).filter((id) => !stops(id)),
              optional: true,
            }),
          ]),
      ...(kpis.length === 0
        ? []
        : [
            multiSelectField({
              id: 'stopKpis',
              label: 'Which KPIs stop?',
              hint: 'All others go on with their values. A KPI that stops keeps its own, and can be brought back.',
              choices: kpis.map((one) => ({
                value: one.id,
                text: one.internal ? `${inLine(one.name, 50)} (only ${inLine(firms.ours, 15)})` : one.name,
              })),
              initial: kpis.map((one) => one.id).filter(stops),
              optional: true,
            }),
          ]),
      dateField({
        id: 'nextStart',
        label: 'The next period begins',
        initial: next.start,
        ...(basis !== undefined && { hint: `Proposed as ${periodBasisWords(basis, firms)}.` }),
      }),
      dateField({ id: 'nextEnd', label: 'The next period ends', initial: next.end }),
    ],
  });
};

const endedBlocks = ({ ended, firms }: CloseFormFacts): KnownBlock[] =>
  ended.length === 0
    ? []
    : [
        plainSection(
          [
            'Closed before, and kept as they are:',
            ...firstOf(
              ended.map((one, index) => goalWords(one, index + 1, firms)),
              mostEnded,
            ),
          ].join('\n'),
        ),
      ];

const keptBlock = 'kept:';

/** What was typed of goals that ended meanwhile, to be read and copied: the form drawn anew has no field for it. */
export const keptOfEnded = (view: SubmittedView, { ended }: CloseFormFacts): KnownBlock[] => [
  ...view.blocks.flatMap(({ block_id: id = '', ...rest }) => {
    const said = id.startsWith(keptBlock) ? keptText.safeParse(rest).data?.text.text : undefined;
    return said === undefined ? [] : [plainSection(said, id)];
  }),
  ...parseCloseForm(view).goals.flatMap(({ goalId, outcome, sentence }) => {
    const goal = ended.find((one) => one.goalId === goalId);
    if (goal === undefined || (outcome === undefined && sentence === undefined)) return [];
    const chosen = outcome === undefined ? '' : ` ${outcomeInWords[outcome]}.`;
    const written = sentence === undefined ? '' : ` "${inLine(sentence, goalLimits.said)}"`;
    const words = `You had said of ${inLine(goal.title)}:${chosen}${written} To change how it ended, press Goals.`;
    return [plainSection(words, `${keptBlock}${goalId}`)];
  }),
];
const keptText = z.object({ text: z.object({ text: z.string() }) });

export const parseCloseForm = (view: SubmittedView): CloseFormInput => {
  const metadata = readMetadata(view.private_metadata);
  if (metadata?.form !== 'close-period') throw brokenForm();
  const fields = readFields(view);
  return {
    partnershipId: metadata.partnershipId,
    nth: metadata.nth,
    goals: view.blocks.flatMap(({ block_id: id = '' }) => {
      if (!id.startsWith(outcomeBlock)) return [];
      const goalId = id.slice(outcomeBlock.length);
      const outcome = goalOutcome.safeParse(fields.choice(id)).data;
      const sentence = fields.text(`sentence:${goalId}`);
      return [
        {
          goalId,
          ...(outcome === undefined ? {} : { outcome }),
          ...(sentence === undefined ? {} : { sentence }),
        },
      ];
    }),
    goOn: fields.choices('goOn'),
    stopKpis: fields.choices('stopKpis'),
    nextStart: fields.date('nextStart') ?? '',
    nextEnd: fields.date('nextEnd') ?? '',
  };
};
