import { z } from 'zod';
import type { Collection } from './ports.ts';
import { openCollections } from './store/open-store.ts';

const record = z.object({
  _id: z.string().min(1),
  version: z.number().int(),
  schemaVersion: z.number().int(),
  json: z.string(),
});
type Kept = z.infer<typeof record>;

/** What this machine's own workspace keeps between runs, in a file that a run with credentials never opens. */
export interface LocalState {
  load(): Promise<Record<string, string>>;
  get(key: string): Promise<string | undefined>;
  save(key: string, json: string): Promise<void>;
  close(): Promise<void>;
}

/** Another writer may come between; each try reads again. */
const attempts = 20;

export const openLocalState = async (sqlitePath: string): Promise<LocalState> => {
  const opened = await openCollections({ sqlitePath });
  const records: Collection<Kept> = opened.collection({
    name: 'records',
    schema: record,
    schemaVersion: 1,
    indexes: [],
  });
  await opened.ping();
  return {
    load: async () => Object.fromEntries((await records.find({})).map(({ _id, json }) => [_id, json])),
    get: async (key) => (await records.get(key))?.json,
    save: async (key, json) => {
      for (let attempt = 0; attempt < attempts; attempt += 1) {
        const found = await records.get(key);
        if (found === undefined) {
          const made = { _id: key, version: 1, schemaVersion: 1, json };
          if ((await records.insert(made)) === 'inserted') return;
        } else if (found.json === json) return;
        else if (await records.replace({ ...found, version: found.version + 1, json }, found.version)) return;
      }
      throw new Error(`the local record ${key} could not be written`);
    },
    close: () => opened.close(),
  };
};
