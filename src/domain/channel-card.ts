import type { ChannelTroubleKind } from './channel.ts';

/** What an owner is told of a channel. */
export interface TroubleCard {
  readonly partnershipId: string;
  readonly firms: { readonly ours: string; readonly theirs: string };
  readonly place: 'home' | 'internal';
  readonly trouble: ChannelTroubleKind;
  readonly name: string;
  /** It is mended, or another channel was chosen: which one stands now, if any. */
  readonly over?: { readonly name?: string };
}
