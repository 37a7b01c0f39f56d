import { z } from 'zod';
import { personRef } from './person.ts';
import { storedFields } from './stored.ts';

export const visionLimits = { view: 2500, joint: 600, jointSentences: 3 } as const;

const written = z.object({ text: z.string(), by: personRef, at: z.date() });
const signature = z.object({ by: personRef, at: z.date() });

/**
 * One version of a partnership's vision: what it looks like in three to five years. Each firm's own view, and one
 * joint statement of at most three sentences, signed by one named person a side. `_id` is
 * `<partnership>:vision:<number>`; a version is never changed once a later one exists.
 */
export const vision = z.object({
  ...storedFields,
  partnershipId: z.string(),
  number: z.number().int().min(1),
  ours: written.optional(),
  theirs: written.optional(),
  joint: written.optional(),
  signatures: z.object({ ours: signature.optional(), theirs: signature.optional() }),
  /** The last earlier version that each firm signed: what changed since is shown to its signer. Absent: none is known. */
  signedBefore: z
    .object({ ours: z.number().int().optional(), theirs: z.number().int().optional() })
    .optional(),
  /** Who made this version. Absent in documents of before: the parts then say who wrote them. */
  by: personRef.optional(),
  createdAt: z.date(),
});
export type Vision = z.infer<typeof vision>;

export const isSigned = (one: Vision | undefined): boolean =>
  one?.signatures.ours !== undefined && one.signatures.theirs !== undefined;
