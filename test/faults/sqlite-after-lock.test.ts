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

/** Takes the write lock, says so, and lets go at the first byte that it is sent. */
const holder = `
  const database = new (require('libsql'))(process.argv[1]);
  database.exec('BEGIN IMMEDIATE');
  process.stdout.write('held');
  process.stdin.once('data', () => { database.close(); process.exit(0); });
`;

interface Doc extends Stored {
  readonly value: number;
}

describe('a store that met the lock of another process', () => {
  let directory: string;
  let sqlitePath: string;
  let opened: Collections[];
  let held: ChildProcess | undefined;
  const open = async (): Promise<Collection<Doc>> => {
    const collections = await openCollections({ sqlitePath });
    opened.push(collections);
    const schema = z.object({ _id: z.string(), version: z.number(), value: z.number() });
    return collections.collection({ name: 'docs', schema, schemaVersion: 1, indexes: [] });
  };
  const hold = async (): Promise<void> => {
    const holding = spawn(process.execPath, ['-e', holder, sqlitePath], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    held = holding;
    await once(holding.stdout, 'data');
  };
  const letGo = async (): Promise<void> => {
    if (held === undefined || held.exitCode !== null) return;
    const gone = once(held, 'close');
    held.stdin?.write('.');
    await gone;
  };
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'partnership-rhythm-'));
    sqlitePath = join(directory, 'shared.db');
    opened = [];
  });
  afterEach(async () => {
    await letGo();
    await Promise.all(opened.map((one) => one.close()));
    await rm(directory, { recursive: true });
  });

  it('sees what others write afterwards, and writes itself', async () => {
    const [ours, others] = [await open(), await open()];
    await ours.insert({ _id: 'one', version: 1, value: 1 });
    await hold();
    await expect(ours.replace({ _id: 'one', version: 2, value: 2 }, 1)).rejects.toThrow(StoreUnavailable);
    await expect(ours.insert({ _id: 'two', version: 1, value: 1 })).rejects.toThrow(StoreUnavailable);
    await letGo();

    for (const version of [2, 3]) {
      expect(await others.replace({ _id: 'one', version, value: version * 10 }, version - 1)).toBe(true);
      expect(await ours.get('one')).toMatchObject({ version, value: version * 10 });
    }
    expect(await ours.replace({ _id: 'one', version: 4, value: 40 }, 3)).toBe(true);
    expect(await others.get('one')).toMatchObject({ value: 40 });
  });
});
