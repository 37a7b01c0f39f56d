import type { KnownBlock } from '@slack/types';
import { readUnitChoice, unitChoice } from '../../domain/amount.ts';
import type { Direction } from '../../domain/kpi.ts';
import { isConvertible } from '../../domain/time-unit.ts';
import { unitChoices } from './choices.ts';
import { type Choice, radioField, selectField, textField } from './fields.ts';
import { plainContext } from './kit.ts';
import type { KpiFormFacts } from './kpi-form-facts.ts';
import { readAsLine } from './kpi-form-input.ts';

/** What stays as it is once there are values is the only choice. */
export const fixed = ({ kpi }: KpiFormFacts, choices: readonly Choice[], value: string | undefined) => {
  const found = choices.filter((one) => one.value === value);
  return kpi?.hasValues === true && found.length > 0 ? found : choices;
};

/** Once there are values, only what they can be read in as well. */
const unitsFor = ({ kpi, now }: KpiFormFacts): readonly Choice[] => {
  const unit = kpi?.hasValues === true ? now.unit : undefined;
  if (unit === undefined) return unitChoices;
  return unitChoices.filter(({ value }) => {
    const other = readUnitChoice(value);
    return other !== undefined && isConvertible(unit, other);
  });
};

const directionWords: Readonly<Record<Direction, string>> = {
  increase: 'rises',
  decrease: 'falls',
  'keep-above': 'stays above',
  'keep-below': 'stays below',
};

/** Unit, direction and numbers of a KPI that gives its number, and how they were read. */
export const amountFields = (facts: KpiFormFacts): KnownBlock[] => {
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
      choices: unitsFor(facts),
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
