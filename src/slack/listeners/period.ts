/** The end of an operating period: both firms' word, the closing, and the page of the years. */
import type { ModalView } from '@slack/types';
import { formatPeriod, formatWithYear } from '../../domain/civil-date.ts';
import { DomainError } from '../../domain/errors.ts';
import { finalUntil } from '../../domain/period-dates.ts';
import { answerPeriod } from '../../usecases/answer-period.ts';
import { closePeriod } from '../../usecases/close-period.ts';
import { closeFormFacts, periodFormFacts } from '../../usecases/view-period-form.ts';
import { viewYears } from '../../usecases/view-years.ts';
import { buildCloseForm, keptOfEnded, parseCloseForm } from '../views/close-period-form.ts';
import { buildPeriodForm, parsePeriodForm } from '../views/period-form.ts';
import { type SubmittedView, withTyped } from '../views/submitted.ts';
import { buildYears } from '../views/years.ts';
import type { Asked } from './ask.ts';
import { openForm, receiptView } from './form.ts';
import type { Press } from './press.ts';
import { type Submission, type Submitted, show } from './submission.ts';

const endTitle = 'End of the period';
const closeTitle = 'Close the period';

export const periodForm = async ({ parts, asking }: Asked, occurrenceId: string): Promise<ModalView> =>
  buildPeriodForm(await periodFormFacts(parts.deps, asking, { occurrenceId }));

export const pressPeriodAnswer = (press: Press<'period-answer'>): Promise<void> =>
  openForm(press, { title: endTitle, again: press.action }, () =>
    periodForm(press, press.action.occurrenceId),
  );

export const submitPeriodAnswer = async (one: Submission<'period-answer'>): Promise<Submitted> => {
  const parsed = parsePeriodForm(one.view);
  if (!parsed.ok) return { kind: 'errors', fields: parsed.fields };
  const outcome = await answerPeriod(one.parts.deps, one.asking, parsed.value);
  if (!outcome.ok) return { kind: 'errors', fields: outcome.fields };
  const receipts = ['The message in the channel shows it. You can change it until the period is closed.'];
  return show(receiptView(endTitle, 'Saved.', receipts));
};

export const pressClosePeriod = (press: Press<'close-period'>): Promise<void> =>
  openForm(press, { title: closeTitle, again: press.action }, async () =>
    buildCloseForm(await closeFormFacts(press.parts.deps, press.asking, press.action)),
  );

export const submitClosePeriod = async (one: Submission<'close-period'>): Promise<Submitted> => {
  const { parts, asking, view } = one;
  try {
    const outcome = await closePeriod(parts.deps, asking, parseCloseForm(view));
    if (!outcome.ok) return { kind: 'errors', fields: outcome.fields };
    const { partnership, closed } = outcome.value;
    return show(
      receiptView(
        closeTitle,
        `Closed: ${formatPeriod(closed.start, closed.end)}. Years on the card keeps it.`,
        [
          `The next period is ${formatPeriod(partnership.period.start, partnership.period.end)}.`,
          `Final values as of ${formatWithYear(closed.end)} or before are taken until ${formatWithYear(finalUntil(closed.end))}.`,
          'KPIs that go on have the start and target they had. The card says which ones wait for new ones.',
        ],
      ),
    );
  } catch (error) {
    if (!(error instanceof DomainError) || error.code !== 'conflict') throw error;
    return show(await drawnAnew(one, view, error));
  }
};

/** The plan moved while the form was filled in: the same form with what is there now, and all that was typed. */
const drawnAnew = async (
  { parts, asking, metadata }: Submission<'close-period'>,
  view: SubmittedView,
  conflict: DomainError,
): Promise<ModalView> => {
  const { partnerships } = parts.deps.store.workspace(asking.workspaceId);
  const { closedPeriods = [] } = (await partnerships.get(metadata.partnershipId)) ?? {};
  if (closedPeriods.length + 1 !== metadata.nth) throw conflict;
  const facts = await closeFormFacts(parts.deps, asking, metadata);
  const moved = { notice: conflict.message, kept: keptOfEnded(view, facts) };
  return withTyped(buildCloseForm(facts, moved), view.state.values);
};

export const pressYears = (press: Press<'years'>): Promise<void> => {
  const { partnershipId, from } = press.action;
  return openForm(press, { title: 'Years', again: press.action }, async () =>
    buildYears(await viewYears(press.parts.deps, press.asking, { partnershipId, from })),
  );
};
