import type { KpiLine } from './partnership-card.ts';
import type { Firm } from './person.ts';

/** A partnership's KPIs for one reader, as they stand; each leads to its history. */
export interface NumbersPage {
  readonly partnershipId: string;
  readonly firms: Readonly<Record<Firm, string>>;
  readonly kpis: readonly { readonly line: KpiLine; readonly internal: boolean }[];
  /** How many came before the next page. Absent: there is none. */
  readonly next?: number;
}
