import { randomIds } from '../../src/host.ts';
import type { Clock, Deps, Directory, Log, Messenger, Store } from '../../src/ports.ts';

/** Keeps what the engine reports as an error: any makes the figures worthless. */
export interface BenchLog extends Log {
  demandNoErrors(): void;
}

export const benchLog = (): BenchLog => {
  const errors: string[] = [];
  return {
    debug: () => undefined,
    info: () => undefined,
    warn: () => undefined,
    error: (message, facts) => void errors.push(`${message}: ${String(facts?.error)}`),
    demandNoErrors: () => {
      if (errors.length > 0)
        throw new Error(`The engine reported ${errors.length} errors, first ${errors[0]}`);
    },
  };
};

const nobody = (): Promise<never> => Promise.reject(new Error('The engine asked Slack who somebody is.'));
const directory: Directory = {
  person: nobody,
  personById: nobody,
  channel: nobody,
  channelPeople: nobody,
  isCrowded: nobody,
  home: nobody,
};

/** What a tick needs. Nothing here is asked for names: what is worked names nobody. */
export const engineParts = (parts: {
  readonly store: Store;
  readonly clock: Clock;
  readonly messenger: Messenger;
  readonly log: Log;
  readonly poke?: () => void;
}): Deps => ({ ids: randomIds, directory, poke: () => undefined, ...parts });

/** A clock that goes on as the machine's does, from wherever it was set. */
export interface SettableClock extends Clock {
  set(at: Date): void;
}

export const settableClock = (start: Date): SettableClock => {
  let offset = start.getTime() - performance.now();
  return {
    now: () => new Date(offset + performance.now()),
    elapsed: () => performance.now(),
    set: (at) => {
      offset = at.getTime() - performance.now();
    },
  };
};
