import type { Firm } from './person.ts';
import type { ReviewKind } from './rhythm.ts';

/** What our owner is told of firms that did not answer the last reviews of a rhythm. */
export interface SilenceCard {
  readonly partnershipId: string;
  readonly rhythmId: string;
  readonly firms: { readonly ours: string; readonly theirs: string };
  readonly kind: ReviewKind;
  /** Never empty. `second`: two reviews in a row; `third`: three. */
  readonly silent: readonly { readonly firm: Firm; readonly told: 'second' | 'third' }[];
}
