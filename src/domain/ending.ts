import { z } from 'zod';
import { type Firm, personRef } from './person.ts';
import { civilDate } from './stored.ts';

export const endingLimits = { reason: 300 } as const;

/** What becomes of promises that are open when a partnership ends. */
export const openPromises = z.enum(['keep', 'close', 'hand-over']);
export type OpenPromises = z.infer<typeof openPromises>;

/** How a partnership ended. `toldBoth`: the partner may know; else what both firms see says only that reviews rest. */
export const ending = z.object({
  at: z.date(),
  /** The day on which it ended, as people say it. */
  on: civilDate,
  by: personRef,
  reason: z.string().min(1).max(endingLimits.reason),
  toldBoth: z.boolean(),
  commitments: openPromises,
  /** What it was before, and becomes again when it is reopened. */
  before: z.enum(['draft', 'introduced']),
  /** The request that ended it: its repeat finishes what it began. */
  requestId: z.string(),
});
export type Ending = z.infer<typeof ending>;

/** Why what was due or open ends, in words that everybody who reads the history may see. */
export const endedReason = (one: Ending | undefined): string =>
  one?.toldBoth === false ? 'Reviews were stopped.' : 'The partnership has ended.';

/** The state as a reader may know it: of an end that our firm keeps to itself the others see what was before. */
export const stateSeenBy = <S extends string>(
  firm: Firm | 'outsider',
  { state, ended }: { readonly state: S; readonly ended?: Ending | undefined },
): S | Ending['before'] => (firm !== 'ours' && ended?.toldBoth === false ? ended.before : state);
