import { answerReview } from '../../usecases/answer-review.ts';
import { confirmNoChange } from '../../usecases/confirm-no-change.ts';
import { firmsOf, loadReviewFor } from '../../usecases/load-review.ts';
import { skipReview } from '../../usecases/skip-review.ts';
import { answerFormFacts, noChangeFacts } from '../../usecases/view-answer-form.ts';
import { buildAnswerForm, parseAnswerForm } from '../views/answer-form.ts';
import { buildAbout } from '../views/help.ts';
import { buildNoChangeForm, parseNoChangeForm } from '../views/no-change-form.ts';
import { buildSkipForm, parseSkipForm } from '../views/skip-form.ts';
import { openForm, receiptView } from './form.ts';
import type { Press } from './press.ts';
import { type Submission, type Submitted, saved, show } from './submission.ts';

export const pressAnswer = (press: Press<'answer' | 'change-answer' | 'enter-values'>): Promise<void> => {
  const { occurrenceId } = press.action;
  return openForm(press, { title: 'Review', again: { verb: 'answer', occurrenceId } }, async () =>
    buildAnswerForm(await answerFormFacts(press.parts.deps, press.asking, { occurrenceId })),
  );
};

export const submitAnswer = async ({ parts, asking, view }: Submission<'answer'>): Promise<Submitted> => {
  const parsed = parseAnswerForm(view);
  if (!parsed.ok) return { kind: 'errors', fields: parsed.fields };
  const outcome = await answerReview(parts.deps, asking, parsed.value);
  if (!outcome.ok) return { kind: 'errors', fields: outcome.fields };
  const { answer, receipts } = outcome.value;
  const said = answer.late
    ? 'This review has closed. Your answer is saved and marked late.'
    : 'Saved. You can change it; changes are marked.';
  return show(receiptView('Review', said, receipts));
};

export const pressNoChange = (press: Press<'no-change'>): Promise<void> =>
  openForm(press, { title: 'No change', again: press.action }, async () => {
    const { occurrenceId } = press.action;
    return buildNoChangeForm(await noChangeFacts(press.parts.deps, press.asking, { occurrenceId }));
  });

export const submitNoChange = async (one: Submission<'no-change'>): Promise<Submitted> => {
  const parsed = parseNoChangeForm(one.view);
  if (!parsed.ok) return { kind: 'errors', fields: parsed.fields };
  const { receipts } = await confirmNoChange(one.parts.deps, one.asking, parsed.value);
  return show(receiptView('No change', 'Saved. You can change it; changes are marked.', receipts));
};

export const pressSkip = (press: Press<'skip'>): Promise<void> =>
  openForm(press, { title: 'Skip this review', again: press.action }, async () => {
    const { occurrenceId } = press.action;
    const { partnership, firm } = await loadReviewFor(press.parts.deps, press.asking, occurrenceId, 'skip');
    return buildSkipForm({ occurrenceId, firms: firmsOf(partnership), firm });
  });

export const submitSkip = async ({ parts, asking, view }: Submission<'skip'>): Promise<Submitted> => {
  const parsed = parseSkipForm(view);
  if (!parsed.ok) return { kind: 'errors', fields: parsed.fields };
  const outcome = await skipReview(parts.deps, asking, parsed.value);
  if (!outcome.ok) return { kind: 'errors', fields: outcome.fields };
  const { all, waitingFor } = outcome.value;
  if (all || waitingFor === undefined) return saved;
  return show(receiptView('Skip', `Noted. The review stays open for ${waitingFor}.`, []));
};

export const pressAbout = (press: Press<'about'>): Promise<void> => press.reply(buildAbout());
