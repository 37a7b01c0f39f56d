/**
 * The alarm clock, nothing more: what is due stands in the store. node-cron alone made no tick for 45 s after a clock
 * step of -60 s, so a monotonic timer is re-armed after every tick, and both call the same single-flight run.
 */
import { schedule } from 'node-cron';
import type { Clock, Log } from '../ports.ts';
import { singleFlight } from './single-flight.ts';
import type { Ticked } from './tick.ts';

export interface HeartbeatParts {
  /** One pass. What it did, and when there will be more: the next tick comes then rather than a full beat later. */
  readonly tick: () => Promise<Ticked>;
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
  /** What was just wanted is worked now. Never throws. */
  poke(): void;
  /** A tick now; resolves when one that began after this call has ended. */
  tickNow(): Promise<void>;
  /** Resolves when no tick runs. */
  idle(): Promise<void>;
  /** No further tick; resolves when the running one has ended. */
  stop(): Promise<void>;
  /** When the last tick ended well, on the product's clock. */
  lastTickAt(): Date | undefined;
  /** The earliest work that the last quiet tick knew of: long past, it is stuck or nobody ticks. */
  nextWorkAt(): Date | undefined;
}

/** Between a pass that did something and the next: other work of this process gets its turn. */
const breathMs = 5;

export const createHeartbeat = ({
  tick,
  clock,
  log,
  everyMs = 15_000,
  cron: pattern = '*/15 * * * * *',
  deadlineMs = 60_000,
}: HeartbeatParts): Heartbeat => {
  let lastTickAt: Date | undefined;
  let nextWorkAt: Date | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let cron: ReturnType<typeof schedule> | undefined;
  let started = false;
  let waitMs = everyMs;

  const tickOnce = singleFlight(async () => {
    waitMs = everyMs;
    const began = clock.now();
    try {
      const { done, next } = await withDeadline(tick(), deadlineMs);
      lastTickAt = clock.now();
      nextWorkAt = next;
      if (done > 0) waitMs = breathMs;
      // Due before the tick began and yet nothing could be done about it: it is stuck, and looked at with the beat.
      // What came due while the tick ran is not: it was too early for that tick.
      else if (next !== undefined && next >= began)
        waitMs = Math.min(everyMs, Math.max(breathMs, next.getTime() - lastTickAt.getTime()));
    } catch (error) {
      log.error('a tick failed', { error });
    } finally {
      arm();
    }
  });
  const arm = (): void => {
    clearTimeout(timer);
    if (started) timer = setTimeout(() => void tickOnce(), waitMs);
  };

  return {
    start: () => {
      if (started) return;
      started = true;
      cron = schedule(pattern, () => tickOnce(), { timezone: 'UTC', noOverlap: true });
      void tickOnce();
    },
    poke: () => {
      if (started) void tickOnce();
    },
    tickNow: () => tickOnce(),
    idle: () => tickOnce.idle(),
    stop: async () => {
      started = false;
      clearTimeout(timer);
      await cron?.destroy();
      await tickOnce.idle();
    },
    lastTickAt: () => lastTickAt,
    nextWorkAt: () => nextWorkAt,
  };
};

const withDeadline = async <T>(work: Promise<T>, ms: number): Promise<T> => {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tooLong = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not finished after ${ms} ms`)), ms);
  });
  try {
    return await Promise.race([work, tooLong]);
  } finally {
    clearTimeout(timer);
  }
};
