import { max } from 'date-fns/max';
import { type CheckedRhythm, isLedgerPost, type StandingPost } from '../../src/domain/ledger-check.ts';
import { owedSince } from '../../src/domain/ledger-dates.ts';
import type { Occurrence } from '../../src/domain/occurrence.ts';
import type { Partnership } from '../../src/domain/partnership.ts';
import { dueAt, timedBy } from '../../src/domain/recurrence.ts';
import type { Rhythm } from '../../src/domain/rhythm.ts';
import { nextDate } from '../../src/domain/rule-dates.ts';
import type { CivilDate } from '../../src/domain/stored.ts';
import { civilDateAt } from '../../src/domain/zone.ts';
import type { WorkspaceStore } from '../../src/ports.ts';

const page = 500;

/** The part of a partnership's ledger that a time span is about. */
export interface PartLedger {
  readonly rhythms: readonly CheckedRhythm[];
  readonly occurrences: readonly Occurrence[];
}

export const ledgerOf = async (
  store: WorkspaceStore,
  partnership: Partnership,
  from: Date,
): Promise<PartLedger> => {
  const partnershipId = partnership._id;
  // A partnership that has ended owes nothing; its entries still need an end.
  const rhythms = partnership.state === 'ended' ? [] : await store.rhythms.find({ partnershipId });
  const checked = await Promise.all(rhythms.map((one) => checkedFrom(store, partnership, one, from)));
  return {
    rhythms: checked.filter((one) => one !== undefined),
    occurrences: [
      ...(await allSince(store, partnershipId, from)),
      // Entries from before that stand for many dates, some of them within.
      ...(await store.occurrences.find({
        partnershipId,
        kind: 'review',
        dueAt: { $lt: from },
        until: { $gte: civilDateAt(from, 'UTC') },
      })),
    ],
  };
};

/** Page by page along the ids, since many entries may be due at one instant. */
const allSince = async (store: WorkspaceStore, partnershipId: string, from: Date): Promise<Occurrence[]> => {
  const all: Occurrence[] = [];
  for (;;) {
    const last = all.at(-1);
    const found = await store.occurrences.find(
      { partnershipId, dueAt: { $gte: from }, ...(last === undefined ? {} : { _id: { $gt: last._id } }) },
      { sort: { _id: 1 }, limit: page },
    );
    all.push(...found);
    if (found.length < page) return all;
  }
};

const checkedFrom = async (
  store: WorkspaceStore,
  { _id: partnershipId, holidays }: Partnership,
  rhythm: Rhythm,
  from: Date,
): Promise<CheckedRhythm | undefined> => {
  const lastBefore = async (at: Date): Promise<CivilDate | undefined> => {
    const before = await store.occurrences.find(
      { partnershipId, rhythmId: rhythm._id, kind: 'review', dueAt: { $lt: at } },
      { sort: { dueAt: -1 }, limit: 50 },
    );
    const last = before.find((one) => one.onDemand !== true);
    return last?.until ?? last?.date;
  };
  const owed = owedSince(rhythm, holidays, await lastBefore(rhythm.updatedAt));
  if (owed === undefined) return undefined;
  // By another time or holiday list since, a date that was due before the span may seem to lie in it.
  const settled = await lastBefore(from);
  const after = settled && dueAt(timedBy(rhythm, { holidays }), nextDate(rhythm.rule, settled));
  return { rhythm, holidays, since: max([owed, from, ...(after === undefined ? [] : [after])]) };
};

/** The entries of posts that stand within the span and were due before it. */
export const entriesOfPosts = async (
  store: WorkspaceStore,
  known: readonly Occurrence[],
  posts: readonly StandingPost[],
): Promise<Occurrence[]> => {
  const ids = new Set(known.map((one) => one._id));
  const missing = new Set(
    posts.map((one) => one.operationId).filter((id) => !ids.has(id) && isLedgerPost(id)),
  );
  const found = await Promise.all([...missing].map((id) => store.occurrences.get(id)));
  return found.filter((one) => one !== undefined);
};
