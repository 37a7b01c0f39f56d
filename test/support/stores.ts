import { randomBytes } from 'node:crypto';
import { MongoClient } from 'mongodb';
import type { Log, Store } from '../../src/ports.ts';
import { openMemoryStore, openStore } from '../../src/store/open-store.ts';

/** A MongoDB server to test on. Absent on a machine without one; CI must have it. */
export const mongoUri = process.env.MONGODB_URI;

/** Why the MongoDB tests do not run, or undefined when they must: with a server, and always in CI. */
export const mongoSkipReason =
  mongoUri === undefined && process.env.CI === undefined ? 'skipped: MONGODB_URI names no server' : undefined;

export interface MongoPlace {
  readonly uri: string;
  drop(): Promise<void>;
}

/** A database of its own on the test server, dropped by `drop`. */
export const freshMongoPlace = (server: string | undefined): MongoPlace => {
  if (server === undefined) throw new Error('MONGODB_URI must name a MongoDB server in CI.');
  const name = `test_${randomBytes(8).toString('hex')}`;
  const uri = server.replace(/^(mongodb(?:\+srv)?:\/\/[^/?]+)(?:\/[^?]*)?/u, `$1/${name}`);
  return {
    uri,
    drop: async () => {
      const client = new MongoClient(uri);
      await client.db(name).dropDatabase();
      await client.close();
    },
  };
};

/** Errors that the store would log are thrown instead. */
export const strictLog: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: (message, facts) => {
    throw new Error(message, { cause: facts });
  },
};

/** An empty store: SQLite in memory, or a MongoDB database of its own when `MONGODB_URI` is set. Ends with `close`. */
export const openTestStore = async (): Promise<Store> => {
  if (mongoUri === undefined) return openMemoryStore();
  const place = freshMongoPlace(mongoUri);
  const store = await openStore({ mongoUri: place.uri, log: strictLog });
  return {
    ...store,
    close: async () => {
      await store.close();
      await place.drop();
    },
  };
};
