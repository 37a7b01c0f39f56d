import { isUnlikely } from '../domain/amount.ts';
import { formatDay } from '../domain/civil-date.ts';
import { DomainError } from '../domain/errors.ts';
import type { Kpi } from '../domain/kpi.ts';
import { currentReading } from '../domain/kpi-pace.ts';
import { isKeptBack } from '../domain/kpi-shared.ts';
import { takesValues } from '../domain/period-final.ts';
import type { Reading } from '../domain/reading.ts';
import type { Asking, Deps, New } from '../ports.ts';
import { correctedBy, correctionTarget, ownWordOn } from './corrected-reading.ts';
import { demand, type Loaded } from './load.ts';
import { kindFor, mayRecord, mostReadings, readingsFor, seesKpi } from './one-reading.ts';
import { refOf, tooLong, trimmed } from './plan-fields.ts';
import {
  asOfOf,
  changedFormat,
  latestDay,
  nowShared,
  receiptOf,
  whatIsSaid,
  words,
} from './reading-fields.ts';
import type { ReadingEntry, RecordReadings } from './record-readings.ts';

/** One entry, read and ready to be written. */
export interface ReadEntry {
  readonly kpi: Kpi;
  readonly reading: Omit<New<Reading>, '_id'>;
  /** What this request wrote for the KPI before, newest last. */
  readonly written: readonly Reading[];
  readonly receipt: string;
}

export interface EntryOutcome {
  /** Absent for an entry that says nothing. */
  readonly entry?: ReadEntry;
  readonly faults: Readonly<Record<string, string>>;
  /** Values that may be a slip. */
  readonly doubts: Readonly<Record<string, string>>;
}

const mostNote = 500;

export const readEntry = async (
  deps: Deps,
  asking: Asking,
  loaded: Loaded,
  entry: ReadingEntry,
  input: RecordReadings,
): Promise<EntryOutcome> => {
  const kpi = await kpiOf(deps, asking, loaded, entry.kpiId);
  const at = (field: string): string => `${field}:${kpi.id}`;
  const said = whatIsSaid(kpi, entry, latestDay(deps, loaded));
  if (said === undefined) return { faults: loneNote(entry, at), doubts: {} };
  const found = await loaded.store.readings.find(
    { partnershipId: loaded.partnership._id, kpiId: kpi.id },
    { sort: { at: -1 }, limit: mostReadings },
  );
  const all = readingsFor(loaded, kpi, found);
  const own = all.filter((one) => isOfRequest(one, asking)).reverse();
  const before = beforeRequest(all, own);
  const target = await correctionTarget(deps, asking, loaded, kpi, before, input.corrects);
  // Told together, since who saves again has read both.
  const changed = [nowShared(kpi, entry, target), changedFormat(kpi, entry)].filter(Boolean);
  if (changed.length > 0) return { faults: { [at('unit')]: changed.join(' ') }, doubts: {} };
  const asOf = asOfOf(deps, loaded, kpi, trimmed(entry.asOf) ?? target?.asOf, target?.asOf);
  const note = trimmed(entry.note);
  const faults: Record<string, string> = {};
  if ('fault' in said) faults[at(said.field)] = said.fault;
  if ('fault' in asOf) faults[at('asOf')] = asOf.fault;
  if (note !== undefined && note.length > mostNote) {
    faults[at('note')] = tooLong('The note', note.length, mostNote);
  }
  if ('fault' in said || 'fault' in asOf || Object.keys(faults).length > 0) return { faults, doubts: {} };

  const last = currentReading(before, kpi.id);
  const kind = kindFor(loaded, kpi);
  const ownWord = kind === 'told' ? ownWordOn(kpi, before, asOf.date) : undefined;
  if (ownWord !== undefined && said.notKnownUntil === undefined) {
    const { name } = loaded.partnership;
    const field = kpi.gives === 'status' ? 'status' : 'value';
    const did = ownWord.kind === 'own' && !ownWord.confirms ? 'gave' : 'confirmed';
    const fault = `${name} ${did} ${words(kpi, ownWord)} for ${formatDay(asOf.date)} itself. Nothing was saved. Ask ${name} to correct it.`;
    return { faults: { [at(field)]: fault }, doubts: {} };
  }
  // A slip that is put right is far off by its nature: it is held against what stood before it.
  const compared = target === undefined ? last : currentReading(without(before, target), kpi.id);
  if (!input.confirmedUnlikely && said.value !== undefined && isUnlikely(said.value, compared?.value)) {
    const fault = `${words(kpi, said)} is a hundred times off the last value, ${compared === undefined ? '' : words(kpi, compared)}. If it is right, tick that it is and send again.`;
    return { faults: {}, doubts: { [at('value')]: fault } };
  }
  const occurrenceId = input.occurrenceId ?? target?.occurrenceId;
  const reading = {
    partnershipId: loaded.partnership._id,
    kpiId: kpi.id,
    ...(said.value === undefined ? {} : { value: said.value }),
    ...(said.status === undefined ? {} : { status: said.status }),
    ...(said.notKnownUntil === undefined ? {} : { notKnownUntil: said.notKnownUntil }),
    asOf: asOf.date,
    at: deps.clock.now(),
    by: refOf(asking.by),
    kind,
    rough: said.rough,
    confirms: false,
    ...(note === undefined ? {} : { note }),
    ...(occurrenceId === undefined ? {} : { occurrenceId }),
    // Who puts it right tells the partner nothing of it.
    ...(target !== undefined && isKeptBack(kpi, target) && { keptBack: true as const }),
  };
  const supersedes = target ?? correctedBy(before, asking, reading);
  return {
    faults: {},
    doubts: {},
    entry: {
      kpi,
      written: own,
      reading: { ...reading, ...(supersedes === undefined ? {} : { supersedes: supersedes._id }) },
      receipt: receiptOf(kpi, said, asOf.date, target ?? last),
    },
  };
};

/** Writes one reading, once a request: a repeat finds it, and one that says something else corrects it. */
export const insertReading = async (
  asking: Asking,
  loaded: Loaded,
  { kpi, reading, written }: ReadEntry,
): Promise<Reading> => {
  const { readings } = loaded.store;
  const first = idOf(loaded.partnership._id, kpi.id, asking);
  for (let nth = written.length; ; nth += 1) {
    const before = nth === 0 ? undefined : await readings.get(nth === 1 ? first : `${first}:${nth}`);
    if (before !== undefined && saysTheSame(before, reading)) return before;
    const _id = nth === 0 ? first : `${first}:${nth + 1}`;
    const supersedes = before === undefined ? {} : { supersedes: before._id };
    await readings.insert({ ...reading, ...supersedes, _id });
    const saved = await readings.get(_id);
    if (saved === undefined) throw new DomainError('not-found', 'This value was removed meanwhile.');
    if (saysTheSame(saved, reading)) return saved;
  }
};

/** A note goes with a value: alone it would be dropped, so it is asked about. */
const loneNote = (entry: ReadingEntry, at: (field: string) => string): Record<string, string> =>
  trimmed(entry.note) === undefined
    ? {}
    : { [at('note')]: 'A note goes with a value. Give the value too, or empty the note.' };

const idOf = (partnershipId: string, kpiId: string, { requestId }: Asking): string =>
  `${partnershipId}:${kpiId}:${requestId}`;

const isOfRequest = (one: Reading, asking: Asking): boolean => {
  const first = idOf(one.partnershipId, one.kpiId, asking);
  return one._id === first || one._id.startsWith(`${first}:`);
};

/** As it stood before this request, so that a repeat says "was" of the same value again. */
const beforeRequest = (all: readonly Reading[], own: readonly Reading[]): Reading[] =>
  all.filter((one) => !own.includes(one));

const saysTheSame = (a: Reading, b: ReadEntry['reading']): boolean =>
  a.value === b.value &&
  a.status === b.status &&
  a.notKnownUntil === b.notKnownUntil &&
  a.asOf === b.asOf &&
  a.rough === b.rough &&
  a.note === b.note;

/** An internal KPI is not there for who may not see it. */
const kpiOf = async (deps: Deps, asking: Asking, loaded: Loaded, kpiId: string): Promise<Kpi> => {
  const kpi = loaded.partnership.kpis.find((one) => one.id === kpiId);
  if (kpi === undefined || !seesKpi(loaded, kpi)) {
    throw new DomainError('not-found', 'One of these KPIs is not here any more. Nothing was saved.');
  }
  if (!takesValues(kpi, loaded.today)) {
    throw new DomainError('not-found', `${kpi.name} was retired. Nothing was saved. KPIs brings it back.`);
  }
  if (!mayRecord(loaded, kpi, asking.by)) await demand(deps, loaded, `record:${kpi.side}`);
  return kpi;
};

const without = (all: readonly Reading[], one: Reading): Reading[] =>
  all.filter((each) => each._id !== one._id);
