import { describe, expect, it } from 'vitest';
import { buildAnswerForm, parseAnswerForm } from '../../../../src/slack/views/answer-form.ts';
import {
  notSavedYet,
  placeErrors,
  showErrors,
  withConflict,
  withNotice,
} from '../../../../src/slack/views/answer-to-form.ts';
import { buildGoalForm, parseGoalForm } from '../../../../src/slack/views/goal-form.ts';
import { buildNoChangeForm } from '../../../../src/slack/views/no-change-form.ts';
import { type SubmittedView, startOver } from '../../../../src/slack/views/submitted.ts';
import { buttonsOf, faultsOfView, readOf } from '../../../support/accepted-by-slack.ts';
import { submit } from '../../../support/submission.ts';
import { anAskedKpi, firms, someAnswerFacts } from './samples.ts';

const typed = {
  confidence: '3',
  moved: 'Two <go-lives> & more',
  'value:k1': '210k',
  'rough:k1': 'rough',
} as const;
const sent = submit(buildAnswerForm(someAnswerFacts()), typed);

describe('a form that was not saved', () => {
  it('comes back with a notice on top and everything typed, however often', () => {
    const once = withNotice(sent, notSavedYet(sent));
    expect(faultsOfView('answer form not saved', once)).toBe('');
    expect(readOf(once).split('\n')[0]).toBe('Not saved yet. Your text is here. Press Send again.');
    expect(parseAnswerForm(submit(once))).toEqual(parseAnswerForm(sent));
    const twice = withNotice(submit(once), notSavedYet(submit(once)));
    expect(twice.blocks).toHaveLength(once.blocks.length);
    expect(parseAnswerForm(submit(twice))).toEqual(parseAnswerForm(sent));
  });

  it('keeps a field empty that was emptied', () => {
    const goal = { id: 'g1', rev: 1, title: 'A', side: 'joint', due: '2026-11-30', kpiIds: ['k1'] } as const;
    const kpis = [{ id: 'k1', name: 'One' }];
    const view = buildGoalForm({
      partnershipId: 'p1',
      firms,
      period: { end: '2026-12-31' },
      kpis,
      others: 0,
      goal,
    });
    const emptied = submit(view, { due: null, kpiIds: null });
    const again = parseGoalForm(submit(withNotice(emptied, notSavedYet(emptied))), undefined);
    expect(again.ok && again.value.due).toBeUndefined();
    expect(again.ok && again.value.kpiIds).toEqual([]);
  });
});

describe('errors', () => {
  it('stand at their fields', () => {
    const errors = { 'value:k1': 'I cannot read "1.2.3m".', confidence: 'Choose.' };
    expect(showErrors(sent, errors)).toEqual({ response_action: 'errors', errors });
  });

  it('go to the first input when their field is no input of the form', () => {
    expect(placeErrors(sent, { weight: 'Too heavy.', confidence: 'Choose.', notice: 'Odd.' })).toEqual({
      confidence: 'Too heavy. Choose. Odd.',
    });
  });

  it('are said as a notice in a form without inputs', () => {
    const facts = { occurrenceId: 'o1', partnershipId: 'p1', date: '2026-10-20', firms, kpis: [] };
    const answer = showErrors(submit(buildNoChangeForm(facts)), { x: 'This review closed.' });
    expect(answer.response_action === 'update' && readOf(answer.view).split('\n')[0]).toBe(
      'This review closed.',
    );
  });

  it('keep a number typed in a unit that changed, say it below, and take what is sent again', () => {
    const shown = parseAnswerForm(sent);
    expect(shown.ok && shown.value.entries).toMatchObject([{ kpiId: 'k1', value: '210k', shownIn: 'USD.' }]);
    const says = 'Consulting revenue is in EUR now. Write it like €1.2m.';
    const answer = showErrors(sent, { 'unit:k1': says });
    if (answer.response_action !== 'update') throw new Error('the form was not drawn again');
    expect(faultsOfView('answer form new unit', answer.view)).toBe('');
    expect(readOf(answer.view)).toContain('Nothing was saved. Your text is kept below.');
    const at = answer.view.blocks.findIndex((one) => one.block_id === 'value:k1');
    expect(answer.view.blocks[at + 1]).toMatchObject({ type: 'section', text: { text: says } });
    const again = submit(answer.view);
    const parsed = parseAnswerForm(again);
    expect(parsed.ok && parsed.value.entries[0]).toEqual(
      expect.not.objectContaining({ shownIn: expect.anything() }),
    );
    expect(parsed.ok && parsed.value).toMatchObject({ moved: typed.moved, entries: [{ value: '210k' }] });
    const twice = showErrors(again, { 'unit:k1': says });
    expect(twice.response_action === 'update' && twice.view.blocks).toHaveLength(answer.view.blocks.length);
  });

  it('say beside a status that both firms see its KPI now, and take what is sent again', () => {
    const kpi = { ...anAskedKpi(), gives: 'status', internal: true } as const;
    const view = submit(buildAnswerForm(someAnswerFacts({ kpis: [kpi] })), {
      confidence: '4',
      'status:k1': 'behind',
    });
    const entryOf = (one: SubmittedView) => {
      const parsed = parseAnswerForm(one);
      return parsed.ok ? parsed.value.entries[0] : undefined;
    };
    expect(readOf(buildAnswerForm(someAnswerFacts({ kpis: [kpi] })))).toContain('(not shared)');
    expect(entryOf(view)).toEqual({ kpiId: 'k1', status: 'behind', shownInternal: true });
    const says = 'Both firms see Consulting revenue now.';
    const answer = showErrors(view, { 'unit:k1': says });
    if (answer.response_action !== 'update') throw new Error('the form was not drawn again');
    const at = answer.view.blocks.findIndex((one) => one.block_id === 'status:k1');
    expect(answer.view.blocks[at + 1]).toMatchObject({ type: 'section', text: { text: says } });
    expect(entryOf(submit(answer.view))).toEqual({ kpiId: 'k1', status: 'behind' });
  });

  it('bring a tick for a value that is far from the last one, and the tick confirms it', () => {
    const doubts = { 'value:k1': 'A hundred times the last one.', confirmedUnlikely: 'Is $210m right?' };
    const answer = showErrors(sent, doubts);
    if (answer.response_action !== 'update') throw new Error('the form was not drawn again');
    expect(faultsOfView('answer form unlikely', answer.view)).toBe('');
    expect(readOf(answer.view)).toContain('Is $210m right?');
    const parsed = parseAnswerForm(submit(answer.view, { confirmedUnlikely: 'yes' }));
    expect(parsed.ok && parsed.value).toMatchObject({
      confirmedUnlikely: true,
      entries: [{ value: '210k' }],
    });
    const unticked = submit(answer.view);
    expect(parseAnswerForm(unticked)).toEqual(parseAnswerForm(sent));
    expect(showErrors(unticked, doubts)).toEqual({ response_action: 'errors', errors: doubts });
  });
});

describe('a conflict', () => {
  const goal = { id: 'g1', rev: 4, title: 'A practice', side: 'joint', kpiIds: [] } as const;
  const facts = { partnershipId: 'p1', firms, period: { end: '2026-12-31' }, kpis: [], others: 0 };
  const mine = submit(buildGoalForm({ ...facts, goal }), { title: 'Mine' });
  const metadata = JSON.stringify({ form: 'goal', partnershipId: 'p1', goalId: 'g1', base: 5 });
  const what = 'Tom Okafor changed the goal at 16:12.';

  it('keeps the text, and saving again keeps mine on the newer revision', () => {
    const view = withConflict(mine, { what, byName: 'Tom', metadata });
    expect(faultsOfView('goal form conflict', view)).toBe('');
    expect(readOf(view).split('\n')[0]).toBe(`${what} Your text is kept below.`);
    expect(view.submit?.text).toBe('Keep mine');
    expect(buttonsOf(view)).toEqual(["Take Tom's"]);
    const again = parseGoalForm(submit(view), undefined);
    expect(again.ok && again.value).toMatchObject({ title: 'Mine', baseRev: 5 });
    const second = withConflict(submit(view), { what, byName: 'Tom', metadata });
    expect(second.blocks).toHaveLength(view.blocks.length);
  });

  it('the other values come with new action ids, so that Slack does not keep what was typed', () => {
    const fresh = startOver(buildGoalForm({ ...facts, goal: { ...goal, rev: 5, title: "Tom's" } }), 5);
    expect(faultsOfView('goal form taken', fresh)).toBe('');
    const ids = (view: { blocks: readonly unknown[] }) => JSON.stringify(view).match(/field:[^"]*/g) ?? [];
    expect(ids(fresh).every((id) => id.endsWith('#5'))).toBe(true);
    expect(ids(fresh)).not.toEqual(ids(mine));
    const parsed = parseGoalForm(submit(fresh), undefined);
    expect(parsed.ok && parsed.value.title).toBe("Tom's");
  });
});
