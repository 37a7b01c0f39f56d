import type { HistoryLine } from './history.ts';
import type { Firm } from './person.ts';

/** `reviews`: reviews alone, runs folded. `all`: digests too, and reminders for internal people. */
export type HistoryList = 'reviews' | 'all';

/** One page of a partnership's history for one reader. Instants are due times, in whole milliseconds. */
export interface HistoryPage {
  readonly partnershipId: string;
  readonly firms: Readonly<Record<Firm, string>>;
  readonly list: HistoryList;
  readonly lines: readonly HistoryLine[];
  /** "Both firms answered 5 of the last 6." */
  readonly answered?: string;
  /** Older entries lie before this instant. Absent: there are none. */
  readonly olderThan?: Date;
  /** The page is what one line stood for: nothing at or before this instant. */
  readonly after?: Date;
  /** The reader may also see who changed what. */
  readonly internal: boolean;
}

export interface ChangesPage {
  readonly partnershipId: string;
  readonly firms: Readonly<Record<Firm, string>>;
  /** Newest first: "Fri 16 Oct, 16:12 · Tom Okafor changed the target to $950k". */
  readonly lines: readonly string[];
  /** The reader's, which the lines are in. */
  readonly zone: string;
  readonly olderThan?: Date;
}
