/**
 * The alarm clock, nothing more: what is due stands in the store. node-cron alone made no tick for 45 s after a clock
 * step of -60 s, so a monotonic timer is re-armed after every tick, and both call the same single-flight run.
 */
import { schedule } from 'node-cron';
import type { Clock, Log } from '../ports.ts';
import { singleFlight } from './single-flight.ts';

export interface HeartbeatParts {
  readonly tick: () => Promise<void>;
  readonly deliver: () => Promise<void>;
  /** The earliest instant at which there is work: the next tick comes then rather than a full beat later. */
  readonly earliest?: () => Promise<Date | undefined>;
  readonly clock: Clock;
  readonly log: Log;
  /** At most this long between ticks; 15 s unless told. */
  readonly everyMs?: number;
  /** When node-cron ticks besides, in UTC; every 15 s unless told. */
  readonly cron?: string;
  /** A tick that takes longer is given up on, so that one call that never ends cannot stop all others; 60 s. */
  readonly deadlineMs?: number;
}

export interface Heartbeat {
  start(): void;
  /** Delivers what was just wanted, soon. Never throws. */
  poke(): void;
  /** A tick now; resolves when one that began after this call has ended. */
  tickNow(): Promise<void>;
  /** Resolves when no tick and no delivery runs. */
  idle(): Promise<void>;
  /** No further tick; resolves when the running one has ended. */
  stop(): Promise<void>;
  /** When the last tick ended well, on the product's clock. */
  lastTickAt(): Date | undefined;
}

/** Work that comes in a crowd is taken in steps. */
const leastWaitMs = 250;

export const createHeartbeat = ({
  tick,
  deliver,
  earliest,
  clock,
  log,
  everyMs = 15_000,
  cron: pattern = '*/15 * * * * *',
  deadlineMs = 60_000,
}: HeartbeatParts): Heartbeat => {
  let lastTickAt: Date | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let cron: ReturnType<typeof schedule> | undefined;
  let started = false;
  let armed = 0;
  let leftOver: number | undefined;
  let delivering: Promise<void> = Promise.resolve();

  const tickOnce = singleFlight(async () => {
    try {
      await withDeadline(tick(), deadlineMs);
      lastTickAt = clock.now();
    } catch (error) {
      log.error('a tick failed', { error });
    }
  });
  const deliverOnce = singleFlight(async () => {
    try {
      await withDeadline(deliver(), deadlineMs);
    } catch (error) {
      log.error('a delivery failed', { error });
    }
  });
  const untilNextMs = async (): Promise<number> => {
    try {
      const next = (await earliest?.())?.getTime();
      const wait = next === undefined ? everyMs : next - clock.now().getTime();
      // Due already: it may have come due while the tick ended. Still there after another one, it is stuck.
      const stuck = wait <= 0 && next === leftOver;
      leftOver = wait <= 0 ? next : undefined;
      return stuck ? everyMs : Math.min(everyMs, Math.max(wait, leastWaitMs));
    } catch (error) {
      log.error('the next work could not be read', { error });
      return everyMs;
    }
  };
  const arm = async (): Promise<void> => {
    armed += 1;
    const mine = armed;
    const wait = await untilNextMs();
    // Only the latest look counts: an earlier one that answers later knows less.
    if (mine !== armed) return;
    clearTimeout(timer);
    if (started) timer = setTimeout(() => void beat(), wait);
  };
  const beat = async (): Promise<void> => {
    clearTimeout(timer);
    await tickOnce();
    await arm();
  };

  return {
    start: () => {
      if (started) return;
      started = true;
      cron = schedule(pattern, beat, { timezone: 'UTC', noOverlap: true });
      void beat();
    },
    poke: () => {
      if (!started) return;
      delivering = deliverOnce().then(arm);
    },
    tickNow: () => tickOnce().then(arm),
    idle: async () => {
      await deliverOnce.idle();
      await tickOnce.idle();
    },
    stop: async () => {
      started = false;
      clearTimeout(timer);
      await cron?.destroy();
      await delivering;
      await tickOnce.idle();
    },
    lastTickAt: () => lastTickAt,
  };
};

const withDeadline = async (work: Promise<void>, ms: number): Promise<void> => {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tooLong = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not finished after ${ms} ms`)), ms);
  });
  try {
    await Promise.race([work, tooLong]);
  } finally {
    clearTimeout(timer);
  }
};
