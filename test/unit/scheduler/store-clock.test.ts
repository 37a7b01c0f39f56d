import { describe, expect, it } from 'vitest';
import { createStoreClock } from '../../../src/scheduler/store-clock.ts';
import { memoryLog } from '../../support/review-world.ts';

const start = Date.parse('2026-10-20T14:00:00Z');
const minute = 60_000;

/** A store whose time is right, and a host whose wall clock a test may bend. */
const world = (hostOffMs = 0) => {
  let passed = 0;
  let off = hostOffMs;
  let asleep = 0;
  let storeOff = 0;
  let down = false;
  let looks = 0;
  const clock = createStoreClock({
    store: async () => {
      if (down) throw new Error('away');
      looks += 1;
      return new Date(start + passed + storeOff);
    },
    host: { wall: () => start + passed + off, monotonic: () => passed - asleep },
    log: memoryLog(),
  });
  return {
    clock,
    looks: () => looks,
    pass: (ms: number) => {
      passed += ms;
    },
    step: (ms: number) => {
      off += ms;
    },
    sleep: (ms: number) => {
      passed += ms;
      asleep += ms;
    },
    stepStore: (ms: number) => {
      storeOff += ms;
    },
    outage: (is: boolean) => {
      down = is;
    },
    right: () => new Date(start + passed),
  };
};

describe('the clock of the store', () => {
  it.each([-40_000, 0, 40_000, 8 * 60 * minute])('is right on a host that is %i ms off', async (off) => {
    const { clock, pass, right } = world(off);
    expect(await clock.refresh()).toBe(true);
    expect(clock.now()).toEqual(right());
    pass(30_000);
    expect(clock.now()).toEqual(right());
    expect(clock.offsetMs() + off).toBe(0);
  });

  it.each([-10 * minute, 8 * 60 * minute])('stays right when the host is stepped by %i ms', async (by) => {
    const { clock, pass, step, right } = world();
    await clock.refresh();
    pass(1_000);
    step(by);
    expect(clock.now()).toEqual(right());
    expect(await clock.refresh()).toBe(true);
    expect(clock.now()).toEqual(right());
  });

  it('is looked at once a minute, and at once after a step', async () => {
    const { clock, pass, step, looks } = world();
    await clock.refresh();
    const first = looks();
    pass(59_000);
    await clock.refresh();
    expect(looks()).toBe(first);
    pass(1_000);
    await clock.refresh();
    expect(looks()).toBe(2 * first);
    step(-5_000);
    await clock.refresh();
    expect(looks()).toBe(3 * first);
  });

  it('is right again after the machine slept, and counts the sleep as time that passed', async () => {
    const { clock, sleep, right } = world();
    await clock.refresh();
    const before = clock.elapsed();
    sleep(60 * minute);
    expect(clock.elapsed() - before).toBe(60 * minute);
    await clock.refresh();
    expect(clock.now()).toEqual(right());
  });

  it('never counts backwards when the wall clock is stepped back', async () => {
    const { clock, pass, step } = world();
    const before = clock.elapsed();
    step(-10 * minute);
    pass(1_000);
    expect(clock.elapsed() - before).toBe(1_000);
  });

  it('claims nothing when the store itself jumped, until a second look agrees', async () => {
    const { clock, pass, stepStore } = world();
    await clock.refresh();
    stepStore(60_000);
    pass(minute);
    expect(await clock.refresh()).toBe(false);
    pass(1_000);
    expect(await clock.refresh()).toBe(true);
  });

  it('goes on by the last look while the store does not answer, and fails without one', async () => {
    const { clock, pass, outage, right } = world(40_000);
    outage(true);
    await expect(clock.refresh()).rejects.toThrow('away');
    outage(false);
    await clock.refresh();
    outage(true);
    pass(10 * minute);
    expect(await clock.refresh()).toBe(true);
    expect(clock.now()).toEqual(right());
  });
});
