import { addDays, parseCivilDate } from '../domain/civil-date.ts';
import { accepted, type Outcome, refused } from '../domain/errors.ts';
import { type Kpi, kpiLimits } from '../domain/kpi.ts';
import { readRange } from '../domain/kpi-range.ts';
import type { Partnership } from '../domain/partnership.ts';
import type { Side } from '../domain/person.ts';
import type { Deps, WorkspaceStore } from '../ports.ts';
import type { DefineKpi } from './define-kpi.ts';
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

const mostKpis = kpiLimits.active;

/** Shared and internal ones by themselves: a partner at the limit must not learn how many are internal. */
export const isFull = ({ kpis }: Partnership, visibility: Kpi['visibility']): boolean =>
  kpis.filter((one) => one.visibility === visibility).length >= mostKpis;

export const full = `There are ${mostKpis} KPIs, and that is the most. Edit one of them.`;
const mostDefinition = 300;
const mostYearsOfDays = 5 * 366;

/** What a person sets of a KPI; the rest follows from when and how it was added. */
export type KpiChecked = Omit<Kpi, 'id' | 'rev' | 'earlierTargets' | 'start' | 'createdAt'>;

/** Every field of the form checked, all faults at once. */
export const checkKpi = async (
  deps: Deps,
  loaded: Loaded,
  input: DefineKpi,
  id: string,
): Promise<Outcome<KpiChecked>> => {
  const { partnership, firm } = loaded;
  const known = partnership.kpis.find((one) => one.id === id);
  const owner = await ownerField(deps, loaded, input.ownerUserId);
  const name = nameField(input.name);
  const definition = definitionField(input.definition);
  const due = dueField(input.due, known?.start ?? partnership.period.start, partnership.period.end);
  const weight = weightField(input.weight, known?.weight);
  const visibility = visibilityField(loaded, input, firm === 'theirs', id);
  const reason = reasonField(kpiNeedsReason(partnership, input.side, id), input.reason);
  const range = readRange(input);
  const fixed = known === undefined ? {} : await fixedFaults(loaded, known, input);
  const faults: Record<string, string> = {
    ...faultsIn({ name, definition, due, weight, visibility, ownerUserId: owner, reason }),
    ...(range.ok ? {} : range.faults),
    ...fixed,
  };
  if (known === undefined && !isFault(visibility) && isFull(partnership, visibility.value)) {
    faults.name = full;
  }
  if (Object.keys(faults).length > 0 || !range.ok) return refused(faults);
  if (isFault(name) || isFault(definition) || isFault(due) || isFault(weight)) return refused(faults);
  if (isFault(visibility) || isFault(owner)) return refused(faults);
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
  });
};

/** The sentence that asks why a side has one KPI more than three; undefined when it has not. */
export const kpiNeedsReason = (partnership: Partnership, side: Side, id: string): string | undefined => {
  const others = partnership.kpis.filter((one) => one.side === side && one.id !== id).length;
  const moved = partnership.kpis.find((one) => one.id === id)?.side !== side;
  return moved && others >= kpiLimits.perSideWithoutReason
    ? `${firmOf(partnership, side)} has ${others} KPIs. One more asks for a reason: say why. It is kept.`
    : undefined;
};

const firmOf = ({ firmName, name }: Partnership, side: Side): string =>
  side === 'joint' ? 'Joint' : side === 'ours' ? firmName : name;

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
    : { fault: 'A weight is a whole number from 1 to 100.' };

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

/** Whether anything was ever given for a KPI. */
export const hasValues = async (
  store: WorkspaceStore,
  { _id }: Partnership,
  kpiId: string,
): Promise<boolean> => (await store.readings.find({ partnershipId: _id, kpiId }, { limit: 1 })).length > 0;

/** Values that are there already keep what they were given in: whose, number or status, and the unit. */
const fixedFaults = async (
  { store, partnership }: Loaded,
  known: Kpi,
  input: DefineKpi,
): Promise<Record<string, string>> => {
  const sameUnit =
    known.unit.kind === 'currency' && input.unit.kind === 'currency'
      ? known.unit.currency === input.unit.currency
      : known.unit.kind === input.unit.kind;
  const changes = {
    ...(sameUnit || input.gives === 'status' ? {} : { unit: 'the unit' }),
    ...(known.gives === input.gives ? {} : { gives: 'this' }),
    ...(known.side === input.side ? {} : { side: 'whose it is' }),
  };
  if (Object.keys(changes).length === 0) return {};
  if (!(await hasValues(store, partnership, known.id))) return {};
  return Object.fromEntries(
    Object.entries(changes).map(([field, what]) => [
      field,
      `${known.name} has values already, so ${what} stays. Put it back, or add a new KPI.`,
    ]),
  );
};
