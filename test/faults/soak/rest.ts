import { createEngine } from '../../../src/engine.ts';
import { randomIds } from '../../../src/host.ts';
import type { Log } from '../../../src/ports.ts';
import type { LocalClock } from '../../../src/scheduler/local-clock.ts';
import { createWalk } from '../../../src/scheduler/walk.ts';
import { jumped } from './product-time.ts';
import type { SoakWorld } from './soak-world.ts';

const leaseMs = 90_000;
const mostNamed = 5;
const mostCharacters = 600;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * Until nothing is left of what was due or claimed when this was called, or `ms` of host time have passed; then what
 * is. What comes due meanwhile does not count: of thousands of partnerships there is always one.
 */
export const untilRest = async (world: SoakWorld, ms: number): Promise<readonly string[]> => {
  const end = performance.now() + ms;
  // A claim that died with its process is due again when its lease is over.
  const mark = new Date(world.clock.now().getTime() + leaseMs);
  while (performance.now() < end) {
    await pause(250);
    if (world.clock.now() <= mark) continue;
    if ((await stillDue(world, mark, 1)).length === 0) return [];
  }
  return stillDue(world, mark, mostNamed);
};

const stillDue = async (world: SoakWorld, mark: Date, most: number): Promise<readonly string[]> => {
  const { docs } = await world.store.due.work(mark, most);
  return docs.map((doc) => JSON.stringify(doc).slice(0, mostCharacters));
};

/** One process without faults walks `ms` of product time to everything that is still to come: closes, digests, audits. */
export const walkOn = async (world: SoakWorld, ms: number, log: Log): Promise<void> => {
  const now = world.clock.now().getTime();
  world.setTime({ startMs: now, hostMs: Date.now(), factor: 1 });
  const clock: LocalClock = {
    ...world.clock,
    reload: async () => undefined,
    offsetMs: () => 0,
    moveTo: async (target) => {
      const ahead = target.getTime() - world.clock.now().getTime();
      if (ahead > 0) world.setTime(jumped(world.time(), ahead));
    },
  };
  const { tickUntilQuiet } = createEngine({
    store: world.store,
    clock,
    ids: randomIds,
    log,
    botToken: world.botToken,
    slackApiUrl: world.slack.apiUrl,
  });
  const walk = createWalk({ clock, due: world.store.due, tickUntilQuiet });
  await walk.walkTo(new Date(now + ms));
};
