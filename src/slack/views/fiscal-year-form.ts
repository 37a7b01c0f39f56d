import type { ModalView } from '@slack/types';
import { accepted, type Outcome, refused } from '../../domain/errors.ts';
import { usualFiscalYear } from '../../domain/fiscal-calendar.ts';
import type { FiscalNaming } from '../../domain/fiscal-edit.ts';
import type { FiscalYear } from '../../domain/partnership.ts';
import type { CivilDate } from '../../domain/stored.ts';
import { readMetadata } from '../ids.ts';
import { readCalendar, yearBlocks } from './calendar-fields.ts';
import type { Firms } from './choices.ts';
import { named, plainSection } from './kit.ts';
import { form } from './modal.ts';
import { brokenForm, readFields, type SubmittedView } from './submitted.ts';

export interface FiscalYearFormFacts {
  readonly partnershipId: string;
  readonly firms: Firms;
  readonly today: CivilDate;
  /** As it is stored, or as the form says it now. */
  readonly year?: FiscalYear;
  readonly stored?: FiscalYear;
}

export interface FiscalYearInput {
  readonly partnershipId: string;
  readonly startMonth: number;
  readonly naming?: FiscalNaming;
  /** The year that the form showed as stored; absent: none was known. */
  readonly base?: FiscalYear;
}

/** The partner's fiscal year alone, for whoever of the partner knows it. */
export const buildFiscalYearForm = ({
  partnershipId,
  firms,
  today,
  year,
  stored,
}: FiscalYearFormFacts): ModalView =>
  form({
    metadata: { form: 'fiscal-year', partnershipId, ...(stored && { stored }) },
    title: 'Fiscal year',
    submit: 'Save',
    blocks: [
      plainSection(
        `Reviews and the card then say where ${named(firms.theirs)} stands in its own year, and when its quarter ends.`,
      ),
      ...yearBlocks('theirs', year ?? usualFiscalYear(1), { firms, today }, false),
    ],
  });

export const parseFiscalYearForm = (view: SubmittedView): Outcome<FiscalYearInput> => {
  const metadata = readMetadata(view.private_metadata);
  if (metadata?.form !== 'fiscal-year') throw brokenForm();
  const { theirStartMonth, theirNaming } = readCalendar(readFields(view));
  if (theirStartMonth === undefined) return refused({ theirStartMonth: 'Choose the month the year starts.' });
  return accepted({
    partnershipId: metadata.partnershipId,
    startMonth: theirStartMonth,
    ...(theirNaming === undefined ? {} : { naming: theirNaming }),
    ...(metadata.stored && { base: metadata.stored }),
  });
};
