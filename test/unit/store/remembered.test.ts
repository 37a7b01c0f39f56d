import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Repository, Store, Stored, WorkspaceStore } from '../../../src/ports.ts';
import { openStore } from '../../../src/store/open-store.ts';
import { partnership } from '../../support/review-world.ts';
import { freshMongoPlace, mongoUri, strictLog } from '../../support/stores.ts';

/** Two openings of one place, as two processes have them. */
const openTwice = async (): Promise<{ stores: [Store, Store]; end: () => Promise<void> }> => {
  const [place, end] = await freshPlace();
  const open = () => openStore({ ...place, log: strictLog });
  return { stores: [await open(), await open()], end };
};
const freshPlace = async () => {
  if (mongoUri !== undefined) {
    const { uri, drop } = freshMongoPlace(mongoUri);
    return [{ mongoUri: uri }, drop] as const;
  }
  const folder = await mkdtemp(join(tmpdir(), 'remembered-'));
  return [{ sqlitePath: join(folder, 'store.db') }, () => rm(folder, { recursive: true })] as const;
};

let one: WorkspaceStore;
let other: WorkspaceStore;
let stores: [Store, Store];
let end: () => Promise<void>;
beforeEach(async () => {
  ({ stores, end } = await openTwice());
  [one, other] = [stores[0].workspace('w1'), stores[1].workspace('w1')];
});
afterEach(async () => {
  for (const store of stores) await store.close();
  await end();
});

const insert = (store: WorkspaceStore, name: string) =>
  store.partnerships.insert(partnership({ _id: name.toLowerCase(), name, channelId: `C${name}` }));
const names = async (store: WorkspaceStore) => (await store.every.partnership()).map((head) => head.name);
const change = async <T extends Stored>(to: Repository<T>, id: string, over: Partial<T>) => {
  const found = await to.get(id);
  if (found === undefined) throw new Error('not there');
  expect(await to.replace({ ...found, ...over })).toBe(true);
};

describe('every partnership of a workspace', () => {
  it('comes by name and without its plan', async () => {
    for (const name of ['Orbis', 'Acme', 'Éclair', 'Kestrel']) await insert(one, name);
    expect(await names(one)).toEqual(['Acme', 'Éclair', 'Kestrel', 'Orbis']);
    const [acme] = await one.every.partnership();
    expect(acme).toMatchObject({ _id: 'acme', version: 1, channelId: 'CAcme' });
    expect(Object.keys(acme ?? {})).not.toEqual(expect.arrayContaining(['kpis']));
    expect(await names(stores[0].workspace('w2'))).toEqual([]);
  });

  it('is what another process made of it by now', async () => {
    for (const name of ['Acme', 'Orbis']) await insert(one, name);
    expect(await names(one)).toEqual(['Acme', 'Orbis']);
    await insert(other, 'Kestrel');
    await change(other.partnerships, 'acme', { name: 'Zebra', state: 'ended' });
    expect(await names(one)).toEqual(['Kestrel', 'Orbis', 'Zebra']);
    expect((await one.every.partnership()).map((head) => head.state)[2]).toBe('ended');
    await other.partnerships.remove('orbis');
    expect(await names(one)).toEqual(['Kestrel', 'Zebra']);
    expect(await names(other)).toEqual(['Kestrel', 'Zebra']);
  });

  it('is right for all who ask while it changes', async () => {
    for (let nth = 0; nth < 20; nth += 1) await insert(one, `Firm ${nth}`);
    const changes = Array.from({ length: 20 }, async (_, nth) => {
      await change(other.partnerships, `firm ${nth}`, { name: `Moved ${nth}` });
      expect(await names(one)).toContain(`Moved ${nth}`);
    });
    await Promise.all(changes);
    expect((await names(one)).every((name) => name.startsWith('Moved'))).toBe(true);
    expect(await names(one)).toHaveLength(20);
  });
});

it('the latest health of each is what another process left', async () => {
  const at = new Date('2026-10-20T10:00:00Z');
  await one.latestHealth.insert({ _id: 'acme', partnershipId: 'acme', colour: 'green', score: 81, at });
  expect(await other.every.latestHealth()).toMatchObject([{ colour: 'green', score: 81 }]);
  await change(one.latestHealth, 'acme', { colour: 'amber', score: 71 });
  expect(await other.every.latestHealth()).toMatchObject([{ colour: 'amber', score: 71, at }]);
});
