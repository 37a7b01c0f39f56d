import type { KpiLine } from './partnership-card.ts';
import type { Firm } from './person.ts';

/** A partnership's KPIs for one reader, as they stand; each leads to its history. */
export interface NumbersPage {
  readonly partnershipId: string;
  readonly firms: Readonly<Record<Firm, string>>;
  /** Those in use, then those that left the plan. */
  readonly kpis: readonly { readonly line: KpiLine; readonly internal: boolean; readonly retired?: true }[];
  /** How many came before the next page. Absent: there is none. */
  readonly next?: number;
}
