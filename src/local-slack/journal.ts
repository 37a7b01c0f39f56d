import type { Log } from './log.ts';

/** Where the workspace keeps its records between runs: JSON by key; `null` for what was deleted. */
export interface Storage {
  load(): Promise<Record<string, string>>;
  save(key: string, json: string): Promise<void>;
}

/** Writes behind, in order, so that no answer to the bot waits for a disk. */
export interface Journal {
  save(key: string, record: unknown): void;
  /** Resolves when everything saved so far has been written or has failed. */
  written(): Promise<void>;
}

export const startJournal = (storage: Storage | undefined, log: Log): Journal => {
  let tail = Promise.resolve();
  return {
    save: (key, record) => {
      if (storage === undefined) return;
      const json = JSON.stringify(record);
      tail = tail
        .then(() => storage.save(key, json))
        .catch((error: unknown) => log.error('A record was not kept', { key, error: String(error) }));
    },
    written: () => tail,
  };
};
