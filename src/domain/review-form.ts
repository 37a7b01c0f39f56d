import type { AnswerContent } from './answer.ts';
import type { DecimalMark, StatusWord, Unit } from './kpi.ts';
import type { Firm } from './person.ts';
import type { Told } from './review-card.ts';
import type { ReviewKind } from './rhythm.ts';
import type { CivilDate } from './stored.ts';

/** One KPI that a review asks of one person, at most two a review. Amounts are formatted in the KPI's unit. */
export interface AskedKpi {
  readonly kpiId: string;
  readonly name: string;
  readonly gives: 'number' | 'status';
  readonly unit: Unit;
  readonly decimalMark: DecimalMark;
  readonly last?: string;
  readonly lastStatus?: StatusWord;
  readonly lastAsOf?: CivilDate;
  readonly lastTold?: Told;
  readonly expected?: string;
  readonly behind: boolean;
  /** Only our firm sees it. */
  readonly internal?: boolean;
  /** It ended with a period that is over, and takes values as of that day or before. */
  readonly lastDay?: CivilDate;
  /** The end of a closed period whose final value is missing: proposed as its day. */
  readonly finalOf?: CivilDate;
  /** What this person entered in this review already, for changing an answer. `value` is ready to be edited. */
  readonly entered?: {
    readonly value?: string;
    readonly status?: StatusWord;
    readonly asOf: CivilDate;
    readonly rough: boolean;
    readonly notKnownUntil?: CivilDate;
    readonly note?: string;
  };
}

/** What the Answer modal shows to one person. */
export interface AnswerFormFacts {
  readonly occurrenceId: string;
  /** Absent: a pulse. */
  readonly reviewKind?: ReviewKind;
  readonly partnershipId: string;
  readonly date: CivilDate;
  readonly zone: string;
  readonly today: CivilDate;
  readonly channel: { readonly id: string; readonly name: string; readonly shared: boolean };
  readonly firms: { readonly ours: string; readonly theirs: string };
  /** The firm of the person who answers. */
  readonly firm: Firm;
  /** The review has closed: an answer counts and is marked late. */
  readonly late: boolean;
  readonly lastConfidence?: number;
  readonly kpis: readonly AskedKpi[];
  /** This person's own answer so far, for changing it. */
  readonly own?: AnswerContent;
}

/** What "No change" would confirm; `refusal` says why it cannot be used now. */
export interface NoChangeFacts {
  readonly occurrenceId: string;
  readonly partnershipId: string;
  readonly date: CivilDate;
  readonly firms: { readonly ours: string; readonly theirs: string };
  readonly confidence?: number;
  readonly kpis: readonly {
    readonly kpiId: string;
    readonly name: string;
    readonly last: string;
    readonly told?: Told;
  }[];
  /** This person has answered already: their answer is kept, and can be changed. */
  readonly answered?: boolean;
  readonly refusal?: string;
}
