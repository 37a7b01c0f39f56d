import type { z } from 'zod';
import type { Collection, Stored } from '../ports.ts';
import type { PlainDocument } from './plain-document.ts';
import { plainDocument, wellFormed } from './plain-document.ts';
import type { Query } from './query.ts';
import { readQuery } from './query.ts';

/** What an engine read, before the schema has seen it. */
export type StoredDocument = Readonly<Record<string, unknown>>;

/** What one collection holds. Declared once; both engines make their table and indexes from it. */
export interface CollectionSpec<T extends Stored> {
  /** Letters, digits and underscores. */
  readonly name: string;
  readonly schema: z.ZodType<T>;
  /** The shape that is written now. Older documents are upgraded when they are read. */
  readonly schemaVersion: number;
  /** `upgrades[1]` turns a document of schema version 1 into one of version 2. */
  readonly upgrades?: Readonly<Record<number, (doc: StoredDocument) => StoredDocument>>;
  /** Plain indexes; `_id` is appended to each, so that ties come in order. */
  readonly indexes: readonly (readonly (keyof T & string)[])[];
  /** A field that no replace may change: the tenant. A document of another tenant counts as changed. */
  readonly scope?: keyof T & string;
}

/** A collection as an engine gives it: documents and queries have passed the port's own checks. */
export interface EngineCollection {
  get(id: string): Promise<StoredDocument | undefined>;
  find(query: Query): Promise<StoredDocument[]>;
  insert(doc: PlainDocument): Promise<'inserted' | 'duplicate'>;
  replace(doc: PlainDocument, expectedVersion: number): Promise<boolean>;
  remove(id: string): Promise<boolean>;
}

export interface EngineCollectionSpec {
  readonly name: string;
  readonly indexes: readonly (readonly string[])[];
  readonly scope?: string;
}

/** A database. Every method, and those of its collections, throws `StoreUnavailable` when it does not answer. */
export interface Engine {
  collection(spec: EngineCollectionSpec): EngineCollection;
  /** Creates the tables and indexes of every collection asked for so far. */
  prepare(): Promise<void>;
  ping(): Promise<void>;
  close(): Promise<void>;
}

/** A `Collection` that also takes what is not typed yet; the schema decides. */
export interface DocumentCollection<T extends Stored> extends Collection<T> {
  search(where: unknown, options?: unknown): Promise<T[]>;
  create(doc: unknown): Promise<'inserted' | 'duplicate'>;
}

export interface ReadingRules {
  /** Given: `find` leaves out a document that does not have its shape and reports it here, rather than throwing. */
  readonly onMalformed?: (collection: string, id: string, error: unknown) => void;
}

const readSchemaVersion = (doc: StoredDocument, fallback: number): number =>
  typeof doc.schemaVersion === 'number' ? doc.schemaVersion : fallback;

/** Upgrades and checks what an engine returned: stored documents are an edge too. */
const read = <T extends Stored>(spec: CollectionSpec<T>, stored: StoredDocument): T => {
  const written = readSchemaVersion(stored, spec.schemaVersion);
  const name = `${spec.name} ${JSON.stringify(stored._id)}`;
  if (written > spec.schemaVersion)
    throw new Error(`${name} was written by a newer version of this program.`);
  let doc = stored;
  for (let version = written; version < spec.schemaVersion; version += 1) {
    const upgrade = spec.upgrades?.[version];
    if (upgrade === undefined) throw new Error(`${name} has no upgrade from schema version ${version}.`);
    doc = { ...upgrade(doc), schemaVersion: version + 1 };
  }
  const parsed = spec.schema.safeParse(doc);
  if (!parsed.success) throw new Error(`${name} does not have its shape.`, { cause: parsed.error });
  return parsed.data;
};

/** The typed collection over an engine: the port's checks, upgrade on read, and the schema on both ways. */
export const documentCollection = <T extends Stored>(
  engine: Pick<Engine, 'collection'>,
  spec: CollectionSpec<T>,
  { onMalformed }: ReadingRules = {},
): DocumentCollection<T> => {
  const stored = engine.collection(spec);

  const search = async (where: unknown, options: unknown = {}): Promise<T[]> => {
    const query = readQuery(where, options);
    if (query.limit === 0) return [];
    const docs = await stored.find(query);
    if (onMalformed === undefined) return docs.map((doc) => read(spec, doc));
    return docs.flatMap((doc) => {
      try {
        return [read(spec, doc)];
      } catch (error) {
        onMalformed(spec.name, String(doc._id), error);
        return [];
      }
    });
  };
  const create = async (doc: unknown): Promise<'inserted' | 'duplicate'> =>
    stored.insert(plainDocument(spec.schema.parse(doc)));

  return {
    search,
    create,
    find: search,
    insert: create,
    get: async (id) => {
      const doc = await stored.get(wellFormed(id));
      return doc === undefined ? undefined : read(spec, doc);
    },
    replace: async (doc, expectedVersion) =>
      stored.replace(plainDocument(spec.schema.parse(doc)), expectedVersion),
    remove: async (id) => stored.remove(wellFormed(id)),
  };
};
