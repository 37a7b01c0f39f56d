import { afterEach, describe, expect, it } from 'vitest';
import { openSmallWorld, type SmallWorld } from './soak/small-world.ts';

let world: SmallWorld;
afterEach(() => world.close());

describe('a Slack that lets an app read history once a minute, 15 messages at a time', () => {
  it('has each review once although a process dies before it has recorded its posts', async () => {
    const once = [0, 1, 2].map(
      (index) => ({ point: 'post/record', idStart: `p${index}:`, action: 'kill' }) as const,
    );
    // Product time runs with the host's client here, which waits by itself for as long as Slack says.
    world = await openSmallWorld({
      reviews: 3,
      apartMs: 60_000,
      processes: 1,
      once,
      sparing: true,
      factor: 10,
    });
    world.workers.run(world.names);
    await world.finish();
    expect(world.workers.counts.kills['post/record']).toBe(3);
    expect(world.proxy.faults.get('limited')).toBeGreaterThanOrEqual(1);
    expect(world.standing()).toEqual([1, 1, 1]);
    expect(world.errors).toEqual([]);
  }, 240_000);
});
