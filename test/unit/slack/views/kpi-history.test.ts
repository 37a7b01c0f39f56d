import { describe, expect, it } from 'vitest';
import { addDays } from '../../../../src/domain/civil-date.ts';
import type { KpiHistoryPage } from '../../../../src/domain/kpi-history.ts';
import { checkMessageBlocks } from '../../../../src/local-slack/block-kit/check-message.ts';
import { kpiChart } from '../../../../src/slack/views/chart.ts';
import { buildKpiHistory } from '../../../../src/slack/views/kpi-history.ts';
import { buildNumbers } from '../../../../src/slack/views/numbers.ts';
import { buttonsOf, faultsOfMessage, pingedBy, readOf } from '../../../support/accepted-by-slack.ts';
import { aLine, firms, nasty, nastyFirms } from './samples.ts';

const line = (readingId: string, text: string, over = {}) => ({
  readingId,
  text,
  confirm: false,
  correct: false,
  ...over,
});
const page = (over: Partial<KpiHistoryPage> = {}): KpiHistoryPage => ({
  partnershipId: 'p1',
  kpiId: 'k1',
  name: 'Consulting revenue',
  firms,
  side: 'theirs',
  internal: false,
  zone: 'Europe/Berlin',
  lines: [line('r2', '20 Oct 2026, 10:00 · $210k'), line('r1', '2 Sep 2026, 10:00 · $190k')],
  byDate: ['31 Aug 2026 $190k', '30 Sep 2026 $210k'],
  hidden: 0,
  ...over,
});

describe('the history of a KPI', () => {
  it('says in words what its chart shows, then each value', () => {
    const shown = buildKpiHistory(page());
    expect(faultsOfMessage('kpi history', shown)).toBe('');
    expect(shown.text.split('\n')).toEqual([
      "Consulting revenue, Northwind and Acme: values, the last entered first. Times are Berlin's.",
      'By date: 31 Aug 2026 $190k · 30 Sep 2026 $210k',
      '20 Oct 2026, 10:00 · $210k',
      '2 Sep 2026, 10:00 · $190k',
    ]);
    expect(readOf(shown).split('\n').slice(0, 2)).toEqual([
      'Consulting revenue · values · Northwind × Acme',
      'By date: 31 Aug 2026 $190k · 30 Sep 2026 $210k',
    ]);
    expect(buttonsOf(shown)).toEqual(['All KPIs', 'Update KPIs']);
  });

  it('has the buttons of each value beside it, and the older ones at the end', () => {
    const lines = [
      line('r2', 'told', { confirm: true, correct: true }),
      line('r1', 'own', { correct: true }),
    ];
    const shown = buildKpiHistory(
      page({ lines, olderThan: new Date('2026-09-01T08:00:00Z'), internal: true }),
    );
    expect(faultsOfMessage('kpi history with buttons', shown)).toBe('');
    expect(buttonsOf(shown)).toEqual(['Confirm', 'Correct', 'Correct', 'Older', 'All KPIs', 'Update KPIs']);
    expect(shown.text).toContain('Only Northwind sees this KPI.');
  });

  it('says so when there is no value, or when some are not shown', () => {
    expect(buildKpiHistory(page({ lines: [], byDate: [], hidden: 2 })).text).toContain(
      '2 values from before it changed between a number and a status are kept and not shown.\nNo values yet.',
    );
  });

  it('is within Slack’s limits at its maxima, and pings nobody', () => {
    const lines = Array.from({ length: 12 }, (_, nth) =>
      line(`${'r'.repeat(150)}${nth}`, nasty, { confirm: true, correct: true }),
    );
    const full = page({ name: nasty, firms: nastyFirms, lines, byDate: Array(20).fill(nasty.slice(0, 90)) });
    const shown = buildKpiHistory({ ...full, olderThan: new Date(), internal: true, hidden: 9 });
    expect(faultsOfMessage('kpi history at its maxima', shown)).toBe('');
    expect(pingedBy(shown)).toEqual([]);
  });
});

describe('a chart', () => {
  const points = Array.from({ length: 20 }, (_, nth) => ({
    on: addDays('2026-09-01', nth),
    value: nth,
    expected: nth * 2,
  }));
  it.each([
    ['a number', kpiChart('Deals won', { unit: '', points: points.slice(0, 2) })],
    ['its maxima', kpiChart(nasty, { unit: 'USD', points })],
  ])('of %s is one that Slack draws', (_of, chart) => {
    expect(checkMessageBlocks([chart])).toMatchObject({ ok: true });
  });

  it('has a line for the values, and one for what was expected where all of it is known', () => {
    const { chart, title } = kpiChart('Consulting revenue', {
      unit: 'USD',
      points: [{ on: '2026-09-30', value: 210_000 }],
    });
    expect(title).toBe('Consulting revenue, USD');
    expect(chart.series).toEqual([{ name: 'Value', data: [{ label: '30 Sep 2026', value: 210_000 }] }]);
    expect(kpiChart('x', { unit: '', points }).chart.series.map((one) => one.name)).toEqual([
      'Value',
      'Expected',
    ]);
  });
});

describe('the numbers of a partnership', () => {
  it('are a line each, with its history beside it', () => {
    const own = aLine('Average discount', { value: '17%', limit: 'keep below 15%', pace: 'off-pace' });
    const shown = buildNumbers({
      partnershipId: 'p1',
      firms,
      kpis: [
        { line: aLine('Deals won', { side: 'joint', value: '7', expected: '7' }), internal: false },
        { line: own, internal: true },
      ],
      next: 20,
    });
    expect(faultsOfMessage('numbers', shown)).toBe('');
    expect(shown.text.split('\n')).toEqual([
      'Northwind and Acme: KPIs.',
      'Deals won 7, expected 7 · On pace',
      'Average discount 17%, keep below 15% · Off pace · only Northwind sees it',
    ]);
    expect(buttonsOf(shown)).toEqual(['History', 'History', 'More', 'Update KPIs']);
  });

  it('are one sentence when there is no KPI, and within Slack’s limits at twenty', () => {
    const none = { partnershipId: 'p1', firms, kpis: [] };
    expect(readOf(buildNumbers(none))).toContain('No KPI here yet.');
    const kpis = Array.from({ length: 20 }, (_, nth) => ({
      line: aLine(nasty, { kpiId: `k${nth}`, value: '$1', entered: { readingId: 'r1', by: nasty } }),
      internal: true,
    }));
    const shown = buildNumbers({ partnershipId: 'p1', firms: nastyFirms, kpis, next: 20 });
    expect(faultsOfMessage('numbers at their maxima', shown)).toBe('');
    expect(pingedBy(shown)).toEqual([]);
  });
});
