import type { z } from 'zod';
import type { Collection, Stored, Versions } from '../ports.ts';
import type { PlainDocument } from './plain-document.ts';
import { plainDocument, wellFormed } from './plain-document.ts';
import type { Query, ScalarValue, Term } from './query.ts';
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
  /**
   * The database's collection, when several kinds of document share one so that one index finds what is due among
   * them. There `_id` is `<name>/<_id>` and `shelved` the name; seen through this port neither shows.
   */
  readonly shelf?: string;
}

/** A collection as an engine gives it: documents and queries have passed the port's own checks. */
export interface EngineCollection {
  get(id: string): Promise<StoredDocument | undefined>;
  find(query: Query): Promise<StoredDocument[]>;
  /** The query has terms alone. */
  versions(query: Query): Promise<Versions>;
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
  /** The database's own time: one clock for all processes that share it. */
  time(): Promise<Date>;
  close(): Promise<void>;
}

/** A `Collection` that also takes what is not typed yet; the schema decides. */
export interface DocumentCollection<T extends Stored> extends Collection<T> {
  search(where: unknown, options?: unknown): Promise<T[]>;
  create(doc: unknown): Promise<'inserted' | 'duplicate'>;
  stamps(where: unknown): Promise<Versions>;
}

const readSchemaVersion = (doc: StoredDocument, fallback: number): number =>
  typeof doc.schemaVersion === 'number' ? doc.schemaVersion : fallback;

/** What an engine stores of a collection, and under which name. */
export const engineSpecOf = <T extends Stored>(spec: CollectionSpec<T>): EngineCollectionSpec => ({
  name: spec.shelf ?? spec.name,
  indexes: spec.indexes,
  ...(spec.scope === undefined ? {} : { scope: spec.scope }),
});

type Shelved = Pick<CollectionSpec<Stored>, 'name' | 'shelf'>;

const shelvedId = ({ name, shelf }: Shelved, id: string): string =>
  shelf === undefined ? id : `${name}/${id}`;

const unshelvedId = ({ name, shelf }: Shelved, id: string): string =>
  shelf === undefined ? id : id.slice(name.length + 1);

/** The document as the engine keeps it. */
export const shelve = (spec: Shelved, doc: PlainDocument): PlainDocument =>
  spec.shelf === undefined ? doc : { ...doc, _id: shelvedId(spec, String(doc._id)), shelved: spec.name };

/** And back: as the collection knows it. */
export const unshelve = (spec: Shelved, stored: StoredDocument): StoredDocument => {
  if (spec.shelf === undefined) return stored;
  const { shelved: _shelved, ...doc } = stored;
  return { ...doc, _id: unshelvedId(spec, String(stored._id)) };
};

const shelvedTerm = (spec: Shelved, term: Term): Term => {
  if (term.field !== '_id') return term;
  const idOf = (value: ScalarValue): ScalarValue => shelvedId(spec, String(value));
  if (term.operator === '$in') return { ...term, value: term.value.map(idOf) };
  return term.operator === '$exists' ? term : { ...term, value: idOf(term.value) };
};

const shelvedQuery = (spec: Shelved, query: Query): Query => {
  if (spec.shelf === undefined) return query;
  const own: Term = { field: 'shelved', operator: '$eq', value: spec.name };
  return { ...query, terms: [...query.terms.map((term) => shelvedTerm(spec, term)), own] };
};

/** Upgrades and checks what an engine returned: stored documents are an edge too. */
export const readStored = <T extends Stored>(spec: CollectionSpec<T>, stored: StoredDocument): T => {
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
): DocumentCollection<T> => {
  const stored = engine.collection(engineSpecOf(spec));
  const plain = (doc: unknown): PlainDocument => shelve(spec, plainDocument(spec.schema.parse(doc)));

  const search = async (where: unknown, options: unknown = {}): Promise<T[]> => {
    const query = readQuery(where, options);
    if (query.limit === 0) return [];
    const docs = await stored.find(shelvedQuery(spec, query));
    return docs.map((doc) => readStored(spec, unshelve(spec, doc)));
  };
  const create = async (doc: unknown): Promise<'inserted' | 'duplicate'> => stored.insert(plain(doc));
  const stamps = async (where: unknown): Promise<Versions> => {
    const { text, list } = await stored.versions(shelvedQuery(spec, readQuery(where)));
    return { text, list: () => list().map((one) => ({ ...one, _id: unshelvedId(spec, one._id) })) };
  };

  return {
    search,
    create,
    stamps,
    find: search,
    versions: stamps,
    insert: create,
    get: async (id) => {
      const doc = await stored.get(shelvedId(spec, wellFormed(id)));
      return doc === undefined ? undefined : readStored(spec, unshelve(spec, doc));
    },
    replace: async (doc, expectedVersion) => stored.replace(plain(doc), expectedVersion),
    remove: async (id) => stored.remove(shelvedId(spec, wellFormed(id))),
  };
};
