import { addDays, partsOf, weekdayOf } from './civil-date.ts';
import type { Holidays } from './partnership.ts';
import type { Shift } from './rhythm.ts';
import type { CivilDate } from './stored.ts';

const dayOff = (date: CivilDate, holidays?: Holidays): boolean =>
  weekdayOf(date) > 5 || holidays?.ours.includes(date) === true || holidays?.theirs.includes(date) === true;

/** Monday to Friday, and a holiday at neither firm. */
export const isWorkingDay = (date: CivilDate, holidays?: Holidays): boolean => !dayOff(date, holidays);

const workingDay = (date: CivilDate, step: 1 | -1, holidays?: Holidays): CivilDate => {
  let day = date;
  while (dayOff(day, holidays)) day = addDays(day, step);
  return day;
};

/** The day on which a nominal date takes place. Working days stay; the others move as the shift says. */
export const shifted = (date: CivilDate, shift: Shift = 'none', holidays?: Holidays): CivilDate => {
  switch (shift) {
    case 'none':
      return date;
    case 'next':
      return workingDay(date, 1, holidays);
    case 'previous':
      return workingDay(date, -1, holidays);
    case 'modified-following': {
      const next = workingDay(date, 1, holidays);
      return partsOf(next).month === partsOf(date).month ? next : workingDay(date, -1, holidays);
    }
  }
};

/** `count` working days later. From a day off, the first working day after it counts as one. */
export const addWorkingDays = (date: CivilDate, count: number, holidays?: Holidays): CivilDate => {
  let day = date;
  for (let left = count; left > 0; left -= 1) day = workingDay(addDays(day, 1), 1, holidays);
  return day;
};

/** Working days from one date to a later one, the later one included. Nought when it is not later. */
export const workingDaysBetween = (from: CivilDate, to: CivilDate, holidays?: Holidays): number => {
  let count = 0;
  for (let day = addDays(from, 1); day <= to; day = addDays(day, 1)) if (!dayOff(day, holidays)) count += 1;
  return count;
};
