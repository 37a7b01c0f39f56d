import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PersonRef } from '../../../src/domain/person.ts';
import type { Deps } from '../../../src/ports.ts';
import { openMemoryStore } from '../../../src/store/open-store.ts';
import { askColleague } from '../../../src/usecases/ask-colleague.ts';
import { doNotAsk } from '../../../src/usecases/do-not-ask.ts';
import { withAsker } from '../../../src/usecases/load.ts';
import { fakeMessenger } from '../../support/fake-messenger.ts';
import {
  as,
  jordan,
  maya,
  partnership,
  ref,
  reviewDeps,
  rhythm,
  sam,
  stranger,
  testClock,
  tom,
  workspaceId,
} from '../../support/review-world.ts';

describe('a colleague', () => {
  let deps: Deps;
  const store = () => deps.store.workspace(workspaceId);
  beforeEach(async () => {
    const clock = testClock('2026-10-19T09:00:00Z');
    deps = reviewDeps({ store: await openMemoryStore(), clock, messenger: fakeMessenger(clock) });
    const { directory } = deps;
    const person: Deps['directory']['person'] = async (id, one) =>
      one.userId === eve.userId ? eve : directory.person(id, one);
    deps = { ...deps, directory: { ...directory, person } };
    await store().partnerships.insert(partnership());
    await store().rhythms.insert(
      rhythm(clock.now(), { asked: { ours: [ref(maya)], theirs: [ref(jordan)] } }),
    );
  });
  afterEach(() => deps.store.close());

  const eve = { ...tom, userId: 'U5EVE', name: 'Eve Park' };
  const ask = (by: PersonRef, who: PersonRef, requestId?: string) =>
    askColleague(deps, as(by, requestId), { partnershipId: 'acme', rhythmId: 'pulse', userId: who.userId });
  const asked = async () => (await store().rhythms.get('pulse'))?.asked;

  it('of one’s own firm is asked by its rhythm, once, with an entry in the log', async () => {
    expect(await ask(jordan, sam, 'VSAME')).toMatchObject({ ok: true, value: { name: 'Sam Ortiz' } });
    expect(await ask(jordan, sam, 'VSAME')).toMatchObject({ ok: true });
    expect(await asked()).toEqual({ ours: [ref(maya)], theirs: [ref(jordan), ref(sam)] });
    expect(await store().rhythms.get('pulse')).toMatchObject({ rev: 2 });
    expect(await store().audit.find({ of: 'pulse' })).toMatchObject([
      {
        action: 'ask-colleague',
        by: ref(jordan),
        summary: 'asked Sam Ortiz of Acme from the next review on',
      },
    ]);
  });

  it('of ours who is named by an editor sees what is internal, and who is asked by a colleague does not', async () => {
    const acme = async () => {
      const found = await store().partnerships.get('acme');
      if (found === undefined) throw new Error('gone');
      return found;
    };
    const seesInternal = async () => (await withAsker(deps, as(tom), await acme())).may('see-internal');
    const pulse = await store().rhythms.get('pulse');
    if (pulse === undefined) throw new Error('no rhythm');
    await store().partnerships.replace({ ...(await acme()), ourPeople: [] });
    await expect(ask(tom, tom)).rejects.toThrow(
      'Only people who are named or asked here can ask a colleague. Nothing was changed. Ask Maya Lindqvist to name you.',
    );
    // Somebody of ours whom a colleague asked: they answer, and hand on, and see nothing more by it.
    const asked = { ...pulse.asked, ours: [ref(maya), ref(eve)] };
    await store().rhythms.replace({ ...pulse, asked });
    expect(await ask(eve, tom)).toMatchObject({ ok: true });
    expect((await store().rhythms.get('pulse'))?.asked.ours).toEqual([...asked.ours, ref(tom)]);
    expect((await acme()).ourPeople).toEqual([]);
    expect(await seesInternal()).toBe(false);
    expect(await ask(tom, tom)).toMatchObject({ fields: { userId: 'This is you. Choose a colleague.' } });
    expect(await seesInternal()).toBe(false);
    expect(await ask(maya, tom)).toMatchObject({ ok: true });
    expect(await seesInternal()).toBe(true);
  });

  it('of the partner is asked by whom it named, or by anybody of it while it named nobody', async () => {
    const acme = await store().partnerships.get('acme');
    const pulse = await store().rhythms.get('pulse');
    if (acme === undefined || pulse === undefined) throw new Error('gone');
    await store().partnerships.replace({ ...acme, theirPeople: [ref(jordan)] });
    await expect(ask(sam, sam)).rejects.toThrow('Press Ask me on the introduction first.');
    await store().rhythms.replace({ ...pulse, asked: { ...pulse.asked, theirs: [] } });
    await store().partnerships.replace({ ...acme, version: acme.version + 1, theirPeople: [] });
    expect(await ask(sam, sam)).toMatchObject({ ok: false });
    expect(await ask(sam, jordan)).toMatchObject({ ok: true });
  });

  it('of ours may be asked by whoever is named or asked, and of the partner by an editor alone', async () => {
    expect(await ask(tom, sam)).toMatchObject({
      ok: false,
      fields: { userId: 'Sam Ortiz is from Acme. Choose a colleague of yours.' },
    });
    expect(await ask(maya, sam)).toMatchObject({ ok: true });
    expect(await ask(maya, tom)).toMatchObject({ ok: true });
    expect(await asked()).toEqual({ ours: [ref(maya), ref(tom)], theirs: [ref(jordan), ref(sam)] });
  });

  it('is nobody of a third firm, nobody of the other firm, and nobody who does not want to be asked', async () => {
    expect(await ask(jordan, stranger)).toMatchObject({ ok: false });
    expect(await ask(jordan, tom)).toMatchObject({ ok: false });
    await doNotAsk(deps, as(sam), { partnershipId: 'acme' });
    expect(await ask(maya, sam)).toMatchObject({
      ok: false,
      fields: { userId: 'Sam Ortiz asked not to be asked. Choose somebody else.' },
    });
    await expect(ask(stranger, sam)).rejects.toMatchObject({ code: 'not-allowed' });
    expect(await asked()).toEqual({ ours: [ref(maya)], theirs: [ref(jordan)] });
  });

  it('is refused where four are asked already', async () => {
    const found = await store().rhythms.get('pulse');
    if (found === undefined) throw new Error('no rhythm');
    const four = ['U5', 'U6', 'U7', 'U8'].map((userId) => ({ teamId: 'T2', userId }));
    await store().rhythms.replace({ ...found, asked: { ours: [ref(maya)], theirs: four } });
    expect(await ask(jordan, sam)).toMatchObject({
      ok: false,
      fields: { userId: '4 people are asked at Acme, and that is the most. Maya Lindqvist can change it.' },
    });
  });
});
