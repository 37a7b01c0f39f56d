import type { Holidays } from './partnership.ts';
import type { RhythmPlan } from './rhythm-plan.ts';

/** What the rhythm form shows of one rhythm; without `rhythm` it is a new one, and the values are a proposal. */
export interface RhythmFormFacts {
  readonly partnershipId: string;
  readonly firms: { readonly ours: string; readonly theirs: string };
  /** All rhythms of the partnership: which one the form can be about, each with its rule in words. */
  readonly existing: readonly { readonly id: string; readonly name: string; readonly whose: string }[];
  readonly rhythm?: {
    readonly id: string;
    readonly rev: number;
    /** "Paused by Maya Lindqvist since Tue 20 Oct: Acme's company meeting." */
    readonly paused?: string;
    /** It has no date left: it ended, or waits for another rule. */
    readonly asleep: boolean;
  };
  readonly plan: RhythmPlan;
  readonly askedOurs: readonly string[];
  readonly askedTheirs: readonly string[];
  readonly holidays: Holidays;
  /** The months in which the firms' fiscal years start, where they are known and have calendar months. */
  readonly startMonths: { readonly ours?: number; readonly theirs?: number };
  /** A zone of the other firm's people, for the second time in the preview. */
  readonly otherZone?: string;
}

/** What saving would give: the next dates in words, and a day with fewer reviews of the owner's. */
export interface RhythmPreview {
  readonly dates: readonly string[];
  /** Why it would be refused, as a sentence; there are no dates then. */
  readonly fault?: string;
  readonly freer?: { readonly weekday: number; readonly text: string };
}
