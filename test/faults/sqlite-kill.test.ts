import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import Database from 'libsql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Bundled, bundled } from '../support/bundled.ts';

const kills = 50;
const lanes = 2;

describe('a process that is killed while it writes to SQLite', () => {
  let directory: string;
  let program: Bundled;
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'partnership-rhythm-'));
    program = await bundled({
      writer: fileURLToPath(new URL('../support/sqlite-writer.ts', import.meta.url)),
      'sqlite-worker': fileURLToPath(new URL('../../src/store/sqlite-worker.ts', import.meta.url)),
    });
  });
  afterAll(async () => {
    await program.remove();
    await rm(directory, { recursive: true });
  });

  /** The lines that one writer printed before it was killed, some milliseconds after its first. */
  const writeUntilKilled = async (path: string, lead: string): Promise<string[]> => {
    const child = spawn(process.execPath, [program.fileOf('writer'), path, lead], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
    const closed = once(child, 'close');
    await once(child.stdout, 'data');
    await sleep(Math.random() * 30);
    child.kill('SIGKILL');
    const [, signal] = await closed;
    expect(signal).toBe('SIGKILL');
    return output.split('\n').slice(0, -1);
  };

  it(`loses no acknowledged write in ${kills} kills, and leaves a sound file`, async () => {
    const path = join(directory, 'killed.db');
    const lane = async (number: number): Promise<string[]> => {
      const lines: string[] = [];
      for (let round = 0; round < kills / lanes; round += 1) {
        lines.push(...(await writeUntilKilled(path, `${number}-${round}`)));
      }
      return lines;
    };
    const acknowledged = (
      await Promise.all(Array.from({ length: lanes }, (_, number) => lane(number)))
    ).flat();

    const database = new Database(path);
    const stored = new Map<unknown, number>();
    for (const [id, version] of database
      .prepare('SELECT _id, version FROM docs')
      .raw()
      .all()
      .flatMap(asRow)) {
      stored.set(id, version);
    }
    const lost = acknowledged.filter((line) => {
      const [, id, version = '1'] = line.split(' ');
      return (stored.get(id) ?? 0) < Number(version);
    });
    expect(database.pragma('integrity_check')).toEqual([{ integrity_check: 'ok' }]);
    database.close();
    expect(lost).toEqual([]);
    expect(acknowledged.filter((line) => line.startsWith('insert'))).not.toHaveLength(0);
    expect(acknowledged.filter((line) => line.startsWith('replace'))).not.toHaveLength(0);
    expect(acknowledged.length).toBeGreaterThan(kills * 10);
  }, 120_000);
});

const asRow = (row: unknown): [string, number][] =>
  Array.isArray(row) ? [[String(row[0]), Number(row[1])]] : [];
