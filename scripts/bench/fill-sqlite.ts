import Database from 'libsql';
import { z } from 'zod';
import type { Log } from '../../src/ports.ts';
import { openStore } from '../../src/store/open-store.ts';
import {
  type FilledStore,
  type Filling,
  firstWork,
  insertTemplates,
  installAll,
  openEvery,
  spreadSeconds,
  templateIds,
} from './tick-stores.ts';

/** The instant of the nth document, as the store writes a Date. */
const wake = `json('{"$date":"' || strftime('%Y-%m-%dT%H:%M:%fZ', $first, '+' || ((i * 7919) % ${spreadSeconds}) || ' seconds') || '"}')`;
const numbers = 'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $size)';
const workspace = "'w' || (i % $workspaces)";
const partnership = "printf('p%07d', i)";

const copyRhythms = `${numbers}
INSERT INTO rhythms (_id, version, doc)
SELECT printf('r%07d', i), 1, json_set(t.doc, '$._id', printf('r%07d', i), '$.workspaceId', ${workspace},
  '$.partnershipId', ${partnership}, '$.nextAt', ${wake})
FROM n, (SELECT doc FROM rhythms WHERE _id = '${templateIds.rhythm}') t`;

const occurrenceId = "printf('occurrences/p%07d:r%07d:2026-06-02', i, i)";
const copyOccurrences = `${numbers}, c(i, id, doc) AS (
  SELECT i, ${occurrenceId}, json_set(t.doc, '$._id', ${occurrenceId}, '$.workspaceId', ${workspace},
    '$.partnershipId', ${partnership}, '$.rhythmId', printf('r%07d', i), '$.channelId', printf('C%07d', i))
  FROM n, (SELECT doc FROM work WHERE _id = '${templateIds.occurrence}') t)
INSERT INTO work (_id, version, doc)
SELECT id, 1, CASE WHEN i % ${openEvery} = 0 THEN json_set(doc, '$.state', 'open', '$.wakeAt', ${wake}) ELSE doc END
FROM c`;

/** The read of a tick, as the store asks it. */
const wakeAt = "json_extract(doc, '$.wakeAt')";
const dueSql = `SELECT doc FROM "work" WHERE ${wakeAt} >= ? AND ${wakeAt} <= ? ORDER BY ${wakeAt} ASC, _id ASC LIMIT ?`;

const counted = z.object({ rows: z.number() });
const plan = z.array(z.object({ detail: z.string() }));

/** One search of the index and nothing sorted: it ends after a page, whatever else the table holds. */
const planOf = (path: string): string => {
  const database = new Database(path, { readonly: true });
  const steps = plan.parse(database.prepare(`EXPLAIN QUERY PLAN ${dueSql}`).all('', '~', 50));
  database.close();
  const [step] = steps;
  if (steps.length !== 1 || step === undefined || !/^SEARCH work USING INDEX work_wakeAt /u.test(step.detail))
    throw new Error(`SQLite reads what is due by ${steps.map((one) => one.detail).join('; ')}`);
  return step.detail;
};

const copy = (path: string, { size, workspaces }: Filling, first: Date): void => {
  const database = new Database(path);
  // Speed for what is made once; the store opens the file as durable as ever.
  database.exec('PRAGMA synchronous = OFF');
  const given = { size, workspaces, first: first.toISOString() };
  for (const [table, sql, id] of [
    ['rhythms', copyRhythms, templateIds.rhythm],
    ['work', copyOccurrences, templateIds.occurrence],
  ] as const) {
    database.prepare(sql).run(given);
    database.prepare(`DELETE FROM ${table} WHERE _id = ?`).run(id);
    const { rows } = counted.parse(database.prepare(`SELECT count(*) AS rows FROM ${table}`).get());
    if (rows !== size) throw new Error(`${table} has ${rows} documents, not ${size}.`);
  }
  database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  database.close();
};

export const fillSqlite = async (path: string, filling: Filling, log: Log): Promise<FilledStore> => {
  const now = new Date();
  const empty = await openStore({ sqlitePath: path, log });
  await insertTemplates(empty, now);
  await installAll(empty, filling, now);
  await empty.close();
  copy(path, filling, firstWork(now));
  const store = await openStore({ sqlitePath: path, log });
  return { ...filling, store, dueRead: async () => planOf(path), close: () => store.close() };
};
