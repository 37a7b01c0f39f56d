import type { ModalView } from '@slack/types';
import { accepted, type Outcome, refused } from '../../domain/errors.ts';
import type { Firm } from '../../domain/person.ts';
import { readMetadata } from '../ids.ts';
import type { Firms } from './choices.ts';
import { radioField, selectField, textField } from './fields.ts';
import { form } from './modal.ts';
import { brokenForm, readFields, type SubmittedView } from './submitted.ts';

export interface SkipFormFacts {
  readonly occurrenceId: string;
  readonly firms: Firms;
  /** The firm of the person who skips. */
  readonly firm: Firm;
}

export interface SkipFormInput {
  readonly occurrenceId: string;
  readonly scope: 'mine' | 'both';
  readonly reason: string;
}

const reasons = ['Nothing new', 'Holiday', 'Covered in a meeting', 'Wrong person', 'Other'];
const other = 'Other';
/** With the chosen reason in front of it, this is still within what a skip keeps. */
const mostWritten = 250;

export const buildSkipForm = ({ occurrenceId, firms, firm }: SkipFormFacts): ModalView => {
  const otherFirm: Firm = firm === 'ours' ? 'theirs' : 'ours';
  return form({
    metadata: { form: 'skip', occurrenceId },
    title: 'Skip this review',
    submit: 'Skip',
    blocks: [
      radioField({
        id: 'scope',
        label: 'Skip for whom?',
        choices: [
          { value: 'mine', text: `${firms[firm]} only` },
          { value: 'both', text: 'Both firms', description: `When ${firms[otherFirm]} skips as well` },
        ],
        initial: 'mine',
      }),
      selectField({
        id: 'reason',
        label: 'Why?',
        hint: 'Two skips in six reviews do not lower health.',
        choices: reasons.map((one) => ({ value: one, text: one })),
        initial: 'Nothing new',
      }),
      textField({ id: 'otherReason', label: 'Other: what?', optional: true, max: mostWritten }),
    ],
  });
};

export const parseSkipForm = (view: SubmittedView): Outcome<SkipFormInput> => {
  const metadata = readMetadata(view.private_metadata);
  if (metadata?.form !== 'skip') throw brokenForm();
  const fields = readFields(view);
  const chosen = reasons.find((one) => one === fields.choice('reason'));
  const written = fields.text('otherReason');
  if (chosen === undefined) return refused({ reason: 'Choose a reason.' });
  if (written !== undefined && written.length > mostWritten)
    return refused({ otherReason: `Use at most ${mostWritten} characters. The form is as you left it.` });
  if (chosen === other && written === undefined) return refused({ otherReason: 'Say why, in a few words.' });
  return accepted({
    occurrenceId: metadata.occurrenceId,
    scope: fields.choice('scope') === 'both' ? 'both' : 'mine',
    reason: chosen === other ? (written ?? other) : written === undefined ? chosen : `${chosen}: ${written}`,
  });
};
