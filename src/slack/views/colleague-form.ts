import type { ModalView } from '@slack/types';
import { accepted, type Outcome, refused } from '../../domain/errors.ts';
import { readMetadata } from '../ids.ts';
import { personField } from './fields.ts';
import { form } from './modal.ts';
import { brokenForm, readFields, type SubmittedView } from './submitted.ts';

/** "Ask a colleague": the partner's people say whom the bot may ask. */
export const buildColleagueForm = (facts: {
  readonly partnershipId: string;
  readonly firmName: string;
  /** The rhythm whose reviews ask them from the next one on; absent: they are named only. */
  readonly rhythmId?: string;
}): ModalView =>
  form({
    metadata: {
      form: 'colleague',
      partnershipId: facts.partnershipId,
      ...(facts.rhythmId !== undefined && { rhythmId: facts.rhythmId }),
    },
    title: 'Ask a colleague',
    submit: 'Save',
    blocks: [
      personField({
        id: 'userId',
        label: `Whom may I ask at ${facts.firmName}?`,
        hint: 'They are asked in the channel, on the next review. They can always say no.',
      }),
    ],
  });

export const parseColleagueForm = (
  view: SubmittedView,
): Outcome<{ readonly partnershipId: string; readonly userId: string; readonly rhythmId?: string }> => {
  const metadata = readMetadata(view.private_metadata);
  if (metadata?.form !== 'colleague') throw brokenForm();
  const userId = readFields(view).person('userId');
  return userId === undefined
    ? refused({ userId: 'Choose a person.' })
    : accepted({
        partnershipId: metadata.partnershipId,
        userId,
        ...(metadata.rhythmId !== undefined && { rhythmId: metadata.rhythmId }),
      });
};
