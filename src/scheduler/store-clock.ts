/**
 * The store's time, kept between looks by this machine's monotonic clock. All processes on one database so agree on
 * what is due, however far their hosts are off; a host's wall clock decides nothing.
 */
import type { Clock, Log } from '../ports.ts';

/** What a machine knows of time by itself. */
export interface HostTime {
  /** Milliseconds since 1970 by the wall clock, which may be wrong, stepped, or drift. */
  wall(): number;
  /** Milliseconds that only go on, and stand still while the machine sleeps. */
  monotonic(): number;
}

export interface StoreClock extends Clock {
  /**
   * Looks at the store's clock when that is due: every minute, and after the wall clock was stepped or the machine
   * slept. Called before each tick. False: what it saw does not agree with the look before, so nothing may be claimed
   * until the next look does. Throws `StoreUnavailable` when there was no look yet.
   */
  refresh(): Promise<boolean>;
  /** How far the host's wall clock is behind the store's, in milliseconds. */
  offsetMs(): number;
}

interface Look {
  /** The store's time, and the host's two at that moment. */
  readonly store: number;
  readonly wall: number;
  readonly monotonic: number;
  readonly roundTrip: number;
}

const lookEveryMs = 60_000;
const looksAtOnce = 4;
/** A wall clock that went on this much more or less than the monotonic one was stepped, or the machine slept. */
const steppedMs = 1_000;
/** Two looks that place the store's time this far apart cannot both be right. */
const jumpedMs = 5_000;
const alarmMs = 60_000;

const take = async (store: () => Promise<Date>, host: HostTime): Promise<Look> => {
  const before = host.monotonic();
  const time = await store();
  const after = host.monotonic();
  const roundTrip = after - before;
  return { store: time.getTime() + roundTrip / 2, wall: host.wall(), monotonic: after, roundTrip };
};

/** The best of a few looks: the one with the shortest round trip knows most exactly when the store answered. */
const look = async (store: () => Promise<Date>, host: HostTime): Promise<Look> => {
  let best = await take(store, host);
  for (let nth = 1; nth < looksAtOnce; nth += 1) {
    const other = await take(store, host);
    if (other.roundTrip < best.roundTrip) best = other;
  }
  return best;
};

export const createStoreClock = (parts: {
  readonly store: () => Promise<Date>;
  readonly host: HostTime;
  readonly log: Log;
}): StoreClock => {
  const { store, host, log } = parts;
  let last: Look | undefined;
  let trusted = true;
  let alarmed = false;
  let slept = 0;
  let seenWall = host.wall();
  let seenMonotonic = host.monotonic();

  const placed = ({ store: time, monotonic }: Look): number => time + host.monotonic() - monotonic;
  const stepped = (since: Look): boolean =>
    Math.abs(host.wall() - since.wall - (host.monotonic() - since.monotonic)) > steppedMs;
  const warnOfOffset = (one: Look): void => {
    const far = Math.abs(one.store - one.wall) > alarmMs;
    if (far && !alarmed)
      log.warn("this machine's clock is far from the database's", { ms: Math.round(one.store - one.wall) });
    alarmed = far;
  };

  return {
    now: () => new Date(Math.round(last === undefined ? host.wall() : placed(last))),
    /** Sleep counts as time that passed: a claim from before it is over. A step forward counts too, and harms nothing. */
    elapsed: () => {
      const [wall, monotonic] = [host.wall(), host.monotonic()];
      const missing = wall - seenWall - (monotonic - seenMonotonic);
      if (missing > steppedMs) slept += missing;
      if (Math.abs(missing) > steppedMs) [seenWall, seenMonotonic] = [wall, monotonic];
      return monotonic + slept;
    },
    offsetMs: () => (last === undefined ? 0 : last.store - last.wall),
    refresh: async () => {
      if (last !== undefined && trusted && !stepped(last) && host.monotonic() - last.monotonic < lookEveryMs)
        return true;
      try {
        const next = await look(store, host);
        trusted = last === undefined || stepped(last) || Math.abs(placed(last) - placed(next)) <= jumpedMs;
        if (!trusted) log.warn("the database's clock jumped; nothing is claimed until it is seen again");
        warnOfOffset(next);
        last = next;
      } catch (error) {
        if (last === undefined) throw error;
        log.warn("the database's clock could not be read; the last look stands", { error });
        trusted = true;
      }
      return trusted;
    },
  };
};
