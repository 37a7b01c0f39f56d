import { isLate, lookAgainAt, postByOf } from '../domain/catch-up.ts';
import type { HealthResult } from '../domain/health-result.ts';
import { inForce } from '../domain/message.ts';
import type { Occurrence } from '../domain/occurrence.ts';
import type { Partnership } from '../domain/partnership.ts';
import type { Deps } from '../ports.ts';
import { latestSnapshot } from './load-health.ts';
import { wantInternalDigest } from './post-internal-digest.ts';
import { hasReadingsSince } from './readings-of-kpis.ts';
import { waitsForDay } from './take-back.ts';
import { wantOnce } from './want-message.ts';

/** From this many points on, a changed score is news although nobody said anything. */
const notablePoints = 5;

/**
 * Posts a due digest in the channel, and the internal one beside it; one with nothing new is not posted, and says so in
 * the history.
 */
export const postDigest = async (
  deps: Deps,
  occurrence: Occurrence,
  partnership: Partnership,
): Promise<void> => {
  const { occurrences, messages } = deps.store.workspace(occurrence.workspaceId);
  const now = deps.clock.now();
  const message = inForce(await messages.get(occurrence._id));
  const { wakeAt: _wakeAt, ...rest } = occurrence;
  if (message?.ts !== undefined) {
    await occurrences.replace({
      ...rest,
      state: 'posted',
      ts: message.ts,
      openedAt: message.sentAt ?? now,
      postedLate: isLate(occurrence.dueAt, message.sentAt ?? now),
    });
    return;
  }
  if (await waitsForDay(deps, occurrence, message)) return;
  const news = message !== undefined || (await isNews(deps, occurrence, partnership));
  await wantInternalDigest(deps, occurrence, partnership, news);
  if (!news) {
    await occurrences.replace({ ...rest, state: 'skipped', reason: 'nothing new' });
    return;
  }
  const begun: Occurrence = {
    ...occurrence,
    channelId: message?.channelId ?? partnership.channelId,
    wakeAt: lookAgainAt(now, postByOf(occurrence), message?.wakeAt),
  };
  if (!(await occurrences.replace(begun))) return;
  await wantOnce(deps, occurrence.workspaceId, {
    _id: occurrence._id,
    channelId: begun.channelId,
    content: { kind: 'digest', occurrenceId: occurrence._id },
    dueAt: occurrence.dueAt,
    postBy: postByOf(occurrence),
  });
};

/** Whether anybody said or entered something both firms can see since the last digest, or health moved notably. */
const isNews = async (deps: Deps, occurrence: Occurrence, partnership: Partnership): Promise<boolean> => {
  const store = deps.store.workspace(occurrence.workspaceId);
  const of = { partnershipId: partnership._id };
  const [last] = await store.occurrences.find(
    { ...of, kind: 'digest', state: 'posted' },
    { sort: { dueAt: -1 }, limit: 1 },
  );
  const since = last?.openedAt ?? partnership.createdAt;
  const shared = partnership.kpis.filter((one) => one.visibility === 'shared');
  const [answers, entered, commitments, before, now] = await Promise.all([
    store.answers.find(of, { sort: { at: -1 }, limit: 100 }),
    hasReadingsSince(store, partnership._id, shared, since),
    store.commitments.find({ ...of, createdAt: { $gt: since } }, { limit: 1 }),
    last === undefined ? undefined : latestSnapshot(deps, partnership, since),
    latestSnapshot(deps, partnership, deps.clock.now()),
  ]);
  return (
    answers.some((one) => !one.withdrawn && (one.changedAt ?? one.at) > since) ||
    entered ||
    commitments.length > 0 ||
    moved(before?.health, now?.health)
  );
};

const moved = (before: HealthResult | undefined, now: HealthResult | undefined): boolean => {
  if (now === undefined) return false;
  if (before === undefined) return now.colour !== 'unknown';
  return before.colour !== now.colour || Math.abs((before.score ?? 0) - (now.score ?? 0)) >= notablePoints;
};
