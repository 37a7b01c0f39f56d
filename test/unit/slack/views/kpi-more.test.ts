import { describe, expect, it } from 'vitest';
import { buildKpiForm } from '../../../../src/slack/views/kpi-form.ts';
import type { KpiFormFacts } from '../../../../src/slack/views/kpi-form-facts.ts';
import { kpiChoices, parseKpiForm } from '../../../../src/slack/views/kpi-form-input.ts';
import { kpiMoreBlock } from '../../../../src/slack/views/kpi-more-fields.ts';
import { wantsMore } from '../../../../src/slack/views/more.ts';
import { drawnAgain } from '../../../../src/slack/views/redraw.ts';
import { faultsOfView, readOf } from '../../../support/accepted-by-slack.ts';
import { submit } from '../../../support/submission.ts';
import { firms } from './samples.ts';

const facts: KpiFormFacts = {
  partnershipId: 'p1',
  firms,
  sides: ['ours', 'theirs', 'joint'],
  seesInternal: true,
  partnerType: 'si',
  period: { end: '2026-12-31' },
  others: { ours: 3, theirs: 0, joint: 0 },
  now: { side: 'theirs' },
};
const typed = { name: 'Revenue', unit: 'USD', baseline: '0', target: '900k' };
const edited = {
  id: 'k1',
  rev: 2,
  side: 'ours',
  hasValues: true,
  name: 'Days to first value',
  due: '2026-12-31',
  cadence: 'monthly',
  visibility: 'shared',
  weight: 3,
  source: 'Support desk',
  steps: '30 Sep 2026: 50 days',
} as const;
const days = { kind: 'time', in: 'days' } as const;
const now = { side: 'ours', gives: 'number', unit: days, direction: 'decrease' } as const;
const blocks = (view: { blocks: { block_id?: string }[] }) => view.blocks.map((one) => one.block_id);

describe('the form of a KPI', () => {
  it('is short until More is ticked, and then keeps all that was typed', () => {
    const short = buildKpiForm(facts);
    expect(faultsOfView('kpi form short', short)).toBe('');
    expect(blocks(short)).not.toContain('steps');
    const sent = submit(short, { ...typed, more: ['more'] });
    expect(wantsMore(submit(short, typed), kpiMoreBlock)).toBe(false);
    expect(wantsMore(sent, kpiMoreBlock)).toBe(true);
    const long = drawnAgain(sent, buildKpiForm({ ...facts, now: kpiChoices(sent), more: true }));
    expect(faultsOfView('kpi form with more', long)).toBe('');
    expect(blocks(long)).toEqual(expect.arrayContaining(['source', 'weight', 'steps']));
    expect(blocks(long)).not.toContain('more');
    const more = { source: ' Finance ', weight: '2', steps: '30 Sep 2026: 150k', knownAfter: '15' };
    expect(parseKpiForm(submit(long, more))).toMatchObject({
      ok: true,
      value: {
        ...typed,
        name: 'Revenue',
        source: 'Finance',
        weight: 2,
        steps: '30 Sep 2026: 150k',
        knownAfter: 15,
        unit: { currency: 'USD' },
      },
    });
  });

  it('says nothing of what it does not show, so that it stays as it was', () => {
    const parsed = parseKpiForm(submit(buildKpiForm(facts), typed));
    expect(parsed.ok && Object.keys(parsed.value)).not.toEqual(
      expect.arrayContaining(['source', 'weight', 'steps', 'state', 'knownAfter']),
    );
  });

  it('says "none" where a shown field was emptied', () => {
    const long = buildKpiForm({ ...facts, now, more: true, kpi: edited });
    const parsed = parseKpiForm(submit(long, { source: null, steps: null, baseline: '60', target: '40' }));
    expect(parsed).toMatchObject({ ok: true, value: { source: '', steps: '', weight: 3, state: 'in-use' } });
  });

  it('names the day from which a value is known by how often it is', () => {
    const words = (cadence: 'weekly' | 'monthly' | 'quarterly') =>
      readOf(buildKpiForm({ ...facts, now: { cadence } }));
    expect(words('monthly')).toContain('the 15th');
    expect(words('weekly')).toContain('the Monday after');
    expect(words('quarterly')).toContain('20 days after the quarter');
  });

  it('offers steps only for what grows', () => {
    const has = (more: KpiFormFacts['now']) => blocks(buildKpiForm({ ...facts, now: more, more: true }));
    expect(has({ direction: 'keep-below' })).not.toContain('steps');
    expect(has({ gives: 'status' })).not.toContain('steps');
    expect(has({})).toContain('steps');
  });

  it('offers the units that values can be read in, once there are values', () => {
    const view = buildKpiForm({ ...facts, now, more: true, kpi: edited });
    expect(() => submit(view, { unit: 'weeks' })).not.toThrow();
    expect(() => submit(view, { unit: 'count' })).toThrow('does not offer');
    expect(readOf(view)).toContain('so whose it is and number or status stay.');
  });

  it('asks why a retired one comes back to a side that has three, and can be saved retired without', () => {
    const retired = { ...edited, retired: 'Measured elsewhere' };
    const view = buildKpiForm({ ...facts, now, more: true, kpi: retired });
    expect(faultsOfView('kpi form retired', view)).toBe('');
    expect(readOf(view)).toContain('Why one more?');
    const amounts = { baseline: '60', target: '40' };
    expect(parseKpiForm(submit(view, amounts))).toMatchObject({
      value: { state: 'retired', retireReason: 'Measured elsewhere' },
    });
    expect(parseKpiForm(submit(view, { ...amounts, state: 'in-use', reason: 'Back' }))).toMatchObject({
      value: { state: 'in-use', reason: 'Back' },
    });
  });
});
