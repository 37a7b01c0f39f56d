import { usualFiscalYear } from './fiscal-calendar.ts';
import type { FiscalYear, Partnership, YearOfWeeks } from './partnership.ts';

/** How a firm names and divides its fiscal year; `months`: in calendar months. Absent: stays as it is. */
export interface FiscalNaming {
  readonly namedBy?: FiscalYear['namedBy'];
  readonly weeks?: YearOfWeeks | 'months';
}

/** What a form may change of both firms' fiscal years. Months are 1 to 12; absent: stays as it is. */
export interface FiscalEdit {
  readonly ourStartMonth?: number;
  readonly theirStartMonth?: number;
  readonly ourNaming?: FiscalNaming;
  readonly theirNaming?: FiscalNaming;
}

interface FiscalYears {
  readonly ourFiscalYear: FiscalYear;
  readonly theirFiscalYear?: FiscalYear;
}

/** Both firms' fiscal years after an edit. A naming without a start month, known or chosen, has nothing to name. */
export const fiscalYearsWith = (
  now: Pick<Partnership, 'ourFiscalYear' | 'theirFiscalYear'>,
  { ourStartMonth, ourNaming, theirStartMonth, theirNaming }: FiscalEdit,
): FiscalYears => {
  const theirs =
    now.theirFiscalYear ?? (theirStartMonth === undefined ? undefined : usualFiscalYear(theirStartMonth));
  return {
    ourFiscalYear: yearWith(now.ourFiscalYear, ourStartMonth, ourNaming),
    ...(theirs && { theirFiscalYear: yearWith(theirs, theirStartMonth, theirNaming) }),
  };
};

const yearWith = (
  now: FiscalYear,
  startMonth = now.startMonth,
  { namedBy = now.namedBy, weeks = now.weeks ?? 'months' }: FiscalNaming = {},
): FiscalYear => ({ startMonth, namedBy, ...(weeks === 'months' ? {} : { weeks }) });

export const isSameFiscalYear = (one: FiscalYear, other: FiscalYear | undefined): boolean =>
  one.startMonth === other?.startMonth &&
  one.namedBy === other.namedBy &&
  one.weeks?.weekday === other.weeks?.weekday &&
  one.weeks?.ends === other.weeks?.ends;
