import { compareAsc } from 'date-fns/compareAsc';
import { compareDesc } from 'date-fns/compareDesc';
import { formatAmount } from './amount.ts';
import type { Kpi, StatusWord } from './kpi.ts';
import { currentReading } from './kpi-pace.ts';
import type { Reading } from './reading.ts';
import type { KpiChange } from './review-card.ts';

export const statusInWords: Readonly<Record<StatusWord, string>> = {
  'on-track': 'On track',
  behind: 'Behind',
  'off-track': 'Off track',
};

/** A reading's value as people read it; undefined for "not known until". */
export const readingInWords = (kpi: Kpi, reading: Reading | undefined): string | undefined => {
  if (reading?.status !== undefined) return statusInWords[reading.status];
  return reading?.value === undefined ? undefined : formatAmount(reading.value, kpi.unit, kpi.decimalMark);
};

/** What a reading says now: the newest of the corrections that lead on from it, else itself. */
export const lastCorrection = (reading: Reading, readings: readonly Reading[]): Reading => {
  const known = new Set<string>();
  let last = reading;
  while (!known.has(last._id)) {
    known.add(last._id);
    const { _id } = last;
    last =
      readings.filter((one) => one.supersedes === _id).sort((a, b) => compareDesc(a.at, b.at))[0] ?? last;
  }
  return last;
};

/**
 * What a reading of a review changed: against what stood before that review, and against what the same review had
 * first. Undefined when the reading holds no value. A value that stayed the same has no `was`.
 */
export const kpiChange = (
  kpi: Kpi,
  reading: Reading,
  readings: readonly Reading[],
): KpiChange | undefined => {
  const now = readingInWords(kpi, reading);
  if (now === undefined) return undefined;
  const ofReview = (one: Reading): boolean =>
    reading.occurrenceId !== undefined && one.occurrenceId === reading.occurrenceId;
  const before = readings.filter(
    (one) => one._id !== reading._id && !ofReview(one) && one.at.getTime() <= reading.at.getTime(),
  );
  const was = readingInWords(kpi, currentReading(before, kpi.id));
  const first = readings
    .filter((one) => one.kpiId === kpi.id && ofReview(one))
    .sort((a, b) => compareAsc(a.at, b.at))[0];
  const firstEntered = first?._id === reading._id ? undefined : readingInWords(kpi, first);
  return {
    name: kpi.name,
    now,
    ...(was === undefined || was === now ? {} : { was }),
    ...(firstEntered === undefined || firstEntered === now ? {} : { firstEntered }),
    asOf: reading.asOf,
    rough: reading.rough,
  };
};
