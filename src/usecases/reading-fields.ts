import {
  amountExample,
  formatCode,
  formatExact,
  readAmount,
  unitChoice,
  unitInWords,
} from '../domain/amount.ts';
import { addDays, formatDay, parseCivilDate } from '../domain/civil-date.ts';
import type { Kpi, StatusWord } from '../domain/kpi.ts';
import { isKeptBack } from '../domain/kpi-shared.ts';
import type { Reading } from '../domain/reading.ts';
import type { CivilDate } from '../domain/stored.ts';
import { civilDateAt, isZone } from '../domain/zone.ts';
import type { Deps } from '../ports.ts';
import type { Loaded } from './load.ts';
import { trimmed } from './plan-fields.ts';
import type { ReadingEntry } from './record-readings.ts';

/** What one entry says: exactly one of a value, a status and the day from which it is known. */
export type Said = Pick<Reading, 'value' | 'status' | 'notKnownUntil' | 'rough'>;

const statusWords: Readonly<Record<StatusWord, string>> = {
  'on-track': 'On track',
  behind: 'Behind',
  'off-track': 'Off track',
};

/** What to tell a person who typed a number while its KPI got another unit or decimal mark. Undefined: it has not. */
export const changedFormat = (kpi: Kpi, { value, shownIn }: ReadingEntry): string | undefined => {
  if (kpi.gives === 'status' || trimmed(value) === undefined) return undefined;
  if (shownIn === undefined || shownIn === formatCode(kpi)) return undefined;
  const mark = kpi.decimalMark === ',' ? 'comma' : 'point';
  const sameUnit = shownIn.slice(0, -1) === unitChoice(kpi.unit);
  const now = sameUnit ? `is written with a decimal ${mark}` : `is ${unitInWords(kpi.unit)}`;
  return `${kpi.name} ${now} now. Write it like ${amountExample(kpi)}.`;
};

/**
 * What to tell a person who wrote for our firm alone while the KPI became shared. Undefined: it did not, or what they
 * put right, their `target`, stays with our firm all the same.
 */
export const nowShared = (
  kpi: Kpi,
  { shownInternal }: ReadingEntry,
  target: Reading | undefined,
): string | undefined => {
  const stays = target !== undefined && isKeptBack(kpi, target);
  if (shownInternal !== true || kpi.visibility === 'internal' || stays) return undefined;
  return `Both firms see ${kpi.name} now.`;
};

/** Undefined for an entry that says nothing. `latest` is the last day that is not to come. */
export const whatIsSaid = (
  kpi: Kpi,
  entry: ReadingEntry,
  latest: CivilDate,
): Said | { readonly field: string; readonly fault: string } | undefined => {
  const value = trimmed(entry.value);
  const day = trimmed(entry.notKnownUntil);
  if (value === undefined && entry.status === undefined && day === undefined) return undefined;
  if (day !== undefined) {
    const field = 'notKnownUntil';
    if (value !== undefined || entry.status !== undefined) {
      return { field, fault: 'Give the value, or the day from which it is known, not both.' };
    }
    const until = parseCivilDate(day);
    if (until === undefined)
      return { field, fault: 'I cannot read this date. Choose one from the calendar.' };
    if (until <= latest) return { field, fault: 'This day has come. Choose a later one, or give the value.' };
    return until > addDays(latest, 366)
      ? { field, fault: 'This is more than a year away. Choose an earlier day.' }
      : { notKnownUntil: until, rough: false };
  }
  const rough = entry.rough ?? false;
  if (kpi.gives === 'status') {
    return entry.status === undefined
      ? { field: 'value', fault: `${kpi.name} takes a status: On track, Behind or Off track.` }
      : { status: entry.status, rough };
  }
  if (value === undefined) return { field: 'status', fault: `${kpi.name} takes a number.` };
  const amount = readAmount(value, kpi);
  return amount.ok
    ? { value: amount.value, rough: rough || amount.rough }
    : { field: 'value', fault: amount.message };
};

/** The latest day that can be behind us: where the partnership lives, or where the person who writes is. */
export const latestDay = (deps: Deps, { today, profile }: Loaded): CivilDate => {
  const { zone } = profile;
  const theirs = zone !== undefined && isZone(zone) ? civilDateAt(deps.clock.now(), zone) : today;
  return theirs > today ? theirs : today;
};

/** The day that a value is of. `corrected`: that of the value which it puts right. */
export const asOfOf = (
  deps: Deps,
  loaded: Loaded,
  kpi: Kpi,
  text: string | undefined,
  corrected?: CivilDate,
): { readonly date: CivilDate } | { readonly fault: string } => {
  const lastDay = kpi.retired?.lastDay;
  const latest = lastDay !== undefined && lastDay < loaded.today ? lastDay : loaded.today;
  const date = trimmed(text) === undefined ? latest : parseCivilDate(text ?? '');
  if (date === undefined) return { fault: 'I cannot read this date. Choose one from the calendar.' };
  if (date > latestDay(deps, loaded)) return { fault: 'This day is still to come. Choose today or earlier.' };
  if (lastDay !== undefined && date > lastDay)
    return { fault: `${kpi.name} ended on ${formatDay(lastDay)}. Choose that day or an earlier one.` };
  // A KPI that goes on into a new period starts anew, and its old values can still be put right.
  const earliest = [addDays(kpi.start, -365), corrected ?? kpi.start].sort()[0] ?? kpi.start;
  return date < earliest
    ? { fault: `This is more than a year before ${kpi.name} began. Choose a later day.` }
    : { date };
};

export const words = (kpi: Kpi, said: Partial<Said>): string => {
  if (said.status !== undefined) return statusWords[said.status];
  return said.value === undefined ? 'no value' : formatExact(said.value, kpi.unit, kpi.decimalMark);
};

export const receiptOf = (kpi: Kpi, said: Said, asOf: CivilDate, last: Reading | undefined): string => {
  if (said.notKnownUntil !== undefined)
    return `${kpi.name}: not known until ${formatDay(said.notKnownUntil)}`;
  const was = last === undefined ? '' : ` (was ${words(kpi, last)})`;
  return `${kpi.name}: ${said.rough ? 'about ' : ''}${words(kpi, said)} as of ${formatDay(asOf)}${was}`;
};
