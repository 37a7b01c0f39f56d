import type { ModalView } from '@slack/types';
import { DomainError } from '../../domain/errors.ts';
import { fiscalYearsWith } from '../../domain/fiscal-edit.ts';
import { firmsOf } from '../../usecases/load-review.ts';
import { mayTellFiscalYear, tellFiscalYear, whoToldFiscalYear } from '../../usecases/tell-fiscal-year.ts';
import { readMetadata, writeMetadata } from '../ids.ts';
import { withConflict } from '../views/answer-to-form.ts';
import { readCalendar } from '../views/calendar-fields.ts';
import { buildFiscalYearForm, parseFiscalYearForm } from '../views/fiscal-year-form.ts';
import { drawnAgain } from '../views/redraw.ts';
import { readFields, type SubmittedView } from '../views/submitted.ts';
import type { Asked } from './ask.ts';
import { openForm } from './form.ts';
import type { Press } from './press.ts';
import { type Submission, type Submitted, saved, show } from './submission.ts';

export const pressFiscalYear = (press: Press<'fiscal-year'>): Promise<void> =>
  openForm(press, { title: 'Fiscal year', again: press.action }, () =>
    fiscalYearForm(press, press.action.partnershipId),
  );

/** As it is stored; with `typed`, for what that form says now. */
export const fiscalYearForm = async (
  { parts, asking }: Asked,
  partnershipId: string,
  typed?: SubmittedView,
): Promise<ModalView> => {
  const { partnership, today } = await mayTellFiscalYear(parts.deps, asking, partnershipId);
  const edit = typed === undefined ? {} : readCalendar(readFields(typed));
  const { theirFiscalYear: year } = fiscalYearsWith(partnership, edit);
  return buildFiscalYearForm({
    partnershipId,
    firms: firmsOf(partnership),
    today,
    ...(year === undefined ? {} : { year }),
    ...(partnership.theirFiscalYear && { stored: partnership.theirFiscalYear }),
  });
};

/** A choice in it: what the form reads it as is drawn again. */
export const redrawFiscalYear = async (asked: Asked, view: SubmittedView): Promise<ModalView | undefined> => {
  const metadata = readMetadata(view.private_metadata);
  return metadata?.form === 'fiscal-year'
    ? drawnAgain(view, await fiscalYearForm(asked, metadata.partnershipId, view))
    : undefined;
};

export const submitFiscalYear = async (one: Submission<'fiscal-year'>): Promise<Submitted> => {
  const parsed = parseFiscalYearForm(one.view);
  if (!parsed.ok) return { kind: 'errors', fields: parsed.fields };
  try {
    const outcome = await tellFiscalYear(one.parts.deps, one.asking, parsed.value);
    return outcome.ok ? saved : { kind: 'errors', fields: outcome.fields };
  } catch (error) {
    if (error instanceof DomainError && error.code === 'conflict') return quicker(one, error);
    throw error;
  }
};

/** Saving again is a decision: the form stands on what is stored by now. */
const quicker = async (
  { parts, asking, view, metadata }: Submission<'fiscal-year'>,
  { message }: DomainError,
): Promise<Submitted> => {
  const { partnership } = await mayTellFiscalYear(parts.deps, asking, metadata.partnershipId);
  const { theirFiscalYear: stored } = partnership;
  const by = await whoToldFiscalYear(parts.deps, asking, partnership);
  return show(
    withConflict(view, {
      what: message.replace(/ Your text is kept below\.$/, ''),
      byName: by.split(' ')[0] ?? by,
      metadata: writeMetadata({ ...metadata, ...(stored && { stored }) }),
    }),
  );
};
