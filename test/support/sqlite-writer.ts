import { z } from 'zod';
import { documentCollection } from '../../src/store/collection.ts';
import { openSqliteEngine } from '../../src/store/sqlite-collection.ts';

/**
 * Writes to the SQLite file of its first argument until it is killed, and prints a line for every acknowledged
 * write: `insert <id>`, or `replace <id> <version>`. Its second argument leads its ids. Eight writes are under way
 * at any time, so that some are committed together.
 */
const [path = '', lead = ''] = process.argv.slice(2);
const engine = openSqliteEngine(path);
const doc = z.object({ _id: z.string(), version: z.number() });
const docs = documentCollection(engine, { name: 'docs', schema: doc, schemaVersion: 1, indexes: [] });
const acknowledge = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

const insertForEver = async (writer: number): Promise<never> => {
  for (let count = 0; ; count += 1) {
    const _id = `${lead}-${writer}-${count}`;
    if ((await docs.insert({ _id, version: 1 })) === 'inserted') acknowledge(`insert ${_id}`);
  }
};
const replaceForEver = async (): Promise<never> => {
  const _id = `${lead}-counter`;
  await docs.insert({ _id, version: 1 });
  for (let version = 1; ; version += 1) {
    if (!(await docs.replace({ _id, version: version + 1 }, version))) throw new Error('Lost its own race.');
    acknowledge(`replace ${_id} ${version + 1}`);
  }
};

await Promise.all([...Array.from({ length: 7 }, (_, writer) => insertForEver(writer)), replaceForEver()]);
