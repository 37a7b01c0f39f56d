import type { KnownBlock } from '@slack/types';
import type { Firms } from './choices.ts';
import { peopleField } from './fields.ts';
import { clip, inLine, limits } from './kit.ts';
import type { readFields } from './submitted.ts';

/** By user id; a side without one has no sponsor. */
export interface SponsorIds {
  readonly ours?: string;
  readonly theirs?: string;
}

/** One sponsor a side. A list of one rather than a single choice: Slack lets nobody empty a single choice. */
export const sponsorBlocks = (firms: Firms, now: SponsorIds): KnownBlock[] => [
  sponsorField('ourSponsor', firms.ours, now.ours),
  sponsorField('theirSponsor', firms.theirs, now.theirs),
];

const sponsorField = (id: string, firm: string, now: string | undefined): KnownBlock =>
  peopleField({
    id,
    label: `Sponsor at ${clip(inLine(firm), limits.label - 20)}`,
    hint: 'One executive, who reads and decides, and may sign the vision.',
    initial: now === undefined ? [] : [now],
    max: 1,
    optional: true,
  });

export const readSponsors = (fields: Pick<ReturnType<typeof readFields>, 'people'>): SponsorIds => {
  const [ours] = fields.people('ourSponsor');
  const [theirs] = fields.people('theirSponsor');
  return { ...(ours !== undefined && { ours }), ...(theirs !== undefined && { theirs }) };
};
