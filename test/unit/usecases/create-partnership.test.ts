import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createPartnership } from '../../../src/usecases/create-partnership.ts';
import { as, jordan, maya, sam, tom, workspaceId } from '../../support/deps.ts';
import { acmeForm, createAcme, fieldsOf, made, type PlanWorld, planWorld } from '../../support/plan-world.ts';

let world: PlanWorld;
beforeEach(async () => {
  world = await planWorld();
});
afterEach(() => world.close());

const store = () => world.store.workspace(workspaceId);

describe('creating a partnership', () => {
  it('keeps what was typed, and fills in owner, tier, zone and the year that holds today', async () => {
    const saved = await createAcme(world.deps, { name: '  Acme   Corp ' });
    expect(saved).toMatchObject({
      name: 'Acme Corp',
      firmName: 'Northwind',
      tier: 'growth',
      zone: 'Europe/Berlin',
      state: 'draft',
      owner: { teamId: maya.teamId, userId: maya.userId },
      channelName: 'northwind-acme',
      channelShared: true,
      theirTeamIds: [],
      ourFiscalYear: { startMonth: 1 },
      theirFiscalYear: { startMonth: 2 },
      period: { start: '2026-01-01', end: '2026-12-31' },
    });
    const vision = await store().visions.get(`${saved._id}:vision:1`);
    expect(vision?.ours?.text).toBe('Mid-size manufacturers choose us first.');
    expect((await store().audit.get(`${saved._id}:1`))?.summary).toBe(
      'created the partnership with Acme Corp',
    );
  });

  it('takes the operating period from a fiscal year that starts in another month', async () => {
    const saved = await createAcme(world.deps, { ourStartMonth: 11 });
    expect(saved.period).toEqual({ start: '2025-11-01', end: '2026-10-31', basis: 'our-year' });
  });

  it("gives the owner's card to the owner alone, and nothing to the channel", async () => {
    const saved = await createAcme(world.deps, { ownerUserId: 'UTOM' });
    const messages = await store().messages.find({});
    expect(messages.map(({ _id, channelId }) => ({ _id, channelId }))).toEqual([
      { _id: `owner-card:${saved._id}`, channelId: 'UTOM' },
    ]);
    expect(saved.editors).toEqual([{ teamId: maya.teamId, userId: maya.userId }]);
    expect(world.deps.pokes()).toBeGreaterThan(0);
  });

  it("keeps our fiscal year's start for the next form", async () => {
    await createAcme(world.deps, { ourStartMonth: 7 });
    expect((await store().settings.get(workspaceId))?.fiscalStartMonth).toBe(7);
  });

  it.each([
    ['an empty name', { name: '  ' }, 'name', 'Give the name'],
    ['a name over 80 characters', { name: 'a'.repeat(81) }, 'name', '80 is the most'],
    ['a zone that does not exist', { zone: 'Europe/Atlantis' }, 'zone', 'no time zone "Europe/Atlantis"'],
    [
      'a channel the bot is not in',
      { channelId: 'CPLAN' },
      'channelId',
      'I am not in #acme-plan. Your text is kept.',
    ],
    ['a channel that Slack does not show', { channelId: 'CNONE' }, 'channelId', '/invite @partnerships'],
    ['an archived channel', { channelId: 'COLD' }, 'channelId', 'is archived'],
    ['a vision over 2,500 characters', { vision: 'a'.repeat(2501) }, 'vision', '2500 is the most'],
    ['a month that is none', { ourStartMonth: 13 }, 'ourStartMonth', 'Choose a month'],
    ['an owner of another firm', { ownerUserId: 'UJORDAN' }, 'ownerUserId', 'is not from Northwind'],
    ['a guest as owner', { ownerUserId: 'USAM' }, 'ownerUserId', 'is not from Northwind'],
    ['a bot as owner', { ownerUserId: 'UHELPER' }, 'ownerUserId', 'who is active'],
    [
      'an owner that Slack does not know',
      { ownerUserId: 'UNOBODY' },
      'ownerUserId',
      'do not know this person',
    ],
  ])('refuses %s at its field and keeps nothing', async (_title, over, field, words) => {
    const fields = fieldsOf(await createPartnership(world.deps, as(maya), { ...acmeForm, ...over }));
    expect(Object.keys(fields)).toEqual([field]);
    expect(fields[field]).toContain(words);
    expect(await store().partnerships.find({})).toEqual([]);
    expect(await store().claims.find({})).toEqual([]);
    expect(await store().messages.find({})).toEqual([]);
  });

  it('says every fault at once', async () => {
    const fields = fieldsOf(
      await createPartnership(world.deps, as(maya), { ...acmeForm, name: '', zone: 'x', channelId: 'COLD' }),
    );
    expect(Object.keys(fields).sort()).toEqual(['channelId', 'name', 'zone']);
  });

  it.each([
    ['a guest', sam],
    ['a person of another firm', jordan],
  ])('refuses %s', async (_title, person) => {
    await expect(createPartnership(world.deps, as(person), acmeForm)).rejects.toMatchObject({
      code: 'not-allowed',
    });
  });
});

describe('a name or channel that is taken', () => {
  it('is refused whatever its case, accents and spaces, and says what has it', async () => {
    await createAcme(world.deps, { name: 'Acmé  Corp' });
    const fields = fieldsOf(
      await createPartnership(world.deps, as(tom), { ...acmeForm, name: 'ACME corp', channelId: 'CSECOND' }),
    );
    expect(fields.name).toBe(
      '"ACME corp" is taken. Your text is kept. Choose another name. Northwind × Acmé Corp in #northwind-acme has it: /partnership view Acmé Corp opens it.',
    );
    expect(await store().claims.get(`channel:${workspaceId}:CSECOND`)).toBeUndefined();
  });

  it('gives the name back when the channel is taken', async () => {
    await createAcme(world.deps);
    const fields = fieldsOf(await createPartnership(world.deps, as(tom), { ...acmeForm, name: 'Orbis' }));
    expect(fields.channelId).toContain('#northwind-acme is taken');
    made(await createPartnership(world.deps, as(tom), { ...acmeForm, name: 'Orbis', channelId: 'CSECOND' }));
  });

  it('goes to one of two at once, and the other gets the field error', async () => {
    const outcomes = await Promise.all(
      ['CSHARED', 'CSECOND', 'CTHIRD'].map((channelId) =>
        createPartnership(world.deps, as(maya), { ...acmeForm, channelId }),
      ),
    );
    expect(outcomes.filter((one) => one.ok)).toHaveLength(1);
    for (const one of outcomes) {
      if (!one.ok) expect(one.fields.name).toContain('"Acme" is taken. Your text is kept.');
    }
    expect(await store().partnerships.find({})).toHaveLength(1);
  });

  it('is free again five minutes after whoever took it died before saving', async () => {
    const at = world.clock.now();
    await store().claims.insert({ _id: `name:${workspaceId}:acme`, partnershipId: 'never', at });
    const fields = fieldsOf(await createPartnership(world.deps, as(maya), acmeForm));
    expect(fields.name).toBe('"Acme" is taken. Your text is kept. Choose another name.');
    world.clock.pass(5 * 60_000);
    const saved = await createAcme(world.deps);
    expect((await store().claims.get(`name:${workspaceId}:acme`))?.partnershipId).toBe(saved._id);
  });

  it('is taken per workspace', async () => {
    await createAcme(world.deps);
    const elsewhere = { ...as(maya), workspaceId: 'w2' };
    made(await createPartnership(world.deps, elsewhere, acmeForm));
  });
});

describe('the same form sent twice', () => {
  it('makes one partnership', async () => {
    const asking = as(maya, 'VSAME');
    const [first, second] = await Promise.all([
      createPartnership(world.deps, asking, acmeForm),
      createPartnership(world.deps, asking, acmeForm),
    ]);
    const third = made(await createPartnership(world.deps, asking, acmeForm));
    expect(made(first)._id).toBe(third._id);
    expect(made(second)._id).toBe(third._id);
    expect(third.version).toBe(1);
    expect(await store().visions.find({})).toHaveLength(1);
  });

  it('with other text edits what the first made, and frees the first name', async () => {
    const asking = as(maya, 'VSAME');
    const first = made(await createPartnership(world.deps, asking, acmeForm));
    const second = made(
      await createPartnership(world.deps, asking, {
        ...acmeForm,
        name: 'Acorn',
        channelId: 'CSECOND',
        vision: 'They come first.',
      }),
    );
    expect(second).toMatchObject({ _id: first._id, name: 'Acorn', channelId: 'CSECOND', version: 2 });
    expect((await store().visions.get(`${first._id}:vision:2`))?.ours?.text).toBe('They come first.');
    const claims = (await store().claims.find({})).map((one) => one._id);
    expect(claims).toEqual([`channel:${workspaceId}:CSECOND`, `name:${workspaceId}:acorn`]);
  });

  it('finishes what a crash left undone', async () => {
    const asking = as(maya, 'VSAME');
    const { store: real } = world;
    const broken = {
      ...world.deps,
      store: {
        ...real,
        workspace: (id: string) => ({
          ...real.workspace(id),
          messages: { ...real.workspace(id).messages, insert: () => Promise.reject(new Error('power cut')) },
        }),
      },
    };
    await expect(createPartnership(broken, asking, acmeForm)).rejects.toThrow('power cut');
    expect(await store().messages.find({})).toEqual([]);
    const saved = made(await createPartnership(world.deps, asking, acmeForm));
    expect((await store().messages.find({})).map((one) => one._id)).toEqual([`owner-card:${saved._id}`]);
  });
});
