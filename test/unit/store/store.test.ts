import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OutboxMessage } from '../../../src/domain/message.ts';
import type { Installations, New, Store } from '../../../src/ports.ts';
import { openTestStore } from '../../support/stores.ts';

const minute = (number: number): Date => new Date(Date.UTC(2026, 9, 20, 8, number));

const installation = (teamId: string, workspaceId: string, active = true) =>
  ({
    _id: teamId,
    workspaceId,
    teamId,
    teamName: 'Home',
    botId: 'B1',
    botUserId: 'U1',
    active,
    installedAt: minute(0),
  }) satisfies Parameters<Installations['save']>[0];

const message = (_id: string, wakeAt?: Date): New<OutboxMessage> => ({
  _id,
  channelId: 'C1',
  content: { kind: 'note', text: 'Hello' },
  wanted: 1,
  posted: 0,
  state: 'waiting',
  fence: 0,
  ambiguous: false,
  attempts: 0,
  createdAt: minute(0),
  ...(wakeAt === undefined ? {} : { wakeAt }),
});

const claim = (_id: string) => ({ _id, partnershipId: 'p1', at: minute(0) });

let store: Store;
beforeEach(async () => {
  store = await openTestStore();
});
afterEach(async () => {
  await store.close();
});

describe('a workspace', () => {
  it('adds workspace, version and schema version to what it inserts', async () => {
    const { claims } = store.workspace('w1');
    expect(await claims.insert(claim('name:w1:acme'))).toBe('inserted');
    expect(await claims.get('name:w1:acme')).toEqual({
      ...claim('name:w1:acme'),
      workspaceId: 'w1',
      version: 1,
      schemaVersion: 1,
    });
  });

  it('lets one of two who read the same version replace it', async () => {
    const { claims } = store.workspace('w1');
    await claims.insert(claim('a'));
    const read = await claims.get('a');
    if (read === undefined) throw new Error('It was just inserted.');
    expect(await claims.replace({ ...read, partnershipId: 'p2' })).toBe(true);
    expect(await claims.replace({ ...read, partnershipId: 'p3' })).toBe(false);
    expect(await claims.get('a')).toMatchObject({ partnershipId: 'p2', version: 2 });
  });

  it('does not see, change or remove the documents of another', async () => {
    const mine = store.workspace('w1').claims;
    const theirs = store.workspace('w2').claims;
    await mine.insert(claim('a'));
    const doc = await mine.get('a');
    if (doc === undefined) throw new Error('It was just inserted.');
    expect(await theirs.get('a')).toBeUndefined();
    expect(await theirs.find({})).toEqual([]);
    expect(await theirs.find({ _id: 'a' })).toEqual([]);
    expect(await theirs.find({ workspaceId: 'w1' })).toEqual([]);
    expect(await theirs.replace(doc)).toBe(false);
    expect(await theirs.replace({ ...doc, workspaceId: 'w2' })).toBe(false);
    expect(await theirs.remove('a')).toBe(false);
    expect(await theirs.insert(claim('a'))).toBe('duplicate');
    expect(await mine.get('a')).toEqual(doc);
    expect(await mine.remove('a')).toBe(true);
  });

  it('refuses a document that breaks a limit of the domain', async () => {
    const { messages } = store.workspace('w1');
    const content = { kind: 'note', text: 'x'.repeat(3001) } as const;
    await expect(messages.insert({ ...message('a'), content })).rejects.toThrow('3000');
    expect(await messages.get('a')).toBeUndefined();
  });

  it('stores an event as Slack sent it, with null as absent', async () => {
    const { inbox } = store.workspace('w1');
    const body = {
      event: { type: 'message', thread_ts: null, text: 'a\u2028b', blocks: [{ type: 'rich_text' }] },
    };
    await inbox.insert({ _id: 'Ev1', body, receivedAt: minute(0), attempts: 0 });
    expect((await inbox.get('Ev1'))?.body).toEqual({
      event: { type: 'message', text: 'a\u2028b', blocks: [{ type: 'rich_text' }] },
    });
  });
});

describe('due work', () => {
  it('gives what is due by now, oldest first, up to the limit', async () => {
    await store.installations.save(installation('T1', 'w1'));
    const { messages } = store.workspace('w1');
    await messages.insert(message('third', minute(3)));
    await messages.insert(message('never'));
    await messages.insert(message('first', minute(1)));
    await messages.insert(message('second', minute(2)));
    const idsAt = async (now: Date, limit: number): Promise<string[]> =>
      (await store.due.work(now, limit)).docs.map(({ doc }) => doc._id);
    expect(await idsAt(minute(0), 10)).toEqual([]);
    expect(await idsAt(minute(2), 10)).toEqual(['first', 'second']);
    expect(await idsAt(minute(9), 2)).toEqual(['first', 'second']);
    expect(await idsAt(minute(9), 10)).toEqual(['first', 'second', 'third']);
    expect(await idsAt(minute(9), 0)).toEqual([]);
  });

  it('reads across workspaces with a live installation, which others cannot crowd out', async () => {
    await store.installations.save(installation('T1', 'w1'));
    await store.installations.save(installation('T2', 'w2'));
    await store.installations.save(installation('T3', 'gone', false));
    for (let number = 0; number < 5; number += 1) {
      await store.workspace('gone').messages.insert(message(`gone${number}`, minute(0)));
      await store.workspace('unknown').messages.insert(message(`unknown${number}`, minute(0)));
    }
    await store.workspace('w1').messages.insert(message('one', minute(2)));
    await store.workspace('w2').messages.insert(message('two', minute(1)));
    // Oldest first, what is dead fills pages once and is never met again.
    const met: string[] = [];
    for (let page = 0; page < 7; page += 1)
      met.push(...(await store.due.work(minute(9), 2)).docs.map(({ doc }) => doc._id));
    expect(new Set(met)).toEqual(new Set(['two', 'one']));
    expect((await store.due.work(minute(9), 2)).docs.map(({ doc }) => doc._id)).toEqual(['two', 'one']);
    expect(await store.due.earliest(minute(0))).toEqual(minute(1));
  });

  it('costs nothing for a workspace that uninstalled the app, and finds its work again when it is back', async () => {
    await store.installations.save(installation('T1', 'w1', false));
    const { messages } = store.workspace('w1');
    await messages.insert(message('parked', minute(1)));
    expect(await store.due.earliest(minute(0))).toEqual(minute(1));
    expect((await store.due.work(minute(2), 10)).docs).toEqual([]);
    expect(await store.due.earliest(minute(0))).toBeUndefined();
    await store.installations.save(installation('T1', 'w1'));
    expect((await store.due.work(minute(2), 10)).docs.map(({ doc }) => doc._id)).toEqual(['parked']);
    expect((await messages.get('parked'))?.parkedAt).toBeUndefined();
  });

  it('finds at a start what was left parked of workspaces with a live installation, and of no other', async () => {
    // As a process leaves it that dies once the installation is live again, and before its work is due again.
    await store.installations.save(installation('T1', 'w1'));
    await store.installations.save(installation('T2', 'w2'));
    await store.installations.save(installation('T3', 'gone', false));
    for (const workspaceId of ['w1', 'w2', 'gone'])
      await store
        .workspace(workspaceId)
        .messages.insert({ ...message(`of ${workspaceId}`), parkedAt: minute(1) });
    const { messages } = store.workspace('w1');
    await messages.insert({ ...message('wanted since', minute(5)), parkedAt: minute(0) });
    for (let start = 0; start < 2; start += 1) {
      await store.installations.revive();
      const due = await store.due.work(minute(2), 10);
      expect(due.docs.map(({ doc }) => doc._id)).toEqual(['of w1', 'of w2']);
    }
    expect(await messages.get('wanted since')).toMatchObject({ wakeAt: minute(5), version: 2 });
    expect((await messages.get('wanted since'))?.parkedAt).toBeUndefined();
    expect(await store.workspace('gone').messages.get('of gone')).toMatchObject({
      parkedAt: minute(1),
      version: 1,
    });
  });

  it('keeps the messages of a workspace back that Slack paused, and of no other', async () => {
    await store.installations.save(installation('T1', 'w1'));
    await store.installations.save(installation('T2', 'w2'));
    await store.workspace('w1').messages.insert(message('one', minute(1)));
    await store.workspace('w2').messages.insert(message('two', minute(1)));
    await store.installations.pause('w1', minute(5));
    await store.installations.pause('w1', minute(3));
    expect((await store.due.work(minute(2), 10)).docs.map(({ doc }) => doc._id)).toEqual(['two']);
    expect((await store.workspace('w1').messages.get('one'))?.wakeAt).toEqual(minute(5));
    expect((await store.due.work(minute(5), 10)).docs.map(({ doc }) => doc._id)).toContain('one');
  });

  it('says when there will be work when that is soon', async () => {
    await store.installations.save(installation('T1', 'w1'));
    expect(await store.due.work(minute(1), 10)).toEqual({ docs: [] });
    await store.workspace('w1').messages.insert(message('later', minute(5)));
    // Far off, the beat will find it; soon, the tick comes when it is due.
    expect(await store.due.work(minute(1), 10)).toEqual({ docs: [] });
    const soon = new Date(minute(5).getTime() - 10_000);
    expect(await store.due.work(soon, 10)).toEqual({ docs: [], next: minute(5) });
  });

  it('keeps documents of one id and different kinds apart', async () => {
    const { messages, inbox } = store.workspace('w1');
    expect(await messages.insert(message('same', minute(1)))).toBe('inserted');
    expect(await inbox.insert({ _id: 'same', body: {}, receivedAt: minute(0), attempts: 0 })).toBe(
      'inserted',
    );
    expect(await messages.insert(message('same', minute(2)))).toBe('duplicate');
    expect(await messages.find({ _id: { $in: ['same', 'other'] } })).toHaveLength(1);
    expect(await inbox.find({})).toHaveLength(1);
    expect(await messages.remove('same')).toBe(true);
    expect(await inbox.get('same')).toMatchObject({ _id: 'same', attempts: 0 });
  });

  it('gives the time of the database', async () => {
    expect(Math.abs((await store.time()).getTime() - Date.now())).toBeLessThan(5_000);
  });

  it('knows the earliest instant of all four kinds of work, or none', async () => {
    await store.installations.save(installation('T1', 'w1'));
    expect(await store.due.earliest(minute(0))).toBeUndefined();
    const { messages, inbox } = store.workspace('w1');
    await messages.insert(message('later', minute(5)));
    await messages.insert(message('never'));
    expect(await store.due.earliest(minute(0))).toEqual(minute(5));
    await inbox.insert({ _id: 'Ev1', body: {}, receivedAt: minute(0), attempts: 0, wakeAt: minute(4) });
    expect(await store.due.earliest(minute(0))).toEqual(minute(4));
    expect((await store.due.work(minute(4), 10)).docs.map(({ kind, doc }) => [kind, doc._id])).toEqual([
      ['event', 'Ev1'],
    ]);
  });
});

describe('installations', () => {
  it('lists each workspace once, by its latest live installation', async () => {
    await store.installations.save(installation('T1', 'w1'));
    await store.installations.save({
      ...installation('E1', 'w1'),
      installedAt: new Date('2030-01-01T00:00:00Z'),
    });
    await store.installations.save(installation('T2', 'w2'));
    await store.installations.save(installation('T3', 'gone', false));
    const live = await store.installations.live();
    expect(live.map((one) => [one._id, one.workspaceId]).sort()).toEqual([
      ['E1', 'w1'],
      ['T2', 'w2'],
    ]);
  });

  it('finds a workspace by team, and the installation by workspace', async () => {
    const saved = await store.installations.save(installation('T1', 'w1'));
    expect(await store.installations.byTeam('T1')).toEqual(saved);
    expect(await store.installations.byWorkspace('w1')).toEqual(saved);
    expect(await store.installations.byTeam('T2')).toBeUndefined();
    expect(await store.installations.byWorkspace('w2')).toBeUndefined();
  });

  it('saves over an earlier one, also when several do so at once', async () => {
    await store.installations.save(installation('T1', 'w1'));
    await Promise.all(
      ['One', 'Two', 'Three'].map((teamName) =>
        store.installations.save({ ...installation('T1', 'w1'), teamName }),
      ),
    );
    expect((await store.installations.byTeam('T1'))?.version).toBe(4);
  });

  it('prefers a live installation of a workspace that has several', async () => {
    await store.installations.save({ ...installation('T1', 'w1', false), installedAt: minute(9) });
    await store.installations.save(installation('E1', 'w1'));
    expect((await store.installations.byWorkspace('w1'))?._id).toBe('E1');
  });
});
