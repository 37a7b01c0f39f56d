import type { HostTime } from '../../../src/scheduler/store-clock.ts';

/**
 * A time that runs `factor` times as fast as the host's, so that the engine's real constants (a lease of 90 s, a tick
 * every 15 s) hold unchanged and an hour of host time is forty hours of the product's. Every process of a run shares
 * the three numbers; a jump forward is a new `startMs`.
 */
export interface ProductTime {
  /** The product's time at `hostMs`, both in milliseconds since 1970. */
  readonly startMs: number;
  readonly hostMs: number;
  readonly factor: number;
}

export const productMs = (time: ProductTime, hostMs: number): number =>
  time.startMs + time.factor * (hostMs - time.hostMs);

/** What a host that lives in this time knows of it by itself; `hostNow` may be a clock that is wrong. */
export const hostIn = (time: ProductTime, hostNow: () => number = Date.now): HostTime => ({
  wall: () => Math.floor(productMs(time, hostNow())),
  monotonic: () => time.factor * performance.now(),
});

/** The same time, as if `ms` of the product's had passed at once. */
export const jumped = (time: ProductTime, ms: number): ProductTime => ({
  ...time,
  startMs: time.startMs + ms,
});

/** How a host's clock is wrong, in host milliseconds. */
export interface Skew {
  readonly aheadMs: number;
  /** Gained per second. */
  readonly driftMs: number;
  /** What its clock is set by, so long after the start. */
  readonly step?: { readonly afterMs: number; readonly byMs: number } | undefined;
}

export const skewedNow = ({ aheadMs, driftMs, step }: Skew): (() => number) => {
  const started = performance.now();
  return () => {
    const since = performance.now() - started;
    const stepped = step !== undefined && since >= step.afterMs ? step.byMs : 0;
    return Date.now() + aheadMs + (driftMs * since) / 1000 + stepped;
  };
};
