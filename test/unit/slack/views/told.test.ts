import { describe, expect, it } from 'vitest';
import { buildPartnershipCard } from '../../../../src/slack/views/partnership-card.ts';
import { buildReviewAnswer } from '../../../../src/slack/views/review-answer.ts';
import { buildReviewSummary } from '../../../../src/slack/views/review-summary.ts';
import { buildUpdateForm, parseUpdateForm } from '../../../../src/slack/views/update-form.ts';
import { buttonsOf, faultsOfMessage, faultsOfView, readOf } from '../../../support/accepted-by-slack.ts';
import { submit } from '../../../support/submission.ts';
import { aCard, aLine, anAnswerCard, anAskedKpi, aSummary, firms } from './samples.ts';

const told = { readingId: 'r1', firm: 'Acme', by: 'Maya Lindqvist' };
const change = { name: 'Certified consultants', now: '8', was: '7', rough: false };

describe('a told value', () => {
  it('is labelled on the card, with Confirm and Correct', () => {
    const line = aLine('Certified consultants', {
      side: 'theirs',
      value: '8',
      expected: '9',
      asOf: '2026-09-30',
      told: true,
      entered: { readingId: 'r1', by: 'Maya Lindqvist' },
    });
    const card = buildPartnershipCard(aCard({ kpis: [line] }));
    expect(faultsOfMessage('card with a told value', card)).toBe('');
    const label = '8, expected 9 (30 Sep), told by Acme, entered by Maya Lindqvist, not confirmed yet';
    expect(readOf(card)).toContain(label);
    expect(card.text).toContain(label);
    expect(buttonsOf(card)).toEqual(
      expect.arrayContaining(['Confirm Certified consultants', 'Correct Certified consultants']),
    );
    expect(buttonsOf(buildPartnershipCard(aCard({ kpis: [line], state: 'ended' }))).join()).not.toContain(
      'Confirm',
    );
  });

  it('is labelled in the thread, with its buttons until it is confirmed or corrected', () => {
    const open = buildReviewAnswer(anAnswerCard({ kpis: [{ ...change, told }] }));
    expect(faultsOfMessage('answer with a told value', open)).toBe('');
    expect(open.text).toContain(
      'Certified consultants 8 (was 7), told by Acme, entered by Maya Lindqvist, not confirmed yet',
    );
    expect(buttonsOf(open)).toEqual([
      'Confirm Certified consultants',
      'Correct Certified consultants',
      'Change my answer',
    ]);
    const settled = [
      { ...change, told: { ...told, confirmedBy: 'Jordan Ellis' } },
      { ...change, told, corrected: { now: '9', by: 'Jordan Ellis' } },
    ];
    const after = buildReviewAnswer(anAnswerCard({ kpis: settled }));
    expect(after.text).toContain('entered by Maya Lindqvist, confirmed by Jordan Ellis');
    expect(after.text).toContain('not confirmed yet, corrected to 9 by Jordan Ellis');
    expect(buttonsOf(after)).toEqual(['Change my answer']);
  });

  it('is labelled in the summary, whether it is new or the last one', () => {
    const summary = buildReviewSummary(
      aSummary({
        kpis: [{ ...change, told }],
        noNewValue: [{ name: 'Day rate', value: 'Behind', asOf: '2026-08-31', told }],
      }),
    );
    const label = 'told by Acme, entered by Maya Lindqvist, not confirmed yet';
    expect(summary.text).toContain(`Certified consultants 7 → 8, ${label}`);
    expect(summary.text).toContain(`Day rate: no new value (Behind, 31 Aug, ${label})`);
  });
});

describe('the form that puts a value right', () => {
  const correcting = { readingId: 'r1', now: '$210,000 as of 30 Sep', by: 'Maya Lindqvist', told };
  const entered = { value: '$210,000', asOf: '2026-09-30', rough: true, note: 'by mail' };
  const view = buildUpdateForm({
    partnershipId: 'p1',
    firms,
    channelName: 'northwind-acme',
    today: '2026-10-20',
    kpis: [{ ...anAskedKpi({ entered }), side: 'theirs' }],
    correcting,
  });

  it('says what stands and from whom', () => {
    expect(faultsOfView('correct form', view)).toBe('');
    expect(readOf(view)).toContain(
      'It stands as $210,000 as of 30 Sep, told by Acme, entered by Maya Lindqvist, not confirmed yet.',
    );
  });

  it('gives back all that stood in it, and which reading it is about', () => {
    expect(parseUpdateForm(submit(view))).toMatchObject({
      ok: true,
      value: { corrects: 'r1', entries: [{ ...entered, kpiId: expect.any(String) }] },
    });
  });
});
