import { holdReason } from '../domain/channel-news.ts';
import { formatDay } from '../domain/civil-date.ts';
import { DomainError } from '../domain/errors.ts';
import type { Occurrence } from '../domain/occurrence.ts';
import type { Rhythm } from '../domain/rhythm.ts';
import { civilDateAt, formatMoment } from '../domain/zone.ts';
import type { Asking, Deps, WorkspaceStore } from '../ports.ts';
import { loadPartnership } from './load.ts';
import { rhythmName, rhythmOf } from './rhythm-change.ts';
import { insertAudited } from './write.ts';

export interface RunNow {
  readonly occurrence: Occurrence;
  readonly rhythm: Rhythm;
  readonly channelName: string;
}

/** Two people press at the same moment, or one person twice: for so long after one review no second one is started. */
const aMomentMs = 2 * 60_000;
/** Whoever asks for a review waits for it now: hours later it would come as a surprise. */
const worthMs = 4 * 3_600_000;

/**
 * Asks for a review out of turn; the next scheduled date stays. The same request finds what it made. Throws
 * `not-found`, `not-allowed`, `ended`, or `closed` in a draft, and when a review of the rhythm is due or open or was
 * asked for a moment ago.
 */
export const runNow = async (
  deps: Deps,
  asking: Asking,
  { partnershipId, rhythmId }: { readonly partnershipId: string; readonly rhythmId: string },
): Promise<RunNow> => {
  const { partnership, store } = await loadPartnership(deps, asking, partnershipId, 'set-rhythm');
  const rhythm = await rhythmOf(store, partnershipId, rhythmId);
  const _id = `${partnershipId}:${rhythmId}:now:${asking.requestId}`;
  const { channelName } = partnership;
  const made = await store.occurrences.get(_id);
  if (made !== undefined) return { occurrence: made, rhythm, channelName };
  if (partnership.state === 'draft')
    throw new DomainError(
      'closed',
      `I was not introduced in #${channelName} yet. Nothing was started. Press Introduce first.`,
    );
  const held = holdReason(partnership);
  if (held !== undefined)
    throw new DomainError(
      'closed',
      `Nothing can be posted in #${channelName} now. ${held} Nothing was started. Mend that, or choose another channel under Edit.`,
    );
  await demandNoneRuns(store, rhythm, _id);
  const now = deps.clock.now();
  await takeTurn(store, rhythm, { occurrenceId: _id, now, channelName });
  // A process that slept between the two knows nothing of what came out meanwhile.
  await demandNoneRuns(store, rhythm, _id);
  const document = {
    _id,
    partnershipId,
    rhythmId,
    kind: 'review' as const,
    reviewKind: rhythm.kind,
    date: civilDateAt(now, rhythm.zone),
    zone: rhythm.zone,
    dueAt: now,
    state: 'due' as const,
    wakeAt: now,
    postBy: new Date(now.getTime() + worthMs),
    windowDays: rhythm.windowDays,
    asked: rhythm.asked,
    channelId: partnership.channelId,
    postedLate: false,
    skips: [],
    onDemand: true,
  };
  await insertAudited(deps, asking, store.occurrences, partnershipId, document, {
    action: 'run-now',
    entity: rhythmId,
    summary: `asked for the ${rhythmName(rhythm)} now`,
  });
  deps.poke();
  const occurrence = await store.occurrences.get(_id);
  if (occurrence === undefined) throw new DomainError('not-found', 'This review is not here any more.');
  return { occurrence, rhythm, channelName };
};

const demandNoneRuns = async (store: WorkspaceStore, rhythm: Rhythm, but: string): Promise<void> => {
  const running = await store.occurrences.find({
    partnershipId: rhythm.partnershipId,
    kind: 'review',
    state: { $in: ['due', 'open'] },
  });
  const one = running.find((each) => each.rhythmId === rhythm._id && each._id !== but);
  if (one === undefined) return;
  const until =
    one.state !== 'open' || one.closesAt === undefined
      ? ''
      : ` until ${formatMoment(one.closesAt, one.zone)}`;
  throw new DomainError(
    'closed',
    `The ${rhythmName(rhythm)} of ${formatDay(one.date)} is ${one.state}${until}. Nothing was started.`,
  );
};

interface Turn {
  readonly occurrenceId: string;
  readonly now: Date;
  readonly channelName: string;
}

/** One request a moment gets through for a rhythm, decided by the claim's key and version. Safe to repeat. */
const takeTurn = async (store: WorkspaceStore, rhythm: Rhythm, turn: Turn): Promise<void> => {
  const { occurrenceId, now, channelName } = turn;
  const mine = {
    _id: `now:${store.workspaceId}:${rhythm._id}`,
    partnershipId: rhythm.partnershipId,
    at: now,
    occurrenceId,
  };
  for (;;) {
    if ((await store.claims.insert(mine)) === 'inserted') return;
    const found = await store.claims.get(mine._id);
    if (found === undefined) continue;
    if (found.occurrenceId === occurrenceId) return;
    const fresh = now.getTime() - found.at.getTime() < aMomentMs;
    if (fresh && !(await cameToNothing(store, found.occurrenceId)))
      throw new DomainError(
        'closed',
        `The ${rhythmName(rhythm)} of ${formatDay(civilDateAt(found.at, rhythm.zone))} was asked for a moment ago, ` +
          `for #${channelName}. No second one was started.`,
      );
    if (await store.claims.replace({ ...found, ...mine })) return;
  }
};

/** It never reached the channel, so whoever mended the cause may ask at once. */
const cameToNothing = async (store: WorkspaceStore, occurrenceId: string | undefined): Promise<boolean> => {
  const made = occurrenceId === undefined ? undefined : await store.occurrences.get(occurrenceId);
  return made?.state === 'failed' || made?.state === 'missed';
};
