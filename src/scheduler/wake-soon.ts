import type { Clock, DueWork, Log } from '../ports.ts';

export interface WakeSoon {
  /** Looks what is due next and wakes for it, when that is before the heartbeat would. Never throws. */
  look(): Promise<void>;
  stop(): void;
}

const leastMs = 50;

/**
 * A card that was updated a second ago may be updated again in two: too long to wait for the next heartbeat, when a
 * person is looking at it. What is due already was just tried, and is the heartbeat's to try again.
 */
export const createWakeSoon = (parts: {
  readonly due: Pick<DueWork, 'earliest'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly wake: () => void;
  /** Further away is left to the heartbeat; 15 s unless told. */
  readonly withinMs?: number;
}): WakeSoon => {
  const { due, clock, log, wake, withinMs = 15_000 } = parts;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stopped = false;
  return {
    look: async () => {
      try {
        const next = await due.earliest();
        const inMs = next === undefined ? Number.POSITIVE_INFINITY : next.getTime() - clock.now().getTime();
        clearTimeout(timer);
        if (stopped || inMs <= 0 || inMs > withinMs) return;
        timer = setTimeout(wake, Math.max(inMs, leastMs));
      } catch (error) {
        log.warn('what is due next could not be read', { error });
      }
    },
    stop: () => {
      stopped = true;
      clearTimeout(timer);
    },
  };
};
