import type { KnownBlock } from '@slack/types';
import { kpiLimits } from '../../domain/kpi.ts';
import { selectField, textField } from './fields.ts';
import type { KpiFormFacts } from './kpi-form-facts.ts';
import type { KpiFormInput } from './kpi-form-input.ts';
import { moreField, wantsMore } from './more.ts';
import { readFields, type SubmittedView } from './submitted.ts';

/** The part of the form that is always there when what is rarely needed is. */
export const kpiMoreBlock = 'weight';

/** What is rarely needed: where the number comes from, its weight, steps, and whether the KPI is in use. */
export const kpiMoreFields = (facts: KpiFormFacts): KnownBlock[] => {
  const { kpi, more } = facts;
  if (more !== true) {
    return [moreField(kpi === undefined ? 'source, weight, steps' : 'source, weight, steps, retire')];
  }
  return [
    textField({
      id: 'source',
      label: 'Where does the number come from?',
      placeholder: 'Acme finance report',
      initial: kpi?.source,
      optional: true,
      max: kpiLimits.source,
    }),
    textField({
      id: kpiMoreBlock,
      label: 'Weight',
      hint: 'A whole number from 1 to 100. One of 2 counts twice as much in health as one of 1.',
      initial: String(kpi?.weight ?? 1),
      max: 3,
    }),
    ...stepsField(facts),
    ...stateFields(facts),
  ];
};

/** A limit and a status have nothing that grows. */
const stepsField = ({ kpi, now }: KpiFormFacts): KnownBlock[] => {
  const keeps = now.direction === 'keep-above' || now.direction === 'keep-below';
  return keeps || now.gives === 'status'
    ? []
    : [
        textField({
          id: 'steps',
          label: 'Expected in steps',
          hint: 'One a line: from which day on, how much. Without steps, what is expected grows evenly.',
          placeholder: '30 Sep 2026: 150k',
          initial: kpi?.steps,
          multiline: true,
          optional: true,
          max: 600,
        }),
      ];
};

const stateFields = ({ kpi }: KpiFormFacts): KnownBlock[] =>
  kpi === undefined
    ? []
    : [
        selectField({
          id: 'state',
          label: 'In the plan',
          choices: [
            { value: 'in-use', text: 'In use' },
            { value: 'retired', text: 'Retired', description: 'Values stay, and it can be brought back' },
          ],
          initial: kpi.retired === undefined ? 'in-use' : 'retired',
        }),
        textField({
          id: 'retireReason',
          label: 'Why is it retired?',
          hint: 'Only for one that is retired. The reason is kept.',
          initial: kpi.retired,
          optional: true,
          max: kpiLimits.retireReason,
        }),
      ];

/** The fields of the rare part, where the form shows it: empty there says "none". */
export const readKpiMore = (view: SubmittedView): Partial<KpiFormInput> => {
  if (!wantsMore(view, kpiMoreBlock)) return {};
  const fields = readFields(view);
  const state = fields.choice('state');
  const weight = fields.text('weight');
  const retireReason = fields.text('retireReason');
  return {
    source: fields.text('source') ?? '',
    ...(weight !== undefined && { weight: Number(weight) }),
    ...(view.blocks.some((one) => one.block_id === 'steps') && { steps: fields.text('steps') ?? '' }),
    ...((state === 'in-use' || state === 'retired') && { state }),
    ...(retireReason !== undefined && { retireReason }),
  };
};
