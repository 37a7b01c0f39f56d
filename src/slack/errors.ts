import { DomainError, StoreUnavailable } from '../domain/errors.ts';

const storeDownText =
  'I could not save: my storage does not answer. Your text is still in this form. Send again in a minute.';
const storeDownOutsideForm =
  'I could not look that up: my storage does not answer. Nothing was changed. Try again in a minute.';
const bugInForm =
  'Something went wrong on my side. It is noted. Your text is still in this form: send it again, or copy it.';
const bugOutsideForm =
  'Something went wrong on my side. It is noted. Nothing more was done. Try again in a minute.';

/** What a person is told, and whether it is news to us: an unexpected error is logged by whoever asked. */
export interface Told {
  readonly text: string;
  readonly unexpected: boolean;
}

/** The one mapping from an error to a sentence. `inForm`: the person has typed something that must not be lost. */
export const sentenceFor = (error: unknown, inForm: boolean): Told => {
  if (error instanceof DomainError) return { text: error.message, unexpected: false };
  if (error instanceof StoreUnavailable) {
    return { text: inForm ? storeDownText : storeDownOutsideForm, unexpected: true };
  }
  return { text: inForm ? bugInForm : bugOutsideForm, unexpected: true };
};

/** A signed request that is none of the things Slack sends. */
export class UnreadableBody extends Error {
  override readonly name = 'UnreadableBody';
}
