import type { Cadence, DecimalMark, Direction, Kpi, Unit } from '../../domain/kpi.ts';
import type { PartnerType } from '../../domain/partnership.ts';
import type { Side } from '../../domain/person.ts';
import type { CivilDate } from '../../domain/stored.ts';
import type { Firms } from './choices.ts';
import type { Existing } from './which-one.ts';

/** What the KPI form says now, as far as other fields follow from it. Amounts are as typed. */
export interface KpiChoices {
  readonly side?: Side;
  readonly gives?: Kpi['gives'];
  readonly direction?: Direction;
  readonly unit?: Unit;
  readonly decimalMark?: DecimalMark;
  readonly baseline?: string;
  readonly target?: string;
  readonly cadence?: Cadence;
}

export interface KpiFormFacts {
  readonly partnershipId: string;
  readonly firms: Firms;
  /** Whose KPIs this person may define: no other is offered. */
  readonly sides: readonly Side[];
  /** Who may not see internal KPIs writes none: the partner's people and guests. */
  readonly seesInternal: boolean;
  readonly partnerType: PartnerType;
  readonly period: { readonly end: CivilDate };
  /** How many KPIs in use each side has that this person may see, without this one. */
  readonly others: Readonly<Record<Side, number>>;
  /** The KPIs that this person can choose to edit; absent or none: only a new one. */
  readonly existing?: readonly Existing[];
  /**
   * What the form says now: at first the side that the button named or `storedChoices` of the KPI, later `kpiChoices`
   * of what came back.
   */
  readonly now: KpiChoices;
  /** Whether it shows what is rarely needed: source, weight, steps, and whether the KPI is in use. */
  readonly more?: boolean;
  /** The KPI that is edited; `rev` is what it was read at. Its amounts are in `now`. */
  readonly kpi?: {
    readonly id: string;
    readonly rev: number;
    readonly side: Side;
    /** Then whose it is and number or status stay, and the unit where it cannot be converted. */
    readonly hasValues: boolean;
    readonly name: string;
    readonly definition?: string;
    readonly due: CivilDate;
    readonly cadence: Kpi['cadence'];
    readonly ownerUserId?: string;
    readonly visibility: Kpi['visibility'];
    readonly knownAfter?: number;
    readonly source?: string;
    readonly weight?: number;
    /** One a line, as `stepsInText` writes them. */
    readonly steps?: string;
    readonly retired?: string;
  };
}
