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

/**
 * Asks for a review out of turn; the next scheduled date stays. The same request finds what it made. Throws
 * `not-found`, `not-allowed`, `ended`, or `closed` when a review of the rhythm is due or open, or in a draft.
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
  await demandNoneRuns(store, rhythm);
  const now = deps.clock.now();
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

const demandNoneRuns = async (store: WorkspaceStore, rhythm: Rhythm): Promise<void> => {
  const running = await store.occurrences.find({
    partnershipId: rhythm.partnershipId,
    kind: 'review',
    state: { $in: ['due', 'open'] },
  });
  const one = running.find((each) => each.rhythmId === rhythm._id);
  if (one === undefined) return;
  const until = one.closesAt === undefined ? '' : ` until ${formatMoment(one.closesAt, one.zone)}`;
  throw new DomainError(
    'closed',
    `The ${rhythmName(rhythm)} of ${formatDay(one.date)} is ${one.state}${until}. Nothing was started.`,
  );
};
