import type { KnownBlock, ModalView } from '@slack/types';
import { unitChoice } from '../../domain/amount.ts';
import { cadence, type Direction, type Kpi, kpiLimits } from '../../domain/kpi.ts';
import type { PartnerType } from '../../domain/partnership.ts';
import type { Firm, Side } from '../../domain/person.ts';
import { starterKpis } from '../../domain/starter-kpis.ts';
import type { CivilDate } from '../../domain/stored.ts';
import { type Firms, sideChoices, unitChoices } from './choices.ts';
import { dateField, personField, radioField, selectField, textField } from './fields.ts';
import { plainContext } from './kit.ts';
import { type KpiChoices, kpiChoices, readAsLine } from './kpi-form-input.ts';
import { form } from './modal.ts';
import { type SubmittedView, withTyped } from './submitted.ts';

export interface KpiFormFacts {
  readonly partnershipId: string;
  readonly firms: Firms;
  /** The firm of the person who writes: what the partner's people write is always shared. */
  readonly firm: Firm;
  readonly partnerType: PartnerType;
  readonly period: { readonly end: CivilDate };
  /** How many KPIs each side has, without this one. */
  readonly others: Readonly<Record<Side, number>>;
  /** What the form says now: at first the side that the button named, later `kpiChoices` of what came back. */
  readonly now: KpiChoices;
  /** The KPI that is edited, amounts ready to be edited; `rev` is what it was read at. */
  readonly kpi?: {
    readonly id: string;
    readonly rev: number;
    readonly name: string;
    readonly definition?: string;
    readonly due: CivilDate;
    readonly cadence: Kpi['cadence'];
    readonly ownerUserId?: string;
    readonly visibility: Kpi['visibility'];
  };
}

export const buildKpiForm = (facts: KpiFormFacts): ModalView => {
  const { kpi, now, firms } = facts;
  return form({
    metadata: {
      form: 'kpi',
      partnershipId: facts.partnershipId,
      ...(kpi && { kpiId: kpi.id, base: kpi.rev }),
    },
    title: kpi === undefined ? 'Add a KPI' : 'KPI',
    submit: 'Save KPI',
    blocks: [
      textField({ id: 'name', label: 'Name', initial: kpi?.name, max: kpiLimits.name }),
      radioField({
        id: 'side',
        label: 'Whose?',
        choices: sideChoices(firms),
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
        choices: [
          { value: 'number', text: 'The number' },
          { value: 'status', text: 'Only a status: On track, Behind, Off track' },
        ],
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

/** The form again, for what was just chosen, with everything typed kept. */
export const redrawKpiForm = (view: SubmittedView, facts: Omit<KpiFormFacts, 'now'>): ModalView =>
  withTyped(buildKpiForm({ ...facts, now: kpiChoices(view) }), view.state.values);

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

const amountFields = ({ now, period, kpi }: KpiFormFacts): KnownBlock[] => {
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
      choices: unitChoices,
      initial: now.unit === undefined ? undefined : unitChoice(now.unit),
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
  if (now.side === undefined || kpi !== undefined || others[now.side] < most) return [];
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
