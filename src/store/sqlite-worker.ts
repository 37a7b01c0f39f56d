import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { type MessagePort, parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import Database from 'libsql';

/**
 * The one place that talks to libsql: a lock held by another process stops this thread, never the event loop of the
 * program. Requests are worked in order. Writes that wait together are committed together, and answered only then.
 */
export type SqliteParameter = string | number | null;
export interface SqliteRequest {
  readonly id: number;
  /** `run` writes and gives the number of changed rows; `all` reads the first column of every row. */
  readonly kind: 'run' | 'all' | 'exec' | 'close';
  readonly sql: string;
  readonly parameters: readonly SqliteParameter[];
}
export type SqliteReply = { readonly id: number } & (
  | { readonly ok: true; readonly changes: number; readonly rows: readonly unknown[] }
  | { readonly ok: false; readonly code: string; readonly message: string }
);

const busyTimeoutMs = 2_000;
const mostTogether = 64;
const openAttempts = 5;

const sqliteCode = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'SQLITE_ERROR';
const isBusy = (error: unknown): boolean => /^SQLITE_(BUSY|LOCKED)/u.test(sqliteCode(error));
const failure = (id: number, error: unknown): SqliteReply => ({
  id,
  ok: false,
  code: sqliteCode(error),
  message: error instanceof Error ? error.message : String(error),
});

/** Two processes that open a new file at once can meet on the switch to WAL, which does not wait by itself. */
const open = (path: string): Database.Database => {
  if (path !== ':memory:') mkdirSync(dirname(path), { recursive: true });
  for (let attempt = 1; ; attempt += 1) {
    const database = new Database(path, { timeout: busyTimeoutMs });
    try {
      database.exec('PRAGMA journal_mode = WAL');
      database.exec('PRAGMA synchronous = FULL');
      return database;
    } catch (error) {
      database.close();
      if (!isBusy(error) || attempt === openAttempts) throw error;
    }
  }
};

const serve = (port: MessagePort, path: string): void => {
  let database = open(path);
  const statements = new Map<string, Database.Statement>();
  /** A read that met a lock stays half done in this driver, and its connection is not to be trusted after it. */
  let isStale = false;

  const prepared = (sql: string): Database.Statement => {
    const known = statements.get(sql);
    if (known !== undefined) return known;
    const statement = database.prepare(sql);
    statements.set(sql, statement);
    return statement;
  };
  const perform = ({ id, kind, sql, parameters }: SqliteRequest): SqliteReply => {
    if (kind === 'run') return { id, ok: true, changes: prepared(sql).run(parameters).changes, rows: [] };
    if (kind === 'all') return { id, ok: true, changes: 0, rows: prepared(sql).pluck().all(parameters) };
    if (kind === 'exec') database.exec(sql);
    else database.close();
    return { id, ok: true, changes: 0, rows: [] };
  };
  const alone = (request: SqliteRequest): SqliteReply => {
    if (request.kind === 'run') return committed([request])[0] ?? failure(request.id, 'no reply');
    try {
      return perform(request);
    } catch (error) {
      if (isBusy(error)) isStale = true;
      return failure(request.id, error);
    }
  };
  /**
   * One commit for all; what undoes it leaves each to stand on its own. One write, too, has its `BEGIN IMMEDIATE`: the
   * driver never resets a prepared statement that met a lock, and while it stands half done its connection reads the
   * database as it was then and can write no more. Inside, the lock is ours, and no statement can meet another's.
   */
  const committed = (batch: readonly SqliteRequest[]): SqliteReply[] => {
    try {
      database.exec('BEGIN IMMEDIATE');
    } catch (error) {
      return batch.map((request) => (request.kind === 'run' ? failure(request.id, error) : alone(request)));
    }
    try {
      const replies = batch.map(perform);
      database.exec('COMMIT');
      return replies;
    } catch (error) {
      if (database.inTransaction) database.exec('ROLLBACK');
      return batch.length === 1 ? batch.map(({ id }) => failure(id, error)) : batch.map(alone);
    }
  };
  const waiting = (first: readonly SqliteRequest[]): SqliteRequest[] => {
    const batch = [...first];
    while (batch.length < mostTogether) {
      const next: { message: readonly SqliteRequest[] } | undefined = receiveMessageOnPort(port);
      if (next === undefined) break;
      batch.push(...next.message);
    }
    return batch;
  };

  const answer = (batch: readonly SqliteRequest[]): void => {
    if (isStale) {
      database.close();
      statements.clear();
      database = open(path);
      isStale = false;
    }
    const writes = batch.filter(({ kind }) => kind === 'run').length;
    const groupable = batch.every(({ kind }) => kind === 'run' || kind === 'all');
    port.postMessage(writes > 1 && groupable ? committed(batch) : batch.map(alone));
  };

  port.on('message', (first: readonly SqliteRequest[]) => {
    const all = waiting(first);
    for (let at = 0; at < all.length; at += mostTogether) answer(all.slice(at, at + mostTogether));
  });
};

if (parentPort !== null && typeof workerData === 'string') serve(parentPort, workerData);
