import type { KnownBlock, ModalView } from '@slack/types';
import { unitChoice } from '../../domain/amount.ts';
import { cadence, type Direction, type Kpi, kpiLimits } from '../../domain/kpi.ts';
import { starterKpis } from '../../domain/starter-kpis.ts';
import { sideChoices, unitChoices } from './choices.ts';
import { type Choice, dateField, personField, radioField, selectField, textField } from './fields.ts';
import { plainContext } from './kit.ts';
import { type KpiFormFacts, readAsLine } from './kpi-form-input.ts';
import { form } from './modal.ts';
import { whichField } from './which-one.ts';

export const buildKpiForm = (facts: KpiFormFacts): ModalView => {
  const { kpi, now, firms, existing = [] } = facts;
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
        hint: kpi?.hasValues
          ? 'It has values already, so whose it is, number or status, and the unit stay.'
          : undefined,
        choices: fixed(facts, sideChoices(firms), now.side),
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
        initial: kpi?.cadence ?? 'monthly',
      }),
      personField({ id: 'ownerUserId', label: 'Owner', initial: kpi?.ownerUserId, optional: true }),
      ...visibilityField(facts),
      ...reasonField(facts),
    ],
  });
};

const givesChoices: readonly Choice[] = [
  { value: 'number', text: 'The number' },
  { value: 'status', text: 'Only a status: On track, Behind, Off track' },
];

/** What stays as it is once there are values is the only choice. */
const fixed = ({ kpi }: KpiFormFacts, choices: readonly Choice[], value: string | undefined) => {
  const found = choices.filter((one) => one.value === value);
  return kpi?.hasValues === true && found.length > 0 ? found : choices;
};

const cadenceWords: Readonly<Record<Kpi['cadence'], string>> = {
  weekly: 'Weekly',
  monthly: 'Monthly',
  quarterly: 'Quarterly',
};

const directionWords: Readonly<Record<Direction, string>> = {
  increase: 'rises',
  decrease: 'falls',
  'keep-above': 'stays above',
  'keep-below': 'stays below',
};

const amountFields = (facts: KpiFormFacts): KnownBlock[] => {
  const { now, period, kpi } = facts;
  const unit = now.unit === undefined ? undefined : unitChoice(now.unit);
  const keeps = now.direction === 'keep-above' || now.direction === 'keep-below';
  return [
    radioField({
      id: 'direction',
      label: 'Good when it',
      choices: Object.entries(directionWords).map(([value, text]) => ({ value, text })),
      initial: now.direction ?? 'increase',
      dispatch: true,
    }),
    selectField({
      id: 'unit',
      label: 'Unit',
      choices: fixed(facts, unitChoices, unit),
      initial: unit,
      placeholder: 'Choose one',
      dispatch: true,
    }),
    selectField({
      id: 'decimalMark',
      label: 'Numbers are written',
      choices: [
        { value: '.', text: '1,200.50' },
        { value: ',', text: '1.200,50' },
      ],
      initial: now.decimalMark ?? '.',
      dispatch: true,
    }),
    ...(keeps
      ? []
      : [
          textField({
            id: 'baseline',
            label: 'From',
            initial: now.baseline,
            placeholder: '0',
            dispatch: true,
            max: 40,
          }),
        ]),
    textField({
      id: 'target',
      label: keeps ? 'Limit' : 'To',
      initial: now.target,
      placeholder: keeps ? '15' : '900k',
      dispatch: true,
      max: 40,
    }),
    plainContext(readAsLine(now, kpi?.due ?? period.end)),
  ];
};

/** What a partner of this kind often measures, while its KPI is new. */
const starterLines = ({ now, kpi, partnerType, firms }: KpiFormFacts): KnownBlock[] => {
  if (kpi !== undefined || now.side !== 'theirs') return [];
  const names = starterKpis[partnerType].map((one) => one.name).join(' · ');
  return [plainContext(`A measure by which ${firms.theirs} itself would know. Often: ${names}.`)];
};

/** Only our side keeps a KPI to itself, and only one of its own: elsewhere the choice is not offered. */
const visibilityField = ({ now, firm, firms, kpi }: KpiFormFacts): KnownBlock[] =>
  now.side !== 'ours' || firm !== 'ours'
    ? []
    : [
        radioField({
          id: 'visibility',
          label: 'Who sees it',
          choices: [
            { value: 'shared', text: 'Both firms' },
            { value: 'internal', text: `Only ${firms.ours}`, description: 'Not counted in health' },
          ],
          initial: kpi?.visibility ?? 'shared',
        }),
      ];

const reasonField = ({ now, others, kpi, firms }: KpiFormFacts): KnownBlock[] => {
  const most = kpiLimits.perSideWithoutReason;
  if (now.side === undefined || kpi?.side === now.side || others[now.side] < most) return [];
  const whose = now.side === 'joint' ? 'joint' : `for ${firms[now.side]}`;
  return [
    textField({
      id: 'reason',
      label: `${others[now.side]} KPIs are ${whose} already. Why one more?`,
      hint: 'The reason is kept. Fewer numbers are easier to keep in view.',
      max: 300,
    }),
  ];
};
