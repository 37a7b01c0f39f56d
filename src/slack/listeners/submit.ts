import type { App } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { DomainError } from '../../domain/errors.ts';
import type { Asking } from '../../ports.ts';
import { ackWithinMs, withinMs } from '../deadline.ts';
import { sentenceFor } from '../errors.ts';
import { anyForm, callbackId, type FormName, readMetadata } from '../ids.ts';
import { notSavedYet, showErrors, withNotice } from '../views/answer-to-form.ts';
import { brokenForm, choicesNotOffered, type SubmittedView, submittedView } from '../views/submitted.ts';
import { contextShape, knownAs, personOf, whoShape } from './ask.ts';
import { conflictView } from './conflict.ts';
import type { ListenerParts } from './parts.ts';
import type { Submission, SubmitTable, Submitted } from './submission.ts';

const submitBody = whoShape.extend({ view: submittedView });

type Answer =
  | { readonly response_action: 'errors'; readonly errors: Record<string, string> }
  | { readonly response_action: 'update'; readonly view: ModalView }
  | undefined;

/**
 * Every submission is acknowledged within two seconds of its receipt, by our own timer: the work goes on, the form
 * comes back with all that was typed, and pressing Save again finds what the first press made. One listener for all
 * forms: Bolt walks every listener for every request, and the person waits.
 */
export const onSubmit = (app: App, parts: ListenerParts, table: SubmitTable): void => {
  app.view({ callback_id: anyForm, type: 'view_submission' }, async ({ ack, body, context }) => {
    const { workspaceId, receivedAt } = contextShape.parse(context);
    const { view, ...who } = submitBody.parse(body);
    const asking: Asking = { workspaceId, by: personOf(who), requestId: view.id };
    const work = parts.running.track(answerTo(parts, table, asking, view));
    const left = ackWithinMs - (parts.deps.clock.elapsed() - receivedAt);
    const outcome = await withinMs(left, work, (error) => {
      const facts = { callbackId: view.callback_id, asking, error };
      parts.log.error('a submission failed after its form was answered', facts);
    });
    const answer: Answer =
      outcome.kind === 'done'
        ? outcome.value
        : { response_action: 'update', view: withNotice(view, notSavedYet(view)) };
    await (answer === undefined ? ack() : ack(answer));
  });
};

/** Never throws: whatever happens, the person gets their form back with what they typed. */
const answerTo = async (
  parts: ListenerParts,
  table: SubmitTable,
  named: Asking,
  view: SubmittedView,
): Promise<Answer> => {
  const asking = { ...named, by: await knownAs(parts, named.workspaceId, named.by) };
  try {
    const metadata = readMetadata(view.private_metadata);
    if (metadata === undefined || callbackId(metadata.form) !== view.callback_id) throw brokenForm();
    const strange = choicesNotOffered(view);
    if (Object.keys(strange).length > 0) return showErrors(view, strange);
    const submitted = await submit(table, metadata.form, { parts, asking, view, metadata });
    switch (submitted.kind) {
      case 'saved':
        return undefined;
      case 'show':
        return { response_action: 'update', view: submitted.view };
      case 'errors':
        return showErrors(view, submitted.fields);
    }
  } catch (error) {
    const lost = error instanceof DomainError && error.code === 'conflict' ? error : undefined;
    const conflict = lost && (await shownConflict(parts, asking, view, lost));
    if (conflict !== undefined) return { response_action: 'update', view: conflict };
    const { text, unexpected } = sentenceFor(error, true);
    if (unexpected) parts.log.error('a submission failed', { callbackId: view.callback_id, asking, error });
    return { response_action: 'update', view: withNotice(view, text) };
  }
};

/** Where the conflict itself cannot be drawn, its sentence is still said by the caller. */
const shownConflict = async (
  parts: ListenerParts,
  asking: Asking,
  view: SubmittedView,
  error: DomainError,
): Promise<ModalView | undefined> => {
  try {
    return await conflictView(parts, asking, view, error);
  } catch (failed) {
    parts.log.warn('a conflict could not be shown', { asking, error: failed });
    return undefined;
  }
};

const submit = <F extends FormName>(table: SubmitTable, form: F, one: Submission<F>): Promise<Submitted> =>
  table[form](one);
