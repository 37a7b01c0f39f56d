import type { Log } from '../ports.ts';

export interface Step {
  readonly name: string;
  readonly run: () => Promise<void> | void;
}

/** Runs every step in order, also after one that failed; says whether all went well. */
export const stopInOrder = async (steps: readonly Step[], log: Log): Promise<boolean> => {
  let clean = true;
  for (const { name, run } of steps) {
    try {
      await run();
    } catch (error) {
      clean = false;
      log.error('a part did not stop well', { part: name, error });
    }
  }
  return clean;
};

interface Process {
  once(event: 'SIGTERM' | 'SIGINT', listener: () => void): unknown;
  on(event: 'unhandledRejection' | 'uncaughtException', listener: (error: unknown) => void): unknown;
  exit(code: number): void;
}

const giveUpAfterMs = 30_000;

/**
 * Stops once, on the first signal, and exits 0; a second signal exits at once. An error that nobody handled leaves
 * the process in a state nobody knows: it is logged, the parts are stopped, and the exit code is 1.
 */
export const stopOnSignals = (process: Process, log: Log, stop: () => Promise<boolean>): void => {
  let stopping = false;
  const finish = async (code: number): Promise<void> => {
    if (stopping) return process.exit(code === 0 ? 130 : code);
    stopping = true;
    setTimeout(() => process.exit(1), giveUpAfterMs).unref();
    const clean = await stop();
    process.exit(clean ? code : 1);
  };
  const onSignal = (): void => {
    log.info('stopping');
    void finish(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, onSignal);
  }
  for (const event of ['unhandledRejection', 'uncaughtException'] as const) {
    process.on(event, (error) => {
      log.error('an error that nobody handled', { event, error });
      if (!stopping) void finish(1);
    });
  }
};
