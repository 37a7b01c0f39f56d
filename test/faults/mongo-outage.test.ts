import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { StoreUnavailable } from '../../src/domain/errors.ts';
import type { Collection, Stored } from '../../src/ports.ts';
import { type Collections, openCollections, openStore } from '../../src/store/open-store.ts';
import { freshMongoPlace, type MongoPlace, mongoSkipReason, mongoUri, strictLog } from '../support/stores.ts';
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy.ts';

const schema = z.object({ _id: z.string(), version: z.number() });
const spec = { name: 'docs', schema, schemaVersion: 1, indexes: [] } as const;

describe.skipIf(mongoSkipReason !== undefined)(
  `a MongoDB that goes away${mongoSkipReason === undefined ? '' : ` (${mongoSkipReason})`}`,
  () => {
    let place: MongoPlace;
    let door: TcpProxy;
    let uri: string;
    let collections: Collections;
    let docs: Collection<Stored>;
    beforeEach(async () => {
      place = freshMongoPlace(mongoUri);
      const server = new URL(place.uri);
      door = await startTcpProxy({ host: server.hostname, port: Number(server.port || 27017) });
      server.hostname = '127.0.0.1';
      server.port = String(door.port);
      // Else the driver asks a replica set for its own addresses and walks around the door.
      server.searchParams.set('directConnection', 'true');
      uri = server.href;
      collections = await openCollections({ mongoUri: uri });
      docs = collections.collection(spec);
    });
    afterEach(async () => {
      await collections.close();
      await door.close();
      await place.drop();
    });

    it('is StoreUnavailable while it is gone, and used again when it is back, without a restart', async () => {
      expect(await docs.insert({ _id: 'before', version: 1 })).toBe('inserted');
      await door.cut();
      await expect(docs.insert({ _id: 'while', version: 1 })).rejects.toThrow(StoreUnavailable);
      await expect(docs.get('before')).rejects.toThrow(StoreUnavailable);
      const late = collections.collection({ ...spec, name: 'late', indexes: [['version']] });
      await expect(late.insert({ _id: 'while', version: 1 })).rejects.toThrow(StoreUnavailable);
      await expect(collections.ping()).rejects.toThrow(StoreUnavailable);
      await door.restore();
      await collections.ping();
      expect(await late.insert({ _id: 'after', version: 1 })).toBe('inserted');
      expect(await docs.get('before')).toEqual({ _id: 'before', version: 1 });
      expect(await docs.insert({ _id: 'after', version: 1 })).toBe('inserted');
    }, 60_000);

    it('is StoreUnavailable when it is down at the first use, and used when it comes up', async () => {
      await door.cut();
      await expect(docs.insert({ _id: 'early', version: 1 })).rejects.toThrow(StoreUnavailable);
      await expect(docs.find({})).rejects.toThrow(StoreUnavailable);
      await door.restore();
      expect(await docs.insert({ _id: 'after', version: 1 })).toBe('inserted');
      expect(await docs.find({})).toEqual([{ _id: 'after', version: 1 }]);
    }, 60_000);

    it('does not keep the store from opening', async () => {
      await door.cut();
      const store = await openStore({ mongoUri: uri, log: strictLog });
      const claims = store.workspace('w1').claims;
      const claim = { _id: 'name:w1:acme', partnershipId: 'p1', at: new Date(0) };
      await expect(store.ping()).rejects.toThrow(StoreUnavailable);
      await expect(claims.insert(claim)).rejects.toThrow(StoreUnavailable);
      await door.restore();
      expect(await claims.insert(claim)).toBe('inserted');
      expect(await store.due.earliest(new Date())).toBeUndefined();
      await store.close();
    }, 60_000);

    it('leaves a write that was under way repeatable', async () => {
      await docs.insert({ _id: 'counter', version: 1 });
      const writes = Array.from({ length: 40 }, (_, index) =>
        docs.insert({ _id: `id${index}`, version: 1 }).catch((error: unknown) => error),
      );
      await door.cut();
      const results = await Promise.all(writes);
      const failed = results.filter((result) => typeof result !== 'string');
      for (const result of failed) expect(result).toBeInstanceOf(StoreUnavailable);
      await door.restore();
      for (let index = 0; index < 40; index += 1) await docs.insert({ _id: `id${index}`, version: 1 });
      expect(await docs.find({})).toHaveLength(41);
    }, 60_000);
  },
);
