import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Store } from '../../src/ports.ts';
import { openStore } from '../../src/store/open-store.ts';
import { createPartnership } from '../../src/usecases/create-partnership.ts';
import { defineKpi } from '../../src/usecases/define-kpi.ts';
import { findPartnership } from '../../src/usecases/find-partnership.ts';
import { introducePartnership } from '../../src/usecases/introduce-partnership.ts';
import { volunteer } from '../../src/usecases/name-people.ts';
import { openItems } from '../../src/usecases/open-items.ts';
import { recordReadings } from '../../src/usecases/record-readings.ts';
import { reviseVision } from '../../src/usecases/revise-vision.ts';
import { setGoal } from '../../src/usecases/set-goal.ts';
import { signVision } from '../../src/usecases/sign-vision.ts';
import { viewPartnership } from '../../src/usecases/view-partnership.ts';
import { acmeTeam, as, dana, maya, testDeps, tom, workspaceId } from '../support/deps.ts';
import { acmeForm, consultingRevenue, made } from '../support/plan-world.ts';
import { testClock } from '../support/review-world.ts';
import { strictLog } from '../support/stores.ts';

let directory: string;
const opened: Store[] = [];
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'plan-'));
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map((one) => one.close()));
  await rm(directory, { recursive: true, force: true });
});

const open = async (): Promise<Store> => {
  const store = await openStore({ sqlitePath: join(directory, 'plan.db'), log: strictLog });
  opened.push(store);
  return store;
};
const start = '2026-10-20T08:00:00Z';

describe('the plan of two firms', () => {
  it('stands after a restart as both firms wrote it', async () => {
    const store = await open();
    const clock = testClock(start);
    const deps = testDeps({ store, clock });
    const { _id: partnershipId } = made(await createPartnership(deps, as(maya), acmeForm));
    made(await introducePartnership(deps, as(maya), { partnershipId, theirTeamIds: [acmeTeam] }));
    made(await volunteer(deps, as(dana), { partnershipId }));
    const joint = 'By 2029 manufacturers choose Northwind, installed by Acme, first.';
    made(
      await reviseVision(deps, as(dana), { partnershipId, baseNumber: 1, own: 'A practice of 40.', joint }),
    );
    await signVision(deps, as(dana), { partnershipId, number: 2 });
    await signVision(deps, as(maya), { partnershipId, number: 2 });
    const { kpi } = made(
      await defineKpi(deps, as(dana), { ...consultingRevenue(partnershipId), ownerUserId: 'UDANA' }),
    );
    made(
      await setGoal(deps, as(maya), {
        partnershipId,
        title: "Acme's planning practice pays for itself",
        vision: joint,
        side: 'theirs',
        kpiIds: [kpi.id],
      }),
    );
    expect((await openItems(deps, as(dana))).kpis).toHaveLength(1);
    const entries = [{ kpiId: kpi.id, value: '210k', asOf: '2026-09-30' }];
    made(await recordReadings(deps, as(dana), { partnershipId, entries, confirmedUnlikely: false }));
    const before = await viewPartnership(deps, as(dana), { partnershipId });

    await store.close();
    opened.length = 0;
    const again = testDeps({ store: await open(), clock: testClock(start) });
    const found = await findPartnership(again, as(dana), { channelId: 'CSHARED' });
    expect(found).toMatchObject({ kind: 'found', partnership: { _id: partnershipId, name: 'Acme' } });
    const after = await viewPartnership(again, as(dana), { partnershipId });
    expect(after).toEqual(before);
    expect(after).toMatchObject({
      vision: { signed: { ours: { name: 'Maya Lindqvist' }, theirs: { name: 'Dana Whitfield' } } },
      goals: [{ linked: true }],
      kpis: [{ value: '$210k', expected: '$673k' }],
      nextStep: 'our-kpi',
    });
    const audit = await again.store.workspace(workspaceId).audit.find({ partnershipId });
    const { version } = (await again.store.workspace(workspaceId).partnerships.get(partnershipId)) ?? {
      version: 0,
    };
    const versions = audit.filter((one) => one.of === partnershipId).map((one) => one.ofVersion);
    expect(versions.sort((a, b) => a - b)).toEqual(Array.from({ length: version }, (_, index) => index + 1));
  });

  it('gives a name to one of two bots that create it at once on one store', async () => {
    const [one, two] = [await open(), await open()].map((store) =>
      testDeps({ store, clock: testClock(start) }),
    );
    if (one === undefined || two === undefined) throw new Error('no store');
    const outcomes = await Promise.all([
      createPartnership(one, as(maya), acmeForm),
      createPartnership(two, as(tom), { ...acmeForm, channelId: 'CSECOND' }),
      createPartnership(one, as(tom), { ...acmeForm, channelId: 'CTHIRD' }),
      createPartnership(two, as(maya), acmeForm),
    ]);
    expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1);
    const store = one.store.workspace(workspaceId);
    expect(await store.partnerships.find({})).toHaveLength(1);
    expect(await store.claims.find({})).toHaveLength(2);
  });

  it('keeps every change when two bots change one plan at once', async () => {
    const [one, two] = [await open(), await open()].map((store) =>
      testDeps({ store, clock: testClock(start) }),
    );
    if (one === undefined || two === undefined) throw new Error('no store');
    const { _id: partnershipId } = made(await createPartnership(one, as(maya), acmeForm));
    made(await introducePartnership(one, as(maya), { partnershipId, theirTeamIds: [acmeTeam] }));
    await Promise.all([
      volunteer(two, as(dana), { partnershipId }),
      setGoal(one, as(maya), { partnershipId, title: 'Win 12', side: 'joint', kpiIds: [] }),
      defineKpi(two, as(maya), consultingRevenue(partnershipId)),
      defineKpi(one, as(maya), { ...consultingRevenue(partnershipId), name: 'Deals', side: 'joint' }),
    ]);
    const now = await two.store.workspace(workspaceId).partnerships.get(partnershipId);
    expect(now).toMatchObject({ theirLead: { userId: 'UDANA' }, goals: [{ title: 'Win 12' }], version: 6 });
    expect(now?.kpis.map((kpi) => kpi.name).sort()).toEqual(['Consulting revenue', 'Deals']);
    const audit = await two.store.workspace(workspaceId).audit.find({ of: partnershipId });
    expect(audit.map((entry) => entry.summary).sort()).toEqual([
      'added the KPI Consulting revenue',
      'added the KPI Deals',
      'added the goal "Win 12"',
      'created the partnership with Acme',
      'introduced the page in #northwind-acme',
      'named Dana Whitfield for Acme',
    ]);
  });

  it.each(['<!channel>', '<@U1>', '&lt;', '`code`', '😀'.repeat(40), 'a.b$c', 'line\u2028break', 'Ünïcødé'])(
    'keeps %s as it was typed, in every text',
    async (text) => {
      const deps = testDeps({ store: await open(), clock: testClock(start) });
      const { _id: partnershipId } = made(
        await createPartnership(deps, as(maya), { ...acmeForm, name: text, vision: text }),
      );
      made(
        await setGoal(deps, as(maya), {
          partnershipId,
          title: text,
          vision: text,
          side: 'joint',
          kpiIds: [],
        }),
      );
      made(
        await defineKpi(deps, as(maya), {
          ...consultingRevenue(partnershipId),
          name: text,
          definition: text,
        }),
      );
      const saved = await deps.store.workspace(workspaceId).partnerships.get(partnershipId);
      const line = text.replace('\u2028', ' ');
      expect(saved).toMatchObject({
        name: line,
        goals: [{ title: line, vision: text }],
        kpis: [{ name: line, definition: text }],
      });
      expect(await findPartnership(deps, as(maya), { name: text })).toMatchObject({ kind: 'found' });
    },
  );

  it('refuses 3,000 emoji in every text at its field', async () => {
    const deps = testDeps({ store: await open(), clock: testClock(start) });
    const emoji = '😀'.repeat(3_000);
    const created = await createPartnership(deps, as(maya), {
      ...acmeForm,
      name: emoji,
      vision: emoji,
      zone: emoji,
    });
    expect(created.ok ? [] : Object.keys(created.fields).sort()).toEqual(['name', 'vision', 'zone']);
    const { _id: partnershipId } = made(await createPartnership(deps, as(maya), acmeForm));
    const goal = {
      partnershipId,
      title: emoji,
      vision: emoji,
      side: 'joint',
      kpiIds: [],
      due: emoji,
    } as const;
    const goals = await setGoal(deps, as(maya), goal);
    expect(goals.ok ? [] : Object.keys(goals.fields).sort()).toEqual(['due', 'title', 'vision']);
    const form = {
      ...consultingRevenue(partnershipId),
      name: emoji,
      definition: emoji,
      target: emoji,
      due: emoji,
    };
    const kpis = await defineKpi(deps, as(maya), form);
    expect(kpis.ok ? [] : Object.keys(kpis.fields).sort()).toEqual(['definition', 'due', 'name', 'target']);
    const vision = await reviseVision(deps, as(maya), {
      partnershipId,
      baseNumber: 1,
      own: emoji,
      joint: emoji,
    });
    expect(vision.ok ? [] : Object.keys(vision.fields).sort()).toEqual(['joint', 'own']);
    for (const outcome of [created, goals, kpis, vision]) {
      for (const message of Object.values(outcome.ok ? {} : outcome.fields))
        expect(message.length).toBeLessThan(400);
    }
  });
});
