import type { ModalView } from '@slack/types';
import { accepted, type Outcome, refused } from '../../domain/errors.ts';
import { type SnoozeDays, snoozeDays } from '../../domain/nudge.ts';
import type { CivilDate } from '../../domain/stored.ts';
import { formatMoment } from '../../domain/zone.ts';
import { readMetadata } from '../ids.ts';
import { radioField } from './fields.ts';
import { plainContext } from './kit.ts';
import { form } from './modal.ts';
import { brokenForm, readFields, type SubmittedView } from './submitted.ts';

export interface SnoozeFormFacts {
  readonly occurrenceId: string;
  readonly nth: number;
  readonly date: CivilDate;
  readonly zone: string;
  readonly closesAt: Date;
  readonly choices: readonly { readonly days: SnoozeDays; readonly until?: Date }[];
}

export interface SnoozeFormInput {
  readonly occurrenceId: string;
  readonly nth: number;
  readonly days: SnoozeDays;
}

const words: Readonly<Record<SnoozeDays, string>> = { 1: '1 day', 3: '3 days', 7: '1 week' };

export const buildSnoozeForm = ({ occurrenceId, nth, zone, closesAt, choices }: SnoozeFormFacts): ModalView =>
  form({
    metadata: { form: 'snooze', occurrenceId, nth },
    title: 'Snooze me',
    submit: 'Snooze',
    blocks: [
      radioField({
        id: 'days',
        label: 'For how long?',
        choices: choices.map(({ days, until }) => ({
          value: String(days),
          text: words[days],
          description:
            until === undefined
              ? 'The review closes before that. You will not be asked again.'
              : `I ask you again ${formatMoment(until, zone)}.`,
        })),
        initial: '1',
      }),
      plainContext(
        `It closes ${formatMoment(closesAt, zone)}. This moves only my messages to you. Everybody else is asked as before, and you can answer at any time.`,
      ),
    ],
  });

export const parseSnoozeForm = (view: SubmittedView): Outcome<SnoozeFormInput> => {
  const metadata = readMetadata(view.private_metadata);
  if (metadata?.form !== 'snooze') throw brokenForm();
  const chosen = Number(readFields(view).choice('days'));
  const days = snoozeDays.find((one) => one === chosen);
  if (days === undefined) return refused({ days: 'Choose for how long.' });
  return accepted({ occurrenceId: metadata.occurrenceId, nth: metadata.nth, days });
};
