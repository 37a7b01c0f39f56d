import type { KnownBlock, ModalView } from '@slack/types';
import { accepted, type Outcome, refused } from '../../domain/errors.ts';
import type { Side } from '../../domain/person.ts';
import type { Told } from '../../domain/review-card.ts';
import type { AskedKpi } from '../../domain/review-form.ts';
import type { CivilDate } from '../../domain/stored.ts';
import { kpiBlock, readMetadata } from '../ids.ts';
import { unlikelyField } from './answer-to-form.ts';
import type { Firms } from './choices.ts';
import { textField } from './fields.ts';
import { actions, button, inLine, named, plainContext, plainSection } from './kit.ts';
import { type KpiEntry, kpiEntries, kpiEntryFields, shownAs, statusDates } from './kpi-fields.ts';
import { toldWords } from './lines.ts';
import { form } from './modal.ts';
import { brokenForm, readFields, type SubmittedView } from './submitted.ts';

/** Twelve KPIs are sixty inputs, well under Slack's hundred blocks. */
const mostKpisInForm = 12;

export interface UpdateFormFacts {
  readonly partnershipId: string;
  readonly occurrenceId?: string;
  readonly firms: Firms;
  readonly channelName: string;
  readonly today: CivilDate;
  /** The ones that this person may give, most overdue first. A form holds twelve: the others open over it. */
  readonly kpis: readonly (AskedKpi & { readonly side: Side })[];
  /**
   * The ones of a form that opens over the first, as that one counted them: what is saved meanwhile moves in the order
   * of `kpis`.
   */
  readonly kpiIds?: readonly string[];
  /** The one value that is put right, whose KPI is the only one. */
  readonly correcting?: {
    readonly readingId: string;
    readonly now: string;
    readonly by: string;
    readonly told?: Told;
    /** It stays with our firm, and so does what takes its place. */
    readonly keptBack?: true;
  };
}

export interface UpdateFormInput {
  readonly partnershipId: string;
  readonly occurrenceId?: string;
  readonly entries: readonly KpiEntry[];
  readonly confirmedUnlikely: boolean;
  readonly corrects?: string;
}

export const buildUpdateForm = (facts: UpdateFormFacts): ModalView => {
  const { firms, today, occurrenceId, correcting } = facts;
  const shown = shownOf(facts);
  const metadata = {
    form: 'update',
    partnershipId: facts.partnershipId,
    ...(occurrenceId !== undefined && { occurrenceId }),
    ...(correcting !== undefined && { corrects: correcting.readingId }),
    ...shownAs(shown),
  } as const;
  if (shown.length === 0) {
    return form({
      metadata,
      title: 'Update KPIs',
      close: 'Close',
      blocks: [plainSection('There is no KPI here that you can give a value for. Nothing is due.')],
    });
  }
  return form({
    metadata,
    title: correcting === undefined ? 'Update KPIs' : 'Correct a value',
    submit: 'Save',
    blocks: [
      plainSection(introOf(facts)),
      ...(correcting === undefined
        ? [actions([button('Numbers', { verb: 'numbers', partnershipId: facts.partnershipId })])]
        : []),
      ...shown.flatMap((kpi) => [
        ...kpiEntryFields(kpi, { today, label: labelOf(kpi, firms), ...keeperOf(kpi, firms) }),
        ...statusDates(kpi, labelOf(kpi, firms), today),
        noteField(kpi),
      ]),
      ...(facts.kpiIds === undefined ? otherKpis(facts) : []),
    ],
  });
};

const shownOf = ({ kpis, kpiIds }: UpdateFormFacts): UpdateFormFacts['kpis'] =>
  kpiIds === undefined
    ? kpis.slice(0, mostKpisInForm)
    : kpiIds.flatMap((id) => kpis.find((one) => one.kpiId === id) ?? []);

/** Buttons for the KPIs that do not fit in the first form. Only there: Slack takes no more than three forms in a pile. */
const otherKpis = ({ kpis, partnershipId }: UpdateFormFacts): KnownBlock[] => {
  const pages = Math.ceil(kpis.length / mostKpisInForm) - 1;
  if (pages < 1) return [];
  const buttons = Array.from({ length: pages }, (_, nth) => {
    const from = (nth + 1) * mostKpisInForm;
    const kpiIds = kpis.slice(from, from + mostKpisInForm).map((one) => one.kpiId);
    const last = from + kpiIds.length;
    const label = last === from + 1 ? `KPI ${last}` : `KPIs ${from + 1} to ${last}`;
    return button(label, { verb: 'update-kpis', partnershipId, kpiIds }, { nth: nth + 1 });
  });
  const more = kpis.length - mostKpisInForm;
  const words = `${more} more ${more === 1 ? 'opens' : 'open'} over this form. What you typed here stays.`;
  return [plainContext(words), actions(buttons)];
};

const introOf = ({ correcting, channelName, firms }: UpdateFormFacts): string => {
  if (correcting !== undefined) {
    const from =
      correcting.told === undefined ? `entered by ${named(correcting.by)}` : toldWords(correcting.told);
    const stays =
      correcting.keptBack === true ? ` Only ${named(firms.ours)} sees this value and what you save.` : '';
    return `It stands as ${correcting.now}, ${from}. What you save takes its place; the history keeps both.${stays}`;
  }
  return `Fill in what you know; the rest stays as it is. Everyone in #${inLine(channelName)} can read shared values.`;
};

const labelOf = (kpi: UpdateFormFacts['kpis'][number], firms: Firms): string => {
  const whose = kpi.side === 'joint' ? 'joint' : named(firms[kpi.side]);
  return `${named(kpi.name)} (${whose}${kpi.internal === true ? ', not shared' : ''})`;
};

const keeperOf = ({ side }: { side: Side }, firms: Firms): { keeper?: string } =>
  side === 'joint' ? {} : { keeper: named(firms[side]) };

const noteField = (kpi: AskedKpi): KnownBlock =>
  textField({
    id: kpiBlock('note', kpi.kpiId),
    label: `${named(kpi.name)}: note`,
    initial: kpi.entered?.note,
    optional: true,
    max: 500,
  });

export const parseUpdateForm = (view: SubmittedView): Outcome<UpdateFormInput> => {
  const metadata = readMetadata(view.private_metadata);
  if (metadata?.form !== 'update') throw brokenForm();
  const entries = kpiEntries(view, metadata);
  const [firstInput] = view.blocks.flatMap((one) => (one.type === 'input' ? (one.block_id ?? []) : []));
  if (entries.length === 0 && firstInput !== undefined) {
    return refused({ [firstInput]: 'Write at least one value, or press Cancel.' });
  }
  return accepted({
    partnershipId: metadata.partnershipId,
    ...(metadata.occurrenceId !== undefined && { occurrenceId: metadata.occurrenceId }),
    ...(metadata.corrects !== undefined && { corrects: metadata.corrects }),
    entries,
    confirmedUnlikely: readFields(view).ticked(unlikelyField),
  });
};
