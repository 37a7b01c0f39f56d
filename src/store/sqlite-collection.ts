import { z } from 'zod';
import type { Engine, EngineCollection, EngineCollectionSpec, StoredDocument } from './collection.ts';
import type { PlainDocument } from './plain-document.ts';
import type { Query, ScalarValue, Term } from './query.ts';
import type { SqliteThread } from './sqlite-thread.ts';
import { startSqliteThread } from './sqlite-thread.ts';
import type { SqliteParameter } from './sqlite-worker.ts';

/**
 * One table a collection: `_id`, `version`, and the document as JSON text. A Date is `{"$date": "<ISO>"}`: no
 * document has a key with `$`, and the texts sort as the instants do, so an index on the expression serves both.
 */
const encodeDate = (date: Date): { readonly $date: string } => ({ $date: date.toISOString() });

const encode = (doc: PlainDocument): string =>
  // Date.toJSON runs before the replacer: the holder still has the Date.
  JSON.stringify(doc, function (this: Record<string, unknown>, key, value: unknown) {
    const original = this[key];
    return original instanceof Date ? encodeDate(original) : value;
  });

const document = z.record(z.string(), z.unknown());
const decode = (json: unknown): StoredDocument =>
  document.parse(
    JSON.parse(z.string().parse(json), (_key, value: unknown) =>
      typeof value === 'object' && value !== null && '$date' in value && typeof value.$date === 'string'
        ? new Date(value.$date)
        : value,
    ),
  );

const parameterOf = (value: ScalarValue): string | number => {
  if (value instanceof Date) return JSON.stringify(encodeDate(value));
  return typeof value === 'boolean' ? Number(value) : value;
};

/** Field names are letters, digits and underscores: the query reader refuses all else. */
const expressionOf = (field: string): string =>
  field === '_id' || field === 'version' ? field : `json_extract(doc, '$.${field}')`;

const comparisons = { $eq: '=', $lt: '<', $lte: '<=', $gt: '>', $gte: '>=' } as const;

/**
 * Every query names the tenant. SQLite, without statistics, may walk an index over it where one over an id finds far
 * less; a `+` before an expression keeps it from that.
 */
const hidesTenant = ({ scope, indexes }: EngineCollectionSpec, { terms }: Query): boolean =>
  indexes.some(
    ([first]) =>
      first !== scope &&
      terms.some(({ field, operator }) => field === first && (operator === '$eq' || operator === '$in')),
  );

const termSql = (
  term: Term,
  hidden: boolean,
): { readonly sql: string; readonly parameters: readonly SqliteParameter[] } => {
  const expression = `${hidden ? '+' : ''}${expressionOf(term.field)}`;
  switch (term.operator) {
    case '$exists':
      return { sql: `${expression} IS ${term.value ? 'NOT ' : ''}NULL`, parameters: [] };
    case '$in':
      return {
        sql: `${expression} IN (SELECT value FROM json_each(?))`,
        parameters: [JSON.stringify(term.value.map(parameterOf))],
      };
    default:
      return {
        sql: `${expression} ${comparisons[term.operator]} ?`,
        parameters: [parameterOf(term.value)],
      };
  }
};

const whereSql = (spec: EngineCollectionSpec, query: Query) => {
  const hides = hidesTenant(spec, query);
  const terms = query.terms.map((term) => termSql(term, hides && term.field === spec.scope));
  return {
    sql: terms.length === 0 ? '' : ` WHERE ${terms.map(({ sql }) => sql).join(' AND ')}`,
    parameters: terms.flatMap((term) => term.parameters),
  };
};

export const selectSql = (spec: EngineCollectionSpec, query: Query) => {
  const where = whereSql(spec, query);
  const order = query.sort.map(
    ({ field, direction }) => `${expressionOf(field)} ${direction === 1 ? 'ASC' : 'DESC'}`,
  );
  const parameters: SqliteParameter[] = [...where.parameters];
  if (query.limit !== undefined) parameters.push(query.limit);
  const limit = query.limit === undefined ? '' : ' LIMIT ?';
  return {
    sql: `SELECT doc FROM "${spec.name}"${where.sql} ORDER BY ${order.join(', ')}${limit}`,
    parameters,
  };
};

const tableSql = ({ name, indexes }: EngineCollectionSpec): string =>
  [
    `CREATE TABLE IF NOT EXISTS "${name}" (_id TEXT PRIMARY KEY, version INTEGER NOT NULL, doc TEXT NOT NULL)`,
    ...indexes.map((fields) => {
      const columns = [...fields.map(expressionOf), '_id'].join(', ');
      return `CREATE INDEX IF NOT EXISTS "${name}_${fields.join('_')}" ON "${name}" (${columns})`;
    }),
  ].join(';\n');

const identity = z.object({ _id: z.string().min(1), version: z.number().int() });
const versionPairs = z.array(z.tuple([z.string(), z.number()]));

const openTable = (
  thread: SqliteThread,
  spec: EngineCollectionSpec,
  ready: () => Promise<void>,
): EngineCollection => {
  const table = `"${spec.name}"`;
  const { scope } = spec;
  const scoped = scope === undefined ? '' : ` AND ${expressionOf(scope)} = ?`;
  const scopeOf = (doc: PlainDocument): SqliteParameter[] =>
    scope === undefined ? [] : [z.string().parse(doc[scope])];

  return {
    get: async (id) => {
      await ready();
      const [json] = await thread.all(`SELECT doc FROM ${table} WHERE _id = ?`, [id]);
      return json === undefined ? undefined : decode(json);
    },
    find: async (query) => {
      await ready();
      const { sql, parameters } = selectSql(spec, query);
      return (await thread.all(sql, parameters)).map(decode);
    },
    versions: async (query) => {
      await ready();
      const { sql, parameters } = whereSql(spec, query);
      // One text for all: rows would each be carried over from the thread.
      const pairs = `SELECT json_group_array(json_array(_id, version)) FROM ${table}${sql}`;
      const [json] = await thread.all(pairs, parameters);
      const text = z.string().parse(json);
      const list = () => versionPairs.parse(JSON.parse(text)).map(([_id, version]) => ({ _id, version }));
      return { text, list };
    },
    insert: async (doc) => {
      await ready();
      const { _id, version } = identity.parse(doc);
      const sql = `INSERT INTO ${table} (_id, version, doc) VALUES (?, ?, ?) ON CONFLICT (_id) DO NOTHING`;
      return (await thread.run(sql, [_id, version, encode(doc)])) === 1 ? 'inserted' : 'duplicate';
    },
    replace: async (doc, expectedVersion) => {
      await ready();
      const { _id, version } = identity.parse(doc);
      const sql = `UPDATE ${table} SET version = ?, doc = ? WHERE _id = ? AND version = ?${scoped}`;
      const parameters = [version, encode(doc), _id, expectedVersion, ...scopeOf(doc)];
      return (await thread.run(sql, parameters)) === 1;
    },
    remove: async (id) => {
      await ready();
      return (await thread.run(`DELETE FROM ${table} WHERE _id = ?`, [id])) === 1;
    },
  };
};

/** An embedded database: a file path, or `:memory:`. Durable when a write is answered (WAL, `synchronous=FULL`). */
export const openSqliteEngine = (path: string): Engine => {
  const thread = startSqliteThread(path);
  const tables: (() => Promise<void>)[] = [];
  return {
    collection: (spec) => {
      let made: Promise<void> | undefined;
      const ready = (): Promise<void> => {
        made ??= thread.exec(tableSql(spec)).catch((error: unknown) => {
          made = undefined;
          throw error;
        });
        return made;
      };
      tables.push(ready);
      return openTable(thread, spec, ready);
    },
    prepare: async () => {
      await Promise.all(tables.map((ready) => ready()));
    },
    ping: async () => {
      await thread.all('SELECT 1', []);
    },
    time: async () => {
      const [milliseconds] = await thread.all("SELECT CAST(unixepoch('subsec') * 1000 AS INTEGER)", []);
      return new Date(z.number().parse(milliseconds));
    },
    close: async () => {
      // What was asked in this turn of the event loop is on its way to the thread: it is still answered.
      await new Promise((resolve) => setImmediate(resolve));
      await thread.close();
    },
  };
};
