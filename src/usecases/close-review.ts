import { digestDue } from '../domain/catch-up.ts';
import { computeHealth } from '../domain/health.ts';
import type { Occurrence } from '../domain/occurrence.ts';
import type { Partnership } from '../domain/partnership.ts';
import type { Snapshot } from '../domain/snapshot.ts';
import { civilDateAt } from '../domain/zone.ts';
import type { Deps } from '../ports.ts';
import { keepLatestHealth } from './latest-health.ts';
import { currentHealth, loadHealthInput } from './load-health.ts';
import { wantRoot } from './save-answer.ts';
import { tellSilence } from './tell-silence.ts';
import { wantCards, wantMessage } from './want-message.ts';

const leaseMs = 30_000;

/**
 * Ends a review's window: health is computed once and written with the closing, and stays due until everything that
 * follows from it was done; each of those may be repeated. Health moves here and nowhere else.
 */
export const closeReview = async (
  deps: Deps,
  occurrence: Occurrence,
  partnership: Partnership,
): Promise<void> => {
  const { occurrences } = deps.store.workspace(occurrence.workspaceId);
  const closedAt = deps.clock.now();
  const closing: Occurrence = { ...occurrence, state: 'closed', closedAt };
  const healthAfter = computeHealth(await loadHealthInput(deps, partnership, closedAt, closing));
  const closed: Occurrence = {
    ...closing,
    healthBefore: occurrence.healthBefore ?? (await currentHealth(deps, partnership)),
    healthAfter,
    wakeAt: new Date(closedAt.getTime() + leaseMs),
  };
  if (!(await occurrences.replace(closed))) return;
  await finishClosing(deps, { ...closed, version: closed.version + 1 }, partnership);
};

/** What follows from a closing: the snapshot, the summary, the root, the digest, the cards. */
export const finishClosing = async (
  deps: Deps,
  occurrence: Occurrence,
  partnership: Partnership,
): Promise<void> => {
  const { workspaceId, healthAfter, closedAt } = occurrence;
  const store = deps.store.workspace(workspaceId);
  const { occurrences } = store;
  const { wakeAt: _wakeAt, ...settled } = occurrence;
  if (healthAfter !== undefined && closedAt !== undefined) {
    const snapshot = {
      _id: `${partnership._id}:${civilDateAt(closedAt, partnership.zone)}`,
      partnershipId: partnership._id,
      date: civilDateAt(closedAt, partnership.zone),
      health: healthAfter,
      occurrenceId: occurrence._id,
      at: closedAt,
    };
    await keepSnapshot(deps, partnership, snapshot);
    await keepLatestHealth(store, snapshot);
    await wantMessage(deps, workspaceId, {
      _id: `${occurrence._id}:summary`,
      channelId: occurrence.channelId,
      content: { kind: 'review-summary', occurrenceId: occurrence._id },
      threadOf: occurrence._id,
    });
    await wantRoot(deps, occurrence);
    const digest = digestDue(closedAt, occurrence.zone, partnership.holidays);
    await occurrences.insert({
      _id: `${occurrence._id}:digest`,
      partnershipId: partnership._id,
      rhythmId: occurrence.rhythmId,
      kind: 'digest',
      ...(occurrence.reviewKind === undefined ? {} : { reviewKind: occurrence.reviewKind }),
      date: digest.date,
      zone: occurrence.zone,
      dueAt: digest.at,
      state: 'due',
      wakeAt: digest.at,
      asked: { ours: [], theirs: [] },
      channelId: occurrence.channelId,
      postedLate: false,
      skips: [],
    });
    await wantCards(deps, partnership);
    await tellSilence(deps, occurrence, partnership);
  }
  await occurrences.replace(settled);
};

type NewSnapshot = Omit<Snapshot, 'workspaceId' | 'version' | 'schemaVersion'>;

/** One a day: of two reviews that close on one day, the later closing stands. */
const keepSnapshot = async (deps: Deps, partnership: Partnership, snapshot: NewSnapshot): Promise<void> => {
  const { snapshots } = deps.store.workspace(partnership.workspaceId);
  for (;;) {
    if ((await snapshots.insert(snapshot)) === 'inserted') return;
    const found = await snapshots.get(snapshot._id);
    if (found === undefined) continue;
    if (found.at.getTime() >= snapshot.at.getTime()) return;
    if (await snapshots.replace({ ...found, ...snapshot })) return;
  }
};
