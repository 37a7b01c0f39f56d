import type { KnownBlock, ModalView } from '@slack/types';
import { cadence, type Kpi, kpiLimits } from '../../domain/kpi.ts';
import { knownInWords } from '../../domain/kpi-known.ts';
import { starterKpis } from '../../domain/starter-kpis.ts';
import { sideChoices } from './choices.ts';
import { type Choice, dateField, radioField, selectField, somebodyField, textField } from './fields.ts';
import { plainContext } from './kit.ts';
import { amountFields, fixed } from './kpi-amount-fields.ts';
import type { KpiFormFacts } from './kpi-form-facts.ts';
import { noFixedDay } from './kpi-form-input.ts';
import { kpiMoreFields } from './kpi-more-fields.ts';
import { form } from './modal.ts';
import { whichField } from './which-one.ts';

export const buildKpiForm = (facts: KpiFormFacts): ModalView => {
  const { kpi, now, existing = [] } = facts;
  const often = now.cadence ?? kpi?.cadence ?? 'monthly';
  return form({
    metadata: {
      form: 'kpi',
      partnershipId: facts.partnershipId,
      ...(kpi && { kpiId: kpi.id, base: kpi.rev }),
    },
    title: existing.length > 0 ? 'KPIs' : kpi === undefined ? 'Add a KPI' : 'KPI',
    submit: 'Save KPI',
    blocks: [
      ...whichField('kpiId', existing, kpi?.id),
      textField({ id: 'name', label: 'Name', initial: kpi?.name, max: kpiLimits.name }),
      radioField({
        id: 'side',
        label: 'Whose?',
        hint: stays(facts),
        choices: fixed(facts, sidesOffered(facts), now.side),
        initial: now.side,
        dispatch: true,
      }),
      ...starterLines(facts),
      textField({
        id: 'definition',
        label: 'What counts, from where?',
        placeholder: 'Invoiced on joint projects; finance report',
        initial: kpi?.definition,
        optional: true,
        max: 300,
      }),
      radioField({
        id: 'gives',
        label: 'What you will give',
        choices: fixed(facts, givesChoices, now.gives),
        initial: now.gives ?? 'number',
        dispatch: true,
      }),
      ...(now.gives === 'status' ? [] : amountFields(facts)),
      dateField({ id: 'due', label: 'By', initial: kpi?.due ?? facts.period.end }),
      selectField({
        id: 'cadence',
        label: 'How often is it known?',
        choices: cadence.options.map((value) => ({ value, text: cadenceWords[value] })),
        initial: often,
        dispatch: true,
      }),
      selectField({
        id: 'knownAfter',
        label: 'Known from',
        hint: 'From this day on it is asked for. Until then the last value counts as new.',
        choices: [
          { value: noFixedDay, text: 'No fixed day' },
          ...knownDays.map((days) => ({ value: String(days), text: knownInWords(often, days) })),
        ],
        initial: kpi?.knownAfter === undefined ? noFixedDay : String(kpi.knownAfter),
      }),
      somebodyField({ id: 'ownerUserId', label: 'Owner', initial: kpi?.ownerUserId }),
      ...visibilityField(facts),
      ...kpiMoreFields(facts),
      ...reasonField(facts),
    ],
  });
};

const sidesOffered = ({ firms, sides }: KpiFormFacts): readonly Choice[] =>
  sideChoices(firms).filter(({ value }) => sides.some((one) => one === value));

const givesChoices: readonly Choice[] = [
  { value: 'number', text: 'The number' },
  { value: 'status', text: 'Only a status: On track, Behind, Off track' },
];

/** A month's value is known on some day of the next; the same days for all, so that a choice outlives "how often". */
const knownDays = [...Array(29).keys(), 45, 60, 90];

const stays = ({ kpi, now }: KpiFormFacts): string | undefined => {
  if (kpi?.hasValues !== true) return undefined;
  return now.unit?.kind === 'time'
    ? 'It has values already, so whose it is and number or status stay.'
    : 'It has values already, so whose it is, number or status, and the unit stay.';
};

const cadenceWords: Readonly<Record<Kpi['cadence'], string>> = {
  weekly: 'Weekly',
  monthly: 'Monthly',
  quarterly: 'Quarterly',
};

/** What a partner of this kind often measures, while its KPI is new. */
const starterLines = ({ now, kpi, partnerType, firms }: KpiFormFacts): KnownBlock[] => {
  if (kpi !== undefined || now.side !== 'theirs') return [];
  const names = starterKpis[partnerType].map((one) => one.name).join(' · ');
  return [plainContext(`A measure by which ${firms.theirs} itself would know. Often: ${names}.`)];
};

/** Only our side keeps a KPI to itself, and only one of its own: elsewhere the choice is not offered. */
const visibilityField = ({ now, seesInternal, firms, kpi }: KpiFormFacts): KnownBlock[] => {
  const internal = kpi?.visibility === 'internal';
  const kept = `The values and notes of before only ${firms.ours} sees.`;
  if (now.side !== 'ours' || !seesInternal)
    return internal ? [plainContext(`Both firms see this KPI once it is saved. ${kept}`)] : [];
  return [
    radioField({
      id: 'visibility',
      label: 'Who sees it',
      ...(internal && { hint: `If both firms: from then on. ${kept}` }),
      choices: [
        { value: 'shared', text: 'Both firms' },
        { value: 'internal', text: `Only ${firms.ours}`, description: 'Not counted in health' },
      ],
      initial: kpi?.visibility ?? 'shared',
    }),
  ];
};

const reasonField = ({ now, others, kpi, firms }: KpiFormFacts): KnownBlock[] => {
  const most = kpiLimits.perSideWithoutReason;
  const stays = kpi?.side === now.side && kpi?.retired === undefined;
  if (now.side === undefined || stays || others[now.side] < most) return [];
  const whose = now.side === 'joint' ? 'joint' : `for ${firms[now.side]}`;
  return [
    textField({
      id: 'reason',
      label: `${others[now.side]} KPIs are ${whose} already. Why one more?`,
      hint: 'The reason is kept. Fewer numbers are easier to keep in view.',
      optional: kpi?.retired !== undefined,
      max: 300,
    }),
  ];
};
