import { checkLedger, type LedgerVerdict } from '../../../src/domain/ledger-check.ts';
import type { Store } from '../../../src/ports.ts';
import { type Edit, stillOwes } from './edits.ts';
import { type Slot, workspaceId } from './load.ts';
import type { SoakWorld } from './soak-world.ts';

export interface SoakVerdict {
  readonly ledger: LedgerVerdict;
  /** By state, reviews alone. */
  readonly reviews: Readonly<Record<string, number>>;
  /** Of every message: operation ids that stand more than once, or that the outbox calls posted and Slack does not have. */
  readonly doubled: readonly string[];
  readonly lost: readonly string[];
  /** Messages that show an older version than Slack was given last. */
  readonly outdated: readonly string[];
  /** Planned reviews that the ledger does not have, or whose end is not one of the five. */
  readonly unaccounted: readonly string[];
  readonly copies: { readonly ever: number; readonly medianMs: number; readonly longestMs: number };
}

const mostRead = 100_000;

/** At rest: the ledger against the rules and Slack, the whole outbox against Slack, the ledger against the plan. */
export const judge = async (
  world: SoakWorld,
  slots: readonly Slot[],
  patienceMs: number,
  /** What was done to the rhythm of a partnership, by its id. */
  touched: ReadonlyMap<string, Edit> = new Map(),
): Promise<SoakVerdict> => {
  const stored = await readAll(world.store);
  const posts = world.posts();
  const since = slots[0]?.at ?? world.clock.now();
  const ledger = checkLedger({
    // An edited rule says nothing about the time before; its entries and posts are checked all the same.
    rhythms: stored.rhythms
      .filter((one) => !touched.has(one.partnershipId))
      .map((rhythm) => ({ rhythm, since })),
    occurrences: stored.occurrences,
    posts,
    now: world.clock.now(),
    patienceMs,
  });
  const standing = new Map<string, number>();
  for (const { operationId } of posts) standing.set(operationId, (standing.get(operationId) ?? 0) + 1);
  const byId = new Map(stored.occurrences.map((one) => [one._id, one]));
  const over = new Set(['open', 'closed', 'missed', 'skipped', 'failed']);
  const reviews: Record<string, number> = {};
  for (const one of stored.occurrences)
    if (one.kind === 'review') reviews[one.state] = (reviews[one.state] ?? 0) + 1;
  const copies = world.proxy.standing.copies(world.clock.now().getTime());
  const lasted = copies.map((one) => one.ms).sort((a, b) => a - b);
  return {
    ledger,
    reviews,
    doubled: [...standing]
      .filter(([, times]) => times > 1)
      .map(([id, times]) => `${id} stands ${times} times`),
    lost: stored.messages
      .filter((one) => one.ts !== undefined && !standing.has(one._id))
      .map((one) => `${one._id} is ${one.state} at ${one.ts} and stands nowhere`),
    unaccounted: slots
      .filter(
        (slot) =>
          stillOwes(touched.get(slot.partnershipId)) && !over.has(byId.get(slot.occurrenceId)?.state ?? ''),
      )
      .map((slot) => `${slot.occurrenceId} is ${byId.get(slot.occurrenceId)?.state ?? 'not in the ledger'}`),
    outdated: world.outdated(),
    copies: {
      ever: copies.length,
      medianMs: lasted[Math.floor(lasted.length / 2)] ?? 0,
      longestMs: lasted.at(-1) ?? 0,
    },
  };
};

const readAll = async (store: Store) => {
  const { rhythms, occurrences, messages } = store.workspace(workspaceId);
  const limit = { limit: mostRead };
  return {
    rhythms: await rhythms.find({}, limit),
    occurrences: await occurrences.find({}, limit),
    messages: await messages.find({}, limit),
  };
};
