import { formatAmount, unitInWords } from './amount.ts';
import { changedField } from './changed-field.ts';
import { formatWithYear } from './civil-date.ts';
import type { Direction, Kpi } from './kpi.ts';
import { knownInWords } from './kpi-known.ts';
import { stepsInText } from './kpi-steps.ts';
import { type Partnership, sideName } from './partnership.ts';
import { personKey } from './person.ts';

type Names = Pick<Partnership, 'firmName' | 'name'>;

/** What an edit did, every field of it, going on from a person's name: "changed the target of … to $950k (was $900k)". */
export const kpiChangeInWords = (from: Kpi, to: Kpi, names: Names): string => {
  const fields = fieldsChanged(from, to, names);
  const changed = `changed the KPI ${to.name}${fields.length === 0 ? '' : `: ${fields.join(', ')}`}`;
  const also = fields.length === 0 ? '' : `; ${changed}`;
  if (to.retired !== undefined && from.retired === undefined)
    return `retired the KPI ${to.name}: ${to.retired.reason}${also}`;
  if (from.retired !== undefined && to.retired === undefined) return `brought back the KPI ${to.name}${also}`;
  const [only] = fields;
  const target = targetChanged(from, to)[0];
  return only !== undefined && fields.length === 1 && only === target && to.target !== undefined
    ? `changed the target of ${to.name}${only.slice('the target'.length)}`
    : changed;
};

const amount = (kpi: Kpi, value: number | undefined): string | undefined =>
  value === undefined ? undefined : formatAmount(value, kpi.unit, kpi.decimalMark);

const targetChanged = (from: Kpi, to: Kpi): string[] =>
  from.target === to.target
    ? []
    : changedField('the target', { is: amount(to, to.target), was: amount(from, from.target) });

const fieldsChanged = (from: Kpi, to: Kpi, names: Names): string[] => {
  const field = (what: string, read: (kpi: Kpi) => string | undefined): string[] =>
    changedField(what, { is: read(to), was: read(from) });
  return [
    ...field('the name', ({ name }) => name),
    ...field('what counts', ({ definition }) => definition && `"${definition}"`),
    ...field('whose it is', ({ side }) => sideName(names, side)),
    ...field('what is given', ({ gives }) => (gives === 'number' ? 'the number' : 'a status only')),
    ...field('the unit', ({ unit }) => unitInWords(unit).replace(/^in /, '')),
    ...field('good when it', ({ direction }) => directionInWords[direction]),
    ...(from.baseline === to.baseline
      ? []
      : changedField('the start', { is: amount(to, to.baseline), was: amount(from, from.baseline) })),
    ...targetChanged(from, to),
    ...field('the steps', (kpi) => stepsInText(kpi).replaceAll('\n', ' · ') || undefined),
    ...field('the last day', ({ due }) => formatWithYear(due)),
    ...field('the weight', ({ weight }) => String(weight)),
    ...field('how often it is known', ({ cadence }) => cadence),
    ...field('the day it is known', ({ cadence, knownAfter }) =>
      knownAfter === undefined ? undefined : knownInWords(cadence, knownAfter),
    ),
    ...(ownerOf(from) === ownerOf(to) ? [] : ['the owner']),
    ...field('where it comes from', ({ source }) => source && `"${source}"`),
    ...field('who sees it', ({ visibility }) =>
      visibility === 'shared' ? 'both firms' : `only ${names.firmName}`,
    ),
    ...field('how numbers are written', ({ decimalMark }) => `1${decimalMark}5`),
  ];
};

const directionInWords: Readonly<Record<Direction, string>> = {
  increase: 'rises',
  decrease: 'falls',
  'keep-above': 'stays above',
  'keep-below': 'stays below',
};

const ownerOf = ({ owner }: Kpi): string | undefined => owner && personKey(owner);
