import type { Occurrence } from '../../src/domain/occurrence.ts';
import type { CivilDate } from '../../src/domain/stored.ts';
import type { HeldMessage } from './fake-messenger.ts';

/**
 * What is wrong with a run, as sentences: every nominal date has exactly one review in the ledger, each review that
 * went out stands in Slack exactly once, and Slack has no review that the ledger does not know.
 */
export const ledgerFaults = (
  dates: readonly CivilDate[],
  reviews: readonly Occurrence[],
  roots: readonly HeldMessage[],
): string[] => {
  const faults: string[] = [];
  for (const date of dates) {
    const entries = reviews.filter((one) => one.date === date);
    if (entries.length !== 1) faults.push(`${date}: ${entries.length} entries in the ledger`);
    for (const entry of entries) {
      const posted = roots.filter((one) => one.operationId === entry._id);
      const out = entry.state === 'open' || entry.state === 'closed';
      if (posted.length !== (out ? 1 : 0))
        faults.push(`${date}: ${entry.state}, posted ${posted.length} times`);
      for (const one of posted)
        if (one.postedAt < entry.dueAt) faults.push(`${date}: posted before it was due`);
      if (!out && entry.reason === undefined) faults.push(`${date}: ${entry.state} without a reason`);
    }
  }
  for (const root of roots)
    if (!reviews.some((one) => one._id === root.operationId)) faults.push(`unknown: ${root.operationId}`);
  for (const review of reviews)
    if (!dates.includes(review.date)) faults.push(`${review.date}: not a date of the rhythm`);
  return faults;
};
