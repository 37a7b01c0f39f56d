import { describe, expect, it } from 'vitest';
import { readMetadata } from '../../../../src/slack/ids.ts';
import { withConflict } from '../../../../src/slack/views/answer-to-form.ts';
import { withNotes, withNotesOf } from '../../../../src/slack/views/field-notes.ts';
import { buildGoalForm } from '../../../../src/slack/views/goal-form.ts';
import { merged } from '../../../../src/slack/views/merge.ts';
import { buildPeriodForm } from '../../../../src/slack/views/period-form.ts';
import { drawnAgain } from '../../../../src/slack/views/redraw.ts';
import { readFields, type SubmittedView, submittedView } from '../../../../src/slack/views/submitted.ts';
import { faultsOfView } from '../../../support/accepted-by-slack.ts';
import { submit } from '../../../support/submission.ts';
import { aLine, firms, nasty } from './samples.ts';

const goal = { id: 'g1', rev: 4, title: 'Win 12', side: 'joint', kpiIds: ['k1'], due: '2026-12-31' } as const;
const facts = {
  partnershipId: 'p1',
  firms,
  period: { end: '2026-12-31' },
  kpis: [
    { id: 'k1', name: 'Deals' },
    { id: 'k2', name: 'Revenue' },
  ],
  others: 0,
};
const form = (over: object = {}, more = false) =>
  buildGoalForm({ ...facts, more, goal: { ...goal, ...over } });
const seenIn = (view: SubmittedView): string | undefined => {
  const metadata = readMetadata(view.private_metadata);
  return metadata?.form === 'goal' ? metadata.seen : undefined;
};

describe('a form that two people changed', () => {
  const theirs = form({ rev: 5, title: 'Win 20', side: 'ours', due: '2026-12-01', kpiIds: ['k2'] });

  it('has theirs where this person changed nothing, and tells apart only what both changed', () => {
    const view = submit(form(), { title: 'Win 14', ownerUserId: 'UTOM', due: '2026-12-01' });
    const { values, apart, taken } = merged(view, theirs, seenIn(view));
    const fields = readFields({ state: { values } });
    expect(apart).toEqual(['title']);
    expect(taken).toBe(true);
    expect([
      fields.text('title'),
      fields.choice('side'),
      fields.date('due'),
      fields.choices('kpiIds'),
    ]).toEqual(['Win 14', 'ours', '2026-12-01', ['k2']]);
    expect(fields.people('ownerUserId')).toEqual(['UTOM']);
  });

  it('keeps what this person emptied, and a field that was drawn later counts as it was drawn', () => {
    const view = submit(form(), { due: null, kpiIds: null });
    expect(merged(view, theirs, seenIn(view)).apart).toEqual(['due', 'kpiIds']);
    const long = submit(drawnAgain(submit(form(), { more: ['more'] }), form({}, true)));
    const ended = form({ outcome: { kind: 'met', sentence: 'Twelve.' } }, true);
    const { values, apart } = merged(long, ended, seenIn(long));
    expect(apart).toEqual([]);
    expect(readFields({ state: { values } }).choice('outcome')).toBe('met');
  });

  it('of an earlier version, which marks nothing, tells apart all that differs', () => {
    const view = submit(form(), { title: 'Win 14' });
    expect(merged(view, theirs, undefined).apart).toEqual(['title', 'side', 'due', 'kpiIds']);
  });
});

it('notes stand under their fields when a form is drawn again, and on top where the field is gone', () => {
  const notes = [
    { field: 'title', text: 'Yours was:\nWin 14' },
    { field: 'gone', text: 'Yours was:\n$1m' },
  ];
  const ids = (blocks: readonly { readonly block_id?: string }[]) => blocks.map((one) => one.block_id);
  const noted = { ...form(), blocks: withNotes(form().blocks, 'typed', notes) };
  expect(ids(noted.blocks).slice(0, 3)).toEqual(['typed:gone', 'title', 'typed:title']);
  const twice = withNotes(noted.blocks, 'typed', [{ field: 'title', text: 'Yours was:\nWin 16' }]);
  expect(ids(twice)).toEqual(ids(noted.blocks));
  expect(JSON.stringify(twice)).toContain('Yours was:\\nWin 14\\nYours was:\\nWin 16');
  const again = drawnAgain(submit(noted), form());
  expect(ids(again.blocks)).toEqual(ids(noted.blocks));
  expect(ids(withNotesOf(submittedView.parse(submit(noted)).blocks, noted.blocks))).toEqual(
    ids(noted.blocks),
  );
});

it('a form for twelve goals and 24 KPIs has room for its marks and for a note under each field', () => {
  const id = 'a'.repeat(20);
  const view = buildPeriodForm({
    occurrenceId: `${id}:period:1`,
    base: 1_800_000_000_000,
    firms,
    firm: 'ours',
    period: { start: '2026-07-01', end: '2026-12-31' },
    channelName: 'northwind-acme',
    goals: Array.from({ length: 12 }, (_, index) => ({
      goalId: `${id}${index}`,
      title: nasty,
      side: 'joint' as const,
      pace: 'behind' as const,
      linked: true,
    })),
    kpis: Array.from({ length: 24 }, (_, index) => aLine(nasty, { kpiId: `${id}k${index}` })),
    choices: {},
  });
  const beside = view.blocks.flatMap(({ block_id: field = '' }) => [
    { field, text: `As it stands now:\n${nasty.slice(0, 300)}` },
  ]);
  const conflict = withConflict(submit(view), {
    what: nasty,
    byName: 'Tom',
    metadata: view.private_metadata ?? '',
    beside,
  });
  expect(faultsOfView('period form with notes', conflict)).toBe('');
});
