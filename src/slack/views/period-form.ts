import type { KnownBlock, ModalView } from '@slack/types';
import { formatDay } from '../../domain/civil-date.ts';
import { accepted, type Outcome } from '../../domain/errors.ts';
import { periodChoice, periodLimits } from '../../domain/period.ts';
import type { PeriodFormFacts } from '../../domain/period-card.ts';
import { readMetadata } from '../ids.ts';
import { type Choice, selectField, textField } from './fields.ts';
import { inLine, named, plainSection } from './kit.ts';
import { goalWords, kpiWords, sideName } from './lines.ts';
import { form } from './modal.ts';
import { brokenForm, readFields, type SubmittedView } from './submitted.ts';

export interface PeriodFormInput {
  readonly occurrenceId: string;
  readonly base: number;
  readonly choices: readonly { readonly of: string; readonly choice: 'carry' | 'change' | 'stop' }[];
  readonly sentence?: string;
}

const choices: readonly Choice[] = [
  { value: 'carry', text: 'Carry on', description: 'As it is' },
  { value: 'change', text: 'Change', description: 'Goes on differently' },
  { value: 'stop', text: 'Stop', description: 'Ends with this period' },
];
const prefix = 'period:';

/** One choice for each goal and shared KPI, and one sentence: what this firm wants after the period. */
export const buildPeriodForm = (facts: PeriodFormFacts): ModalView => {
  const { occurrenceId, base, firms, firm, goals, kpis, said } = facts;
  const field = (id: string, label: string): KnownBlock =>
    selectField({
      id: `${prefix}${id}`,
      label,
      choices,
      initial: facts.choices[id] ?? 'carry',
    });
  return form({
    metadata: { form: 'period-answer', occurrenceId, base },
    title: 'End of the period',
    submit: 'Send',
    blocks: [
      plainSection(introOf(facts)),
      ...goals.map((one, index) => field(one.goalId, goalWords(one, index + 1, firms))),
      ...kpis.map((one) => field(one.kpiId, `KPI · ${sideName(firms, one.side)} · ${kpiWords(one, firms)}`)),
      textField({
        id: 'sentence',
        label: `In one sentence, for ${named(firms[firm])}: what to change or stop, and why?`,
        optional: true,
        initial: said?.sentence,
        multiline: true,
        max: periodLimits.sentence,
      }),
    ],
  });
};

const introOf = ({ firms, firm, period, channelName, said }: PeriodFormFacts): string => {
  const before =
    said === undefined
      ? ''
      : ` ${named(said.by)} answered for ${named(firms[firm])}: what you send takes its place.`;
  return `The period ends on ${formatDay(period.end)}. You answer for ${named(firms[firm])}; everyone in #${inLine(channelName)} can read it.${before}`;
};

export const parsePeriodForm = (view: SubmittedView): Outcome<PeriodFormInput> => {
  const metadata = readMetadata(view.private_metadata);
  if (metadata?.form !== 'period-answer') throw brokenForm();
  const fields = readFields(view);
  const sentence = fields.text('sentence');
  return accepted({
    occurrenceId: metadata.occurrenceId,
    base: metadata.base,
    choices: view.blocks.flatMap(({ block_id: id = '' }) => {
      const choice = id.startsWith(prefix) ? periodChoice.safeParse(fields.choice(id)).data : undefined;
      return choice === undefined ? [] : [{ of: id.slice(prefix.length), choice }];
    }),
    ...(sentence === undefined ? {} : { sentence }),
  });
};
