import { pairName } from '../../domain/partnership.ts';
import { formatMoment } from '../../domain/zone.ts';
import { doNotAsk } from '../../usecases/do-not-ask.ts';
import { snoozeFacts, snoozeReview } from '../../usecases/snooze-review.ts';
import { buildSnoozeForm, parseSnoozeForm } from '../views/snooze-form.ts';
import { sentence } from './ask.ts';
import { openForm, receiptView } from './form.ts';
import type { Press } from './press.ts';
import { type Submission, type Submitted, show } from './submission.ts';

export const pressSnooze = (press: Press<'snooze'>): Promise<void> =>
  openForm(press, { title: 'Snooze me', again: press.action }, async () => {
    const { occurrenceId } = press.action;
    return buildSnoozeForm(await snoozeFacts(press.parts.deps, press.asking, { occurrenceId }));
  });

export const submitSnooze = async ({ parts, asking, view }: Submission<'snooze'>): Promise<Submitted> => {
  const parsed = parseSnoozeForm(view);
  if (!parsed.ok) return { kind: 'errors', fields: parsed.fields };
  const { until, zone } = await snoozeReview(parts.deps, asking, parsed.value);
  const said =
    until === undefined
      ? 'Noted. You will not be asked about this review again.'
      : `Noted. I ask you again ${formatMoment(until, zone)}.`;
  return show(receiptView('Snooze me', said, []));
};

export const pressNotAskMe = async (press: Press<'not-ask-me'>): Promise<void> => {
  const partnership = await doNotAsk(press.parts.deps, press.asking, press.action);
  await press.reply(
    sentence(
      `Noted. I do not ask you about ${pairName(partnership)} any more. When you answer one of its reviews, I do again.`,
    ),
  );
};
