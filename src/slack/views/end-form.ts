import type { ModalView } from '@slack/types';
import { endingLimits, openPromises } from '../../domain/ending.ts';
import { accepted, type Outcome, refused } from '../../domain/errors.ts';
import type { CivilDate } from '../../domain/stored.ts';
import { readMetadata } from '../ids.ts';
import type { Firms } from './choices.ts';
import { type Choice, dateField, radioField, somebodyField, textField } from './fields.ts';
import { named, plainSection } from './kit.ts';
import { pair } from './lines.ts';
import { form } from './modal.ts';
import { brokenForm, readFields, type SubmittedView } from './submitted.ts';

export interface EndFormFacts {
  readonly partnershipId: string;
  readonly firms: Firms;
  readonly today: CivilDate;
  readonly openCommitments: number;
  /** The partner has been told of the plan: then they may be told of its end. */
  readonly introduced: boolean;
}

export interface EndFormInput {
  readonly partnershipId: string;
  readonly reason: string;
  readonly on: string;
  readonly tell: 'both' | 'ours';
  readonly commitments: 'keep' | 'close' | 'hand-over';
  readonly toUserId?: string;
}

/** What an end does comes first; nothing is deleted by it. */
export const buildEndForm = (facts: EndFormFacts): ModalView => {
  const { firms, partnershipId, introduced, openCommitments } = facts;
  return form({
    metadata: { form: 'end', partnershipId },
    title: 'End',
    submit: 'End it',
    blocks: [
      plainSection(
        `This ends ${pair(firms)}. Rhythms stop, and a review that is open ends now. Everything written stays readable, nothing can be changed any more, and you can reopen it.`,
      ),
      textField({
        id: 'reason',
        label: 'Why?',
        hint: `It is kept. ${named(firms.theirs)} reads it too when both firms may know.`,
        max: endingLimits.reason,
      }),
      dateField({ id: 'on', label: 'On which day did it end?', initial: facts.today }),
      ...(introduced
        ? [radioField({ id: 'tell', label: 'Who may know?', choices: tellChoices(firms), initial: 'both' })]
        : []),
      ...(openCommitments === 0
        ? []
        : [
            radioField({
              id: 'commitments',
              label:
                openCommitments === 1 ? 'The open commitment' : `The ${openCommitments} open commitments`,
              choices: promiseChoices(firms),
              initial: 'keep',
            }),
            somebodyField({ id: 'toUserId', label: 'Who takes them? For handing over.' }),
          ]),
    ],
  });
};

const tellChoices = (firms: Firms): Choice[] => [
  { value: 'both', text: 'Both firms', description: 'I say so in the channel.' },
  {
    value: 'ours',
    text: `Only ${named(firms.ours)}`,
    description: 'The channel hears nothing. Reviews just stop.',
  },
];

const promiseChoices = (firms: Firms): Choice[] => [
  { value: 'keep', text: 'Keep', description: 'They stand as they are.' },
  { value: 'close', text: 'Close', description: 'Nobody owes them any more.' },
  { value: 'hand-over', text: 'Hand over', description: `Those of ${named(firms.ours)} get a new owner.` },
];

export const parseEndForm = (view: SubmittedView): Outcome<EndFormInput> => {
  const metadata = readMetadata(view.private_metadata);
  if (metadata?.form !== 'end') throw brokenForm();
  const fields = readFields(view);
  const on = fields.date('on');
  if (on === undefined) return refused({ on: 'Choose a day.' });
  const commitments = openPromises.safeParse(fields.choice('commitments') ?? 'keep');
  if (!commitments.success) throw brokenForm();
  const toUserId = fields.person('toUserId');
  return accepted({
    partnershipId: metadata.partnershipId,
    reason: fields.text('reason') ?? '',
    on,
    tell: fields.choice('tell') === 'both' ? 'both' : 'ours',
    commitments: commitments.data,
    ...(toUserId === undefined ? {} : { toUserId }),
  });
};
