import type { GoalOutcome } from './goal.ts';
import type { PeriodBasis } from './partnership.ts';
import type { GoalLine, KpiLine } from './partnership-card.ts';
import type { PeriodChoice } from './period.ts';
import type { Firm, Side } from './person.ts';
import type { NamedPerson } from './review-card.ts';
import type { CivilDate } from './stored.ts';

type Firms = Readonly<Record<Firm, string>>;

/** What one firm said, by the names of what it said it of. What it did not name goes on as it is. */
export interface PeriodWordLine {
  readonly by: string;
  readonly on: CivilDate;
  readonly change: readonly string[];
  readonly stop: readonly string[];
  readonly sentence?: string;
}

/** A goal as it was when its period was closed. */
export interface ClosedGoalLine {
  readonly title: string;
  readonly side: Side;
  /** The part of the vision that it moved. */
  readonly vision?: string;
  readonly outcome: GoalOutcome;
  readonly sentence: string;
  readonly goesOn: boolean;
}

/** The one message that ends a period: asked, answered by both firms, over, closed. */
export interface PeriodRoot {
  readonly occurrenceId: string;
  readonly partnershipId: string;
  readonly firms: Firms;
  readonly period: { readonly start: CivilDate; readonly end: CivilDate };
  readonly today: CivilDate;
  readonly state: 'open' | 'closed' | 'off';
  /** Why it is off. */
  readonly reason?: string;
  readonly goals: readonly GoalLine[];
  readonly kpis: readonly KpiLine[];
  readonly words: Readonly<Partial<Record<Firm, PeriodWordLine>>>;
  /** Who is asked and has not answered. */
  readonly waitingFor: Readonly<Record<Firm, readonly NamedPerson[]>>;
  /** Of a closed one: what became of its goals, and the period after it. */
  readonly closed?: {
    readonly by: string;
    readonly goals: readonly ClosedGoalLine[];
    readonly next: { readonly start: CivilDate; readonly end: CivilDate };
  };
}

export interface PeriodFormFacts {
  readonly occurrenceId: string;
  /** When this firm's word stood as it is shown, in milliseconds since 1970; 0 for none. */
  readonly base: number;
  readonly firms: Firms;
  readonly firm: Firm;
  readonly period: { readonly start: CivilDate; readonly end: CivilDate };
  readonly channelName: string;
  /** Open goals and shared KPIs. */
  readonly goals: readonly GoalLine[];
  readonly kpis: readonly KpiLine[];
  /** By the id of a goal or KPI: what this firm said of it before. */
  readonly choices: Readonly<Partial<Record<string, PeriodChoice>>>;
  readonly said?: { readonly by: string; readonly sentence?: string };
}

export interface CloseFormFacts {
  readonly partnershipId: string;
  /** Which period this is, counted from 1. */
  readonly nth: number;
  readonly firms: Firms;
  readonly period: { readonly start: CivilDate; readonly end: CivilDate };
  readonly finalUntil: CivilDate;
  /** Open goals: each asks for an outcome and a sentence. */
  readonly goals: readonly GoalLine[];
  /** Goals that ended before, dropped ones too. */
  readonly ended: readonly GoalLine[];
  /** Those in use; internal ones are marked. */
  readonly kpis: readonly { readonly id: string; readonly name: string; readonly internal: boolean }[];
  /** Ids of goals and KPIs that a firm wants to stop. */
  readonly stops: readonly string[];
  readonly words: Readonly<Partial<Record<Firm, PeriodWordLine>>>;
  readonly next: { readonly start: CivilDate; readonly end: CivilDate };
  /** What the next period is, where it follows from a firm's year. */
  readonly basis?: PeriodBasis;
}

/** One closed period on the page of the years. */
export interface YearPeriod {
  readonly start: CivilDate;
  readonly end: CivilDate;
  /** As each firm called it. */
  readonly names: { readonly ours: string; readonly theirs?: string };
  readonly visionNumber?: number;
  readonly goals: readonly ClosedGoalLine[];
  /** The final value against what was agreed, of each KPI that the reader may see. */
  readonly kpis: readonly {
    readonly name: string;
    readonly side: Side;
    readonly final: string;
    readonly internal: boolean;
  }[];
  readonly words: Readonly<Partial<Record<Firm, string>>>;
  /** Values still count until then; absent: they are final. */
  readonly finalUntil?: CivilDate;
}

export interface YearsPage {
  readonly partnershipId: string;
  readonly firms: Firms;
  readonly vision?: { readonly number: number; readonly joint?: string };
  /** Newest first. */
  readonly periods: readonly YearPeriod[];
  /** Where the next page begins. */
  readonly olderFrom?: number;
}
