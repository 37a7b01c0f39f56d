import type { Standing } from './nudge.ts';
import type { Firm } from './person.ts';
import type { Told } from './review-card.ts';
import type { ReviewKind } from './rhythm.ts';

/** One review in a person's message of the day. */
export interface NudgedReview {
  readonly occurrenceId: string;
  readonly partnershipId: string;
  readonly rhythmId: string;
  readonly firms: { readonly ours: string; readonly theirs: string };
  readonly kind: ReviewKind;
  readonly closesAt: Date;
  /** The firm that is not the receiver's, and how it stands. */
  readonly otherFirm: Firm;
  readonly other: Standing;
  /** KPIs it asks of the receiver, with the last value in words where there is a number. */
  readonly kpis: readonly { readonly name: string; readonly last?: string; readonly told?: Told }[];
}

/** A version of a vision that waits for the signature of the receiver's firm. */
export interface WantedSignature {
  readonly partnershipId: string;
  readonly firms: { readonly ours: string; readonly theirs: string };
  readonly firm: Firm;
  readonly number: number;
}

/** A person's one message of a day: what they are asked for, over all partnerships, the first to close first. */
export interface NudgeCard {
  readonly zone: string;
  readonly signatures: readonly WantedSignature[];
  readonly reviews: readonly NudgedReview[];
}
