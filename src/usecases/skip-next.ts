import { addDays, formatWeekday } from '../domain/civil-date.ts';
import { accepted, DomainError, type Outcome, refused } from '../domain/errors.ts';
import type { Partnership } from '../domain/partnership.ts';
import { dateAfter, timedBy } from '../domain/recurrence.ts';
import type { Rhythm } from '../domain/rhythm.ts';
import type { CivilDate } from '../domain/stored.ts';
import type { Asking, Deps } from '../ports.ts';
import { loadPartnership } from './load.ts';
import { reasonFault, rhythmName, rhythmOf } from './rhythm-change.ts';
import { wantCards } from './want-message.ts';
import { changeDocument } from './write.ts';

/** The next nominal date that nobody has left out yet; undefined when the rhythm sleeps or ends before. */
export const nextToSkip = (
  rhythm: Rhythm,
  partnership: Pick<Partnership, 'holidays'>,
): CivilDate | undefined => {
  const timed = timedBy(rhythm, partnership);
  const left = new Set((rhythm.skipped ?? []).map((one) => one.date));
  let date = rhythm.nextAt === undefined ? undefined : rhythm.nextDate;
  while (date !== undefined && left.has(date)) date = dateAfter(timed, date);
  return date;
};

/** Whether `date` is one that the rhythm still has ahead of it, or has to bring to its end. */
export const liesAhead = (rhythm: Rhythm, partnership: Partnership, date: CivilDate): boolean =>
  rhythm.nextDate !== undefined &&
  date >= rhythm.nextDate &&
  dateAfter(timedBy(rhythm, partnership), addDays(date, -1)) === date;

/**
 * Leaves out one date, the one that the person saw as the next. The same date again changes nothing. Throws
 * `not-found`, `not-allowed`, `ended`, or `closed` when the date has come meanwhile or the rhythm moved.
 */
export const skipNext = async (
  deps: Deps,
  asking: Asking,
  input: {
    readonly partnershipId: string;
    readonly rhythmId: string;
    readonly date: CivilDate;
    readonly reason: string;
  },
): Promise<Outcome<Rhythm>> => {
  const { partnershipId, date } = input;
  const fault = reasonFault(input.reason);
  if (fault !== undefined) return refused({ reason: fault });
  const reason = input.reason.trim();
  const { partnership, store } = await loadPartnership(deps, asking, partnershipId, 'set-rhythm');
  const rhythm = await rhythmOf(store, partnershipId, input.rhythmId);
  const changed = await changeDocument(
    deps,
    asking,
    store.rhythms,
    rhythm,
    partnershipId,
    async (current) => {
      const ahead = (current.skipped ?? []).filter((one) => one.date >= (current.nextDate ?? date));
      if (ahead.some((one) => one.date === date)) return undefined;
      if (
        !liesAhead(current, partnership, date) ||
        (current.nextDate === date && isDue(current, deps.clock.now()))
      )
        throw new DomainError(
          'closed',
          `${formatWeekday(date)} is not ahead any more. Nothing was left out. Open the rhythm again.`,
        );
      return {
        next: {
          ...current,
          skipped: [...ahead, { date, by: asking.by, reason }],
          updatedAt: deps.clock.now(),
        },
        action: 'skip-next',
        entity: current._id,
        summary: `left out the ${rhythmName(current)} of ${formatWeekday(date)}: ${reason}`,
      };
    },
  );
  await wantCards(deps, partnership);
  return accepted(changed);
};

const isDue = ({ nextAt }: Rhythm, now: Date): boolean => nextAt === undefined || nextAt <= now;
