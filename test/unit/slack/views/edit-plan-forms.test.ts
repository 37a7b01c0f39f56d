import type { ModalView } from '@slack/types';
import { describe, expect, it } from 'vitest';
import { kpi as kpiShape } from '../../../../src/domain/kpi.ts';
import { withConflict } from '../../../../src/slack/views/answer-to-form.ts';
import { buildGoalForm, parseGoalForm } from '../../../../src/slack/views/goal-form.ts';
import { buildKpiForm } from '../../../../src/slack/views/kpi-form.ts';
import { kpiChoices, parseKpiForm, storedChoices } from '../../../../src/slack/views/kpi-form-input.ts';
import { movedToMark } from '../../../../src/slack/views/kpi-mark.ts';
import {
  drawnAgain,
  drawnAnew,
  drawnOver,
  drawnRewritten,
  drawnWithout,
} from '../../../../src/slack/views/redraw.ts';
import { buttonsOf, faultsOfView, readOf } from '../../../support/accepted-by-slack.ts';
import { submit } from '../../../support/submission.ts';
import { firms } from './samples.ts';

const kpi = kpiShape.parse({
  id: 'k1',
  rev: 3,
  name: 'Consulting revenue',
  side: 'theirs',
  gives: 'number',
  unit: { kind: 'currency', currency: 'EUR' },
  decimalMark: ',',
  direction: 'increase',
  baseline: 1_234_567.5,
  target: 9_000_000,
  earlierTargets: [],
  start: '2026-01-01',
  due: '2026-11-30',
  weight: 1,
  cadence: 'quarterly',
  visibility: 'shared',
  createdAt: new Date(0),
});
const kpiFacts = {
  partnershipId: 'p1',
  firms,
  sides: ['ours', 'theirs', 'joint'],
  seesInternal: true,
  partnerType: 'si',
  period: { end: '2026-12-31' },
  others: { ours: 0, theirs: 0, joint: 3 },
  existing: [
    { id: 'k1', name: 'Consulting revenue', whose: 'Acme' },
    { id: 'k2', name: 'Deals won', whose: 'Joint' },
  ],
} as const;
const edited = {
  id: 'k1',
  rev: 3,
  side: 'theirs',
  hasValues: false,
  name: kpi.name,
  definition: 'Invoiced',
  due: kpi.due,
  cadence: kpi.cadence,
  ownerUserId: 'UJORDAN',
  visibility: 'shared',
} as const;
const fresh = buildKpiForm({ ...kpiFacts, now: {} });
const editing = buildKpiForm({ ...kpiFacts, now: storedChoices(kpi), kpi: edited });

const actionIds = (view: ModalView): string =>
  JSON.stringify(view)
    .match(/"action_id":"[^"]*"/g)
    ?.join(' ') ?? '';

describe('the form of KPIs', () => {
  it('asks which one, a new one first, and only where there is one', () => {
    expect(faultsOfView('kpi form which one', fresh)).toBe('');
    expect(fresh.title.text).toBe('KPIs');
    expect(readOf(fresh).split('\n').slice(0, 6)).toEqual([
      'Which one?',
      'New KPI',
      'Consulting revenue',
      'Acme',
      'Deals won',
      'Joint',
    ]);
    expect(JSON.stringify(fresh.blocks[0])).toContain(
      '"initial_option":{"text":{"type":"plain_text","text":"New KPI"}',
    );
    const none = buildKpiForm({ ...kpiFacts, existing: [], now: {} });
    expect([none.title.text, none.blocks[0]?.block_id]).toEqual(['Add a KPI', 'name']);
  });

  it('gives back an existing one as it is stored, with the revision that was read', () => {
    expect(faultsOfView('kpi form edited', editing)).toBe('');
    expect(readOf(editing)).toContain('Read as: €1.234.567,50 to €9.000.000 by 30 Nov 2026');
    expect(parseKpiForm(submit(editing))).toEqual({
      ok: true,
      value: {
        partnershipId: 'p1',
        kpiId: 'k1',
        baseRev: 3,
        name: 'Consulting revenue',
        definition: 'Invoiced',
        side: 'theirs',
        gives: 'number',
        unit: kpi.unit,
        decimalMark: ',',
        direction: 'increase',
        baseline: '€1.234.567,50',
        target: '€9m',
        due: '2026-11-30',
        cadence: 'quarterly',
        ownerUserId: 'UJORDAN',
        visibility: 'shared',
      },
    });
  });

  it('offers nothing else for what stays once there are values', () => {
    const view = buildKpiForm({ ...kpiFacts, now: storedChoices(kpi), kpi: { ...edited, hasValues: true } });
    expect(faultsOfView('kpi form with values', view)).toBe('');
    expect(readOf(view)).toContain('so whose it is, number or status, and the unit stay');
    for (const other of [{ side: 'joint' }, { gives: 'status' }, { unit: 'USD' }]) {
      expect(() => submit(view, other)).toThrow('does not offer');
      expect(() => submit(editing, other)).not.toThrow();
    }
    expect(parseKpiForm(submit(view))).toEqual(parseKpiForm(submit(editing)));
  });

  it('asks for a reason where an existing one moves to a side that has three', () => {
    const at = (side: 'theirs' | 'joint') =>
      buildKpiForm({ ...kpiFacts, now: { ...storedChoices(kpi), side }, kpi: edited }).blocks.some(
        (one) => one.block_id === 'reason',
      );
    expect([at('theirs'), at('joint')]).toEqual([false, true]);
  });

  it('is not saved for one that it does not show yet', () => {
    const typed = { kpiId: 'k2', name: 'New', side: 'ours', unit: 'USD', baseline: '0', target: '1' };
    for (const view of [fresh, editing]) {
      const parsed = parseKpiForm(submit(view, typed));
      expect(parsed.ok ? [] : Object.keys(parsed.fields)).toEqual(['kpiId']);
    }
    expect(parseKpiForm(submit(editing, { kpiId: 'new' })).ok).toBe(false);
  });
});

describe('a form drawn again', () => {
  it('shows another KPI with its own values, under action ids that Slack has not seen typed in', () => {
    const sent = submit(fresh, { name: 'Half typed', kpiId: 'k1' });
    const once = drawnAnew(sent, editing);
    expect(faultsOfView('kpi form chosen', once)).toBe('');
    expect(JSON.stringify(once)).not.toContain('Half typed');
    expect(parseKpiForm(submit(once))).toEqual(parseKpiForm(submit(editing)));
    expect(actionIds(once)).not.toMatch(/field:\w+"/);
    const twice = drawnAnew(submit(once, { kpiId: 'new' }), fresh);
    expect(actionIds(twice)).not.toMatch(/#1"/);
    expect(parseKpiForm(submit(twice)).ok).toBe(false);
  });

  it('keeps its revision, its action ids, what was typed and what the person was told', () => {
    const chosen = drawnAnew(submit(fresh, { kpiId: 'k1' }), editing);
    const conflict = withConflict(submit(chosen, { target: '8m' }), {
      what: 'Tom Okafor changed the target.',
      byName: 'Tom',
      metadata: '{"form":"kpi","partnershipId":"p1","kpiId":"k1","base":4}',
    });
    const sent = submit(conflict, { cadence: 'weekly' });
    const again = drawnAgain(sent, buildKpiForm({ ...kpiFacts, now: kpiChoices(sent), kpi: edited }));
    expect(faultsOfView('kpi form conflict again', again)).toBe('');
    expect(again.submit?.text).toBe('Keep mine');
    expect(buttonsOf(again)).toEqual(["Take Tom's"]);
    expect(readOf(again).split('\n')[0]).toBe('Tom Okafor changed the target. Your text is kept below.');
    expect(actionIds(again)).toBe(actionIds(conflict));
    const parsed = parseKpiForm(submit(again));
    expect(parsed.ok && parsed.value).toMatchObject({ baseRev: 4, target: '8m', cadence: 'weekly' });
  });

  it('writes stored amounts in the mark that was chosen, in new fields, and leaves what was typed', () => {
    const whole = { ...kpi, baseline: 1_234_567, target: 9_876_543 };
    const form = buildKpiForm({ ...kpiFacts, now: storedChoices(whole), kpi: edited });
    const sent = submit(form, { decimalMark: '.', target: '9,9 Mio.' });
    const moved = movedToMark(sent, whole);
    if (moved === undefined) throw new Error('nothing was written anew');
    const again = drawnRewritten(moved, buildKpiForm({ ...kpiFacts, now: kpiChoices(moved), kpi: edited }));
    expect(faultsOfView('kpi form in another mark', again)).toBe('');
    expect(actionIds(again)).not.toMatch(/field:\w+"/);
    const parsed = parseKpiForm(submit(again));
    expect(parsed.ok && parsed.value).toMatchObject({
      decimalMark: '.',
      baseline: '€1,234,567',
      target: '9,9 Mio.',
    });
    expect(movedToMark(submit(again), whole)).toBeUndefined();
    expect(movedToMark(submit(again, { decimalMark: ',' }), whole)).toBeDefined();
  });

  it('says that the chosen one is gone, and stays what it was', () => {
    const left = { ...kpiFacts, existing: kpiFacts.existing.slice(1) };
    const sent = submit(fresh, { name: 'Half typed', kpiId: 'k1' });
    const view = drawnWithout(sent, buildKpiForm({ ...left, now: kpiChoices(sent) }), 'kpiId');
    expect(faultsOfView('kpi form chosen gone', view)).toBe('');
    expect(readOf(view).split('\n').slice(0, 4)).toEqual([
      'That one is not here any more. Nothing was changed. Your text is kept below.',
      'Which one?',
      'New KPI',
      'Deals won',
    ]);
    const typed = { side: 'ours', unit: 'USD', baseline: '0', target: '1' };
    const parsed = parseKpiForm(submit(view, typed));
    expect(parsed.ok && parsed.value).toMatchObject({ name: 'Half typed' });
    expect(parsed.ok && parsed.value.kpiId).toBeUndefined();
  });

  it('carries the text of one that is gone over to a new one', () => {
    const sent = submit(editing, { name: 'Renamed', kpiId: 'new' });
    const parsed = parseKpiForm(submit(drawnOver(sent, fresh), { unit: 'USD', target: '2m', baseline: '1' }));
    expect(parsed.ok && parsed.value).toMatchObject({ name: 'Renamed', cadence: 'quarterly' });
    expect(parsed.ok && parsed.value.kpiId).toBeUndefined();
  });
});

describe('the form of goals', () => {
  const vision = { number: 3, joint: 'A practice of 40. A hundred customers.' };
  const facts = {
    partnershipId: 'p1',
    firms,
    vision,
    period: { end: '2026-12-31' },
    kpis: [{ id: 'k1', name: 'Consulting revenue' }],
    others: 3,
    existing: [{ id: 'g1', name: 'A practice' }],
  };
  const goal = { id: 'g1', rev: 4, title: 'A practice', side: 'joint', kpiIds: ['k1'] } as const;

  it('gives back an existing one as it is stored, also without a due date, and asks for no reason', () => {
    const view = buildGoalForm({ ...facts, goal });
    expect(faultsOfView('goal form edited', view)).toBe('');
    expect(view.blocks.map((one) => one.block_id)).toEqual([
      'goalId',
      'title',
      'vision',
      'side',
      'ownerUserId',
      'due',
      'kpiIds',
      'status',
      'statusReason',
      'more',
    ]);
    expect(parseGoalForm(submit(view), vision)).toEqual({
      ok: true,
      value: {
        partnershipId: 'p1',
        goalId: 'g1',
        baseRev: 4,
        title: 'A practice',
        side: 'joint',
        kpiIds: ['k1'],
        status: 'by-kpis',
      },
    });
    expect(parseGoalForm(submit(view, { goalId: 'new' }), vision).ok).toBe(false);
  });

  it('keeps a part of the vision that is not worded so any more, until another is chosen', () => {
    const former = 'A practice of 30.';
    const view = buildGoalForm({ ...facts, goal: { ...goal, vision: former } });
    expect(faultsOfView('goal form former vision', view)).toBe('');
    expect(readOf(view)).toContain('As it was: A practice of 30.');
    const parsed = (typed: Parameters<typeof submit>[1]) => {
      const read = parseGoalForm(submit(view, typed), vision, former);
      return read.ok ? read.value.vision : read.fields;
    };
    expect(parsed({})).toBe(former);
    expect(parsed({ vision: '0' })).toBe('A practice of 40.');
    expect(parsed({ vision: 'none' })).toBeUndefined();
  });

  it('names goals of any length within what a choice holds', () => {
    const existing = [{ id: 'g1', name: '🎉'.repeat(150) }];
    const view = buildGoalForm({ ...facts, existing });
    expect(faultsOfView('goal form long names', view)).toBe('');
    expect(readOf(view)).toContain(`${'🎉'.repeat(74)}…`);
  });
});
