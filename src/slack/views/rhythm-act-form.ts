/** The small forms over a rhythm's: each says what will happen, and asks for a reason where one is kept. */
import type { ModalView } from '@slack/types';
import { formatWeekday } from '../../domain/civil-date.ts';
import type { CivilDate } from '../../domain/stored.ts';
import type { FormMetadata } from '../ids.ts';
import { textField } from './fields.ts';
import { plainSection } from './kit.ts';
import { form } from './modal.ts';
import { readFields, type SubmittedView } from './submitted.ts';

const mostReason = 300;

const acting = (
  metadata: FormMetadata,
  [title, submit]: readonly [string, string],
  text: string,
): ModalView =>
  form({
    metadata,
    title,
    submit,
    blocks: [
      plainSection(text),
      textField({
        id: 'reason',
        label: 'Why?',
        hint: 'It is kept, and both firms read it in the history.',
        max: mostReason,
      }),
    ],
  });

interface Of {
  readonly partnershipId: string;
  readonly rhythmId: string;
}

/** `name`: "the weekly pulse", or "every rhythm of Northwind × Acme" when no rhythm is named. */
export const buildPauseForm = (
  of: { readonly partnershipId: string; readonly rhythmId?: string },
  name: string,
): ModalView =>
  acting(
    { form: 'pause-rhythm', ...of },
    ['Pause', 'Pause'],
    `This pauses ${name}. Each date ends as skipped, with your reason, until somebody resumes it.`,
  );

export const buildSkipNextForm = (of: Of, name: string, date: CivilDate): ModalView =>
  acting(
    { form: 'skip-next', ...of, date },
    ['Skip the next', 'Skip it'],
    `This leaves out the ${name} of ${formatWeekday(date)}. The dates after it stay.`,
  );

export const buildRunNowForm = (of: Of, name: string, channel: string): ModalView =>
  form({
    metadata: { form: 'run-now', ...of },
    title: 'Run now',
    submit: 'Run now',
    blocks: [plainSection(`This posts the ${name} in #${channel} now. The next scheduled date stays.`)],
  });

/** The reason as it was typed; empty when nothing was. */
export const readReason = (view: SubmittedView): string => readFields(view).text('reason') ?? '';
