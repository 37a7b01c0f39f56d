import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freshMongoPlace, mongoUri } from '../../support/stores.ts';
import { morning, planSlots, type Slot, workspaceId } from './load.ts';
import { walkOn } from './rest.ts';
import { openSoakWorld, type Place, type SoakWorld } from './soak-world.ts';
import type { WorkerPlan } from './worker-plan.ts';

/** Some reviews due at one moment, and processes that do to themselves exactly what a test says. */
export interface SmallWorld extends SoakWorld {
  readonly place: Place;
  readonly slots: readonly Slot[];
  readonly names: readonly string[];
  /** What the undisturbed process logged as errors when it walked on. */
  readonly errors: string[];
  /** Until every review has come out or will not; then half an hour without faults, in which copies are looked for. */
  finish(how?: 'without a walk'): Promise<void>;
  /** How often the root of each review stands in its channel, in the order of the slots. */
  standing(): number[];
  states(): Promise<string[]>;
}

const dueAt = new Date('2026-10-20T12:00:00Z');
const leaseMs = 90_000;
const patienceMs = 150_000;
const halfAnHour = 1_800_000;

/** On SQLite, or on the server that `MONGODB_URI` names. */
const freshPlace = async (): Promise<{ place: Place; remove(): Promise<void> }> => {
  if (mongoUri !== undefined) {
    const { uri, drop } = freshMongoPlace(mongoUri);
    return { place: { mongoUri: uri }, remove: drop };
  }
  const folder = await mkdtemp(join(tmpdir(), 'faults-'));
  return {
    place: { sqlitePath: join(folder, 'bot.db') },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
};

export const openSmallWorld = async (parts: {
  readonly reviews: number;
  /** Whole minutes of the product's time between one review and the next; absent: all are due at one moment. */
  readonly apartMs?: number;
  readonly processes: number;
  readonly once: WorkerPlan['once'];
  readonly factor?: number;
  /** No message is ever seen in Slack's history. */
  readonly blind?: boolean;
  /** The first post of a message is not seen in history until this many product milliseconds after its second one. */
  readonly firstSeenAfterSecondMs?: number;
  /** How long before the reviews are due the processes start, in product milliseconds. */
  readonly aheadMs?: number;
  /** A store that the caller closes; absent: an empty one. */
  readonly place?: Place;
  /** A Slack that lets an app read history once a minute, 15 messages at a time. */
  readonly sparing?: boolean;
}): Promise<SmallWorld> => {
  const { factor = 40, aheadMs = -1_000 } = parts;
  const { place, remove } =
    parts.place === undefined ? await freshPlace() : { place: parts.place, remove: async () => undefined };
  const { reviews, apartMs } = parts;
  const slots =
    apartMs === undefined
      ? planSlots(1, dueAt, new Date(dueAt.getTime() + 1), reviews, apartMs, morning)
      : planSlots(1, dueAt, new Date(dueAt.getTime() + reviews * apartMs), 1, apartMs, morning);
  const startMs = dueAt.getTime() - aheadMs;
  const world = await openSoakWorld({
    seed: 1,
    slots,
    time: { startMs, hostMs: Date.now(), factor: 1 },
    clientTimeoutMs: 10_000 / factor,
    place,
    faulty: false,
    blind: parts.blind === true,
    sparing: parts.sparing === true,
    ...(parts.firstSeenAfterSecondMs === undefined
      ? {}
      : { firstSeenAfterSecondMs: parts.firstSeenAfterSecondMs }),
    plan: () => ({
      skew: { aheadMs: 0, driftMs: 0 },
      killChance: 0,
      freezeChance: 0,
      once: parts.once,
    }),
    freezeMs: () => (1.2 * leaseMs) / factor,
  });
  world.setTime({ startMs, hostMs: Date.now(), factor });
  const names = Array.from({ length: parts.processes }, (_, index) => `worker${index}`);
  const errors: string[] = [];
  const { occurrences } = world.store.workspace(workspaceId);
  const states = async (): Promise<string[]> => {
    const found = await occurrences.find({ _id: { $in: slots.map((slot) => slot.occurrenceId) } });
    const byId = new Map(found.map((one) => [one._id, one.state]));
    return slots.map((slot) => byId.get(slot.occurrenceId) ?? 'not in the ledger');
  };
  return {
    ...world,
    place,
    slots,
    names,
    errors,
    states,
    finish: async (how) => {
      const end = performance.now() + patienceMs;
      const isComing = (state: string): boolean => state === 'due' || state === 'not in the ledger';
      while ((await states()).some(isComing) && performance.now() < end)
        await new Promise((resolve) => setTimeout(resolve, 100));
      await world.workers.stopAll();
      if (how === 'without a walk') return;
      await walkOn(world, halfAnHour, {
        debug: () => undefined,
        info: () => undefined,
        warn: () => undefined,
        error: (message, facts) => void errors.push(`${message}: ${String(facts?.error)}`),
      });
    },
    standing: () => {
      const posts = world.posts();
      return slots.map((slot) => posts.filter((one) => one.operationId === slot.occurrenceId).length);
    },
    close: async () => {
      await world.close();
      await remove();
    },
  };
};
