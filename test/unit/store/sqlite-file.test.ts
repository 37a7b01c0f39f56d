import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { StoreUnavailable } from '../../../src/domain/errors.ts';
import { engineSpecOf } from '../../../src/store/collection.ts';
import { jsonDocuments, specs } from '../../../src/store/documents.ts';
import { openCollections, openStore } from '../../../src/store/open-store.ts';
import { parkedOf } from '../../../src/store/parked.ts';
import { readQuery } from '../../../src/store/query.ts';
import { selectSql } from '../../../src/store/sqlite-collection.ts';
import { strictLog } from '../../support/stores.ts';

let directory: string;
let sqlitePath: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'partnership-rhythm-'));
  sqlitePath = join(directory, 'store.db');
});
afterEach(async () => {
  await rm(directory, { recursive: true });
});

/** How SQLite means to answer a query, in its own words. */
const planOf = (sql: string): string => {
  const database = new Database(sqlitePath);
  const plan = JSON.stringify(database.prepare(`EXPLAIN QUERY PLAN ${sql}`).all());
  database.close();
  return plan;
};

describe('a SQLite file', () => {
  it('keeps what was written when it is closed and opened again', async () => {
    for (const version of [1, 2]) {
      const store = await openStore({ sqlitePath, log: strictLog });
      const { claims } = store.workspace('w1');
      const known = await claims.get('a');
      expect(known?.version).toBe(version === 1 ? undefined : 1);
      if (known === undefined) await claims.insert({ _id: 'a', partnershipId: 'p', at: new Date(0) });
      else expect(await claims.replace(known)).toBe(true);
      await store.close();
    }
  });

  it('is in WAL mode', async () => {
    const store = await openStore({ sqlitePath, log: strictLog });
    const database = new Database(sqlitePath);
    expect(database.pragma('journal_mode')).toEqual([{ journal_mode: 'wal' }]);
    database.close();
    await store.close();
  });

  it.each([
    ['work', 'wakeAt'],
    ['rhythms', 'nextAt'],
  ])('finds due %s through an index, in order', async (table, field) => {
    await (await openStore({ sqlitePath, log: strictLog })).close();
    const when = `json_extract(doc, '$.${field}')`;
    const plan = planOf(
      `SELECT doc FROM "${table}" WHERE ${when} >= ? AND ${when} <= ? ORDER BY ${when} ASC, _id ASC LIMIT ?`,
    );
    expect(plan).toContain(`SEARCH ${table} USING INDEX ${table}_${field}`);
    expect(plan).not.toContain('TEMP B-TREE');
  });

  it.each(['work', 'rhythms'])('finds parked %s through an index, in order', async (table) => {
    await (await openStore({ sqlitePath, log: strictLog })).close();
    const { sql } = selectSql({ name: table, indexes: [], scope: 'workspaceId' }, parkedOf(['w1', 'w2']));
    expect(planOf(sql)).toContain(`SEARCH ${table} USING INDEX ${table}_parkedAt`);
    expect(planOf(sql)).not.toContain('TEMP B-TREE');
  });

  it.each([
    [engineSpecOf(specs.readings), { partnershipId: 'p1' }, 'readings_partnershipId_at'],
    [engineSpecOf(specs.readings), { partnershipId: 'p1', kpiId: 'k1' }, 'readings_partnershipId_kpiId_at'],
    [engineSpecOf(specs.snapshots), { partnershipId: 'p1' }, 'snapshots_partnershipId_at'],
    [engineSpecOf(specs.snapshots), { at: { $gte: new Date(0) } }, 'snapshots_workspaceId_at'],
    [engineSpecOf(specs.partnerships), { channelId: 'C1', state: 'introduced' }, 'partnerships_channelId'],
    [
      engineSpecOf(specs.partnerships),
      { state: { $in: ['draft', 'introduced'] } },
      'partnerships_workspaceId_state',
    ],
  ] as const)('finds $name by %j through the index that tells them apart', async (spec, where, index) => {
    await (await openStore({ sqlitePath, log: strictLog })).close();
    const query = readQuery({ ...where, workspaceId: 'w1' }, { sort: { at: -1 }, limit: 1 });
    expect(planOf(selectSql(spec, query).sql)).toContain(`USING INDEX ${index}`);
  });

  it('takes over what an earlier version kept in collections of their own', async () => {
    await (await openStore({ sqlitePath, log: strictLog })).close();
    const inbox = { _id: 'Ev1', workspaceId: 'w1', version: 3, schemaVersion: 1, body: {}, attempts: 0 };
    const database = new Database(sqlitePath);
    database
      .prepare('INSERT INTO inbox (_id, version, doc) VALUES (?, ?, ?)')
      .run(['Ev1', 3, JSON.stringify({ ...inbox, receivedAt: { $date: '2026-10-20T14:00:00.000Z' } })]);
    database.close();
    for (let start = 0; start < 2; start += 1) {
      const store = await openStore({ sqlitePath, log: strictLog });
      expect(await store.workspace('w1').inbox.find({})).toEqual([
        { ...inbox, receivedAt: new Date('2026-10-20T14:00:00Z') },
      ]);
      await store.close();
    }
    const after = new Database(sqlitePath);
    expect(after.prepare('SELECT _id FROM inbox').all()).toEqual([]);
    after.close();
  });

  it('holds other small collections beside the store', async () => {
    const store = await openStore({ sqlitePath, log: strictLog });
    const collections = await openCollections({ sqlitePath });
    const notes = collections.collection(jsonDocuments('localState'));
    await notes.insert({ _id: 'clock', version: 1, json: '{"offset":0}' });
    expect((await notes.get('clock'))?.json).toBe('{"offset":0}');
    await collections.close();
    await store.close();
  });

  it('opens for two at once', async () => {
    const stores = await Promise.all([1, 2, 3, 4].map(() => openStore({ sqlitePath, log: strictLog })));
    await Promise.all(stores.map((store) => store.ping()));
    await Promise.all(stores.map((store) => store.close()));
  });

  it('cannot be opened where it is no database: StoreUnavailable', async () => {
    await writeFile(sqlitePath, 'This is a text file and no database. '.repeat(100));
    await expect(openStore({ sqlitePath, log: strictLog })).rejects.toThrow(StoreUnavailable);
  });

  it('is asked again after a failure: repaired, it answers without a restart', async () => {
    await writeFile(sqlitePath, 'This is a text file and no database. '.repeat(100));
    const collections = await openCollections({ sqlitePath });
    const notes = collections.collection(jsonDocuments('notes'));
    await expect(notes.get('a')).rejects.toThrow(StoreUnavailable);
    await rm(sqlitePath);
    expect(await notes.insert({ _id: 'a', version: 1, json: '1' })).toBe('inserted');
    await collections.close();
  });

  it('cannot be opened below a file: StoreUnavailable', async () => {
    await writeFile(join(directory, 'file'), '');
    const place = { sqlitePath: join(directory, 'file', 'store.db'), log: strictLog };
    await expect(openStore(place)).rejects.toThrow(StoreUnavailable);
  });

  it('answers what was asked before it was closed, and refuses what comes after', async () => {
    const store = await openStore({ sqlitePath, log: strictLog });
    const { claims } = store.workspace('w1');
    const before = claims.insert({ _id: 'a', partnershipId: 'p', at: new Date(0) });
    await store.close();
    expect(await before).toBe('inserted');
    await expect(claims.get('a')).rejects.toThrow(StoreUnavailable);
    await store.close();
  });

  it('leaves a malformed document out of due work and reports it', async () => {
    const reports: unknown[] = [];
    const log = { ...strictLog, error: (_message: string, facts?: object) => void reports.push(facts) };
    const store = await openStore({ sqlitePath, log });
    const at = new Date(0);
    await store.installations.save({
      _id: 'T1',
      workspaceId: 'w1',
      teamName: 'Home',
      botId: 'B1',
      botUserId: 'U1',
      active: true,
      installedAt: at,
    });
    const { inbox } = store.workspace('w1');
    for (const _id of ['bad', 'good']) {
      await inbox.insert({ _id, body: {}, receivedAt: at, attempts: 0, wakeAt: at });
    }
    const database = new Database(sqlitePath);
    database.exec(`UPDATE work SET doc = json_remove(doc, '$.attempts') WHERE _id = 'inbox/bad'`);
    database.close();
    expect((await store.due.work(new Date(1), 10)).docs.map(({ doc }) => doc._id)).toEqual(['good']);
    expect(reports).toEqual([expect.objectContaining({ id: 'inbox/bad' })]);
    await expect(inbox.get('bad')).rejects.toThrow('does not have its shape');
    await store.close();
  });
});
