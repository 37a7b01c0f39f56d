import { z } from 'zod';
import type { Partnership } from './partnership.ts';
import { type PersonRef, personRef, samePerson } from './person.ts';

/** One executive a side who reads, decides and signs. A side without one is absent. */
export const sponsors = z.object({ ours: personRef.optional(), theirs: personRef.optional() });
export type Sponsors = z.infer<typeof sponsors>;

/** The partnership with these sponsors, and none where a side is absent; itself when nothing changes. */
export const withSponsors = (partnership: Partnership, wanted: Sponsors): Partnership => {
  const { sponsors: now = {}, ...rest } = partnership;
  if (sameOrNone(now.ours, wanted.ours) && sameOrNone(now.theirs, wanted.theirs)) return partnership;
  const { ours, theirs } = wanted;
  return ours === undefined && theirs === undefined
    ? rest
    : { ...rest, sponsors: { ...(ours && { ours }), ...(theirs && { theirs }) } };
};

const sameOrNone = (a: PersonRef | undefined, b: PersonRef | undefined): boolean =>
  a === undefined || b === undefined ? a === b : samePerson(a, b);
