/**
 * One pass over what is due: rhythms by `nextAt`, then everything on the shelf of work by `wakeAt`. With nothing due it
 * is two reads. A pass takes at most a page of each and stops taking after half a minute, whatever is due.
 */
import type { OutboxMessage } from '../domain/message.ts';
import type { Deps, WorkItem } from '../ports.ts';
import { workEvent } from '../usecases/work-inbox.ts';
import { workOccurrence, workOrRetry } from '../usecases/work-occurrence.ts';
import { deliverMessage, postGapMs, putOff } from './deliver.ts';
import { materialise } from './materialise.ts';
import { shuffled } from './shuffle.ts';

const page = 50;
const lanesAtOnce = 4;
const enoughMs = 30_000;

export interface Ticked {
  /** How much was done: 0 is quiet. */
  readonly done: number;
  /** When nothing is due now: the instant at which something will be. */
  readonly next?: Date;
}

export const tick = async (deps: Deps): Promise<Ticked> => {
  const now = deps.clock.now();
  const rhythms = await deps.store.due.rhythms(now, page);
  const moved = await materialise(deps, shuffled(rhythms.docs, deps.ids));
  const work = await deps.store.due.work(deps.clock.now(), page);
  const done = moved + (await workItems(deps, work.docs));
  const next = [rhythms.next, work.next].filter((one) => one !== undefined);
  return done > 0 || next.length === 0
    ? { done }
    : { done, next: new Date(Math.min(...next.map((one) => one.getTime()))) };
};

/**
 * Items of one channel or partnership in order, one after another; different ones side by side. Shuffled, so that
 * several processes that read the same page begin at different ends of it.
 */
const workItems = async (deps: Deps, items: readonly WorkItem[]): Promise<number> => {
  const lanes = new Map<string, WorkItem[]>();
  for (const item of items) lanes.set(laneOf(item), [...(lanes.get(laneOf(item)) ?? []), item]);
  const queue = shuffled([...lanes.values()], deps.ids);
  const began = deps.clock.elapsed();
  const paused = new Set<string>();
  let done = 0;
  const work = async (): Promise<void> => {
    for (let lane = queue.shift(); lane !== undefined; lane = queue.shift()) {
      if (deps.clock.elapsed() - began > enoughMs) return;
      // Awaited first: `done += await …` adds to what `done` was before, and forgets what other lanes did meanwhile.
      const worked = await workLane(deps, lane, paused);
      done += worked;
    }
  };
  await Promise.all(Array.from({ length: lanesAtOnce }, work));
  return done;
};

const laneOf = ({ kind, doc }: WorkItem): string => {
  switch (kind) {
    case 'message':
      return `${doc.workspaceId} channel ${doc.channelId}`;
    case 'occurrence':
      return `${doc.workspaceId} partnership ${doc.partnershipId}`;
    case 'event':
      return `${doc.workspaceId} events ${String(doc.body.channelId)}`;
  }
};

const waits = ({ threadOf, after }: OutboxMessage): boolean => threadOf !== undefined || after !== undefined;

/** Roots before what hangs from them; Slack takes one new message a second and channel, so further ones wait. */
const workLane = async (deps: Deps, lane: readonly WorkItem[], paused: Set<string>): Promise<number> => {
  const hanging = (item: WorkItem): boolean => item.kind === 'message' && waits(item.doc);
  const ordered = [...lane.filter((one) => !hanging(one)), ...lane.filter(hanging)];
  let done = 0;
  let freeAt = Number.NEGATIVE_INFINITY;
  for (const item of ordered) {
    if (item.kind === 'occurrence') {
      await workOrRetry(deps, item.doc);
      done += 1;
    } else if (item.kind === 'event') {
      if (await workEvent(deps, item.doc)) done += 1;
    } else if (!paused.has(item.doc.workspaceId)) {
      const channel = laneOf(item);
      const now = deps.clock.now().getTime();
      freeAt = Math.max(freeAt, deps.pace?.freeAt(channel) ?? freeAt);
      if (item.doc.ts === undefined && freeAt > now) {
        if (await putOff(deps, item.doc, freeAt - now)) done += 1;
        freeAt += postGapMs;
        continue;
      }
      const delivery = await deliverMessage(deps, item.doc);
      if (delivery.kind !== 'lost') done += 1;
      if (delivery.kind === 'paused') paused.add(item.doc.workspaceId);
      if (delivery.kind === 'posted') {
        const at = deps.clock.now();
        deps.pace?.posted(channel, at);
        freeAt = at.getTime() + postGapMs;
        await follow(deps, delivery.message);
      }
    }
  }
  return done;
};

/** A review, digest or question learns at once that its message is there. */
const follow = async (deps: Deps, { workspaceId, content }: OutboxMessage): Promise<void> => {
  if (content.kind !== 'review-root' && content.kind !== 'digest' && content.kind !== 'period-root') return;
  const occurrence = await deps.store.workspace(workspaceId).occurrences.get(content.occurrenceId);
  if (occurrence?.state !== 'due') return;
  try {
    await workOccurrence(deps, occurrence);
  } catch (error) {
    // It is due by itself too, and is worked then.
    deps.log.error('a review could not be opened', { occurrence: occurrence._id, error });
  }
};

const mostPasses = 2000;

/**
 * Ticks until there is nothing left to do at this moment, bounded so that a fault cannot hold it for ever. Returns when
 * there will be something.
 */
export const tickUntilQuiet = async (deps: Deps): Promise<Date | undefined> => {
  for (let pass = 0; pass < mostPasses; pass += 1) {
    const { done, next } = await tick(deps);
    if (done === 0 && (next === undefined || next > deps.clock.now())) return next;
  }
  deps.log.warn('still not quiet after many passes', { passes: mostPasses });
  return undefined;
};
