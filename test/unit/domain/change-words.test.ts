import { describe, expect, it } from 'vitest';
import type { Goal } from '../../../src/domain/goal.ts';
import { goalChangeInWords } from '../../../src/domain/goal-words.ts';
import type { Kpi } from '../../../src/domain/kpi.ts';
import { kpiChangeInWords } from '../../../src/domain/kpi-change-words.ts';
import { aGoal, aKpi, aPartnership, jordan, maya } from './samples.ts';

const names = aPartnership();
const at = new Date('2026-10-20T08:00:00Z');

describe('what was done to a KPI', () => {
  const deals = aKpi('deals', { name: 'Deals', target: 12, baseline: 0, due: '2026-12-31' });
  const words = (over: Partial<Kpi>) => kpiChangeInWords(deals, { ...deals, ...over }, names);

  it('names every field with what it was, and a changed target alone in short', () => {
    expect(words({ target: 20 })).toBe('changed the target of Deals to 20 (was 12)');
    expect(
      words({
        name: 'Deals won',
        definition: 'Signed by both',
        baseline: 2,
        target: 20,
        due: '2026-11-30',
        direction: 'decrease',
        cadence: 'weekly',
        knownAfter: 1,
        owner: jordan,
        weight: 3,
        checkpoints: [{ date: '2026-09-30', value: 6 }],
      }),
    ).toBe(
      'changed the KPI Deals won: the name to Deals won (was Deals), what counts to "Signed by both", good when it to falls (was rises), the start to 2 (was 0), the target to 20 (was 12), the steps to 30 Sep 2026: 6, the last day to 30 Nov 2026 (was 31 Dec 2026), the weight to 3 (was 10), how often it is known to weekly (was monthly), the day it is known to the Monday after, the owner',
    );
    expect(words({ visibility: 'internal' })).toBe(
      'changed the KPI Deals: who sees it to only Northwind (was both firms)',
    );
    expect(words({})).toBe('changed the KPI Deals');
  });

  it('tells of a retired one also what else was changed', () => {
    const retired = { reason: 'Counted elsewhere.', by: maya, at };
    expect(words({ retired })).toBe('retired the KPI Deals: Counted elsewhere.');
    expect(words({ retired, weight: 2 })).toBe(
      'retired the KPI Deals: Counted elsewhere.; changed the KPI Deals: the weight to 2 (was 10)',
    );
  });
});

describe('what was done to a goal', () => {
  const goal: Goal = { ...aGoal('Win 12', ['deals']), side: 'joint', due: '2026-12-31' };
  const words = (over: Partial<Goal>) => goalChangeInWords(goal, { ...goal, ...over }, names);

  it('names every field, how it stands and how it ended', () => {
    expect(words({ title: 'Win 20', side: 'theirs', due: undefined, kpiIds: [] })).toBe(
      'changed the goal "Win 20": the words to "Win 20" (was "Win 12"), whom it serves to Acme (was Joint), the due day taken out (was 31 Dec 2026), what it is shown by',
    );
    expect(
      words({
        title: 'Win 20',
        status: { word: 'behind', reason: 'Two slipped', by: maya, at },
        outcome: { kind: 'partly', sentence: 'Nine.', by: maya, at },
      }),
    ).toBe(
      'closed the goal "Win 20" as partly met: Nine.; said that the goal "Win 20" is behind: Two slipped; changed the goal "Win 20": the words to "Win 20" (was "Win 12")',
    );
    expect(words({})).toBe('changed the goal "Win 12"');
  });
});
