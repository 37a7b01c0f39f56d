import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { mongoUri } from '../support/stores.ts';
import { openSmallWorld, type SmallWorld } from './soak/small-world.ts';

let world: SmallWorld;
afterEach(() => world.close());

const one = (reviews: number): number[] => Array.from({ length: reviews }, () => 1);

/** A server that stands in for MongoDB takes several milliseconds for each command. */
const many = mongoUri === undefined ? 500 : 200;

describe('several processes and many reviews due at one moment', () => {
  it.each([
    [2, 100],
    [4, many],
  ])(
    '%i of them post each of %i once, and share the work',
    async (processes, reviews) => {
      world = await openSmallWorld({ reviews, processes, once: [], factor: 1, aheadMs: 6_000 });
      world.workers.run(world.names);
      await world.workers.ticking();
      await world.finish('without a walk');
      expect(world.standing()).toEqual(one(reviews));
      const shares = world.names.map((name) => world.proxy.postsBy.get(name) ?? 0);
      const all = shares.reduce((sum, share) => sum + share, 0);
      expect(Math.max(...shares) / all).toBeLessThanOrEqual(0.6);
      expect(Math.min(...shares) / all).toBeGreaterThan(0.05);
      expect([...world.workers.counts.errors]).toEqual([]);
    },
    240_000,
  );
});

describe('a process that is not well', () => {
  it('posts each review once although a call of its tick never ends', async () => {
    const once = [{ point: 'claim/post', idStart: 'p1:', action: 'hang' }] as const;
    world = await openSmallWorld({ reviews: 4, processes: 1, once: [...once] });
    world.workers.run(world.names);
    await world.finish();
    expect(world.standing()).toEqual(one(4));
  }, 60_000);

  it('posts each review once although its event loop stands still for ten seconds after a claim', async () => {
    const once = [{ point: 'claim/post', idStart: 'p1:', action: 'block' }] as const;
    world = await openSmallWorld({ reviews: 4, processes: 1, once: [...once] });
    world.workers.run(world.names);
    await world.finish();
    expect(world.standing()).toEqual(one(4));
  }, 60_000);

  it('posts each review once although it is killed again and again, soon after each start', async () => {
    world = await openSmallWorld({ reviews: 12, processes: 1, once: [] });
    world.workers.run(world.names);
    // On a busy machine a strike can come before the next process is there to be struck.
    for (let kill = 0; kill < 40 && world.workers.counts.kills.anywhere < 12; kill += 1) {
      await world.workers.ticking();
      await wait((kill % 12) * 15);
      world.workers.strike('worker0', 'kill');
      await wait(50);
    }
    await world.finish();
    expect(world.standing()).toEqual(one(12));
    expect(world.workers.counts.kills.anywhere).toBeGreaterThanOrEqual(10);
  }, 180_000);
});
