import { readDay } from './day-text.ts';
import { type Holidays, partnershipLimits } from './partnership.ts';
import type { Firm } from './person.ts';
import type { CivilDate } from './stored.ts';

const example = 'Write them like 2026-12-24, 25 Dec 2026 or 24.12.2026, one a line.';

export type ReadHolidays = { readonly days: readonly CivilDate[] } | { readonly fault: string };

/** Days one a line or by comma, each once and in order; what cannot be read is a sentence with an example. */
export const readHolidays = (text: string): ReadHolidays => {
  const parts = text.split(/[\n,;]/u).map((one) => one.replace(/\s+/gu, ' ').trim());
  const days = new Set<CivilDate>();
  for (const part of parts.filter((one) => one !== '')) {
    const day = readDay(part);
    if (day === undefined)
      return {
        fault: `I cannot read "${[...part].slice(0, 40).join('')}". The form is as you left it. ${example}`,
      };
    days.add(day);
  }
  const most = partnershipLimits.holidaysPerSide;
  return days.size > most
    ? { fault: `${days.size} days are more than ${most}. The form is as you left it. Leave past ones out.` }
    : { days: [...days].sort() };
};

/** What a person made of a list: from what they saw to what they left. */
export interface DaysEdit {
  readonly from: readonly CivilDate[];
  readonly to: readonly CivilDate[];
}
export type HolidaysEdit = Readonly<Record<Firm, DaysEdit>>;

/** What was added is added and what was taken away goes, so that two people at once lose nothing. */
const edited = (stands: readonly CivilDate[], { from, to }: DaysEdit): CivilDate[] =>
  [
    ...new Set([
      ...stands.filter((day) => to.includes(day) || !from.includes(day)),
      ...to.filter((day) => !from.includes(day)),
    ]),
  ].sort();

/** The holidays after an edit; undefined when none are left. */
export const withHolidays = (
  stands: Holidays | undefined,
  edit: HolidaysEdit | undefined,
): Holidays | undefined => {
  if (edit === undefined) return stands;
  const ours = edited(stands?.ours ?? [], edit.ours);
  const theirs = edited(stands?.theirs ?? [], edit.theirs);
  return ours.length + theirs.length === 0 ? undefined : { ours, theirs };
};

export const sameDays = (one: readonly CivilDate[] = [], other: readonly CivilDate[] = []): boolean =>
  one.join() === other.join();
