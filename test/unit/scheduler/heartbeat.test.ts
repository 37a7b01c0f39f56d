import { describe, expect, it, vi } from 'vitest';
import { createHeartbeat, type HeartbeatParts } from '../../../src/scheduler/heartbeat.ts';
import { openLocalClock } from '../../../src/scheduler/local-clock.ts';
import { singleFlight } from '../../../src/scheduler/single-flight.ts';
import type { Ticked } from '../../../src/scheduler/tick.ts';
import { memoryLog, testClock } from '../../support/review-world.ts';

/** However slow the machine is. */
const until = (reached: () => boolean): Promise<void> =>
  vi.waitFor(() => expect(reached()).toBe(true), { timeout: 20_000, interval: 2 });
const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

describe('singleFlight', () => {
  it('never runs twice at once, and runs once more for any number of calls during a run', async () => {
    let running = 0;
    let most = 0;
    let runs = 0;
    const call = singleFlight(async () => {
      running += 1;
      runs += 1;
      most = Math.max(most, running);
      await sleep(5);
      running -= 1;
    });
    await Promise.all([call(), call(), call(), call()]);
    expect({ most, runs }).toEqual({ most: 1, runs: 2 });
    await call();
    expect(runs).toBe(3);
  });

  it('lets a caller see what a run that began after the call has done', async () => {
    const seen: string[] = [];
    let written = 'before';
    const call = singleFlight(async () => {
      const read = written;
      await sleep(5);
      seen.push(read);
    });
    const first = call();
    written = 'after';
    await call();
    await first;
    expect(seen).toEqual(['before', 'after']);
  });

  it('runs again after a failure', async () => {
    let runs = 0;
    const call = singleFlight(async () => {
      runs += 1;
      if (runs === 1) throw new Error('once');
    });
    const [first, second] = await Promise.allSettled([call(), call()]);
    expect([first.status, second.status]).toEqual(['rejected', 'fulfilled']);
    await call.idle();
    expect(runs).toBe(2);
  });
});

describe('heartbeat', () => {
  const quiet: Ticked = { done: 0 };
  /** No tick of node-cron comes between. */
  const newYear = '0 0 0 1 1 *';
  const parts = (over: Partial<HeartbeatParts> = {}, log = memoryLog()) => {
    const clock = testClock('2026-10-20T14:00:00Z');
    return {
      tick: async () => quiet,
      clock,
      log,
      everyMs: 10,
      cron: newYear,
      ...over,
    };
  };

  it('ticks at once and again after every tick', async () => {
    let ticks = 0;
    const heartbeat = createHeartbeat(
      parts({
        tick: async () => {
          ticks += 1;
          return quiet;
        },
      }),
    );
    expect(heartbeat.lastTickAt()).toBeUndefined();
    heartbeat.start();
    await until(() => ticks >= 3);
    await heartbeat.stop();
    expect(heartbeat.lastTickAt()).toEqual(new Date('2026-10-20T14:00:00Z'));
    const ended = ticks;
    await sleep(50);
    expect(ticks).toBe(ended);
  });

  it('ticks by node-cron alone when no timer does', async () => {
    let ticks = 0;
    const tick = async () => {
      ticks += 1;
      return quiet;
    };
    const heartbeat = createHeartbeat(parts({ tick, everyMs: 60_000, cron: '* * * * * *' }));
    heartbeat.start();
    await until(() => ticks >= 2);
    await heartbeat.stop();
  });

  it('stops only when the running tick has ended', async () => {
    let ended = false;
    const heartbeat = createHeartbeat(
      parts({
        tick: async () => {
          await sleep(40);
          ended = true;
          return quiet;
        },
      }),
    );
    heartbeat.start();
    await sleep(5);
    await heartbeat.stop();
    expect(ended).toBe(true);
  });

  it('goes on after a tick that failed, and does not call it alive', async () => {
    let ticks = 0;
    const log = memoryLog();
    const tick = async () => {
      ticks += 1;
      throw new Error('the database is away');
    };
    const heartbeat = createHeartbeat(parts({ tick }, log));
    heartbeat.start();
    await until(() => ticks >= 2);
    await heartbeat.stop();
    expect(heartbeat.lastTickAt()).toBeUndefined();
    expect(log.errors[0]).toMatch(/the database is away/);
  });

  it('gives up on a tick that never ends and ticks again', async () => {
    let ticks = 0;
    const heartbeat = createHeartbeat(
      parts({
        deadlineMs: 20,
        tick: () => {
          ticks += 1;
          return ticks === 1 ? new Promise(() => undefined) : Promise.resolve(quiet);
        },
      }),
    );
    heartbeat.start();
    await until(() => ticks >= 2);
    await heartbeat.stop();
  });

  it('ticks when the next work is due rather than a full beat later', async () => {
    let ticks = 0;
    const given = parts({ everyMs: 10_000 });
    const soon = new Date(given.clock.now().getTime() + 300);
    const tick = async (): Promise<Ticked> => {
      ticks += 1;
      return ticks === 1 ? { done: 0, next: soon } : quiet;
    };
    const heartbeat = createHeartbeat({ ...given, tick });
    heartbeat.start();
    await sleep(150);
    expect(ticks).toBe(1);
    await until(() => ticks >= 2);
    await heartbeat.stop();
    expect(ticks).toBe(2);
  });

  it('ticks again at once for what came due while a tick ran', async () => {
    let ticks = 0;
    const clock = testClock('2026-10-20T14:00:00Z');
    const tick = async (): Promise<Ticked> => {
      ticks += 1;
      const next = new Date(clock.now().getTime() + 3);
      clock.pass(5);
      return ticks === 1 ? { done: 0, next } : quiet;
    };
    const heartbeat = createHeartbeat(parts({ everyMs: 10_000, clock, tick }));
    heartbeat.start();
    await until(() => ticks >= 2);
    await sleep(50);
    await heartbeat.stop();
    expect(ticks).toBe(2);
  });

  it('ticks again at once after a pass that did something, and a beat later for what is stuck', async () => {
    let ticks = 0;
    const given = parts({ everyMs: 10_000 });
    const past = new Date(given.clock.now().getTime() - 1);
    const tick = async (): Promise<Ticked> => {
      ticks += 1;
      return ticks < 4 ? { done: 50 } : { done: 0, next: past };
    };
    const heartbeat = createHeartbeat({ ...given, tick });
    heartbeat.start();
    await sleep(300);
    await heartbeat.stop();
    expect(ticks).toBe(4);
  });

  it('ticks on a poke, once more when poked during a tick, and not after the stop', async () => {
    let ticks = 0;
    const tick = async (): Promise<Ticked> => {
      ticks += 1;
      await sleep(10);
      return quiet;
    };
    const heartbeat = createHeartbeat(parts({ everyMs: 10_000, tick }));
    heartbeat.start();
    for (let poke = 0; poke < 5; poke += 1) heartbeat.poke();
    await sleep(50);
    expect(ticks).toBe(2);
    await heartbeat.stop();
    heartbeat.poke();
    await sleep(20);
    expect(ticks).toBe(2);
  });
});

describe('the local clock', () => {
  const shared = () => {
    let stored = 0;
    return {
      load: async () => stored,
      save: async (ms: number) => {
        stored = ms;
      },
    };
  };
  const day = 86_400_000;

  it('goes forward by what it was set to and flows with the host', async () => {
    const host = testClock('2026-10-20T14:00:00Z');
    const clock = await openLocalClock(host, shared());
    await clock.moveTo(new Date('2026-10-27T14:00:00Z'));
    host.pass(60_000);
    expect(clock.now()).toEqual(new Date('2026-10-27T14:01:00Z'));
    expect(clock.offsetMs()).toBe(7 * day);
  });

  it('never goes back', async () => {
    const clock = await openLocalClock(testClock('2026-10-20T14:00:00Z'), shared());
    await clock.moveTo(new Date('2026-10-27T14:00:00Z'));
    await clock.moveTo(new Date('2026-10-21T14:00:00Z'));
    expect(clock.now()).toEqual(new Date('2026-10-27T14:00:00Z'));
  });

  it('takes over what another process set, and keeps it over a restart', async () => {
    const host = testClock('2026-10-20T14:00:00Z');
    const port = shared();
    const one = await openLocalClock(host, port);
    const two = await openLocalClock(host, port);
    await one.moveTo(new Date('2026-10-27T14:00:00Z'));
    expect(two.now()).toEqual(host.now());
    await two.reload();
    expect(two.now()).toEqual(one.now());
    expect((await openLocalClock(host, port)).now()).toEqual(one.now());
  });
});
