import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { showErrors } from '../../../src/slack/views/answer-to-form.ts';
import type { SubmittedView } from '../../../src/slack/views/submitted.ts';
import { buildUpdateForm, parseUpdateForm } from '../../../src/slack/views/update-form.ts';
import type { DefineKpi } from '../../../src/usecases/define-kpi.ts';
import { defineKpi } from '../../../src/usecases/define-kpi.ts';
import { exportPartnership } from '../../../src/usecases/export-partnership.ts';
import { loadHealthInput } from '../../../src/usecases/load-health.ts';
import { loadReading } from '../../../src/usecases/one-reading.ts';
import { hasReadingsSince } from '../../../src/usecases/readings-of-kpis.ts';
import { type RecordReadings, recordReadings } from '../../../src/usecases/record-readings.ts';
import { loadAnswerCard } from '../../../src/usecases/view-answer.ts';
import { correctFormFacts } from '../../../src/usecases/view-correct-form.ts';
import { loadDigest } from '../../../src/usecases/view-digest.ts';
import { viewKpiHistory } from '../../../src/usecases/view-kpi-history.ts';
import { viewNumbers } from '../../../src/usecases/view-numbers.ts';
import { viewPartnership } from '../../../src/usecases/view-partnership.ts';
import { updateFormFacts } from '../../../src/usecases/view-update-form.ts';
import { readOf } from '../../support/accepted-by-slack.ts';
import { as, jordan, maya, workspaceId } from '../../support/deps.ts';
import {
  addKpi,
  consultingRevenue,
  introduceAcme,
  made,
  type PlanWorld,
  planWorld,
  stored,
} from '../../support/plan-world.ts';
import { ref } from '../../support/review-world.ts';
import { submit } from '../../support/submission.ts';

const secret = 'Acme is our weakest SI; Orbis replaces them in Q2';
let world: PlanWorld;
let id: string;
let kpiId: string;
let form: DefineKpi;
beforeEach(async () => {
  world = await planWorld();
  id = (await introduceAcme(world.deps, ['UJORDAN']))._id;
  form = { ...consultingRevenue(id), side: 'ours', name: 'Services revenue', visibility: 'internal' };
  kpiId = (await addKpi(world.deps, form)).id;
});
afterEach(() => world.close());

const define = async (baseRev: number, over: Partial<DefineKpi>) =>
  made(await defineKpi(world.deps, as(maya), { ...form, kpiId, baseRev, ...over }));
const record = async (value: string, note?: string, corrects?: string) => {
  const entries = [{ kpiId, value, ...(note === undefined ? {} : { note }) }];
  const recorded = await recordReadings(world.deps, as(maya), {
    partnershipId: id,
    entries,
    confirmedUnlikely: true,
    ...(corrects === undefined ? {} : { corrects }),
  });
  return made(recorded).readings[0]?._id ?? '';
};
const history = async (who: typeof maya) =>
  (await viewKpiHistory(world.deps, as(who), { partnershipId: id, kpiId })).lines.map((one) => one.text);
const isNewsSince = async (since: string) => {
  const { kpis } = await stored(world.deps, id);
  return hasReadingsSince(world.store.workspace(workspaceId), id, kpis, new Date(since));
};
const readingsFile = async (who: typeof maya) => {
  const { files } = await exportPartnership(world.deps, as(who), { partnershipId: id });
  return files.find((one) => one.name.endsWith('readings.csv'))?.text ?? '';
};

describe('an internal KPI that both firms see from now on', () => {
  let before: string;
  beforeEach(async () => {
    before = await record('410k', secret);
    await define(1, { target: '950k' });
    world.clock.set('2026-11-03T08:00:00Z');
  });

  it('says which values stay with our firm, and shows the partner none of them', async () => {
    const { kpi, notes } = await define(2, { target: '950k', visibility: 'shared' });
    expect(notes.at(-1)).toBe(
      'Both firms see it from now on. The value of before, and any note, only Northwind sees. Enter a value for both to see.',
    );
    expect(kpi).toMatchObject({
      keptBack: [{ until: new Date('2026-11-03T08:00:00Z') }],
      earlierTargets: [],
    });
    expect(await history(jordan)).toEqual([]);
    expect(await history(maya)).toEqual([
      expect.stringMatching(/\$410k .*Orbis.* · only Northwind sees it$/u),
    ]);
    expect(await readingsFile(jordan)).not.toContain('410000');
    expect(await readingsFile(maya)).toContain('only Northwind');
    await expect(
      loadReading(world.deps, as(jordan), { partnershipId: id, readingId: before }),
    ).rejects.toMatchObject({ code: 'not-found' });
  });

  it('counts in no line that both firms read, until a value is entered for both', async () => {
    await define(2, { target: '950k', visibility: 'shared' });
    const lines = async () => {
      const card = await viewPartnership(world.deps, as(maya), { partnershipId: id, form: 'shared' });
      const numbers = await viewNumbers(world.deps, as(jordan), { partnershipId: id });
      const digest = await loadDigest(world.deps, workspaceId, id, 'shared');
      const update = await updateFormFacts(world.deps, as(maya), { partnershipId: id });
      const health = await loadHealthInput(world.deps, await stored(world.deps, id), world.clock.now());
      expect(JSON.stringify([card, numbers, digest, health])).not.toMatch(/410|Orbis/u);
      return [
        card.kpis.map((one) => one.value),
        numbers.kpis.map(({ line }) => line.value),
        update.kpis.map((one) => one.last),
        health.readings.map((one) => one.value),
      ];
    };
    expect(await lines()).toEqual([[undefined], [undefined], [undefined], []]);
    await record('430k');
    expect(await lines()).toEqual([['$430k'], ['$430k'], ['$430k'], [430_000]]);
    expect(await history(jordan)).toEqual([expect.stringContaining('$430k')]);
  });

  it('keeps back what puts right a value of before, and says so in its form', async () => {
    await define(2, { target: '950k', visibility: 'shared' });
    const shared = world.clock.now();
    const form = await correctFormFacts(world.deps, as(maya), { partnershipId: id, readingId: before });
    expect(readOf(buildUpdateForm(form))).toContain('Only Northwind sees this value and what you save.');
    world.clock.set('2026-11-04T08:00:00Z');
    const corrected = await record('411k', secret, before);
    expect(await history(jordan)).toEqual([]);
    expect(await history(maya)).toEqual([
      expect.stringMatching(/\$411k .* · only Northwind sees it$/u),
      expect.stringMatching(/\$410k .* · only Northwind sees it$/u),
    ]);
    expect(await readingsFile(jordan)).not.toMatch(/41[01]000/u);
    const read = { partnershipId: id, readingId: corrected };
    await expect(loadReading(world.deps, as(jordan), read)).rejects.toMatchObject({ code: 'not-found' });
    const since = new Date(shared.getTime() + 1).toISOString();
    expect(await isNewsSince(since)).toBe(false);
    // What is entered for both replaces it, and is for both.
    await record('430k');
    expect(await isNewsSince(since)).toBe(true);
    expect(await history(jordan)).toEqual([expect.stringContaining('$430k')]);
    // An internal KPI keeps nothing back from who sees it.
    await define(3, { target: '950k', visibility: 'internal' });
    expect((await history(maya)).join()).not.toContain('only Northwind');
  });

  it('asks again before both firms read what was typed for our firm alone', async () => {
    const form = await updateFormFacts(world.deps, as(maya), { partnershipId: id });
    const typed = { [`value:${kpiId}`]: '420k', [`note:${kpiId}`]: secret };
    const view = submit(buildUpdateForm(form), typed);
    const save = async (sent: SubmittedView) =>
      recordReadings(world.deps, as(maya), made(parseUpdateForm(sent)));
    await define(2, { target: '950k', decimalMark: ',', visibility: 'shared' });
    const first = await save(view);
    if (first.ok) throw new Error('it was saved');
    expect(first.fields).toEqual({
      [`unit:${kpiId}`]: expect.stringMatching(
        /^Both firms see Services revenue now\. .* decimal comma now\./u,
      ),
    });
    expect(await history(jordan)).toEqual([]);
    const shown = showErrors(view, first.fields);
    if (shown.response_action !== 'update') throw new Error('the form was not drawn again');
    made(await save(submit(shown.view)));
    expect(await history(jordan)).toEqual([expect.stringContaining(secret)]);
  });

  it('asks nothing where what is put right stays with our firm, or a shared KPI was shown', async () => {
    const entry = { kpiId, value: '420k', shownInternal: true } as const;
    const save = async (over: Partial<RecordReadings>) =>
      recordReadings(world.deps, as(maya), {
        partnershipId: id,
        entries: [entry],
        confirmedUnlikely: false,
        ...over,
      });
    made(await save({}));
    await define(2, { target: '950k', visibility: 'shared' });
    expect((await save({ entries: [{ kpiId, notKnownUntil: '2026-12-01', shownInternal: true }] })).ok).toBe(
      false,
    );
    // Also of a form that was about a value of ours, and is about one of both firms since.
    const form = buildUpdateForm(
      await correctFormFacts(world.deps, as(maya), { partnershipId: id, readingId: before }),
    );
    expect(made(parseUpdateForm(submit(form))).entries).toMatchObject([{ shownInternal: true }]);
    made(await save({ corrects: before }));
    made(await save({ entries: [{ kpiId, value: '430k' }] }));
  });

  it('stays out of the answer in whose review it was given', async () => {
    const { answers, occurrences } = world.store.workspace(workspaceId);
    await occurrences.insert({
      _id: 'o1',
      partnershipId: id,
      rhythmId: 'r',
      kind: 'review',
      date: '2026-10-20',
      zone: 'Europe/Berlin',
      dueAt: world.clock.now(),
      state: 'open',
      asked: { ours: [], theirs: [] },
      channelId: 'CSHARED',
      postedLate: false,
      skips: [],
    });
    await answers.insert({
      _id: 'a1',
      partnershipId: id,
      occurrenceId: 'o1',
      person: ref(maya),
      firm: 'ours',
      via: 'modal',
      requestId: 'r',
      content: { readingIds: [before], noChange: false },
      history: [],
      withdrawn: false,
      late: false,
      at: world.clock.now(),
    });
    await define(2, { target: '950k', visibility: 'shared' });
    expect((await loadAnswerCard(world.deps, workspaceId, 'a1'))?.kpis).toEqual([]);
  });

  it('keeps back what was entered while it was internal once more, and nothing that both firms saw', async () => {
    await define(2, { target: '950k', visibility: 'shared' });
    await record('430k');
    world.clock.set('2026-11-03T09:00:00Z');
    const inside = await define(3, { target: '950k', visibility: 'internal' });
    expect(inside.kpi).toMatchObject({ internalSince: world.clock.now() });
    const renamedInside = await define(4, { target: '950k', visibility: 'internal', name: 'Services' });
    expect(renamedInside.kpi.internalSince).toEqual(inside.kpi.internalSince);
    await record('420k', secret);
    world.clock.set('2026-11-04T08:00:00Z');
    const { kpi, notes } = await define(5, { target: '950k', visibility: 'shared', name: 'Services' });
    expect(notes.at(-1)).toContain(
      'The 2 values of while it was internal, and any note, only Northwind sees.',
    );
    expect(kpi.internalSince).toBeUndefined();
    expect(kpi.keptBack).toMatchObject([
      { from: kpi.createdAt, until: new Date('2026-11-03T08:00:00Z') },
      { from: new Date('2026-11-03T09:00:00Z'), until: new Date('2026-11-04T08:00:00Z') },
    ]);
    expect(await history(jordan)).toEqual([expect.stringContaining('$430k')]);
    expect(await history(maya)).toHaveLength(3);
    expect(await isNewsSince('2026-11-03T07:00:00Z')).toBe(true);
    expect(await isNewsSince('2026-11-03T08:30:00Z')).toBe(false);
    const renamed = await define(6, { target: '950k', visibility: 'shared' });
    expect(renamed.kpi.keptBack).toEqual(kpi.keptBack);
    expect(renamed.notes).toEqual([]);
  });
});
