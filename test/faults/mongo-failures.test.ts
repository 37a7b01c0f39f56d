import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { mongoSkipReason } from '../support/stores.ts';
import { openSmallWorld, type SmallWorld } from './soak/small-world.ts';
import { type MongoSoakStore, mongoSoakStore } from './soak/store-faults.ts';

const reviews = 4;
const apartMs = 60_000;
const disturbances = 12;

describe.skipIf(mongoSkipReason !== undefined)(
  `a MongoDB server that fails its writes${mongoSkipReason === undefined ? '' : ` (${mongoSkipReason})`}`,
  () => {
    let server: MongoSoakStore;
    let world: SmallWorld;
    beforeEach(async () => {
      server = await mongoSoakStore();
      world = await openSmallWorld({ reviews, apartMs, processes: 2, once: [], place: server.place });
    }, 60_000);
    afterEach(async () => {
      await world.close();
      await server.close();
    });

    /** Does this every so often while the reviews come due, and then leaves them alone. */
    const finishWhile = async (disturb: () => unknown): Promise<void> => {
      world.workers.run(world.names);
      await world.workers.ticking();
      for (let time = 0; time < disturbances; time += 1) {
        await disturb();
        await wait(250);
      }
      await world.finish('without a walk');
    };

    it.each([
      ['a primary that steps down', { errorCode: 189 }],
      ['a server that may only be read', { errorCode: 10_107 }],
      ['a connection that ends before the command', { closeConnection: true }],
      ['a write that no majority has seen', { writeConcernError: { code: 64, errmsg: 'timed out' } }],
    ] as const)(
      'posts each review once through %s',
      async (_what, failure) => {
        await finishWhile(() => server.failWrites(failure, 2));
        expect(world.standing()).toEqual([1, 1, 1, 1]);
        expect(await world.states()).toEqual(Array.from({ length: reviews }, () => 'open'));
      },
      120_000,
    );

    it('posts each review once although what was written is not acknowledged', async () => {
      await finishWhile(() => server.loseNextAnswer());
      expect(server.lostAnswers()).toBeGreaterThanOrEqual(3);
      expect(world.standing()).toEqual([1, 1, 1, 1]);
      expect(await world.states()).toEqual(Array.from({ length: reviews }, () => 'open'));
    }, 120_000);
  },
);
