import type { KnownBlock } from '@slack/types';
import { amountExample, formatCode } from '../../domain/amount.ts';
import { formatDay } from '../../domain/civil-date.ts';
import { type StatusWord, statusWord } from '../../domain/kpi.ts';
import { statusInWords } from '../../domain/kpi-change.ts';
import type { AskedKpi } from '../../domain/review-form.ts';
import type { CivilDate } from '../../domain/stored.ts';
import { kpiBlock, readKpiBlock } from '../ids.ts';
import { statusChoices } from './choices.ts';
import { checkboxField, dateField, selectField, textField } from './fields.ts';
import { toldBehind } from './lines.ts';
import { readFields, type SubmittedView } from './submitted.ts';

/** What one person gives for one KPI. `value` is as typed. */
export interface KpiEntry {
  readonly kpiId: string;
  readonly value?: string;
  /** The format that the form showed for it, by `formatCode`. */
  readonly shownIn?: string;
  /** The form showed that only our firm sees it. */
  readonly shownInternal?: true;
  readonly status?: StatusWord;
  readonly asOf?: CivilDate;
  readonly rough?: boolean;
  readonly notKnownUntil?: CivilDate;
  readonly note?: string;
}

/** The inputs for one KPI: four for a number, one for a status. `keeper` is the firm that keeps a status KPI's number. */
export const kpiEntryFields = (
  kpi: AskedKpi,
  around: { readonly today: CivilDate; readonly label: string; readonly keeper?: string },
): KnownBlock[] => (kpi.gives === 'status' ? [statusField(kpi, around)] : numberFields(kpi, around));

const statusField = (kpi: AskedKpi, around: { label: string; keeper?: string }): KnownBlock => {
  const last =
    kpi.lastStatus === undefined
      ? 'No status yet.'
      : `Last: ${statusInWords[kpi.lastStatus]}${toldBehind(kpi.lastTold)}.`;
  return selectField({
    id: kpiBlock('status', kpi.kpiId),
    label: around.label,
    hint: around.keeper === undefined ? last : `${last} ${around.keeper} keeps the number.`,
    choices: statusChoices,
    initial: kpi.entered?.status,
    placeholder: 'Choose one',
    optional: true,
  });
};

const numberFields = (kpi: AskedKpi, { today, label }: { today: CivilDate; label: string }): KnownBlock[] => [
  textField({
    id: kpiBlock('value', kpi.kpiId),
    label,
    hint: lastWords(kpi),
    placeholder: amountExample(kpi),
    initial: kpi.entered?.value,
    optional: true,
    max: 40,
  }),
  asOfField(kpi, label, today),
  checkboxField({
    id: kpiBlock('rough', kpi.kpiId),
    label: `${label}: how exact`,
    choices: [{ value: 'rough', text: 'Rough figure' }],
    initial: kpi.entered?.rough === true ? ['rough'] : [],
    optional: true,
  }),
  notKnownField(kpi, label, 'a value'),
];

/** What a status takes outside a review, where there is room for its dates. */
export const statusDates = (kpi: AskedKpi, label: string, today: CivilDate): KnownBlock[] =>
  kpi.gives === 'number' ? [] : [asOfField(kpi, label, today), notKnownField(kpi, label, 'a status')];

const asOfField = (kpi: AskedKpi, label: string, today: CivilDate): KnownBlock =>
  dateField({
    id: kpiBlock('asOf', kpi.kpiId),
    label: `${label}: as of`,
    hint:
      kpi.finalOf === undefined
        ? undefined
        : `The final value of the period to ${formatDay(kpi.finalOf)}. Choose a later day for one of the new period.`,
    initial: kpi.entered?.asOf ?? kpi.finalOf ?? kpi.lastDay ?? today,
    optional: true,
  });

const notKnownField = (kpi: AskedKpi, label: string, instead: string): KnownBlock =>
  dateField({
    id: kpiBlock('notKnownUntil', kpi.kpiId),
    label: `${label}: not known until`,
    hint: `Instead of ${instead}. It counts as an answer.`,
    initial: kpi.entered?.notKnownUntil,
    optional: true,
  });

/** "Last $190k (31 Aug), expected $450k" */
const lastWords = ({ last, lastAsOf, lastTold, expected }: AskedKpi): string => {
  const when = `${lastAsOf === undefined ? '' : ` (${formatDay(lastAsOf)})`}${toldBehind(lastTold)}`;
  const value = last === undefined ? 'No value yet' : `Last ${last}${when}`;
  return expected === undefined ? value : `${value}, expected ${expected}`;
};

/** How a form shows its KPIs, for its metadata: the format of those that take a number, and which are internal. */
interface ShownAs {
  readonly formats?: Record<string, string>;
  readonly internal?: string[];
}
export const shownAs = (kpis: readonly AskedKpi[]): ShownAs => {
  const formats = kpis
    .filter((one) => one.gives === 'number')
    .map((one) => [one.kpiId, formatCode(one)] as const);
  const internal = kpis.filter((one) => one.internal === true).map((one) => one.kpiId);
  return {
    ...(formats.length > 0 && { formats: Object.fromEntries(formats) }),
    ...(internal.length > 0 && { internal }),
  };
};

/** The KPIs for which something was given, in the form's order. A date or a tick alone gives nothing. */
export const kpiEntries = (view: SubmittedView, { formats, internal }: ShownAs): KpiEntry[] => {
  const ids = view.blocks.flatMap((one) => readKpiBlock(one.block_id ?? '')?.kpiId ?? []);
  return [...new Set(ids)].flatMap((kpiId) => {
    const entry = entryOf(view, kpiId, formats?.[kpiId]);
    const { value, status, notKnownUntil, note } = entry;
    if ([value, status, notKnownUntil, note].every((one) => one === undefined)) return [];
    return internal?.includes(kpiId) === true ? [{ ...entry, shownInternal: true as const }] : [entry];
  });
};

const entryOf = (view: SubmittedView, kpiId: string, shownIn: string | undefined): KpiEntry => {
  const fields = readFields(view);
  const value = fields.text(kpiBlock('value', kpiId));
  const status = statusWord.safeParse(fields.choice(kpiBlock('status', kpiId))).data;
  const asOf = fields.date(kpiBlock('asOf', kpiId));
  const notKnownUntil = fields.date(kpiBlock('notKnownUntil', kpiId));
  const note = fields.text(kpiBlock('note', kpiId));
  return {
    kpiId,
    ...(value !== undefined && { value }),
    ...(value !== undefined && shownIn !== undefined && { shownIn }),
    ...(status !== undefined && { status }),
    ...(asOf !== undefined && (value ?? status) !== undefined && { asOf }),
    ...(value !== undefined && { rough: fields.ticked(kpiBlock('rough', kpiId)) }),
    ...(notKnownUntil !== undefined && { notKnownUntil }),
    ...(note !== undefined && { note }),
  };
};
