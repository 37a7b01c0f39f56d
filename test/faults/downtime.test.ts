import { afterEach, describe, expect, it } from 'vitest';
import { openSmallWorld, type SmallWorld } from './soak/small-world.ts';
import { offFor } from './soak/soak-world.ts';
import { judge } from './soak/verdict.ts';

const minute = 60_000;
const day = 24 * 60 * minute;
const reviews = 4;

let world: SmallWorld;
afterEach(() => world.close());

/** Off from before the first review was due, and then at work again until nothing is left. */
const backAfter = async (ms: number): Promise<Record<string, number>> => {
  world = await openSmallWorld({ reviews, processes: 2, once: [], aheadMs: minute });
  await offFor(world, ms);
  world.workers.run(world.names);
  await world.finish();
  const { ledger, lost, doubled } = await judge(world, [], 0);
  expect([...ledger.faults, ...lost, ...doubled]).toEqual([]);
  return Object.fromEntries(Object.entries(ledger.byState).map(([state, count]) => [state, count / reviews]));
};

describe('weekly reviews when every process was off', () => {
  it('for five minutes: each is posted once', async () => {
    // An open review has its first reminder before it.
    expect(await backAfter(5 * minute)).toEqual({ open: 1, due: 1 });
  }, 60_000);

  it('for three days: the one that was due is recorded as missed, once', async () => {
    expect(await backAfter(3 * day)).toEqual({ missed: 1 });
  }, 60_000);

  it('for 400 days: 57 dates are recorded as missed, and the last is posted or missed', async () => {
    const { missed = 0, open = 0, due = 0, ...rest } = await backAfter(400 * day);
    expect(rest).toEqual({});
    expect(due).toBe(open);
    expect(missed).toBeGreaterThanOrEqual(57);
    expect(missed + open).toBe(58);
  }, 60_000);
});
