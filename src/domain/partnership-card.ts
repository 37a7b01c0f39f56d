import type { ChannelTroubleKind } from './channel.ts';
import type { FiscalToday } from './fiscal-calendar.ts';
import type { Goal } from './goal.ts';
import type { HealthColour, HealthResult } from './health-result.ts';
import type { StatusWord } from './kpi.ts';
import type { Partnership, PeriodBasis } from './partnership.ts';
import type { Side } from './person.ts';
import type { CivilDate } from './stored.ts';
import type { Signatures, SignedBefore } from './vision-card.ts';

/** How a KPI or a goal stands against what was expected on its as-of date. */
export type Pace = 'on-pace' | 'behind' | 'off-pace' | 'not-judged';

/** One KPI as a line: amounts are formatted in the KPI's own unit; `status` only for status-only KPIs. */
export interface KpiLine {
  readonly kpiId: string;
  readonly name: string;
  readonly side: Side;
  readonly gives: 'number' | 'status';
  readonly pace: Pace;
  readonly value?: string;
  readonly expected?: string;
  /** The limit in words for keep-above and keep-below: "keep below 15%". */
  readonly limit?: string;
  readonly target?: string;
  readonly earlierTarget?: { readonly target: string; readonly until: CivilDate };
  readonly status?: StatusWord;
  readonly asOf?: CivilDate;
  readonly rough: boolean;
  /** Told by the other side and not confirmed yet. */
  readonly told: boolean;
  /** Of a told value: who entered it, and the reading that the KPI's own side confirms or corrects. */
  readonly entered?: { readonly readingId: string; readonly by: string };
  readonly owner?: string;
}

export interface GoalLine {
  readonly goalId: string;
  readonly title: string;
  readonly side: Side;
  readonly pace: Pace;
  readonly linked: boolean;
  /** As a person said it, beside what its KPIs show. */
  readonly status?: Pick<NonNullable<Goal['status']>, 'word' | 'reason'>;
  /** How it ended, and in one sentence. */
  readonly outcome?: Pick<NonNullable<Goal['outcome']>, 'kind' | 'sentence'>;
  readonly owner?: string;
  readonly due?: CivilDate;
}

export interface VisionTexts {
  readonly number: number;
  readonly ours?: string;
  readonly theirs?: string;
  readonly joint?: string;
}
export interface VisionLines extends VisionTexts {
  readonly signed: Signatures;
  /** Somebody signed an earlier version, and this one waits for a new signature. */
  readonly before?: SignedBefore;
}

/** What the plan needs next, one step at a time. */
export type NextStep = 'introduce' | 'close-period' | 'goal' | 'our-kpi' | 'their-kpi' | 'rhythm' | 'none';

export interface HealthThen {
  readonly colour: HealthColour;
  readonly score?: number;
}

/** Everything a partnership card says. `internal` is there only in the form that our side alone may see. */
export interface PartnershipCard {
  readonly partnershipId: string;
  readonly firms: { readonly ours: string; readonly theirs: string };
  readonly state: Partnership['state'];
  readonly channel: { readonly id: string; readonly name: string; readonly shared: boolean };
  readonly today: CivilDate;
  /** Said in both forms when both firms may know, else in the internal one alone. */
  readonly ended?: { readonly on: CivilDate; readonly reason: string };
  readonly health: HealthResult;
  readonly lastWeek?: HealthThen;
  readonly nextReview?: { readonly at: Date; readonly zone: string };
  /** The partner's lead is gone, and nobody has taken their place. `key` is the person's. */
  readonly leadGone?: { readonly key: string; readonly name: string };
  /** No review comes: every rhythm that would go on is paused. */
  readonly paused?: boolean;
  readonly fiscal: FiscalToday;
  readonly period: {
    readonly start: CivilDate;
    readonly end: CivilDate;
    readonly basis?: PeriodBasis | undefined;
    readonly week: number;
    readonly weeks: number;
    /** It may be closed, or is over and waits for it. Absent: neither, or nobody is to know. */
    readonly closing?: 'soon' | 'over';
  };
  /** How many periods were closed before; absent: none. */
  readonly closedPeriods?: number;
  readonly vision?: VisionLines;
  readonly goals: readonly GoalLine[];
  /** Shared KPIs only. */
  readonly kpis: readonly KpiLine[];
  readonly open: { readonly commitments: number; readonly overdue: number };
  /** "What does Acme gain? Ask them for one measure." and its like. */
  readonly warnings: readonly string[];
  readonly nextStep: NextStep;
  /** Whoever this card is drawn for may hand over what the owner holds. */
  readonly handOver?: true;
  readonly internal?: {
    readonly kpis: readonly KpiLine[];
    readonly owner: string;
    readonly backup?: string;
    readonly sponsor?: string;
    readonly tier: Partnership['tier'];
    /** Why nothing is posted in the channel now, as a sentence. */
    readonly hold?: string;
    readonly channel?: { readonly name: string; readonly trouble?: ChannelTroubleKind };
  };
}
