import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openCollections } from '../../src/store/open-store.ts';
import { collectionContract } from './collection-contract.ts';

collectionContract({
  name: 'SQLite in memory',
  open: async () => {
    const collections = await openCollections({ sqlitePath: ':memory:' });
    return { collections, close: () => collections.close() };
  },
});

collectionContract({
  name: 'SQLite on file',
  open: async () => {
    const directory = await mkdtemp(join(tmpdir(), 'partnership-rhythm-'));
    const sqlitePath = join(directory, 'made', 'on', 'open.db');
    const collections = await openCollections({ sqlitePath });
    const again = await openCollections({ sqlitePath });
    return {
      collections,
      again,
      close: async () => {
        await Promise.all([collections.close(), again.close()]);
        await rm(directory, { recursive: true });
      },
    };
  },
});
