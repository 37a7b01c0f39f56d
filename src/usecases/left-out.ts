import type { Occurrence } from '../domain/occurrence.ts';
import type { Partnership } from '../domain/partnership.ts';
import type { Rhythm } from '../domain/rhythm.ts';
import type { CivilDate } from '../domain/stored.ts';
import type { Deps } from '../ports.ts';
import { nameOf } from './load.ts';
import { liesAhead } from './skip-next.ts';

/** "Left out by Maya Lindqvist: company meeting"; undefined for a nominal date that nobody left out. */
export const leftOutReason = async (
  deps: Deps,
  { workspaceId, skipped }: Rhythm,
  date: CivilDate,
): Promise<string | undefined> => {
  const skip = skipped?.find((one) => one.date === date);
  return skip && `Left out by ${await nameOf(deps, workspaceId, skip.by)}: ${skip.reason}`;
};

/**
 * Why a review that is due in turn does not take place by its rhythm as it stands now, in words; undefined when it
 * does. A pause, a skip or an edit that came in the moment of its date came after it was made from the rhythm before.
 */
export const offReason = async (
  deps: Deps,
  { date }: Pick<Occurrence, 'date'>,
  partnership: Partnership,
  rhythm: Rhythm,
): Promise<string | undefined> => {
  if (rhythm.paused !== undefined) return `Paused: ${rhythm.paused.reason}`;
  const leftOut = await leftOutReason(deps, rhythm, date);
  if (leftOut !== undefined) return leftOut;
  // A date that has come to its end came by the rule of its time, whatever the rule is now.
  const hasCome = rhythm.lastDate !== undefined && rhythm.lastDate >= date;
  return hasCome || liesAhead(rhythm, partnership, date)
    ? undefined
    : 'The rhythm was changed at that moment.';
};
