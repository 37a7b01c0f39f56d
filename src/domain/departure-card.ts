import type { Held } from './held.ts';
import type { PersonRef } from './person.ts';

/** Somebody of ours is gone, and what of theirs the reader may hand over. Nothing held: all is done. */
export interface DepartureCard {
  readonly person: PersonRef;
  readonly name: string;
  readonly held: readonly Held[];
  /** What nobody is named for who could hand it over, and the reader cannot either. Absent: nothing. */
  readonly stranded?: readonly Held[];
}

/** What may be handed over, and in a partnership's own form who else holds something of it. */
export interface HandOverCard extends DepartureCard {
  readonly of?: {
    readonly partnershipId: string;
    readonly holders: readonly { readonly person: PersonRef; readonly name: string }[];
  };
}

/** The partner's lead was gone when it was noted, and how their place is now. */
export interface LeadGoneCard {
  readonly partnershipId: string;
  readonly person: PersonRef;
  readonly firms: { readonly ours: string; readonly theirs: string };
  readonly name: string;
  /** `free`: they are gone still. `back`: they are here again. `nobody`: the partner has no lead at all. */
  readonly place: 'free' | 'taken' | 'back' | 'nobody';
  /** Who has taken it. */
  readonly lead?: string;
}
