import { describe, expect, it } from 'vitest';
import { buildGoalForm, parseGoalForm } from '../../../../src/slack/views/goal-form.ts';
import { wantsOutcome } from '../../../../src/slack/views/goal-more-fields.ts';
import {
  buildGoalStatusForm,
  isGoalStatusForm,
  parseGoalStatusForm,
} from '../../../../src/slack/views/goal-status-form.ts';
import { goalWords } from '../../../../src/slack/views/lines.ts';
import { drawnAgain } from '../../../../src/slack/views/redraw.ts';
import { faultsOfView, readOf } from '../../../support/accepted-by-slack.ts';
import { submit } from '../../../support/submission.ts';
import { firms } from './samples.ts';

const goal = { id: 'g1', rev: 4, title: 'A practice', side: 'theirs', kpiIds: [] } as const;
const facts = { partnershipId: 'p1', firms, period: { end: '2026-12-31' }, kpis: [], others: 3, goal };
const outcome = { kind: 'dropped', sentence: 'No budget.' } as const;

describe('the form of a goal that is there', () => {
  it('asks how it stands, and how it ended after More, with all that was typed kept', () => {
    const short = buildGoalForm(facts);
    expect(wantsOutcome(submit(short))).toBe(false);
    const sent = submit(short, { status: 'behind', statusReason: 'Slow', title: 'Practice', more: ['more'] });
    expect(wantsOutcome(sent)).toBe(true);
    const long = drawnAgain(sent, buildGoalForm({ ...facts, more: true }));
    expect(faultsOfView('goal form with more', long)).toBe('');
    const read = parseGoalForm(submit(long, { outcome: 'met', outcomeSentence: 'Done.' }), undefined);
    expect(read).toMatchObject({
      value: {
        title: 'Practice',
        status: 'behind',
        statusReason: 'Slow',
        outcome: 'met',
        outcomeSentence: 'Done.',
      },
    });
    expect(long.blocks.map((one) => one.block_id)).not.toContain('reason');
  });

  it('shows how it ended at once, and takes a reason to bring it back to three others', () => {
    const view = buildGoalForm({ ...facts, goal: { ...goal, outcome } });
    expect(faultsOfView('goal form ended', view)).toBe('');
    expect(readOf(view)).toContain('Why a goal more than 3?');
    const back = parseGoalForm(submit(view, { outcome: 'open', reason: 'Budget came.' }), undefined);
    expect(back).toMatchObject({ value: { outcome: 'open', reason: 'Budget came.' } });
    expect(parseGoalForm(submit(view), undefined)).toMatchObject({ value: { outcome: 'dropped' } });
  });
});

describe("the form of a goal's owner", () => {
  const owned = [
    { id: 'g1', title: 'A practice' },
    { id: 'g2', title: 'Customers' },
  ];

  it('says the goal and asks only how it stands', () => {
    const view = buildGoalStatusForm({ partnershipId: 'p1', owned, goal: { ...goal, due: '2026-12-31' } });
    expect(faultsOfView('goal status form', view)).toBe('');
    expect(readOf(view)).toContain('A practice, due 31 Dec 2026');
    expect(isGoalStatusForm(submit(view))).toBe(true);
    expect(isGoalStatusForm(submit(buildGoalForm(facts)))).toBe(false);
    expect(parseGoalStatusForm(submit(view, { status: 'behind', statusReason: 'Slow' }))).toEqual({
      ok: true,
      value: { partnershipId: 'p1', goalId: 'g1', baseRev: 4, status: 'behind', statusReason: 'Slow' },
    });
    expect(parseGoalStatusForm(submit(view, { goalId: 'g2' })).ok).toBe(false);
  });

  it('asks which one only where there are several', () => {
    const one = buildGoalStatusForm({ partnershipId: 'p1', owned: owned.slice(0, 1), goal });
    expect(one.blocks.map((block) => block.block_id)).not.toContain('goalId');
  });
});

describe('a goal as a line', () => {
  const line = { goalId: 'g1', title: 'A practice', side: 'theirs', pace: 'on-pace', linked: true } as const;
  it.each([
    [{}, 'On pace'],
    [{ status: { word: 'behind', reason: 'No trainers' } }, 'Behind: No trainers (its KPIs: On pace)'],
    [{ status: { word: 'on-track' }, pace: 'not-judged' }, 'On track'],
    [{ status: { word: 'on-track' }, outcome }, 'Dropped: No budget.'],
  ] as const)('with %o ends in %j', (over, words) => {
    expect(goalWords({ ...line, ...over }, 2, firms)).toBe(`Goal 2. A practice · Acme · ${words}`);
  });
});
