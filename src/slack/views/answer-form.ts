import type { KnownBlock, ModalView } from '@slack/types';
import { answerLimits } from '../../domain/answer.ts';
import { formatDay } from '../../domain/civil-date.ts';
import { accepted, type Outcome, refused } from '../../domain/errors.ts';
import { type Firm, firm } from '../../domain/person.ts';
import type { AnswerFormFacts } from '../../domain/review-form.ts';
import { reviewTitle } from '../../domain/rule-words.ts';
import type { CivilDate } from '../../domain/stored.ts';
import { readMetadata } from '../ids.ts';
import { unlikelyField } from './answer-to-form.ts';
import { dateField, selectField, textField } from './fields.ts';
import { inLine, limits, named, plainSection } from './kit.ts';
import { type KpiEntry, kpiEntries, kpiEntryFields, shownAs } from './kpi-fields.ts';
import { form } from './modal.ts';
import { brokenForm, readFields, type SubmittedView } from './submitted.ts';

export interface AnswerFormInput {
  readonly occurrenceId: string;
  readonly confidence: number;
  readonly moved?: string;
  readonly stuck?: string;
  readonly stuckActs?: Firm;
  readonly stuckBy?: CivilDate;
  readonly need?: string;
  readonly bringBack?: string;
  readonly entries: readonly KpiEntry[];
  readonly confirmedUnlikely: boolean;
}

const confidenceChoices = [
  { value: '5', text: '5 of 5, sure' },
  { value: '4', text: '4 of 5' },
  { value: '3', text: '3 of 5' },
  { value: '2', text: '2 of 5' },
  { value: '1', text: '1 of 5, not at all' },
];

/** Slack's titles are short: a long kind goes without its day. */
const formTitle = ({ date, reviewKind }: AnswerFormFacts): string => {
  const kind = reviewTitle(reviewKind);
  const dated = `${kind}, ${formatDay(date)}`;
  return dated.length <= limits.title ? dated : kind;
};

export const buildAnswerForm = (facts: AnswerFormFacts): ModalView => {
  const { firms, own } = facts;
  const otherFirm: Firm = facts.firm === 'ours' ? 'theirs' : 'ours';
  const confidence = own?.confidence;
  return form({
    metadata: { form: 'answer', occurrenceId: facts.occurrenceId, ...shownAs(facts.kpis) },
    title: formTitle(facts),
    submit: 'Send',
    blocks: [
      plainSection(whoReads(facts)),
      selectField({
        id: 'confidence',
        label: "How sure are you that we reach this period's goals?",
        hint: facts.lastConfidence === undefined ? undefined : `Last time ${facts.lastConfidence}`,
        choices: confidenceChoices,
        initial: confidence === undefined ? undefined : String(confidence),
        placeholder: 'Choose one',
      }),
      longText('moved', 'What moved?', own?.moved),
      longText('stuck', 'What is stuck?', own?.stuck?.text),
      selectField({
        id: 'stuckActs',
        label: 'Who acts on it?',
        choices: [
          { value: 'ours', text: firms.ours },
          { value: 'theirs', text: firms.theirs },
          // Slack lets nobody empty a single choice.
          { value: 'open', text: 'Not said yet' },
        ],
        initial: own?.stuck?.acts,
        placeholder: 'Choose a firm',
        optional: true,
      }),
      dateField({ id: 'stuckBy', label: 'By when?', initial: own?.stuck?.by, optional: true }),
      longText('need', `What do you need from ${named(firms[otherFirm])}?`, own?.need),
      ...kpiBlocks(facts),
    ],
  });
};

const whoReads = ({ channel, late }: AnswerFormFacts): string =>
  `Everyone in #${inLine(channel.name)} can read this. Only the first question is required.${
    late ? ' This review has closed: your answer counts and is marked late.' : ''
  }`;

const longText = (id: string, label: string, initial: string | undefined): KnownBlock =>
  textField({ id, label, initial, multiline: true, optional: true, max: answerLimits.text });

/** One that became internal after it was entered here is asked again too. */
const labelOf = ({ name, internal }: AnswerFormFacts['kpis'][number]): string =>
  internal === true ? `${named(name)} (not shared)` : named(name);

/** "What would bring it back?" is asked only when something is behind. */
const kpiBlocks = ({ kpis, today, firms, firm: of, own }: AnswerFormFacts): KnownBlock[] => {
  const behind = kpis.filter((one) => one.behind).map((one) => named(one.name));
  const is = behind.length === 1 ? 'is' : 'are';
  return [
    ...kpis.flatMap((kpi) => kpiEntryFields(kpi, { today, label: labelOf(kpi), keeper: named(firms[of]) })),
    ...(behind.length === 0
      ? []
      : [
          longText(
            'bringBack',
            `${behind.join(' and ')} ${is} behind. What would bring it back?`,
            own?.bringBack,
          ),
        ]),
  ];
};

export const parseAnswerForm = (view: SubmittedView): Outcome<AnswerFormInput> => {
  const metadata = readMetadata(view.private_metadata);
  if (metadata?.form !== 'answer') throw brokenForm();
  const fields = readFields(view);
  const confidence = confidenceChoices.find((one) => one.value === fields.choice('confidence'));
  if (confidence === undefined) return refused({ confidence: 'Choose how sure you are, 1 to 5.' });
  const moved = fields.text('moved');
  const stuck = fields.text('stuck');
  const stuckActs = firm.safeParse(fields.choice('stuckActs')).data;
  const stuckBy = fields.date('stuckBy');
  if (stuck === undefined && (stuckActs !== undefined || stuckBy !== undefined)) {
    return refused({ stuck: 'Say what is stuck, or empty the two fields below.' });
  }
  const need = fields.text('need');
  const bringBack = fields.text('bringBack');
  return accepted({
    occurrenceId: metadata.occurrenceId,
    confidence: Number(confidence.value),
    ...(moved !== undefined && { moved }),
    ...(stuck !== undefined && { stuck }),
    ...(stuckActs !== undefined && { stuckActs }),
    ...(stuckBy !== undefined && { stuckBy }),
    ...(need !== undefined && { need }),
    ...(bringBack !== undefined && { bringBack }),
    entries: kpiEntries(view, metadata),
    confirmedUnlikely: fields.ticked(unlikelyField),
  });
};
