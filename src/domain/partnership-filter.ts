import { firmListing } from './access.ts';
import type { HealthColour } from './health-result.ts';
import { type PartnershipHead, type PartnerType, partnerType } from './partnership.ts';
import { type PersonRef, personKey } from './person.ts';

/** What a list is narrowed to, one thing at a time. `all` holds ended ones too, at its end. */
export type PartnershipFilter =
  | { readonly kind: 'all' | 'mine' | 'at-risk' | 'ended' }
  | { readonly kind: 'type'; readonly partnerType: PartnerType }
  /** `owner` is the person's key, `<team>.<user>`. */
  | { readonly kind: 'owner'; readonly owner: string };

/** As a choice carries it: `mine`, `type:si`, `owner:T1.U1`. */
export const writeFilter = (filter: PartnershipFilter): string => {
  if (filter.kind === 'type') return `type:${filter.partnerType}`;
  return filter.kind === 'owner' ? `owner:${filter.owner}` : filter.kind;
};

/** Read back from a client: what nobody offers is a list of all. */
export const readFilter = (text: string | undefined): PartnershipFilter => {
  const [kind, value = ''] = /^([a-z-]+)(?::(.*))?$/su.exec(text ?? '')?.slice(1) ?? [];
  if (kind === 'mine' || kind === 'at-risk' || kind === 'ended') return { kind };
  const type = partnerType.safeParse(value).data;
  if (kind === 'type' && type !== undefined) return { kind, partnerType: type };
  return kind === 'owner' && value !== '' ? { kind, owner: value } : { kind: 'all' };
};

/** Somebody's own: they are named for it, or its sponsor. */
export const isMine = (partnership: PartnershipHead, person: PersonRef): boolean =>
  firmListing(partnership, person) !== undefined;

/** Whether a partnership is in a list for this reader. Which ones the reader may see at all is decided before. */
export const passes = (
  filter: PartnershipFilter,
  partnership: PartnershipHead,
  colour: HealthColour,
  reader: PersonRef,
): boolean => {
  const running = partnership.state !== 'ended';
  switch (filter.kind) {
    case 'all':
      return true;
    case 'mine':
      return running && isMine(partnership, reader);
    case 'at-risk':
      return running && (colour === 'red' || colour === 'amber');
    case 'ended':
      return !running;
    case 'type':
      return running && partnership.partnerType === filter.partnerType;
    case 'owner':
      return running && personKey(partnership.owner) === filter.owner;
  }
};
