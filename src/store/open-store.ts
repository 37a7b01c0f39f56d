import { StoreUnavailable } from '../domain/errors.ts';
import type { Collection, Log, Store, Stored } from '../ports.ts';
import { adoptOldCollections } from './adopt.ts';
import type { CollectionSpec, Engine } from './collection.ts';
import { documentCollection } from './collection.ts';
import { specs } from './documents.ts';
import { dueWork } from './due-work.ts';
import { installationsOf } from './installations.ts';
import { revive } from './parked.ts';
import { openSqliteEngine } from './sqlite-collection.ts';
import { workspaceStores } from './workspace-store.ts';

/** MongoDB when `mongoUri` is given; else the SQLite file at `sqlitePath` (`:memory:` for one that is not kept). */
export interface StorePlace {
  readonly mongoUri?: string;
  readonly sqlitePath?: string;
}

/** Collections of any declared shape, for what is not a workspace's: this machine's own state, and tests. */
export interface Collections {
  collection<T extends Stored>(spec: CollectionSpec<T>): Collection<T>;
  ping(): Promise<void>;
  close(): Promise<void>;
}

/** The MongoDB driver is loaded only where it is used: it takes as long to load as Bolt. */
const openEngine = async ({ mongoUri, sqlitePath }: StorePlace): Promise<Engine> => {
  if (mongoUri !== undefined) {
    const { openMongoEngine } = await import('./mongo-collection.ts');
    return openMongoEngine(mongoUri);
  }
  if (sqlitePath !== undefined) return openSqliteEngine(sqlitePath);
  throw new Error('A store needs a MongoDB URI or the path of a SQLite file.');
};

export const openCollections = async (place: StorePlace): Promise<Collections> => {
  const engine = await openEngine(place);
  return {
    collection: (spec) => documentCollection(engine, spec),
    ping: () => engine.ping(),
    close: () => engine.close(),
  };
};

/**
 * Opens the product's store. A SQLite file that cannot be opened is an error here, `StoreUnavailable`. A MongoDB that
 * does not answer is not: the store is returned at once, throws `StoreUnavailable` until it answers, and then works.
 */
export const openStore = async (place: StorePlace & { readonly log: Log }): Promise<Store> => {
  const { log } = place;
  const engine = await openEngine(place);
  const installations = documentCollection(engine, specs.installations);
  const store: Store = {
    workspace: workspaceStores(engine),
    due: dueWork(engine, installations, log),
    installations: installationsOf(installations, (workspaceIds) => revive(engine, workspaceIds)),
    ping: () => engine.ping(),
    time: () => engine.time(),
    close: () => engine.close(),
  };
  const prepared = engine.prepare().then(() => adoptOldCollections(engine));
  if (place.mongoUri === undefined) {
    await prepared.catch(async (error: unknown) => {
      await engine.close();
      throw error;
    });
  } else {
    prepared.catch((error: unknown) => {
      const kind = error instanceof StoreUnavailable ? 'warn' : 'error';
      log[kind]('MongoDB is not ready yet; its indexes are made when it is.', { error });
    });
  }
  return store;
};

/** What should be logged as an error is thrown: whoever uses a store that is not kept wants to know at once. */
const strictLog: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: (message, facts) => {
    throw new Error(message, { cause: facts });
  },
};

/** A store that lives in memory and ends when it is closed. */
export const openMemoryStore = async (): Promise<Store> =>
  openStore({ sqlitePath: ':memory:', log: strictLog });
