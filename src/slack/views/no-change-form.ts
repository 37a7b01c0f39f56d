import type { ModalView } from '@slack/types';
import { formatDay } from '../../domain/civil-date.ts';
import { accepted, type Outcome } from '../../domain/errors.ts';
import type { NoChangeFacts } from '../../domain/review-form.ts';
import { readMetadata } from '../ids.ts';
import { actions, button, inLine, named, plainSection } from './kit.ts';
import { toldBehind } from './lines.ts';
import { form } from './modal.ts';
import { brokenForm, type SubmittedView } from './submitted.ts';

/** Shows what "No change" confirms before it does. With a refusal there is nothing to confirm, only to enter. */
export const buildNoChangeForm = (facts: NoChangeFacts): ModalView => {
  const { occurrenceId, refusal } = facts;
  return form({
    metadata: { form: 'no-change', occurrenceId },
    title: `No change, ${formatDay(facts.date)}`,
    ...(refusal === undefined && { submit: 'Confirm' }),
    blocks: [
      plainSection(refusal === undefined ? `You confirm: ${stands(facts)}.` : inLine(refusal, 1000)),
      actions([
        facts.answered === true
          ? button('Change my answer', { verb: 'change-answer', occurrenceId })
          : button('Enter values', { verb: 'enter-values', occurrenceId }),
      ]),
    ],
  });
};

const stands = ({ kpis, confidence }: NoChangeFacts): string =>
  [
    ...kpis.map((one) => `${named(one.name)} ${one.last}${toldBehind(one.told)}`),
    ...(confidence === undefined ? [] : [`confidence ${confidence}`]),
  ].join(', ');

export const parseNoChangeForm = (view: SubmittedView): Outcome<{ readonly occurrenceId: string }> => {
  const metadata = readMetadata(view.private_metadata);
  if (metadata?.form !== 'no-change') throw brokenForm();
  return accepted({ occurrenceId: metadata.occurrenceId });
};
