import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { StoreUnavailable } from '../domain/errors.ts';
import type { SqliteParameter, SqliteReply, SqliteRequest } from './sqlite-worker.ts';

export interface SqliteThread {
  /** The number of changed rows. */
  run(sql: string, parameters: readonly SqliteParameter[]): Promise<number>;
  /** The first column of every row. */
  all(sql: string, parameters: readonly SqliteParameter[]): Promise<readonly unknown[]>;
  /** Several statements without parameters. */
  exec(sql: string): Promise<void>;
  close(): Promise<void>;
}

interface Waiting {
  readonly resolve: (reply: SqliteReply & { ok: true }) => void;
  readonly reject: (error: Error) => void;
}

const unavailable = (cause: unknown): StoreUnavailable =>
  new StoreUnavailable('The SQLite database does not answer.', { cause });

/**
 * In a build the worker is plain JavaScript. From the sources it is TypeScript, which neither Node 20 nor a test
 * runner's own transform can load in a worker thread, so tsx loads it there.
 */
const startWorker = (path: string): Worker => {
  if (!import.meta.url.endsWith('.ts')) {
    return new Worker(new URL('./sqlite-worker.js', import.meta.url), { workerData: path });
  }
  const file = JSON.stringify(fileURLToPath(new URL('./sqlite-worker.ts', import.meta.url)));
  const tsx = JSON.stringify(createRequire(import.meta.url).resolve('tsx/cjs/api'));
  const code = `require(${tsx}).require(${file}, ${file});`;
  return new Worker(code, { eval: true, execArgv: [], workerData: path });
};

/** One worker thread with one database. A file's worker that died is started again by the next request. */
export const startSqliteThread = (path: string): SqliteThread => {
  const waiting = new Map<number, Waiting>();
  let lastId = 0;
  let unsent: SqliteRequest[] = [];
  let worker: Worker | undefined;
  /** Why nothing can be asked any more: closed, or memory that died with its thread. */
  let ended: Error | undefined;

  const failAll = (cause: unknown): void => {
    const failed = [...waiting.values()];
    waiting.clear();
    unsent = [];
    for (const { reject } of failed) reject(unavailable(cause));
  };
  const settle = (reply: SqliteReply): void => {
    const one = waiting.get(reply.id);
    waiting.delete(reply.id);
    if (reply.ok) one?.resolve(reply);
    else if (reply.code === 'SQLITE_ERROR')
      one?.reject(new Error(`SQLite refused a statement: ${reply.message}`));
    else one?.reject(unavailable(`${reply.code}: ${reply.message}`));
  };
  const start = (): Worker => {
    const started = startWorker(path);
    started.on('message', (replies: readonly SqliteReply[]) => replies.forEach(settle));
    const lost = (cause: unknown): void => {
      if (worker !== started) return;
      worker = undefined;
      if (path === ':memory:') ended ??= new Error('The in-memory database ended with its thread.');
      failAll(cause);
    };
    started.on('error', lost);
    started.on('exit', (code) => lost(`its thread ended with ${code}`));
    return started;
  };
  /** What was asked within one turn goes over together: one message, and one commit for its writes. */
  const send = (): void => {
    const batch = unsent;
    unsent = [];
    if (batch.length === 0) return;
    worker ??= start();
    worker.postMessage(batch);
  };
  const ask = async (request: Omit<SqliteRequest, 'id'>): Promise<SqliteReply & { ok: true }> => {
    if (ended !== undefined) throw unavailable(ended);
    return new Promise((resolve, reject) => {
      lastId += 1;
      waiting.set(lastId, { resolve, reject });
      if (unsent.length === 0) process.nextTick(send);
      unsent.push({ ...request, id: lastId });
    });
  };

  return {
    run: async (sql, parameters) => (await ask({ kind: 'run', sql, parameters })).changes,
    all: async (sql, parameters) => (await ask({ kind: 'all', sql, parameters })).rows,
    exec: async (sql) => {
      await ask({ kind: 'exec', sql, parameters: [] });
    },
    close: async () => {
      if (ended !== undefined) return;
      const last = worker === undefined ? undefined : ask({ kind: 'close', sql: '', parameters: [] });
      ended = new Error('The store is closed.');
      await last?.catch(() => undefined);
      await worker?.terminate();
    },
  };
};
