import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { specs } from '../../src/store/documents.ts';
import { openCollections } from '../../src/store/open-store.ts';
import { strictLog } from '../support/stores.ts';
import { walkOn } from './soak/rest.ts';
import { openSmallWorld, type SmallWorld } from './soak/small-world.ts';
import { offFor, type Place } from './soak/soak-world.ts';

const minute = 60_000;
const hour = 60 * minute;
const reviews = 4;

let world: SmallWorld;
afterEach(() => world.close());

const anyDocument = z.looseObject({ _id: z.string(), version: z.number() });
const names = [...new Set(Object.values(specs).map((spec) => spec.shelf ?? spec.name))];
const stored = (name: string) => ({ name, schema: anyDocument, schemaVersion: 1, indexes: [] });
type Backup = ReadonlyMap<string, readonly z.infer<typeof anyDocument>[]>;

const open = ({ mongoUri, sqlitePath }: Place) =>
  openCollections({
    ...(mongoUri === undefined ? {} : { mongoUri }),
    ...(sqlitePath === undefined ? {} : { sqlitePath }),
  });

/** Every document of the database, as it stands. */
const takeBackup = async (place: Place): Promise<Backup> => {
  const collections = await open(place);
  const backup = new Map<string, z.infer<typeof anyDocument>[]>();
  for (const name of names) backup.set(name, await collections.collection(stored(name)).find({}));
  await collections.close();
  return backup;
};

/** Everything goes, and the backup comes in its place. */
const putBack = async (place: Place, backup: Backup): Promise<void> => {
  const collections = await open(place);
  for (const [name, docs] of backup) {
    const collection = collections.collection(stored(name));
    for (const { _id } of await collection.find({})) await collection.remove(_id);
    for (const doc of docs) await collection.insert(doc);
  }
  await collections.close();
};

describe('a store that is put back to what it was before its reviews were posted', () => {
  it('finds them in Slack and posts no review twice', async () => {
    world = await openSmallWorld({ reviews, processes: 2, once: [], aheadMs: minute });
    const backup = await takeBackup(world.place);
    expect(backup.get('work')).toEqual([]);
    world.workers.run(world.names);
    await world.finish('without a walk');
    const before = world.posts();
    expect(world.standing()).toEqual([1, 1, 1, 1]);

    await offFor(world, hour);
    await putBack(world.place, backup);
    expect(await world.states()).toEqual(Array.from({ length: reviews }, () => 'not in the ledger'));
    // What is caught up waits for working hours.
    await walkOn(world, 18 * hour, strictLog);

    for (const state of await world.states()) expect(['open', 'closed']).toContain(state);
    expect(world.standing()).toEqual([1, 1, 1, 1]);
    const after = world.posts().map((one) => one.ts);
    expect(after).toEqual(expect.arrayContaining(before.map((one) => one.ts)));
  }, 120_000);
});
