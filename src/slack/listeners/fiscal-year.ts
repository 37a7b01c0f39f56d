import type { ModalView } from '@slack/types';
import { fiscalYearsWith } from '../../domain/fiscal-edit.ts';
import { firmsOf } from '../../usecases/load-review.ts';
import { mayTellFiscalYear, tellFiscalYear } from '../../usecases/tell-fiscal-year.ts';
import { readMetadata } from '../ids.ts';
import { readCalendar } from '../views/calendar-fields.ts';
import { buildFiscalYearForm, parseFiscalYearForm } from '../views/fiscal-year-form.ts';
import { drawnAgain } from '../views/redraw.ts';
import { readFields, type SubmittedView } from '../views/submitted.ts';
import type { Asked } from './ask.ts';
import { openForm } from './form.ts';
import type { Press } from './press.ts';
import { type Submission, type Submitted, saved } from './submission.ts';

export const pressFiscalYear = (press: Press<'fiscal-year'>): Promise<void> =>
  openForm(press, { title: 'Fiscal year', again: press.action }, () =>
    fiscalYearForm(press, press.action.partnershipId),
  );

/** As it is stored; with `typed`, for what that form says now. */
const fiscalYearForm = async (
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
  const outcome = await tellFiscalYear(one.parts.deps, one.asking, parsed.value);
  return outcome.ok ? saved : { kind: 'errors', fields: outcome.fields };
};
