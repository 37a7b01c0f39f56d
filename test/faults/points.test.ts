import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { points } from './soak/points.ts';
import { openSmallWorld, type SmallWorld } from './soak/small-world.ts';
import { judge } from './soak/verdict.ts';
import type { WorkerPlan } from './soak/worker-plan.ts';

type Once = WorkerPlan['once'];

/** What is done to a process meets one review alone, whatever else it would have had in its hands. */
const apartMs = 60_000;

/** Review number `index` meets its process at point number `index`. */
const idAt = (point: (typeof points)[number], index: number): string => {
  if (point === 'insert/advance') return `r${index}`;
  return point === 'during reconcile' ? `C0SOAK0000${index}` : `p${index}:`;
};
const eachPoint = (action: 'kill' | 'freeze'): Once => [
  ...points.map((point, index) => ({ point, idStart: idAt(point, index), action })),
  // Only what nobody knows the outcome of is looked up.
  { point: 'inside post', idStart: `p${points.indexOf('during reconcile')}:`, action: 'hang' },
];

describe.each([
  ['is killed', 'kill', 1],
  ['is killed', 'kill', 3],
  ['is frozen for longer than its lease', 'freeze', 1],
  ['is frozen for longer than its lease', 'freeze', 3],
] as const)('a process that %s (%s, %i at work)', (_what, action, processes) => {
  let world: SmallWorld;
  beforeAll(async () => {
    world = await openSmallWorld({ reviews: points.length, apartMs, processes, once: eachPoint(action) });
    world.workers.run(world.names);
    await world.finish();
  }, 120_000);
  afterAll(() => world.close());

  it.each(points.map((point, index) => [point, index] as const))(
    'at "%s" leaves one post of that review',
    async (point, index) => {
      const { kills, freezes } = world.workers.counts;
      expect((action === 'kill' ? kills : freezes)[point]).toBeGreaterThanOrEqual(1);
      expect(world.standing()[index]).toBe(1);
      expect((await world.states())[index]).toBe('open');
    },
  );

  it('leaves nothing that the next process stumbles over', () => {
    expect(world.errors).toEqual([]);
  });
});

describe('the verdict itself', () => {
  it('finds the second post of a bot that cannot look into history', async () => {
    const once = [{ point: 'inside post', idStart: 'p1:', action: 'kill' }] as const;
    const world = await openSmallWorld({ reviews: 2, apartMs, processes: 1, once: [...once], blind: true });
    try {
      world.workers.run(world.names);
      await world.finish('without a walk');
      // On a busy machine the other post may be answered too late as well, and is doubled like this one.
      expect(world.standing()[1]).toBe(2);
      const { ledger, doubled, copies } = await judge(world, world.slots, 0);
      expect(ledger.lost).toBe(0);
      expect(ledger.doubled).toBeGreaterThanOrEqual(1);
      expect(doubled).toContain(`${world.slots[1]?.occurrenceId} stands 2 times`);
      expect(copies.ever).toBeGreaterThanOrEqual(1);
    } finally {
      await world.close();
    }
  }, 60_000);

  it('finds a post that the ledger has and Slack does not', async () => {
    const world = await openSmallWorld({ reviews: 2, processes: 1, once: [] });
    try {
      world.workers.run(world.names);
      await world.finish();
      const all = world.posts();
      const without = all.filter((one) => one.operationId !== world.slots[0]?.occurrenceId);
      const { ledger, lost } = await judge({ ...world, posts: () => without }, world.slots, 0);
      expect(ledger).toMatchObject({ doubled: 0, lost: 1 });
      expect(lost).toHaveLength(1);
    } finally {
      await world.close();
    }
  }, 60_000);
});
