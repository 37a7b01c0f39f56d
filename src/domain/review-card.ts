import type { Answer } from './answer.ts';
import type { FiscalToday } from './fiscal-calendar.ts';
import type { HealthResult } from './health-result.ts';
import type { Occurrence } from './occurrence.ts';
import type { Firm, PersonRef } from './person.ts';
import type { CivilDate } from './stored.ts';

export interface NamedPerson extends PersonRef {
  readonly name: string;
  /** They pressed one of the bot's buttons before. */
  readonly met: boolean;
}

/** What the root card of a review says, before, while and after. */
export interface ReviewCard {
  readonly occurrenceId: string;
  readonly partnershipId: string;
  readonly firms: { readonly ours: string; readonly theirs: string };
  readonly date: CivilDate;
  /** "Weekly pulse", "Monthly check-in" */
  readonly title: string;
  /** "Pulse", "Monthly check-in": the same where no rule is told. */
  readonly kindWords: string;
  readonly zone: string;
  /** Zones to name in plain text, the review's own first; at most two. */
  readonly zones: readonly string[];
  readonly state: Occurrence['state'];
  readonly reason?: string;
  readonly dueAt: Date;
  readonly openedAt?: Date;
  readonly closesAt?: Date;
  readonly postedLate: boolean;
  /** Why it waited for its channel, as a sentence. */
  readonly heldBecause?: string;
  /** Per firm: asked is empty when nobody of it is asked. */
  readonly asked: { readonly ours: readonly NamedPerson[]; readonly theirs: readonly NamedPerson[] };
  readonly answered: { readonly ours: readonly NamedPerson[]; readonly theirs: readonly NamedPerson[] };
  readonly skippedBy: readonly Firm[];
  /** Firms that did not answer the last reviews: nobody of them is named or pinged until somebody answers. */
  readonly leftAlone: readonly Firm[];
  /** On `date`: it does not change while the review is open. */
  readonly fiscal: FiscalToday;
  readonly healthBefore?: HealthResult;
  readonly healthAfter?: HealthResult;
}

/** Told by `firm`, entered by a person of the other one. `confirmedBy`: who of `firm` said that it is right. */
export interface Told {
  readonly readingId: string;
  readonly firm: string;
  readonly by: string;
  readonly confirmedBy?: string;
}

/** A KPI's movement: amounts formatted; `was` absent for a first value. */
export interface KpiChange {
  readonly name: string;
  readonly now: string;
  readonly was?: string;
  readonly firstEntered?: string;
  readonly asOf?: CivilDate;
  readonly rough: boolean;
  readonly told?: Told;
  /** It was corrected since, to what stands now. */
  readonly corrected?: { readonly now: string; readonly by: string };
}

/** One person's answer as the bot's reply in the thread. */
export interface AnswerCard {
  readonly answerId: string;
  readonly partnershipId: string;
  readonly occurrenceId: string;
  readonly person: NamedPerson;
  readonly firmName: string;
  readonly otherFirmName: string;
  readonly content: Answer['content'];
  readonly confidenceWas?: number;
  readonly kpis: readonly KpiChange[];
  readonly notKnown: readonly { readonly name: string; readonly until: CivilDate }[];
  readonly firmNames: { readonly ours: string; readonly theirs: string };
  readonly via: Answer['via'];
  readonly changedAt?: Date;
  readonly late: boolean;
  readonly withdrawn: boolean;
}

/** What stands in the thread when a review has closed. */
export interface ReviewSummary {
  readonly occurrenceId: string;
  /** "Pulse", "Monthly check-in" */
  readonly title: string;
  readonly partnershipId: string;
  readonly firms: { readonly ours: string; readonly theirs: string };
  readonly date: CivilDate;
  readonly zone: string;
  readonly closedAt: Date;
  readonly moved: readonly { readonly text: string; readonly firmName: string }[];
  readonly stuck: readonly {
    readonly text: string;
    readonly firmName: string;
    readonly acts?: string;
    readonly by?: CivilDate;
  }[];
  readonly asks: readonly { readonly text: string; readonly from: string; readonly to: string }[];
  readonly commitments: readonly {
    readonly what: string;
    readonly who: string;
    readonly due: CivilDate;
    readonly overdue: boolean;
  }[];
  readonly kpis: readonly KpiChange[];
  readonly noNewValue: readonly {
    readonly name: string;
    readonly value?: string;
    readonly asOf?: CivilDate;
    readonly told?: Told;
  }[];
  readonly healthBefore?: HealthResult;
  readonly healthAfter: HealthResult;
  readonly nobodyAnswered: boolean;
}
