import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { type Bundled, bundled } from '../../support/bundled.ts';
import type { Point } from './points.ts';
import { type WorkerPlan, workerLine } from './worker-plan.ts';

/** The worker and its SQLite thread as plain JavaScript, so that a restart takes a third of a second. */
export const bundledWorker = (): Promise<Bundled> =>
  bundled({
    'soak-worker': fileURLToPath(new URL('./soak-worker.ts', import.meta.url)),
    'sqlite-worker': fileURLToPath(new URL('../../../src/store/sqlite-worker.ts', import.meta.url)),
  });

export interface WorkerCounts {
  readonly kills: Record<Point | 'anywhere', number>;
  readonly freezes: Record<Point | 'anywhere', number>;
  starts: number;
  readonly errors: Map<string, number>;
}

export interface Workers {
  readonly counts: WorkerCounts;
  /** Keeps this many running: whoever dies is started again. */
  run(names: readonly string[]): void;
  /** Resolves when each of them ticks. */
  ticking(): Promise<void>;
  /** SIGKILL or SIGSTOP wherever it happens to be. */
  strike(name: string, how: 'kill' | 'freeze'): void;
  /** Ends all; none is started again until the next `run`. */
  killAll(): Promise<void>;
  stopAll(): Promise<void>;
  close(): Promise<void>;
}

const none = (): Record<Point | 'anywhere', number> => ({
  'before insert': 0,
  'insert/advance': 0,
  'advance/claim': 0,
  'claim/post': 0,
  'inside post': 0,
  'inside update': 0,
  'post/record': 0,
  'record/fan-out': 0,
  'during reconcile': 0,
  anywhere: 0,
});

interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<unknown>;
  ticking: boolean;
  frozen: boolean;
}

/** Starts, freezes and kills the processes of a run. `freezeMs` is how long a frozen one stays so, in host time. */
export const startWorkers = (parts: {
  readonly program: Bundled;
  readonly plan: (name: string, incarnation: number) => WorkerPlan;
  readonly freezeMs: (incarnation: number) => number;
}): Workers => {
  const counts: WorkerCounts = { kills: none(), freezes: none(), starts: 0, errors: new Map() };
  const running = new Map<string, Running>();
  let wanted: readonly string[] = [];

  const thaw = (one: Running, afterMs: number): void => {
    one.frozen = true;
    setTimeout(() => {
      one.frozen = false;
      one.child.kill('SIGCONT');
    }, afterMs);
  };
  const heard = (one: Running, incarnation: number, text: string): void => {
    const line = workerLine.parse(JSON.parse(text));
    if (line.said === 'ticking') one.ticking = true;
    else if (line.said === 'error') {
      const message = line.message.slice(0, 160);
      counts.errors.set(message, (counts.errors.get(message) ?? 0) + 1);
    } else if (line.action === 'kill') counts.kills[line.point] += 1;
    else if (line.action === 'freeze') {
      counts.freezes[line.point] += 1;
      thaw(one, parts.freezeMs(incarnation));
    }
  };
  const start = (name: string): void => {
    counts.starts += 1;
    const incarnation = counts.starts;
    const plan = JSON.stringify(parts.plan(name, incarnation));
    const child = spawn(process.execPath, [parts.program.fileOf('soak-worker'), plan], {
      stdio: ['ignore', 'ignore', 'inherit', 'pipe'],
    });
    const one: Running = { child, ended: once(child, 'exit'), ticking: false, frozen: false };
    running.set(name, one);
    const lines = child.stdio[3];
    if (lines instanceof Readable)
      createInterface({ input: lines }).on('line', (text) => heard(one, incarnation, text));
    child.once('exit', () => {
      if (running.get(name) === one) running.delete(name);
      if (wanted.includes(name)) start(name);
    });
  };
  const end = async (signal: 'SIGKILL' | 'SIGTERM'): Promise<void> => {
    wanted = [];
    const all = [...running.values()];
    for (const { child } of all) {
      child.kill(signal);
      child.kill('SIGCONT');
    }
    const lateMs = 5_000;
    const late = setTimeout(() => all.forEach(({ child }) => void child.kill('SIGKILL')), lateMs);
    await Promise.all(all.map(({ ended }) => ended));
    clearTimeout(late);
  };

  return {
    counts,
    run: (names) => {
      wanted = names;
      for (const name of names) if (!running.has(name)) start(name);
    },
    ticking: async () => {
      while (wanted.some((name) => running.get(name)?.ticking !== true))
        await new Promise((resolve) => setTimeout(resolve, 20));
    },
    strike: (name, how) => {
      const one = running.get(name);
      if (one === undefined || one.frozen || !one.ticking) return;
      if (how === 'kill') {
        counts.kills.anywhere += 1;
        one.child.kill('SIGKILL');
      } else {
        counts.freezes.anywhere += 1;
        one.child.kill('SIGSTOP');
        thaw(one, parts.freezeMs(counts.starts));
      }
    },
    killAll: () => end('SIGKILL'),
    stopAll: () => end('SIGTERM'),
    close: () => end('SIGKILL'),
  };
};
