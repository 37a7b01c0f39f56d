import { randomInt } from 'node:crypto';
import type { Clock, Ids } from './ports.ts';
import type { HostTime } from './scheduler/store-clock.ts';

/** What this machine knows of time by itself: the database's clock is kept with it. */
export const hostTime: HostTime = { wall: () => Date.now(), monotonic: () => performance.now() };

/** The machine's own time. Everything else takes its time from a `Clock`. */
export const hostClock: Clock = { now: () => new Date(), elapsed: () => performance.now() };

const letters = 'abcdefghijklmnopqrstuvwxyz0123456789';
const idLength = 20;

export const randomIds: Ids = {
  next: () => Array.from({ length: idLength }, () => letters[randomInt(letters.length)]).join(''),
};
