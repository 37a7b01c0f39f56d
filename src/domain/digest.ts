import type { FiscalToday } from './fiscal-calendar.ts';
import type { HealthResult } from './health-result.ts';
import type { HealthThen, KpiLine } from './partnership-card.ts';
import type { CivilDate } from './stored.ts';

/** The running summary of one partnership. `internal` is there only in the form that our side alone may see. */
export interface Digest {
  readonly partnershipId: string;
  readonly firms: { readonly ours: string; readonly theirs: string };
  readonly weekTo: CivilDate;
  readonly fiscal: FiscalToday;
  readonly health: HealthResult;
  readonly lastWeek?: HealthThen;
  readonly fourWeeksAgo?: HealthThen;
  readonly moved: readonly string[];
  readonly stuck: readonly string[];
  readonly asks: readonly string[];
  readonly commitments: {
    readonly open: number;
    readonly overdue: number;
    readonly overdueNames: readonly string[];
  };
  /** Already in words, in order: "pulse Tue 27 Oct", "Acme's quarter ends 31 Oct". */
  readonly coming: readonly string[];
  readonly noUpdateFrom: readonly string[];
  /** What the plan lacks, a sentence each. */
  readonly planGaps: readonly string[];
  readonly kpis: readonly KpiLine[];
  readonly internal?: {
    readonly kpis: readonly KpiLine[];
    /** What people wrote beside internal values this week, the newest first. */
    readonly notes: readonly {
      readonly kpi: string;
      readonly by: string;
      readonly on: CivilDate;
      readonly text: string;
    }[];
    readonly owner: string;
  };
}
