import { expect, it } from 'vitest';
import { documentCollection } from '../../../src/store/collection.ts';
import { specs } from '../../../src/store/documents.ts';
import { dueWork } from '../../../src/store/due-work.ts';
import { installationsOf } from '../../../src/store/installations.ts';
import { revive } from '../../../src/store/parked.ts';
import { openSqliteEngine } from '../../../src/store/sqlite-collection.ts';
import { workspaceStores } from '../../../src/store/workspace-store.ts';
import { strictLog } from '../../support/stores.ts';

const at = new Date('2026-10-20T08:00:00Z');

it('work that is parked in the moment its workspace comes back is due again', async () => {
  const engine = openSqliteEngine(':memory:');
  const collection = documentCollection(engine, specs.installations);
  const installations = installationsOf(collection, (ids) => revive(engine, ids));
  const save = (active: boolean) =>
    installations.save({
      _id: 'T1',
      workspaceId: 'w1',
      teamId: 'T1',
      teamName: 'Northwind',
      botId: 'B1',
      botUserId: 'U1',
      active,
      installedAt: at,
    });
  let comesBack = true;
  const search: typeof collection.search = async (where) => {
    const found = await collection.search(where);
    if (comesBack) await save(true);
    comesBack = false;
    return found;
  };
  const due = dueWork(engine, { ...collection, search }, strictLog);
  await save(false);
  await workspaceStores(engine)('w1').inbox.insert({
    _id: 'Ev1',
    body: {},
    receivedAt: at,
    attempts: 0,
    wakeAt: at,
  });
  expect((await due.work(at, 10)).docs).toEqual([]);
  expect((await due.work(at, 10)).docs.map(({ doc }) => doc._id)).toEqual(['Ev1']);
  await engine.close();
});
