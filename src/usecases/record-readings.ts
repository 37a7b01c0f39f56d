import { accepted, DomainError, type Outcome, refused } from '../domain/errors.ts';
import type { StatusWord } from '../domain/kpi.ts';
import type { Reading } from '../domain/reading.ts';
import type { Asking, Deps } from '../ports.ts';
import { demandOpen, loadPartnership } from './load.ts';
import { wantThreadOf } from './one-reading.ts';
import { insertReading, type ReadEntry, readEntry } from './read-entry.ts';
import { wantCards } from './want-message.ts';

export interface ReadingEntry {
  readonly kpiId: string;
  /** As typed, read in the KPI's unit. */
  readonly value?: string;
  /** The format that the person saw, by `formatCode`. Absent: whatever stands is taken. */
  readonly shownIn?: string;
  /** The person saw that only our firm sees the KPI. Absent: whoever sees it now may. */
  readonly shownInternal?: true;
  readonly status?: StatusWord;
  /** `YYYY-MM-DD`; absent: today. */
  readonly asOf?: string;
  readonly rough?: boolean;
  /** Instead of a value: the day from which it is known. */
  readonly notKnownUntil?: string;
  readonly note?: string;
}

export interface RecordReadings {
  readonly partnershipId: string;
  /** Entries without a value, status, day or note are left out; a note alone is a fault. */
  readonly entries: readonly ReadingEntry[];
  /** The person was shown that a value is a hundred times off the last one, and says it is right. */
  readonly confirmedUnlikely: boolean;
  readonly occurrenceId?: string;
  /** The reading that its one entry puts right, whatever its as-of date. */
  readonly corrects?: string;
}

export interface RecordedReadings {
  readonly readings: Reading[];
  /** How each was read: "Consulting revenue: $210,000 as of 30 Sep (was $190,000)". */
  readonly receipts: string[];
}

const mostEntries = 24;

/**
 * Appends values; nothing is overwritten. All entries are checked before the first is written. Faults are keyed
 * `value:<kpi>`, `asOf:<kpi>`, `notKnownUntil:<kpi>`, `status:<kpi>`, `note:<kpi>`, and `unit:<kpi>` where its unit or
 * decimal mark is another one than was shown, or both firms see by now what was shown as internal; a value far from the last one adds `confirmedUnlikely`. The same request
 * again writes nothing new. Throws `not-found`, `not-allowed`, `ended`, and `conflict` when what it `corrects` was
 * corrected meanwhile.
 */
export const recordReadings = async (
  deps: Deps,
  asking: Asking,
  input: RecordReadings,
): Promise<Outcome<RecordedReadings>> => {
  const loaded = await loadPartnership(deps, asking, input.partnershipId, 'see');
  await demandOpen(deps, loaded);
  if (input.entries.length > mostEntries) {
    throw new DomainError('limit', `I take ${mostEntries} values at once. Nothing was saved.`);
  }
  const faults: Record<string, string> = {};
  const doubts: Record<string, string> = {};
  const read: ReadEntry[] = [];
  for (const entry of input.entries) {
    const outcome = await readEntry(deps, asking, loaded, entry, input);
    Object.assign(faults, outcome.faults);
    Object.assign(doubts, outcome.doubts);
    if (outcome.entry !== undefined) read.push(outcome.entry);
  }
  // What cannot be read comes first: a doubt is asked about only when all else stands.
  if (Object.keys(faults).length > 0) return refused(faults);
  const doubtful = Object.values(doubts);
  if (doubtful.length > 0) return refused({ ...doubts, confirmedUnlikely: doubtful.join(' ') });

  const readings: Reading[] = [];
  for (const one of read) readings.push(await insertReading(asking, loaded, one));
  const corrected =
    input.corrects === undefined ? undefined : await loaded.store.readings.get(input.corrects);
  if (corrected !== undefined) await wantThreadOf(deps, corrected);
  if (readings.length > 0) await wantCards(deps, loaded.partnership);
  return accepted({ readings, receipts: read.map((one) => one.receipt) });
};
