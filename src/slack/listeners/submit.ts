import type { App } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import type { Asking } from '../../ports.ts';
import { ackWithinMs, withinMs } from '../deadline.ts';
import { sentenceFor } from '../errors.ts';
import { callbackId, type FormMetadata, type FormName, readMetadata } from '../ids.ts';
import { notSavedYet, showErrors, withNotice } from '../views/answer-to-form.ts';
import { brokenForm, type SubmittedView, submittedView } from '../views/submitted.ts';
import { contextShape, personOf, whoShape } from './ask.ts';
import type { ListenerParts } from './parts.ts';

/** One submission of a form. `asking.requestId` is the view's id: sending it again has the same result. */
export interface Submission<F extends FormName> {
  readonly parts: ListenerParts;
  readonly asking: Asking;
  readonly view: SubmittedView;
  readonly metadata: Extract<FormMetadata, { form: F }>;
}

/** What a submission is answered with. `errors` are keyed by block id, which is the use case's field name. */
export type Submitted =
  | { readonly kind: 'saved' }
  | { readonly kind: 'errors'; readonly fields: Readonly<Record<string, string>> }
  | { readonly kind: 'show'; readonly view: ModalView };

export type SubmitTable = { readonly [F in FormName]: (one: Submission<F>) => Promise<Submitted> };

const submitBody = whoShape.extend({ view: submittedView });

type Answer =
  | { readonly response_action: 'errors'; readonly errors: Record<string, string> }
  | { readonly response_action: 'update'; readonly view: ModalView }
  | undefined;

/**
 * Every submission is acknowledged within two seconds of its receipt, by our own timer: the work goes on, the form
 * comes back with all that was typed, and pressing Save again finds what the first press made.
 */
export const onSubmit = (app: App, parts: ListenerParts, table: SubmitTable): void => {
  for (const form of Object.keys(table)) {
    app.view({ callback_id: `form:${form}`, type: 'view_submission' }, async ({ ack, body, context }) => {
      const { workspaceId, receivedAt } = contextShape.parse(context);
      const { view, ...who } = submitBody.parse(body);
      const by = personOf(who);
      const asking: Asking = { workspaceId, by, requestId: view.id };
      const work = parts.running.track(answerTo(parts, table, asking, view));
      const left = ackWithinMs - (parts.deps.clock.elapsed() - receivedAt);
      const outcome = await withinMs(left, work, (error) => {
        parts.log.error('a submission failed after its form was answered', { form, asking, error });
      });
      const answer: Answer =
        outcome.kind === 'done'
          ? outcome.value
          : { response_action: 'update', view: withNotice(view, notSavedYet) };
      await (answer === undefined ? ack() : ack(answer));
    });
  }
};

/** Never throws: whatever happens, the person gets their form back with what they typed. */
const answerTo = async (
  parts: ListenerParts,
  table: SubmitTable,
  asking: Asking,
  view: SubmittedView,
): Promise<Answer> => {
  try {
    const metadata = readMetadata(view.private_metadata);
    if (metadata === undefined || callbackId(metadata.form) !== view.callback_id) throw brokenForm();
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
    const { text, unexpected } = sentenceFor(error, true);
    if (unexpected) parts.log.error('a submission failed', { callbackId: view.callback_id, asking, error });
    return { response_action: 'update', view: withNotice(view, text) };
  }
};

const submit = <F extends FormName>(table: SubmitTable, form: F, one: Submission<F>): Promise<Submitted> =>
  table[form](one);

export const saved: Submitted = { kind: 'saved' };
export const show = (view: ModalView): Submitted => ({ kind: 'show', view });
