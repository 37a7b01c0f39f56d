import type { VisionTexts } from './partnership-card.ts';
import type { Firm } from './person.ts';
import type { CivilDate } from './stored.ts';
import type { PartChange } from './vision-changes.ts';

export interface SignedBy {
  readonly name: string;
  readonly on: CivilDate;
}
export interface Signatures {
  readonly ours?: SignedBy;
  readonly theirs?: SignedBy;
}

/** A version that was signed, and what reads differently since. */
export interface SignedBefore {
  readonly number: number;
  readonly signed: Signatures;
  readonly changes: readonly PartChange[];
}

/** What a signer reads before signing: the version as it stands, beside the one that their firm signed before. */
export interface VisionToSign {
  readonly partnershipId: string;
  readonly firms: { readonly ours: string; readonly theirs: string };
  /** The firm that the reader signs for. */
  readonly firm: Firm;
  readonly vision: VisionTexts;
  readonly signed: Signatures;
  readonly before?: SignedBefore;
}

export interface VisionVersion {
  readonly number: number;
  readonly on: CivilDate;
  readonly by: string;
  readonly changes: readonly PartChange[];
  readonly signed: Signatures;
}

/** Versions of one vision, the newest first. */
export interface VisionVersions {
  readonly partnershipId: string;
  readonly firms: { readonly ours: string; readonly theirs: string };
  readonly versions: readonly VisionVersion[];
  /** There are older ones than the last of these. */
  readonly older: boolean;
}
