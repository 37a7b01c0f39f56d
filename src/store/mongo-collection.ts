import type { Collection, Document, Filter, MongoClientOptions } from 'mongodb';
import { MongoClient, MongoError, MongoInvalidArgumentError, MongoServerError } from 'mongodb';
import { z } from 'zod';
import { StoreUnavailable } from '../domain/errors.ts';
import type { Engine, EngineCollection, EngineCollectionSpec } from './collection.ts';
import type { PlainDocument } from './plain-document.ts';
import { StoreRefusal } from './plain-document.ts';
import type { Query } from './query.ts';

/** `timeoutMS` has no effect in driver 7.9; without `socketTimeoutMS` a hung server is noticed after 14 s. */
const options: MongoClientOptions = {
  appName: 'partnership-rhythm',
  ignoreUndefined: true,
  serverSelectionTimeoutMS: 5_000,
  connectTimeoutMS: 5_000,
  socketTimeoutMS: 20_000,
  waitQueueTimeoutMS: 5_000,
  maxPoolSize: 20,
};
const duplicateKey = 11_000;
const defaultDatabase = 'partnership_rhythm';

/** By default a server sends 101 documents, and each further batch is a round trip. */
const inOneBatch = 10_000;
const identities = z.array(z.object({ _id: z.string(), version: z.number() }));
const localTime = z.object({ localTime: z.date() });

type Row = Document & { _id: string };

/** The database that the URI names, or ours: the driver's own default would be `test`. */
const databaseName = (uri: string): string =>
  /^mongodb(?:\+srv)?:\/\/[^/?]+\/([^?]+)/u.exec(uri)?.[1] ?? defaultDatabase;

const isDuplicate = (error: unknown): boolean =>
  error instanceof MongoServerError && error.code === duplicateKey;

const asOutage = (error: unknown): unknown =>
  error instanceof MongoError && !(error instanceof MongoInvalidArgumentError)
    ? new StoreUnavailable('MongoDB does not answer.', { cause: error })
    : error;

/**
 * A connection that is asked for before every operation. A first connect that failed leaves the driver's topology
 * closed for good, so the next operation connects again; after that the driver recovers by itself.
 */
const connection = (client: MongoClient) => {
  let connecting: Promise<unknown> | undefined;
  let closed = false;
  return {
    ready: async (): Promise<void> => {
      if (closed) throw new StoreUnavailable('The store is closed.');
      connecting ??= client.connect().catch((error: unknown) => {
        connecting = undefined;
        throw error;
      });
      await connecting;
    },
    close: async (): Promise<void> => {
      closed = true;
      await client.close();
    },
  };
};

/** One condition a field, with all of its operators: some servers use an index only for that form. */
const filterOf = ({ terms }: Query): Filter<Row> => {
  const conditions = new Map<string, Record<string, unknown>>();
  for (const { field, operator, value } of terms) {
    conditions.set(field, { ...conditions.get(field), [operator]: value });
  }
  return Object.fromEntries(conditions);
};

const sortOf = ({ sort }: Query): [string, 1 | -1][] =>
  sort.map(({ field, direction }): [string, 1 | -1] => [field, direction]);

const rowOf = (doc: PlainDocument): Row => {
  const { _id } = doc;
  if (typeof _id !== 'string' || _id === '') throw new StoreRefusal('A document needs an _id.');
  return { ...doc, _id };
};

const openRows = (
  rows: Collection<Row>,
  { scope }: EngineCollectionSpec,
  whenReady: <R>(work: () => Promise<R>) => Promise<R>,
): EngineCollection => ({
  get: (id) => whenReady(async () => (await rows.findOne({ _id: id })) ?? undefined),
  find: (query) =>
    whenReady(() => {
      const found = rows.find(filterOf(query)).sort(sortOf(query));
      return (query.limit === undefined ? found : found.limit(query.limit)).toArray();
    }),
  versions: (query) =>
    whenReady(async () => {
      const found = rows.find(filterOf(query)).project({ _id: 1, version: 1 }).batchSize(inOneBatch);
      const list = identities.parse(await found.toArray());
      return { text: JSON.stringify(list), list: () => list };
    }),
  insert: (doc) =>
    whenReady(async () => {
      try {
        await rows.insertOne(rowOf(doc));
        return 'inserted';
      } catch (error) {
        if (isDuplicate(error)) return 'duplicate';
        throw error;
      }
    }),
  replace: (doc, expectedVersion) =>
    whenReady(async () => {
      const row = rowOf(doc);
      const filter = {
        _id: row._id,
        version: expectedVersion,
        ...(scope === undefined ? {} : { [scope]: row[scope] }),
      };
      return (await rows.replaceOne(filter, row)).matchedCount === 1;
    }),
  remove: (id) => whenReady(async () => (await rows.deleteOne({ _id: id })).deletedCount === 1),
});

/** A MongoDB server 4.4 or later. Opening asks nothing of it: each operation connects when that is still to be done. */
export const openMongoEngine = (uri: string): Engine => {
  const client = new MongoClient(uri, options);
  const database = client.db(databaseName(uri));
  const { ready, close } = connection(client);
  const outages = async <R>(work: () => Promise<R>): Promise<R> => {
    try {
      await ready();
      return await work();
    } catch (error) {
      throw asOutage(error);
    }
  };
  const indexed: (() => Promise<void>)[] = [];

  return {
    collection: (spec) => {
      const rows = database.collection<Row>(spec.name);
      let made: Promise<unknown> | undefined;
      const indexes = spec.indexes.map((fields) => ({
        key: Object.fromEntries([...fields, '_id'].map((field) => [field, 1])),
      }));
      const withIndexes = async (): Promise<void> => {
        if (indexes.length === 0) return;
        made ??= rows.createIndexes(indexes).catch((error: unknown) => {
          made = undefined;
          throw error;
        });
        await made;
      };
      indexed.push(() => outages(withIndexes));
      return openRows(rows, spec, (work) =>
        outages(async () => {
          await withIndexes();
          return work();
        }),
      );
    },
    prepare: async () => {
      await Promise.all(indexed.map((make) => make()));
    },
    ping: () =>
      outages(async () => {
        await database.command({ ping: 1 });
      }),
    // Best of a few round trips is the caller's to choose; one answer here.
    time: () => outages(async () => localTime.parse(await database.admin().command({ hello: 1 })).localTime),
    close,
  };
};
