import { addDays, parseCivilDate } from '../domain/civil-date.ts';
import { accepted, type Outcome, refused } from '../domain/errors.ts';
import { type Kpi, kpiLimits } from '../domain/kpi.ts';
import { otherMarkFaults } from '../domain/kpi-mark.ts';
import { readRange } from '../domain/kpi-range.ts';
import { broughtBack } from '../domain/kpi-terms.ts';
import type { Deps } from '../ports.ts';
import type { DefineKpi } from './define-kpi.ts';
import { fixedFaults } from './kpi-fixed.ts';
import { kpiNeedsReason, noRoomFor } from './kpi-limits.ts';
import { knownAfterField, retiredField, sourceField, stepsField } from './kpi-more-fields.ts';
import type { Loaded } from './load.ts';
import {
  type Field,
  faultsIn,
  isFault,
  oneLine,
  ownerField,
  reasonField,
  tooLong,
  trimmed,
} from './plan-fields.ts';

const mostDefinition = 300;
const mostYearsOfDays = 5 * 366;

/** What a person sets of a KPI; the rest follows from when and how it was added. `retired` is the reason, if it is. */
export type KpiChecked = Omit<Kpi, 'id' | 'rev' | 'earlierTargets' | 'start' | 'createdAt' | 'retired'> & {
  readonly retired?: string;
};

/** Every field of the form checked, all faults at once. */
export const checkKpi = async (
  deps: Deps,
  loaded: Loaded,
  input: DefineKpi,
  id: string,
): Promise<Outcome<KpiChecked>> => {
  const { partnership, firm } = loaded;
  const known = partnership.kpis.find((one) => one.id === id);
  const before = input.state === 'in-use' && known !== undefined ? broughtBack(known, partnership) : known;
  const owner = await ownerField(deps, loaded, input.ownerUserId);
  const name = nameField(input.name);
  const definition = definitionField(input.definition);
  const start = before?.start ?? partnership.period.start;
  const due = dueField(input.due, start, partnership.period.end);
  const weight = weightField(input.weight, known?.weight);
  const visibility = visibilityField(loaded, input, firm === 'theirs', id);
  const needed = kpiNeedsReason(partnership, input, id, loaded.may('see-internal'));
  const reason = reasonField(needed, input.reason);
  const source = sourceField(input.source, known?.source);
  const knownAfter = knownAfterField(input.knownAfter);
  const retired = retiredField(input, known);
  const range = readRange(input);
  const steps = stepsField(input, { range, due, start, known, before });
  const fixed = known === undefined ? {} : await fixedFaults(loaded, known, input);
  const faults: Record<string, string> = {
    ...faultsIn({ name, definition, due, weight, visibility, ownerUserId: owner, reason }),
    ...faultsIn({ source, knownAfter, retireReason: retired, steps }),
    ...(range.ok ? {} : range.faults),
    ...(known === undefined ? {} : otherMarkFaults(known, input)),
    ...fixed,
  };
  const full = isFault(visibility) ? undefined : noRoomFor(partnership, visibility.value, input, id);
  if (full !== undefined) faults.name = full;
  if (Object.keys(faults).length > 0 || !range.ok) return refused(faults);
  if (isFault(name) || isFault(definition) || isFault(due) || isFault(weight)) return refused(faults);
  if (isFault(visibility) || isFault(owner) || isFault(source)) return refused(faults);
  if (isFault(knownAfter) || isFault(retired) || isFault(steps)) return refused(faults);
  const { side, gives, unit, decimalMark, direction, cadence } = input;
  return accepted({
    name: name.value,
    side,
    gives,
    unit,
    decimalMark,
    direction,
    due: due.value,
    weight: weight.value,
    cadence,
    visibility: visibility.value,
    ...(definition.value === undefined ? {} : { definition: definition.value }),
    ...(range.baseline === undefined ? {} : { baseline: range.baseline }),
    ...(range.target === undefined ? {} : { target: range.target }),
    ...(owner.value === undefined ? {} : { owner: owner.value }),
    ...(source.value === undefined ? {} : { source: source.value }),
    ...(knownAfter.value === undefined ? {} : { knownAfter: knownAfter.value }),
    ...(steps.value.length === 0 ? {} : { checkpoints: steps.value }),
    ...(retired.value === undefined ? {} : { retired: retired.value }),
  });
};

const nameField = (text: string): Field<string> => {
  const name = oneLine(text);
  if (name === '') return { fault: 'Name the KPI.' };
  return name.length > kpiLimits.name
    ? { fault: tooLong('The name', name.length, kpiLimits.name) }
    : { value: name };
};

const definitionField = (text: string | undefined): Field<string | undefined> => {
  const definition = trimmed(text);
  return definition !== undefined && definition.length > mostDefinition
    ? { fault: tooLong('The definition', definition.length, mostDefinition) }
    : { value: definition };
};

const dueField = (text: string, start: string, end: string): Field<string> => {
  const due = text.trim() === '' ? end : parseCivilDate(text);
  if (due === undefined) return { fault: 'I cannot read this date. Choose one from the calendar.' };
  if (due <= start) return { fault: 'This is before the KPI begins. Choose a later day.' };
  return due > addDays(start, mostYearsOfDays)
    ? { fault: 'This is more than five years away. Choose an earlier day.' }
    : { value: due };
};

const weightField = (weight: number | undefined, before = 1): Field<number> =>
  weight === undefined || (Number.isInteger(weight) && weight >= 1 && weight <= 100)
    ? { value: weight ?? before }
    : { fault: 'A weight is a whole number from 1 to 100. One of 2 counts twice as much as one of 1.' };

/** Only our own KPIs can be for our eyes only; what a partner's person writes is always shared. */
const visibilityField = (
  loaded: Loaded,
  { visibility, side }: DefineKpi,
  byPartner: boolean,
  id: string,
): Field<Kpi['visibility']> => {
  if (visibility === 'shared' || byPartner) return { value: 'shared' };
  const { partnership } = loaded;
  if (side !== 'ours') {
    return { fault: `Only a KPI of ${partnership.firmName} can be internal. Choose "Both firms".` };
  }
  if (!loaded.may('see-internal')) return { fault: 'You cannot see internal KPIs. Choose "Both firms".' };
  const goal = partnership.goals.find((one) => one.kpiIds.includes(id));
  return goal === undefined
    ? { value: 'internal' }
    : { fault: `The goal "${goal.title}" is shown by it, and both firms see that. Choose "Both firms".` };
};
