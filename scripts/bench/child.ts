import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

export interface Child {
  /** From spawn to the first request answered, in milliseconds. */
  readonly readyAfterMs: number;
  residentMb(): number;
  /** Throws when it had ended by itself. */
  stop(): Promise<void>;
}

const readyWithinMs = 30_000;

export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      server.close(() => resolve(port));
    });
  });

/**
 * Starts Node on a script and asks until `answered` says yes; a refused connection is a no. The child gets no
 * variable of this process but `PATH`, so that both sides run as they would by themselves.
 */
export const startChild = async (
  script: string,
  env: Readonly<Record<string, string>>,
  answered: () => Promise<boolean>,
): Promise<Child> => {
  const started = performance.now();
  const child = spawn(process.execPath, [script], {
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  let stopping = false;
  let endedBy: string | undefined;
  const ended = new Promise<void>((resolve) => {
    child.once('exit', (code, signal) => {
      endedBy = stopping ? undefined : `${script} ended with ${signal ?? code}`;
      resolve();
    });
  });
  const stop = async (): Promise<void> => {
    stopping = true;
    child.kill('SIGTERM');
    await ended;
    if (endedBy !== undefined) throw new Error(endedBy);
  };

  while (!(await answered())) {
    if (endedBy !== undefined) throw new Error(endedBy);
    if (performance.now() - started > readyWithinMs) {
      await stop();
      throw new Error(`${script} is not ready after ${readyWithinMs / 1000} s`);
    }
    await wait(5);
  }
  return { readyAfterMs: performance.now() - started, residentMb: () => residentMb(child), stop };
};

const residentMb = ({ pid }: ChildProcess): number =>
  Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) / 1024;
