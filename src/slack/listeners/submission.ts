import type { ModalView } from '@slack/types';
import type { Asking } from '../../ports.ts';
import type { FormMetadata, FormName } from '../ids.ts';
import type { SubmittedView } from '../views/submitted.ts';
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

export const saved: Submitted = { kind: 'saved' };
export const show = (view: ModalView): Submitted => ({ kind: 'show', view });
