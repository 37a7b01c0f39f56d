import { describe, expect, it } from 'vitest';
import {
  type ButtonAction,
  buttonIds,
  type FormMetadata,
  kpiBlock,
  parseButton,
  pressOf,
  readKpiBlock,
  readMetadata,
  writeMetadata,
} from '../../../src/slack/ids.ts';

describe('a button', () => {
  it.each<ButtonAction>([
    { verb: 'new-partnership' },
    { verb: 'choose', partnershipId: 'p1', command: 'view' },
    { verb: 'add-kpi', partnershipId: 'p1', side: 'theirs' },
    { verb: 'add-kpi', partnershipId: 'p1' },
    { verb: 'sign-vision', partnershipId: 'p1', number: 2 },
    { verb: 'answer', occurrenceId: 'p1:r1:2026-10-20' },
    { verb: 'numbers', partnershipId: 'p1', from: 20 },
    { verb: 'kpi-history', partnershipId: 'p1', kpiId: 'k1', before: 1_790_000_000_000 },
    { verb: 'correct-reading', partnershipId: 'p1', readingId: 'p1:k1:V1' },
  ])('is read back as it was written: %j', (action) => {
    expect(parseButton(buttonIds(action))).toEqual(action);
    expect(parseButton(buttonIds(action, 7))).toEqual(action);
  });

  it('is told apart from its like, and matched by its verb alone', () => {
    const action = { verb: 'answer', occurrenceId: 'o1' } as const;
    expect(buttonIds(action, 3).action_id).not.toBe(buttonIds(action).action_id);
    expect(pressOf('answer').test(buttonIds(action, 3).action_id)).toBe(true);
    expect(pressOf('vision').test('press:sign-vision')).toBe(false);
  });

  it.each([
    { action_id: 'press:answer', value: '{}' },
    { action_id: 'press:answer', value: 'no json' },
    { action_id: 'press:answer' },
    { action_id: 'press:answer', value: '{"occurrenceId":""}' },
    { action_id: 'press:sign-vision', value: '{"partnershipId":"p1","number":"2"}' },
    { action_id: 'press:delete-all', value: '{"partnershipId":"p1"}' },
    { action_id: 'answer', value: '{"occurrenceId":"o1"}' },
    { action_id: 'press:answer', value: '[1]' },
  ])('that we did not write is none: %j', (pressed) => {
    expect(parseButton(pressed)).toBeUndefined();
  });

  it('takes its verb from the action id, whatever the value claims', () => {
    expect(parseButton({ action_id: 'press:about', value: '{"verb":"skip","occurrenceId":"o1"}' })).toEqual({
      verb: 'about',
      occurrenceId: 'o1',
    });
  });
});

describe('a form’s metadata', () => {
  it.each<FormMetadata>([
    { form: 'partnership' },
    { form: 'goal', partnershipId: 'p1', goalId: 'g1', base: 3, visionNumber: 2 },
    { form: 'rhythm', partnershipId: 'p1' },
    { form: 'answer', occurrenceId: 'o1' },
    { form: 'update', partnershipId: 'p1', formats: { k1: 'USD.' } },
  ])('is read back as it was written: %j', (metadata) => {
    expect(readMetadata(writeMetadata(metadata))).toEqual(metadata);
  });

  it.each([
    '',
    'null',
    '{"form":"goal"}',
    '{"form":"edit","partnershipId":"p1","base":-1}',
    '{"form":"x"}',
    undefined,
  ])('that we did not write is none: %j', (text) => {
    expect(readMetadata(text)).toBeUndefined();
  });
});

it('a KPI’s blocks name the field and the KPI', () => {
  expect(readKpiBlock(kpiBlock('notKnownUntil', 'k1'))).toEqual({ field: 'notKnownUntil', kpiId: 'k1' });
  expect(['moved', 'value:', 'weight:k1', ''].map(readKpiBlock)).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});
