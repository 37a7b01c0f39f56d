import { daysBetween, parseCivilDate } from '../domain/civil-date.ts';
import type { Partnership } from '../domain/partnership.ts';
import { periodLength } from '../domain/period-dates.ts';

/** An operating period by its own dates, `YYYY-MM-DD`; one that is absent stays. Nothing where both are. */
export const ownPeriod = (
  now: Partnership['period'],
  input: { readonly periodStart?: string; readonly periodEnd?: string },
): { value?: Partnership['period']; faults: Record<string, string> } => {
  if (input.periodStart === undefined && input.periodEnd === undefined) return { faults: {} };
  const start = input.periodStart === undefined ? now.start : parseCivilDate(input.periodStart);
  const end = input.periodEnd === undefined ? now.end : parseCivilDate(input.periodEnd);
  const unreadable = 'I cannot read this date. Choose one from the calendar.';
  if (start === undefined || end === undefined) {
    return {
      faults: {
        ...(start === undefined ? { periodStart: unreadable } : {}),
        ...(end === undefined ? { periodEnd: unreadable } : {}),
      },
    };
  }
  const length = daysBetween(start, end);
  if (length < periodLength.least) {
    return { faults: { periodEnd: 'A period lasts four weeks or more. Choose a later end.' } };
  }
  if (length > periodLength.most) {
    return { faults: { periodEnd: 'A period lasts two years at most. Choose an earlier end.' } };
  }
  return { value: { start, end }, faults: {} };
};
