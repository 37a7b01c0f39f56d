import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { StoreUnavailable } from '../../src/domain/errors.ts';
import type { Collection, Stored } from '../../src/ports.ts';
import { type Collections, openCollections } from '../../src/store/open-store.ts';

const holder = `
  const database = new (require('libsql'))(process.argv[1]);
  database.exec('BEGIN IMMEDIATE');
  process.stdout.write('held');
  setInterval(() => undefined, 1_000);
`;

/** The longest time, in milliseconds, that the event loop was not free while `work` went on. */
const longestStall = async (work: () => Promise<void>): Promise<number> => {
  let longest = 0;
  let last = performance.now();
  const timer = setInterval(() => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
  }, 2);
  await work();
  longest = Math.max(longest, performance.now() - last);
  clearInterval(timer);
  return longest;
};

describe('a frozen process that holds the write lock of a SQLite file', () => {
  let directory: string;
  let collections: Collections;
  let docs: Collection<Stored>;
  let frozen: ChildProcess;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'partnership-rhythm-'));
    const sqlitePath = join(directory, 'shared.db');
    collections = await openCollections({ sqlitePath });
    const schema = z.object({ _id: z.string(), version: z.number() });
    docs = collections.collection({ name: 'docs', schema, schemaVersion: 1, indexes: [] });
    await docs.insert({ _id: 'before', version: 1 });
    frozen = spawn(process.execPath, ['-e', holder, sqlitePath], { stdio: ['ignore', 'pipe', 'inherit'] });
    if (frozen.stdout === null) throw new Error('The holder has no output.');
    await once(frozen.stdout, 'data');
    frozen.kill('SIGSTOP');
  });
  afterEach(async () => {
    if (frozen.exitCode === null && frozen.signalCode === null) {
      frozen.kill('SIGKILL');
      await once(frozen, 'close');
    }
    await collections.close();
    await rm(directory, { recursive: true });
  });

  it('fails writes with StoreUnavailable, answers reads, and never stalls the event loop over 100 ms', async () => {
    const stalls: number[] = [];
    // A busy machine can stall any program for once: a held lock would do so every time.
    for (let attempt = 0; attempt < 3 && !stalls.some((stall) => stall < 100); attempt += 1) {
      const writes = Array.from({ length: 10 }, (_, index) => ({ _id: `while${index}`, version: 1 }));
      stalls.push(
        await longestStall(async () => {
          const started = performance.now();
          const results = await Promise.allSettled(writes.map((doc) => docs.insert(doc)));
          expect(performance.now() - started).toBeGreaterThan(1_500);
          for (const result of results) {
            expect(result).toEqual({ status: 'rejected', reason: expect.any(StoreUnavailable) });
          }
        }),
      );
      expect(await docs.find({})).toEqual([{ _id: 'before', version: 1 }]);
    }
    expect(Math.min(...stalls)).toBeLessThan(100);
  });

  it('is forgotten when it has ended: the next write is stored', async () => {
    await expect(docs.insert({ _id: 'while', version: 1 })).rejects.toThrow(StoreUnavailable);
    frozen.kill('SIGKILL');
    await once(frozen, 'close');
    expect(await docs.insert({ _id: 'after', version: 1 })).toBe('inserted');
  });
});
