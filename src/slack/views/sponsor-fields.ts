import type { KnownBlock } from '@slack/types';
import type { Firms } from './choices.ts';
import { somebodyField } from './fields.ts';
import { clip, inLine, limits } from './kit.ts';
import type { readFields } from './submitted.ts';

/** By user id; a side without one has no sponsor. */
export interface SponsorIds {
  readonly ours?: string;
  readonly theirs?: string;
}

/** One sponsor a side, or none. */
export const sponsorBlocks = (firms: Firms, now: SponsorIds): KnownBlock[] => [
  sponsorField('ourSponsor', firms.ours, now.ours),
  sponsorField('theirSponsor', firms.theirs, now.theirs),
];

const sponsorField = (id: string, firm: string, now: string | undefined): KnownBlock =>
  somebodyField({
    id,
    label: `Sponsor at ${clip(inLine(firm), limits.label - 20)}`,
    hint: 'One executive, who reads and decides, and may sign the vision.',
    initial: now,
  });

export const readSponsors = (fields: Pick<ReturnType<typeof readFields>, 'person'>): SponsorIds => {
  const ours = fields.person('ourSponsor');
  const theirs = fields.person('theirSponsor');
  return { ...(ours !== undefined && { ours }), ...(theirs !== undefined && { theirs }) };
};
