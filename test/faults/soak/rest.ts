import { createEngine } from '../../../src/engine.ts';
import { randomIds } from '../../../src/host.ts';
import type { Log } from '../../../src/ports.ts';
import type { LocalClock } from '../../../src/scheduler/local-clock.ts';
import { createWalk } from '../../../src/scheduler/walk.ts';
import { workspaceId } from './load.ts';
import { jumped } from './product-time.ts';
import type { SoakWorld } from './soak-world.ts';

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Until no document is due and none is claimed, or `ms` of host time have passed. True when it came to rest. */
export const untilRest = async (world: SoakWorld, ms: number): Promise<boolean> => {
  const end = performance.now() + ms;
  const { messages } = world.store.workspace(workspaceId);
  let quiet = 0;
  while (performance.now() < end) {
    await pause(250);
    const now = world.clock.now();
    const due = await world.store.due.work(now, 1);
    const claimed = await messages.find({ state: 'claimed' }, { limit: 1 });
    quiet = due.docs.length === 0 && claimed.length === 0 ? quiet + 1 : 0;
    if (quiet === 4) return true;
  }
  return false;
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
