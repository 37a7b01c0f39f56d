import type { Held } from './held.ts';
import type { PersonRef } from './person.ts';

/** Somebody of ours is gone, and what of theirs the reader may hand over. Nothing held: all is done. */
export interface DepartureCard {
  readonly person: PersonRef;
  readonly name: string;
  readonly held: readonly Held[];
}

/** What may be handed over, and in a partnership's own form who else holds something of it. */
export interface HandOverCard extends DepartureCard {
  readonly of?: {
    readonly partnershipId: string;
    readonly holders: readonly { readonly person: PersonRef; readonly name: string }[];
  };
}

/** The partner's lead is gone. `lead`: who has taken their place. */
export interface LeadGoneCard {
  readonly partnershipId: string;
  readonly person: PersonRef;
  readonly firms: { readonly ours: string; readonly theirs: string };
  readonly name: string;
  readonly lead?: string;
}
