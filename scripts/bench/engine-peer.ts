import { hostTime } from '../../src/host.ts';
import type { Log, Store } from '../../src/ports.ts';
import { createHeartbeat } from '../../src/scheduler/heartbeat.ts';
import { createStoreClock } from '../../src/scheduler/store-clock.ts';
import { tick } from '../../src/scheduler/tick.ts';
import { openStore } from '../../src/store/open-store.ts';
import { engineParts } from './engine-parts.ts';
import { type InstantSlack, instantSlack } from './instant-slack.ts';

/** One process's worth of this engine, put together as the product does it: its heartbeat, and the store's clock. */
export interface EngineInstance {
  readonly store: Store;
  readonly slack: InstantSlack;
  start(): void;
  /** Resolves when its running tick has ended. */
  stop(): Promise<void>;
  close(): Promise<void>;
}

export const openEngineInstance = async (mongoUri: string, log: Log): Promise<EngineInstance> => {
  const store = await openStore({ mongoUri, log });
  const clock = createStoreClock({ store: store.time, host: hostTime, log });
  const slack = instantSlack(clock);
  const deps = engineParts({ store, clock, messenger: slack, log, poke: () => heartbeat.poke() });
  const heartbeat = createHeartbeat({
    tick: async () => ((await clock.refresh()) ? tick(deps) : { done: 0 }),
    clock,
    log,
  });
  return { store, slack, start: heartbeat.start, stop: heartbeat.stop, close: store.close };
};
