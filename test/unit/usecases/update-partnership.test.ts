import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createPartnership } from '../../../src/usecases/create-partnership.ts';
import { type UpdatePartnership, updatePartnership } from '../../../src/usecases/update-partnership.ts';
import { changePartnership } from '../../../src/usecases/write.ts';
import { as, dana, jordan, maya, priya, tom, workspaceId } from '../../support/deps.ts';
import {
  acmeForm,
  addKpi,
  consultingRevenue,
  createAcme,
  fieldsOf,
  introduceAcme,
  made,
  type PlanWorld,
  planWorld,
  stored,
} from '../../support/plan-world.ts';

let world: PlanWorld;
beforeEach(async () => {
  world = await planWorld();
});
afterEach(() => world.close());

const claims = async () =>
  (await world.store.workspace(workspaceId).claims.find({})).map((one) => one._id.split(':').at(-1));

describe('editing a partnership', () => {
  it('changes what is given and leaves the rest', async () => {
    const { _id, version } = await createAcme(world.deps);
    const saved = made(
      await updatePartnership(world.deps, as(maya), {
        partnershipId: _id,
        baseVersion: version,
        tier: 'strategic',
        zone: 'America/Chicago',
        backupUserId: 'UTOM',
      }),
    );
    expect(saved).toMatchObject({ name: 'Acme', tier: 'strategic', zone: 'America/Chicago', version: 2 });
    expect(saved.backup?.userId).toBe('UTOM');
    const entry = await world.store.workspace(workspaceId).audit.get(`${_id}:2`);
    expect(entry).toMatchObject({
      summary: 'changed the tier to strategic, the zone to Chicago, the backup owner',
    });
  });

  it('moves the name claim with the name', async () => {
    const { _id, version } = await createAcme(world.deps);
    made(
      await updatePartnership(world.deps, as(maya), {
        partnershipId: _id,
        baseVersion: version,
        name: 'Acorn',
      }),
    );
    expect(await claims()).toEqual(['CSHARED', 'acorn']);
  });

  it('refuses a name that another has, and keeps its own', async () => {
    await createAcme(world.deps, { name: 'Orbis', channelId: 'CSECOND' });
    const { _id, version } = await createAcme(world.deps);
    const input = { partnershipId: _id, baseVersion: version, name: 'orbis' };
    expect(fieldsOf(await updatePartnership(world.deps, as(maya), input)).name).toContain('is taken');
    expect((await stored(world.deps, _id)).name).toBe('Acme');
    expect((await claims()).sort()).toEqual(['CSECOND', 'CSHARED', 'acme', 'orbis']);
  });

  it('moves goals and KPIs that run with the period, and no others', async () => {
    const { _id } = await createAcme(world.deps);
    await addKpi(world.deps, consultingRevenue(_id));
    const own = await addKpi(world.deps, { ...consultingRevenue(_id), name: 'Deals', due: '2026-11-30' });
    const { version } = await stored(world.deps, _id);
    const saved = made(
      await updatePartnership(world.deps, as(maya), {
        partnershipId: _id,
        baseVersion: version,
        periodStart: '2026-07-01',
        periodEnd: '2026-12-30',
      }),
    );
    expect(saved.kpis.map(({ start, due, rev }) => [start, due, rev])).toEqual([
      ['2026-07-01', '2026-12-30', 2],
      ['2026-07-01', own.due, 2],
    ]);
  });

  const edited = async (over: Partial<UpdatePartnership>) => {
    const { _id: partnershipId } = await createAcme(world.deps);
    const input = { partnershipId, baseVersion: 1, ...over };
    return made(await updatePartnership(world.deps, as(maya), input));
  };

  it('agrees the period as a quarter of the year that the same form gives the partner', async () => {
    const saved = await edited({
      theirStartMonth: 4,
      theirNaming: { namedBy: 'start', weeks: { weekday: 5, ends: 'last' } },
      periodBasis: 'their-quarter',
    });
    expect(saved).toMatchObject({
      ourFiscalYear: { startMonth: 1, namedBy: 'end' },
      theirFiscalYear: { startMonth: 4, namedBy: 'start', weeks: { weekday: 5, ends: 'last' } },
      period: { start: '2026-09-26', end: '2026-12-25', basis: 'their-quarter' },
    });
    const entry = await world.store.workspace(workspaceId).audit.get(`${saved._id}:2`);
    expect(entry?.summary).toBe("changed Acme's fiscal year, the operating period to 26 Sep – 25 Dec 2026");
  });

  it('keeps how a firm names its year when only the month changes, and goes back to calendar months', async () => {
    const weeks = { weekday: 6, ends: 'nearest' } as const;
    const saved = await edited({ ourNaming: { namedBy: 'start', weeks } });
    const change = async (over: Partial<UpdatePartnership>) =>
      made(
        await updatePartnership(world.deps, as(maya), {
          partnershipId: saved._id,
          baseVersion: (await stored(world.deps, saved._id)).version,
          ...over,
        }),
      ).ourFiscalYear;
    expect(await change({ ourStartMonth: 3 })).toEqual({ startMonth: 3, namedBy: 'start', weeks });
    expect(await change({ ourNaming: { weeks: 'months' } })).toEqual({ startMonth: 3, namedBy: 'start' });
  });

  it('takes own dates in place of what was agreed, and changes nothing for the same again', async () => {
    const own = { periodStart: '2026-07-01', periodEnd: '2026-12-31' };
    const saved = await edited(own);
    expect(saved.period).toEqual({ start: '2026-07-01', end: '2026-12-31' });
    const input = { partnershipId: saved._id, baseVersion: saved.version, ...own };
    expect(made(await updatePartnership(world.deps, as(maya), input)).version).toBe(saved.version);
  });

  it('refuses a quarter of a year that nobody told yet, and a shared end where none is', async () => {
    const { theirStartMonth: _unknown, ...form } = acmeForm;
    const { _id, version } = made(await createPartnership(world.deps, as(maya), form));
    const input = { partnershipId: _id, baseVersion: version };
    const refusedAs = async (over: Partial<UpdatePartnership>) =>
      fieldsOf(await updatePartnership(world.deps, as(maya), { ...input, ...over })).periodBasis;
    expect(await refusedAs({ periodBasis: 'their-quarter' })).toContain("when Acme's fiscal year starts");
    expect(await refusedAs({ periodBasis: 'shared-quarter' })).toContain("when Acme's fiscal year starts");
    expect(await refusedAs({ periodBasis: 'shared-quarter', theirStartMonth: 2 })).toContain(
      'No quarter of both',
    );
  });

  it.each([
    [{ periodStart: 'soon' }, 'periodStart', 'cannot read this date'],
    [{ periodEnd: '2026-01-10' }, 'periodEnd', 'four weeks'],
    [{ periodEnd: '2029-01-10' }, 'periodEnd', 'two years'],
    [{ zone: 'Mars/Base' }, 'zone', 'no time zone'],
    [{ backupUserId: 'UMAYA' }, 'backupUserId', 'other than the owner'],
    [{ ownerUserId: 'UDANA' }, 'ownerUserId', 'not from Northwind'],
    [{ theirStartMonth: 0 }, 'theirStartMonth', 'Choose a month'],
  ])('refuses %o at its field', async (over, field, words) => {
    const { _id, version } = await createAcme(world.deps);
    const input = { partnershipId: _id, baseVersion: version, ...over };
    expect(fieldsOf(await updatePartnership(world.deps, as(maya), input))[field]).toContain(words);
    expect((await stored(world.deps, _id)).version).toBe(1);
  });

  it("gives a new owner the owner's card in their own direct messages", async () => {
    const { _id, version } = await createAcme(world.deps);
    made(
      await updatePartnership(world.deps, as(maya), {
        partnershipId: _id,
        baseVersion: version,
        ownerUserId: 'UTOM',
      }),
    );
    const card = await world.store.workspace(workspaceId).messages.get(`owner-card:${_id}`);
    expect(card).toMatchObject({ channelId: 'UTOM', posted: 0, state: 'waiting' });
    expect((await stored(world.deps, _id)).editors.map((one) => one.userId)).toEqual(['UMAYA']);
  });

  it.each([
    ['a colleague who is not named', priya],
    ['a person of the partner', dana],
  ])('refuses %s', async (_title, person) => {
    const { _id, version } = await introduceAcme(world.deps);
    const input = { partnershipId: _id, baseVersion: version, name: 'Mine' };
    const error = { code: 'not-allowed', message: expect.stringContaining('Ask Maya Lindqvist.') };
    await expect(updatePartnership(world.deps, as(person), input)).rejects.toMatchObject(error);
  });

  it('is as good as not there for who may not see it', async () => {
    const { _id, version } = await createAcme(world.deps);
    const unseen = await updatePartnership(world.deps, as(jordan), {
      partnershipId: _id,
      baseVersion: version,
    }).catch((error: unknown) => error);
    const absent = await updatePartnership(world.deps, as(jordan), {
      partnershipId: 'none',
      baseVersion: 1,
    }).catch((error: unknown) => error);
    expect(unseen).toMatchObject({ code: 'not-found' });
    expect(unseen).toEqual(absent);
  });
});

describe('two people editing the same partnership', () => {
  it('tells the second who changed what and when, and overwrites nothing', async () => {
    const { _id } = await createAcme(world.deps);
    const { version } = made(
      await updatePartnership(world.deps, as(maya), {
        partnershipId: _id,
        baseVersion: 1,
        backupUserId: 'UTOM',
      }),
    );
    made(
      await updatePartnership(world.deps, as(tom), {
        partnershipId: _id,
        baseVersion: version,
        tier: 'strategic',
      }),
    );
    const late = updatePartnership(world.deps, as(maya), {
      partnershipId: _id,
      baseVersion: version,
      tier: 'growth',
      name: 'Acorn',
    });
    await expect(late).rejects.toMatchObject({
      code: 'conflict',
      message: 'Tom Okafor changed the tier to strategic at 10:00. Your text is kept below.',
    });
    expect(await stored(world.deps, _id)).toMatchObject({ name: 'Acme', tier: 'strategic' });
    expect((await claims()).sort()).toEqual(['CSHARED', 'acme']);
  });

  it('is not disturbed by a KPI that was added meanwhile', async () => {
    const { _id } = await createAcme(world.deps);
    await addKpi(world.deps, consultingRevenue(_id));
    made(
      await updatePartnership(world.deps, as(maya), {
        partnershipId: _id,
        baseVersion: 1,
        tier: 'strategic',
      }),
    );
    const now = await stored(world.deps, _id);
    expect(now).toMatchObject({ tier: 'strategic', version: 3 });
    expect(now.kpis).toHaveLength(1);
  });

  it('takes the same form again, with other text, as its own edit', async () => {
    const { _id } = await createAcme(world.deps);
    const asking = as(maya, 'VEDIT');
    const input = { partnershipId: _id, baseVersion: 1, tier: 'strategic' } as const;
    made(await updatePartnership(world.deps, asking, input));
    made(await updatePartnership(world.deps, asking, input));
    expect((await stored(world.deps, _id)).version).toBe(2);
    const again = made(await updatePartnership(world.deps, asking, { ...input, tier: 'long-tail' }));
    expect(again).toMatchObject({ tier: 'long-tail', version: 3 });
  });
});

describe('writing under contention', () => {
  it('applies every one of five changes of different things at once', async () => {
    const { _id } = await createAcme(world.deps);
    const names = ['A', 'B', 'C', 'D', 'E'];
    await Promise.all(
      names.map((name, at) => addKpi(world.deps, { ...consultingRevenue(_id), name, reason: `${at}` })),
    );
    expect((await stored(world.deps, _id)).kpis.map((one) => one.name).sort()).toEqual(names);
  });

  it('names in the audit log the one whose write stands, not who announced the version and died', async () => {
    const first = await createAcme(world.deps);
    const audit = world.store.workspace(workspaceId).audit;
    const { _id } = first;
    await audit.insert({
      _id: `${_id}:2`,
      partnershipId: _id,
      of: _id,
      ofVersion: 2,
      by: { teamId: tom.teamId, userId: tom.userId },
      at: world.clock.now(),
      action: 'update-partnership',
      summary: 'changed the name to Never',
    });
    made(
      await updatePartnership(world.deps, as(maya), {
        partnershipId: _id,
        baseVersion: 1,
        tier: 'strategic',
      }),
    );
    const entry = await audit.get(`${_id}:2`);
    expect(entry).toMatchObject({ by: { userId: 'UMAYA' }, summary: 'changed the tier to strategic' });
  });

  it('gives up after five lost races with a conflict', async () => {
    const first = await createAcme(world.deps);
    let tries = 0;
    const changing = changePartnership(world.deps, as(maya), first, async (current) => {
      tries += 1;
      const { partnerships } = world.store.workspace(workspaceId);
      await partnerships.replace({ ...current, channelName: `moved-${tries}` });
      return { next: { ...current, tier: 'strategic' }, action: 'x', entity: 'y', summary: 'z' };
    });
    await expect(changing).rejects.toMatchObject({ code: 'conflict' });
    expect(tries).toBe(6);
    expect((await stored(world.deps, first._id)).tier).toBe('growth');
  });
});
