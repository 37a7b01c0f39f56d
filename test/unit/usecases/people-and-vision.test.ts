import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PersonRef } from '../../../src/domain/person.ts';
import { introducePartnership } from '../../../src/usecases/introduce-partnership.ts';
import { withAsker } from '../../../src/usecases/load.ts';
import { nameColleague, volunteer } from '../../../src/usecases/name-people.ts';
import { reviseVision } from '../../../src/usecases/revise-vision.ts';
import { signVision } from '../../../src/usecases/sign-vision.ts';
import { viewPartnership } from '../../../src/usecases/view-partnership.ts';
import { visionToSign, visionVersions } from '../../../src/usecases/view-vision.ts';
import {
  acmeTeam,
  as,
  casey,
  dana,
  jordan,
  maya,
  northwindTeam,
  priya,
  robin,
  sam,
  tom,
  workspaceId,
} from '../../support/deps.ts';
import {
  createAcme,
  fieldsOf,
  introduceAcme,
  made,
  type PlanWorld,
  planWorld,
  stored,
} from '../../support/plan-world.ts';
import { ref, rhythm } from '../../support/review-world.ts';

let world: PlanWorld;
beforeEach(async () => {
  world = await planWorld();
});
afterEach(() => world.close());

const store = () => world.store.workspace(workspaceId);
const messages = async () =>
  (await store().messages.find({})).map((one) => [one._id.split(':')[0], one.channelId, one.wanted]);

describe('introducing a partnership', () => {
  it('says by ticks which guests work for the partner, one by one, and its next one leads when the lead goes', async () => {
    const { _id: partnershipId } = await introduceAcme(world.deps);
    const tick = (theirs: readonly string[], over = {}) =>
      introducePartnership(world.deps, as(maya), {
        partnershipId,
        theirTeamIds: [acmeTeam],
        guests: { shown: ['USAM'], theirs },
        ...over,
      });
    expect(made(await tick(['USAM']))).toMatchObject({ theirLead: ref(sam), theirPeople: [ref(sam)] });
    made(await tick(['USAM'], { askedTheirUserIds: ['UJORDAN'] }));
    const after = made(await tick([]));
    expect(after).toMatchObject({ theirLead: ref(jordan), theirPeople: [ref(jordan)] });
    // Nobody but a guest is taken off, whatever the form says it showed.
    expect(made(await tick([], { guests: { shown: ['UJORDAN'], theirs: [] } })).version).toBe(after.version);
    expect(fieldsOf(await tick(['UDANA'])).theirGuestIds).toContain('is no guest here any more');
  });

  it('asks whose tick is taken away in no rhythm any more, nor in the reviews that are due or open', async () => {
    const { _id: partnershipId } = await introduceAcme(world.deps, ['UJORDAN']);
    const tick = async (theirs: readonly string[]) =>
      made(
        await introducePartnership(world.deps, as(maya), {
          partnershipId,
          theirTeamIds: [acmeTeam],
          guests: { shown: ['USAM'], theirs },
        }),
      );
    await tick(['USAM']);
    const now = world.clock.now();
    const asked = { ours: [ref(maya)], theirs: [ref(jordan), ref(sam)] };
    await store().rhythms.insert(rhythm(now, { partnershipId, asked }));
    const review = (state: 'due' | 'open' | 'closed') =>
      store().occurrences.insert({
        ...{ _id: state, partnershipId, rhythmId: 'pulse', kind: 'review', state, asked },
        ...{ date: '2026-10-20', zone: 'Europe/Berlin', dueAt: now, channelId: 'CSHARED' },
        ...{ postedLate: false, skips: [] },
      });
    for (const state of ['due', 'open', 'closed'] as const) await review(state);
    await tick([]);
    const theirs = async (id: string) => (await store().occurrences.get(id))?.asked.theirs;
    expect((await store().rhythms.get('pulse'))?.asked.theirs).toEqual([ref(jordan)]);
    expect(await theirs('due')).toEqual([ref(jordan)]);
    expect(await theirs('open')).toEqual([ref(jordan)]);
    // What a closed review asked is history.
    expect(await theirs('closed')).toEqual(asked.theirs);
    expect(await store().audit.find({ of: 'open' })).toMatchObject([
      { summary: 'asks fewer people of Acme in the pulse of 20 Oct' },
    ]);
    expect(await store().messages.get('open')).toMatchObject({ content: { kind: 'review-root' } });
    expect(await store().messages.get('due')).toBeUndefined();
  });

  it('takes everybody off whose team is unticked, and the guest whose tick goes, with every right that they had', async () => {
    const { _id: partnershipId } = await introduceAcme(world.deps, ['UJORDAN']);
    const people = async (theirTeamIds: readonly string[], theirs: readonly string[] = []) =>
      made(
        await introducePartnership(world.deps, as(maya), {
          partnershipId,
          theirTeamIds,
          guests: { shown: ['USAM'], theirs },
        }),
      );
    const rights = async (who: PersonRef) => {
      const { may } = await withAsker(world.deps, as(who), await stored(world.deps, partnershipId));
      return (['answer', 'export', 'sign', 'record:theirs', 'write-joint'] as const).filter((one) =>
        may(one),
      );
    };
    await people([acmeTeam, robin.teamId], ['USAM']);
    made(await volunteer(world.deps, as(robin), { partnershipId }));
    const now = world.clock.now();
    const asked = { ours: [ref(maya)], theirs: [ref(robin), ref(jordan)] };
    await store().rhythms.insert(rhythm(now, { partnershipId, asked }));
    const both = await stored(world.deps, partnershipId);
    await store().partnerships.replace({ ...both, theirLead: ref(robin), sponsors: { theirs: ref(sam) } });
    expect(await rights(robin)).toContain('sign');
    const after = await people([acmeTeam]);
    expect(after).toMatchObject({ theirLead: ref(jordan), theirPeople: [ref(jordan)] });
    expect(after.sponsors).toBeUndefined();
    for (const who of [robin, sam]) expect(await rights(who)).toEqual([]);
    expect((await store().rhythms.get('pulse'))?.asked.theirs).toEqual([ref(jordan)]);
    const { version } = after;
    expect(await store().audit.get(`${partnershipId}:${version}`)).toMatchObject({
      summary: 'changed who is from Acme, without Robin Vale, Sam Ortiz',
    });
    expect((await people([acmeTeam])).version).toBe(version);
  });

  it('lets the owner take named people and editors of both firms out again, and owner and backup never', async () => {
    const { _id: partnershipId } = await introduceAcme(world.deps, ['UJORDAN', 'UDANA']);
    const before = await stored(world.deps, partnershipId);
    await store().partnerships.replace({
      ...before,
      backup: ref(tom),
      editors: [ref(priya)],
      ourPeople: [ref(tom), ref(priya)],
    });
    const now = world.clock.now();
    const asked = { ours: [ref(priya)], theirs: [ref(jordan), ref(dana)] };
    await store().rhythms.insert(rhythm(now, { partnershipId, asked }));
    const inside = async (who: PersonRef) => {
      const { may } = await withAsker(world.deps, as(who), await stored(world.deps, partnershipId));
      return [may('see-internal'), may('edit-plan'), may('record:theirs')];
    };
    expect(await inside(priya)).toEqual([true, true, true]);
    const take = () =>
      introducePartnership(world.deps, as(maya), {
        partnershipId,
        theirTeamIds: [acmeTeam],
        unnamed: { ours: [ref(priya), ref(maya)], theirs: [ref(jordan)] },
      });
    const after = made(await take());
    expect(after).toMatchObject({ owner: ref(maya), backup: ref(tom), editors: [], ourPeople: [ref(tom)] });
    expect(after).toMatchObject({ theirLead: ref(dana), theirPeople: [ref(dana)], theirTeamIds: [acmeTeam] });
    expect(await inside(priya)).toEqual([false, false, false]);
    expect(await inside(jordan)).toEqual([false, false, false]);
    // Somebody of ours is always asked.
    expect((await store().rhythms.get('pulse'))?.asked).toEqual({ ours: [ref(maya)], theirs: [ref(dana)] });
    expect(await store().audit.find({ of: 'pulse' })).toMatchObject([
      { summary: 'asks fewer people of Northwind and Acme in the weekly pulse' },
    ]);
    expect(made(await take()).version).toBe(after.version);
  });

  it('keeps the last who speaks for the partner, since an empty list would let anybody of it speak', async () => {
    const { _id: partnershipId } = await introduceAcme(world.deps, ['UJORDAN']);
    const take = (theirTeamIds: readonly string[], more: { readonly askedTheirUserIds?: string[] } = {}) =>
      introducePartnership(world.deps, as(maya), {
        partnershipId,
        theirTeamIds,
        unnamed: { ours: [], theirs: [ref(jordan)] },
        ...more,
      });
    expect(fieldsOf(await take([acmeTeam])).theirNamed).toContain('Name somebody else too');
    expect((await stored(world.deps, partnershipId)).theirPeople).toEqual([ref(jordan)]);
    expect(made(await take([acmeTeam], { askedTheirUserIds: ['UDANA'] })).theirPeople).toEqual([ref(dana)]);
  });

  it('posts the introduction and the card in the channel, and confirms the partner', async () => {
    const { _id } = await createAcme(world.deps);
    const saved = made(
      await introducePartnership(world.deps, as(maya), {
        partnershipId: _id,
        theirTeamIds: [acmeTeam],
        askedTheirUserIds: ['UJORDAN', 'USAM'],
      }),
    );
    expect(saved).toMatchObject({
      state: 'introduced',
      theirTeamIds: [acmeTeam],
      theirLead: { userId: 'UJORDAN' },
    });
    expect(saved.theirPeople.map((one) => one.userId)).toEqual(['UJORDAN', 'USAM']);
    expect(await messages()).toEqual([
      ['card', 'CSHARED', 1],
      ['introduction', 'CSHARED', 1],
      ['owner-card', 'UMAYA', 2],
    ]);
  });

  it('says it once, however often it is pressed', async () => {
    const first = await introduceAcme(world.deps);
    const again = made(
      await introducePartnership(world.deps, as(maya), {
        partnershipId: first._id,
        theirTeamIds: [acmeTeam],
      }),
    );
    expect(again.version).toBe(first.version);
    expect(await store().messages.get(`introduction:${first._id}`)).toMatchObject({ wanted: 1 });
  });

  it.each([
    [{ theirTeamIds: [northwindTeam] }, 'theirTeamIds', 'your own firm'],
    [{ theirTeamIds: ['TOTHER'] }, 'theirTeamIds', 'Nobody of one of these teams'],
    [{ askedTheirUserIds: ['UROBIN'] }, 'askedTheirUserIds', 'Robin Vale is not from a team of Acme'],
    [{ askedTheirUserIds: ['UTOM'] }, 'askedTheirUserIds', 'Tom Okafor is not from a team of Acme'],
    [{ askedTheirUserIds: ['UHELPER'] }, 'askedTheirUserIds', 'who is active'],
    [{ askedTheirUserIds: ['UNOBODY'] }, 'askedTheirUserIds', 'do not know'],
  ])('refuses %o at its field and posts nothing', async (over, field, words) => {
    const { _id } = await createAcme(world.deps);
    const input = { partnershipId: _id, theirTeamIds: [acmeTeam], ...over };
    expect(fieldsOf(await introducePartnership(world.deps, as(maya), input))[field]).toContain(words);
    expect((await stored(world.deps, _id)).state).toBe('draft');
    expect(await messages()).toEqual([['owner-card', 'UMAYA', 1]]);
  });

  it('is refused when the bot was taken out of the channel', async () => {
    const { _id } = await createAcme(world.deps);
    const { channels } = world.deps.directory;
    const at = channels.findIndex((one) => one.id === 'CSHARED');
    channels.splice(at, 1, {
      id: 'CSHARED',
      name: 'northwind-acme',
      shared: true,
      archived: false,
      botIsMember: false,
    });
    const introducing = introducePartnership(world.deps, as(maya), { partnershipId: _id, theirTeamIds: [] });
    await expect(introducing).rejects.toMatchObject({ code: 'bot-not-in-channel' });
  });

  it('is for the owner and the backup', async () => {
    const { _id } = await createAcme(world.deps);
    const introducing = introducePartnership(world.deps, as(tom), { partnershipId: _id, theirTeamIds: [] });
    await expect(introducing).rejects.toMatchObject({ code: 'not-allowed' });
  });
});

describe('naming people', () => {
  it('makes the first volunteer of the partner its lead, and later ones its people', async () => {
    const { _id } = await introduceAcme(world.deps);
    await volunteer(world.deps, as(dana), { partnershipId: _id });
    await volunteer(world.deps, as(jordan), { partnershipId: _id });
    await volunteer(world.deps, as(jordan), { partnershipId: _id });
    const saved = await stored(world.deps, _id);
    expect(saved.theirLead?.userId).toBe('UDANA');
    expect(saved.theirPeople.map((one) => one.userId)).toEqual(['UDANA', 'UJORDAN']);
  });

  it.each([
    ['a colleague of ours', priya, 'This is for the people of Acme.'],
    [
      'a guest',
      sam,
      'I do not know yet that you are from Acme. Nothing was changed. Ask Maya Lindqvist to confirm it.',
    ],
    ['a third firm', robin, 'I do not know yet'],
  ])('lets no volunteer of %s in', async (_title, person, words) => {
    const { _id } = await introduceAcme(world.deps);
    await expect(volunteer(world.deps, as(person), { partnershipId: _id })).rejects.toMatchObject({
      code: 'not-allowed',
      message: expect.stringContaining(words),
    });
    expect((await stored(world.deps, _id)).theirPeople).toEqual([]);
  });

  it('lets the partner name a colleague, and nobody of another firm', async () => {
    const { _id } = await introduceAcme(world.deps);
    made(await nameColleague(world.deps, as(dana), { partnershipId: _id, userId: 'UJORDAN' }));
    for (const userId of ['UTOM', 'UROBIN', 'USAM', 'UNOBODY']) {
      fieldsOf(await nameColleague(world.deps, as(dana), { partnershipId: _id, userId }));
    }
    expect((await stored(world.deps, _id)).theirPeople.map((one) => one.userId)).toEqual(['UJORDAN']);
  });

  it("lets our owner say that a guest is the partner's, and name a colleague of ours", async () => {
    const { _id } = await introduceAcme(world.deps);
    made(await nameColleague(world.deps, as(maya), { partnershipId: _id, userId: 'USAM' }));
    made(await nameColleague(world.deps, as(maya), { partnershipId: _id, userId: 'UPRIYA' }));
    const saved = await stored(world.deps, _id);
    expect(saved.theirPeople.map((one) => one.userId)).toEqual(['USAM']);
    expect(saved.ourPeople.map((one) => one.userId)).toEqual(['UPRIYA']);
    await volunteer(world.deps, as(sam), { partnershipId: _id });
  });

  it('keeps everyone of four who volunteer at the same moment', async () => {
    const { _id } = await introduceAcme(world.deps);
    const crowd = ['A', 'B', 'C', 'D'].map((one) => ({ ...dana, userId: `U${one}`, name: one }));
    world.deps.directory.people.push(...crowd);
    await Promise.all(crowd.map((one) => volunteer(world.deps, as(one), { partnershipId: _id })));
    expect((await stored(world.deps, _id)).theirPeople).toHaveLength(4);
  });
});

describe('the vision', () => {
  const joint = 'By 2029 manufacturers choose Northwind, installed by Acme. Both gain from it.';

  it("keeps both firms' views and the joint statement, each a new version, by whoever wrote it", async () => {
    const { _id } = await introduceAcme(world.deps);
    await volunteer(world.deps, as(dana), { partnershipId: _id });
    made(
      await reviseVision(world.deps, as(dana), {
        partnershipId: _id,
        baseNumber: 1,
        own: 'We earn from it.',
      }),
    );
    const third = made(
      await reviseVision(world.deps, as(maya), { partnershipId: _id, baseNumber: 2, joint }),
    );
    expect(third).toMatchObject({
      number: 3,
      ours: { text: 'Mid-size manufacturers choose us first.', by: { userId: 'UMAYA' } },
      theirs: { text: 'We earn from it.', by: { userId: 'UDANA' } },
      joint: { text: joint, by: { userId: 'UMAYA' } },
      signatures: {},
    });
    expect((await store().visions.get(`${_id}:vision:1`))?.theirs).toBeUndefined();
  });

  it('takes both when two people write different parts at once', async () => {
    const { _id } = await introduceAcme(world.deps, ['UDANA']);
    await Promise.all([
      reviseVision(world.deps, as(dana), { partnershipId: _id, baseNumber: 1, own: 'We earn from it.' }),
      reviseVision(world.deps, as(maya), { partnershipId: _id, baseNumber: 1, joint }),
    ]);
    const latest = await store().visions.get(`${_id}:vision:3`);
    expect([latest?.theirs?.text, latest?.joint?.text]).toEqual(['We earn from it.', joint]);
  });

  it('tells the second of two on the same part who was quicker', async () => {
    const { _id } = await introduceAcme(world.deps, ['UDANA']);
    made(
      await reviseVision(world.deps, as(dana), { partnershipId: _id, baseNumber: 1, joint: 'Theirs first.' }),
    );
    const late = reviseVision(world.deps, as(maya), { partnershipId: _id, baseNumber: 1, joint });
    await expect(late).rejects.toMatchObject({
      code: 'conflict',
      message: 'Dana Whitfield changed the joint statement meanwhile. Your text is kept below.',
    });
  });

  it('makes no new version of the same text', async () => {
    const { _id } = await introduceAcme(world.deps);
    const asking = as(maya, 'VVISION');
    const input = { partnershipId: _id, baseNumber: 1, joint };
    await Promise.all([reviseVision(world.deps, asking, input), reviseVision(world.deps, asking, input)]);
    expect(await store().visions.find({})).toHaveLength(2);
  });

  it.each([
    [{ own: 'a'.repeat(2501) }, 'own', '2500 is the most'],
    [{ joint: 'a'.repeat(601) }, 'joint', '600 is the most'],
    [{ joint: 'One. Two! Three? Four.' }, 'joint', 'has 4 sentences, and 3 is the most'],
  ])('refuses %o at its field', async (over, field, words) => {
    const { _id } = await createAcme(world.deps);
    const input = { partnershipId: _id, baseNumber: 1, ...over };
    expect(fieldsOf(await reviseVision(world.deps, as(maya), input))[field]).toContain(words);
  });

  it("lets neither firm write the other's view, nor an outsider anything", async () => {
    const { _id } = await introduceAcme(world.deps, ['UDANA']);
    const base = { partnershipId: _id, baseNumber: 1 };
    for (const [person, over] of [
      [maya, { theirs: 'x' }],
      [dana, { ours: 'x' }],
      [jordan, { own: 'x' }],
      [priya, { own: 'x' }],
      [robin, { own: 'x' }],
      [robin, { joint: 'x' }],
    ] as const) {
      const revising = reviseVision(world.deps, as(person), { ...base, ...over });
      await expect(revising).rejects.toMatchObject({ code: 'not-allowed' });
    }
    await expect(reviseVision(world.deps, as(casey), { ...base, own: 'x' })).rejects.toMatchObject({
      code: 'not-found',
    });
    expect(await store().visions.find({})).toHaveLength(1);
  });

  it('is signed by one named person a firm, for the version they read', async () => {
    const { _id } = await introduceAcme(world.deps, ['UDANA', 'UJORDAN']);
    made(await reviseVision(world.deps, as(maya), { partnershipId: _id, baseNumber: 1, joint }));
    const input = { partnershipId: _id, number: 2 };
    await expect(signVision(world.deps, as(jordan), input)).rejects.toMatchObject({ code: 'not-allowed' });
    await signVision(world.deps, as(dana), input);
    world.clock.pass(60_000);
    await signVision(world.deps, as(dana), input);
    const signed = await signVision(world.deps, as(maya), input);
    expect(signed.signatures).toMatchObject({
      ours: { by: { userId: 'UMAYA' } },
      theirs: { by: { userId: 'UDANA' }, at: new Date('2026-10-20T08:00:00Z') },
    });
    made(await reviseVision(world.deps, as(maya), { partnershipId: _id, baseNumber: 2, joint: 'Another.' }));
    await expect(signVision(world.deps, as(dana), input)).rejects.toMatchObject({ code: 'conflict' });
    expect((await store().visions.get(`${_id}:vision:3`))?.signatures).toEqual({});
  });

  it('shows each signer what changed since their own firm signed, and the card since anybody did', async () => {
    const { _id: partnershipId } = await introduceAcme(world.deps, ['UDANA']);
    const write = (baseNumber: number, over: { own?: string; joint?: string }, by = maya) =>
      reviseVision(world.deps, as(by), { partnershipId, baseNumber, ...over });
    made(await write(1, { joint: 'First.' }));
    await signVision(world.deps, as(maya), { partnershipId, number: 2 });
    made(await write(2, { joint: 'Second.' }));
    await signVision(world.deps, as(dana), { partnershipId, number: 3 });
    made(await write(3, { own: 'We earn from it.' }, dana));
    const toSign = (by: typeof maya) => visionToSign(world.deps, as(by), { partnershipId });
    expect(await toSign(maya)).toMatchObject({
      firm: 'ours',
      vision: { number: 4, joint: 'Second.' },
      signed: {},
      before: {
        number: 2,
        changes: [
          { part: 'joint', before: 'First.', now: 'Second.' },
          { part: 'theirs', now: 'We earn from it.' },
        ],
      },
    });
    expect((await toSign(dana)).before).toMatchObject({
      number: 3,
      signed: { theirs: { name: 'Dana Whitfield', on: '2026-10-20' } },
      changes: [{ part: 'theirs', now: 'We earn from it.' }],
    });
    const card = () => viewPartnership(world.deps, as(maya), { partnershipId });
    expect((await card()).vision?.before).toMatchObject({ number: 3, changes: [{ part: 'theirs' }] });
    await signVision(world.deps, as(maya), { partnershipId, number: 4 });
    await signVision(world.deps, as(dana), { partnershipId, number: 4 });
    expect((await card()).vision).not.toHaveProperty('before');
    await expect(toSign(jordan)).rejects.toMatchObject({ code: 'not-allowed' });
  });

  it('lists its versions, the newest first, with who changed what, to everybody who may look', async () => {
    const { _id: partnershipId } = await introduceAcme(world.deps, ['UDANA']);
    for (let baseNumber = 1; baseNumber <= 7; baseNumber += 1) {
      const own = baseNumber === 7 ? '' : `View ${baseNumber}.`;
      made(await reviseVision(world.deps, as(dana), { partnershipId, baseNumber, own, joint: 'Together.' }));
    }
    const newest = await visionVersions(world.deps, as(jordan), { partnershipId });
    expect(newest.versions.map((one) => one.number)).toEqual([8, 7, 6, 5, 4, 3]);
    expect(newest.older).toBe(true);
    expect(newest.versions[0]).toEqual({
      number: 8,
      on: '2026-10-20',
      by: 'Dana Whitfield',
      changes: [{ part: 'theirs', before: 'View 6.' }],
      signed: {},
    });
    const older = await visionVersions(world.deps, as(robin), { partnershipId, before: 3 });
    expect(older.versions.map((one) => [one.number, one.by, one.changes.map(({ part }) => part)])).toEqual([
      [2, 'Dana Whitfield', ['joint', 'theirs']],
      [1, 'Maya Lindqvist', ['ours']],
    ]);
    expect(older.older).toBe(false);
    await expect(visionVersions(world.deps, as(casey), { partnershipId })).rejects.toMatchObject({
      code: 'not-found',
    });
  });

  it('reads in a document of before: nothing was signed that is known, and the parts say who wrote them', async () => {
    const { _id: partnershipId } = await introduceAcme(world.deps, ['UDANA']);
    made(await reviseVision(world.deps, as(dana), { partnershipId, baseNumber: 1, joint: 'Together.' }));
    const { visions } = store();
    for (const one of await visions.find({ partnershipId })) {
      const { signedBefore: _signed, by: _by, ...old } = one;
      expect(await visions.replace(old)).toBe(true);
    }
    expect(await visionToSign(world.deps, as(maya), { partnershipId })).not.toHaveProperty('before');
    const { versions } = await visionVersions(world.deps, as(maya), { partnershipId });
    expect(versions.map((one) => one.by)).toEqual(['Dana Whitfield', 'Maya Lindqvist']);
  });

  it('cannot be signed while there is no joint statement', async () => {
    const { _id } = await createAcme(world.deps);
    const signing = signVision(world.deps, as(maya), { partnershipId: _id, number: 1 });
    await expect(signing).rejects.toMatchObject({ code: 'invalid' });
  });
});
