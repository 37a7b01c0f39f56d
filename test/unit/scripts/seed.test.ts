import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { insertSeeded } from '../../../scripts/seed/insert-seeded.ts';
import { partnerName } from '../../../scripts/seed/partner-names.ts';
import { progressBar } from '../../../scripts/seed/progress-bar.ts';
import { seededDocuments } from '../../../scripts/seed/seeded-documents.ts';
import type { Seeding } from '../../../scripts/seed/seeded-partner.ts';
import { viewHistory } from '../../../src/usecases/view-history.ts';
import { loadCard } from '../../../src/usecases/view-partnership.ts';
import { viewYears } from '../../../src/usecases/view-years.ts';
import { as, maya, northwindTeam, tom, workspaceId } from '../../support/deps.ts';
import { type PlanWorld, planWorld } from '../../support/plan-world.ts';
import { ref } from '../../support/review-world.ts';

const seeding: Seeding = {
  seed: 1,
  until: '2026-10-20',
  kpis: 6,
  readings: 104,
  firmName: 'Northwind',
  homeTeamId: northwindTeam,
  ourPeople: [ref(maya), ref(tom)],
};

let world: PlanWorld;
beforeEach(async () => {
  world = await planWorld();
});
afterEach(() => world.close());

describe('a seed', () => {
  it('makes the same documents for the same number, and others for another', () => {
    const { partner: _one, ...first } = seededDocuments(seeding, 3);
    const { partner: _two, ...again } = seededDocuments(seeding, 3);
    const { partner: _three, ...other } = seededDocuments({ ...seeding, seed: 2 }, 3);
    expect(again).toEqual(first);
    expect(other.readings.map((one) => one.value)).not.toEqual(first.readings.map((one) => one.value));
  });

  it('holds six KPIs with 104 readings each, three goals, a signed vision and reviews that both firms answered', async () => {
    const seeded = seededDocuments(seeding, 0);
    expect(seeded.readings).toHaveLength(6 * 104);
    expect(new Set(seeded.readings.map((one) => one._id)).size).toBe(6 * 104);
    expect(await insertSeeded(world.store.workspace(workspaceId), seeded)).toBe('made');
    const card = await loadCard(world.deps, workspaceId, seeded.partnership._id, 'shared');
    expect(card?.kpis).toHaveLength(6);
    expect(card?.goals).toHaveLength(3);
    expect(card?.vision?.signed.theirs).toBeDefined();
    expect(card?.health.score).toBeGreaterThan(0);
    expect(card?.nextReview?.at.getTime()).toBeGreaterThanOrEqual(new Date('2026-10-19T22:00:00Z').getTime());
    const [year] = (await viewYears(world.deps, as(maya), { partnershipId: seeded.partnership._id })).periods;
    expect(year).toMatchObject({ start: '2025-01-01', end: '2025-12-31', names: { ours: 'FY25' } });
    expect(year?.kpis.map((one) => one.final).filter((one) => one.startsWith('no value'))).toEqual([]);
    const history = await viewHistory(world.deps, as(maya), {
      partnershipId: seeded.partnership._id,
      list: 'reviews',
    });
    expect(history.answered).toMatch(/^Both firms answered \d of the last 6\.$/);
  });

  it('puts nothing that people did or that was posted after its own day', () => {
    for (let nth = 0; nth < 20; nth += 1) {
      const { answers, occurrences, snapshots } = seededDocuments(seeding, nth);
      const times = [
        ...answers.map((one) => one.at),
        ...snapshots.map((one) => one.at),
        ...occurrences.map((one) => one.closedAt ?? one.dueAt),
      ];
      expect(Math.max(...times.map((at) => at.getTime()))).toBeLessThanOrEqual(
        new Date('2026-10-19T22:00:00Z').getTime(),
      );
    }
  });

  it('changes nothing when it is repeated', async () => {
    const store = world.store.workspace(workspaceId);
    const seeded = seededDocuments({ ...seeding, readings: 8 }, 1);
    await insertSeeded(store, seeded);
    const [before] = await store.partnerships.find({});
    expect(await insertSeeded(store, seeded)).toBe('there');
    expect(await store.partnerships.find({})).toEqual([before]);
    expect(await store.readings.find({})).toHaveLength(6 * 8);
  });

  it('finishes what a run that died left behind', async () => {
    const store = world.store.workspace(workspaceId);
    const seeded = seededDocuments({ ...seeding, readings: 8 }, 1);
    for (const one of seeded.readings.slice(0, 10)) await store.readings.insert(one);
    expect(await insertSeeded(store, seeded)).toBe('made');
    expect(await store.readings.find({})).toHaveLength(6 * 8);
  });

  it('leaves a name alone that a partnership of somebody has', async () => {
    const store = world.store.workspace(workspaceId);
    const seeded = seededDocuments({ ...seeding, readings: 8 }, 1);
    const own = seededDocuments({ ...seeding, seed: 2, readings: 8 }, 1);
    await insertSeeded(store, own);
    expect(await insertSeeded(store, seeded)).toBe('taken');
    expect((await store.partnerships.find({})).map((one) => one._id)).toEqual([own.partnership._id]);
  });

  it('gives no name twice', () => {
    const names = Array.from({ length: 1000 }, (_, nth) => partnerName(nth));
    expect(new Set(names).size).toBe(1000);
  });
});

it('a bar redraws its line on a terminal, and elsewhere says each tenth', () => {
  const written = (isTTY: boolean): string[] => {
    const lines: string[] = [];
    const draw = progressBar(40, { isTTY, write: (text: string) => lines.push(text) });
    for (let done = 1; done <= 40; done += 1) draw(done, 'partnerships');
    return lines;
  };
  expect(written(true)).toHaveLength(40);
  expect(written(false)).toHaveLength(10);
  expect(written(false).at(-1)).toBe(`[${'#'.repeat(30)}] 40 of 40 partnerships\n`);
});
