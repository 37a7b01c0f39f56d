import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { MongoClient } from 'mongodb';
import { openCollections } from '../../../src/store/open-store.ts';
import { startTcpProxy } from '../../support/tcp-proxy.ts';
import type { Place } from './soak-world.ts';

/** What a run's store is, and what can be done to it. */
export interface SoakStore {
  readonly place: Place;
  readonly name: string;
  readonly counts: Map<string, number>;
  /** One of the faults that this kind of store has; resolves when it is over. */
  disturb(roll: number): Promise<void>;
  /** Gone for so long. */
  outage(ms: number): Promise<void>;
  close(): Promise<void>;
}

const counted = (counts: Map<string, number>, what: string): void => {
  counts.set(what, (counts.get(what) ?? 0) + 1);
};

const holder = `
  const database = new (require('libsql'))(process.argv[1]);
  database.exec('PRAGMA busy_timeout = 5000');
  database.exec('BEGIN IMMEDIATE');
  setTimeout(() => database.exec('COMMIT'), Number(process.argv[2]));
`;
const mostHeldMs = 3_000;

/** A file that several processes share, and another process that holds its write lock for a while. */
export const sqliteSoakStore = async (): Promise<SoakStore> => {
  const folder = await mkdtemp(join(tmpdir(), 'soak-'));
  const sqlitePath = join(folder, 'soak.db');
  const counts = new Map<string, number>();
  const hold = async (ms: number): Promise<void> => {
    await once(spawn(process.execPath, ['-e', holder, sqlitePath, String(ms)], { stdio: 'ignore' }), 'exit');
  };
  return {
    place: { sqlitePath },
    name: 'SQLite',
    counts,
    disturb: async (roll) => {
      counted(counts, 'write lock held');
      await hold(roll * mostHeldMs);
    },
    outage: async (ms) => {
      counted(counts, 'write lock held through an outage');
      await hold(ms);
    },
    close: () => rm(folder, { recursive: true, force: true }),
  };
};

const slowMs = 40;

/** What the server does to its next `times` inserts and updates: see `failCommand` in the manual of MongoDB. */
export interface WriteFailure {
  readonly errorCode?: number;
  readonly closeConnection?: true;
  /** The write is made, and its answer says that it may not last. */
  readonly writeConcernError?: { readonly code: number; readonly errmsg: string };
}

export interface MongoSoakStore extends SoakStore {
  failWrites(failure: WriteFailure, times: number): Promise<void>;
  /** The next thing that the server does for anybody is done, and nobody hears of it. */
  loseNextAnswer(): void;
  lostAnswers(): number;
}

/** Where CI installs it, unless `SECANTUSD` names another. */
const serverCommand = (): string => {
  const command = process.env.SECANTUSD ?? '.ci/venv/bin/secantusd-py';
  if (!existsSync(command)) throw new Error(`There is no ${command}. SECANTUSD names the server to start.`);
  return command;
};

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
};

/** A port may be open before the server behind it answers. */
const untilAnswering = async (uri: string): Promise<void> => {
  const collections = await openCollections({ mongoUri: uri });
  try {
    for (let attempt = 0; attempt < 100; attempt += 1) {
      try {
        return await collections.ping();
      } catch {
        await wait(100);
      }
    }
    throw new Error('The MongoDB server does not answer.');
  } finally {
    await collections.close();
  }
};

/** A server that speaks the MongoDB protocol, on disk, killed with -9 and started again; slow through its door. */
export const mongoSoakStore = async (): Promise<MongoSoakStore> => {
  const command = serverCommand();
  const folder = await mkdtemp(join(tmpdir(), 'soak-'));
  const counts = new Map<string, number>();
  const port = await freePort();
  const uriAt = (at: number): string => `mongodb://127.0.0.1:${at}/soak?directConnection=true`;
  let server: ChildProcess;
  const start = async (): Promise<void> => {
    const options = ['--host', '127.0.0.1', '--port', String(port), '--standalone', '--storage-path', folder];
    const more = ['--sync-on-commit', '--enable-test-commands', '--log-level', 'ERROR'];
    server = spawn(command, [...options, ...more], { stdio: 'ignore' });
    await untilAnswering(uriAt(port));
  };
  const kill = async (): Promise<void> => {
    const ended = once(server, 'exit');
    server.kill('SIGKILL');
    await ended;
  };
  await start();
  const door = await startTcpProxy({ host: '127.0.0.1', port });
  return {
    place: { mongoUri: uriAt(door.port) },
    name: 'SecantusDB 0.7.0b3 (MongoDB protocol)',
    counts,
    disturb: async (roll) => {
      if (roll < 0.6) {
        counted(counts, 'server killed');
        await kill();
        await start();
      } else if (roll < 0.8) {
        counted(counts, 'connections cut');
        await door.cut();
        await door.restore();
      } else {
        counted(counts, 'server slow');
        door.delay(slowMs);
        await wait(mostHeldMs);
        door.delay(0);
      }
    },
    outage: async (ms) => {
      counted(counts, 'server gone for ten minutes');
      await kill();
      await wait(ms);
      await start();
    },
    failWrites: async (failure, times) => {
      const client = new MongoClient(uriAt(port));
      const data = { failCommands: ['insert', 'update'], ...failure };
      await client
        .db('admin')
        .command({ configureFailPoint: 'failCommand', mode: { times }, data })
        .finally(() => client.close());
    },
    loseNextAnswer: door.loseNextAnswer,
    lostAnswers: door.lost,
    close: async () => {
      await door.close();
      await kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
};
