import { missedBeforeReason, missedReason, planCatchUp } from '../domain/catch-up.ts';
import type { Occurrence } from '../domain/occurrence.ts';
import type { Partnership } from '../domain/partnership.ts';
import { dueAt } from '../domain/recurrence.ts';
import type { Rhythm } from '../domain/rhythm.ts';
import type { CivilDate } from '../domain/stored.ts';
import type { Deps, New } from '../ports.ts';

const page = 50;

/**
 * Gives every rhythm whose time has come its occurrences, then moves it on: inserted first, so that a crash between
 * the two only repeats an insert that the primary key refuses. Returns how many rhythms were moved on.
 */
export const materialise = async (deps: Deps): Promise<number> => {
  const due = await deps.store.due.rhythms(deps.clock.now(), page);
  let moved = 0;
  for (const rhythm of due) {
    try {
      if (await materialiseOne(deps, rhythm)) moved += 1;
    } catch (error) {
      deps.log.error('a rhythm could not be moved on', { rhythm: rhythm._id, error });
    }
  }
  return moved;
};

/** False when somebody else moved or edited the rhythm meanwhile: the next tick sees what is left. */
const materialiseOne = async (deps: Deps, rhythm: Rhythm): Promise<boolean> => {
  const store = deps.store.workspace(rhythm.workspaceId);
  const now = deps.clock.now();
  const { nextDate: first, nextAt: _nextAt, ...stopped } = rhythm;
  const partnership = await store.partnerships.get(rhythm.partnershipId);
  if (partnership === undefined || partnership.state === 'ended' || first === undefined)
    return store.rhythms.replace(stopped);

  const plan = planCatchUp(rhythm, first, now);
  const insert = (date: CivilDate, rest: Partial<New<Occurrence>>) =>
    store.occurrences.insert({ ...reviewOf(rhythm, partnership, date), ...rest });
  const missed = (date: CivilDate, reason: string, rest: Partial<New<Occurrence>> = {}) =>
    insert(date, { state: 'missed', reason, ...rest });

  for (const date of plan.missed) await missed(date, missedReason);
  if (plan.missedBefore !== undefined)
    await missed(plan.missedBefore.from, missedBeforeReason(plan.missedBefore), {
      until: plan.missedBefore.to,
    });
  if (plan.due !== undefined) {
    const { date, at, wakeAt } = plan.due;
    await insert(
      date,
      partnership.state === 'draft'
        ? { dueAt: at, state: 'skipped', reason: 'The partnership was not introduced in the channel yet.' }
        : { dueAt: at, wakeAt },
    );
  }
  const lastDate = plan.due?.date ?? plan.missed.at(-1) ?? rhythm.lastDate;
  return store.rhythms.replace({
    ...rhythm,
    nextDate: plan.next.date,
    nextAt: plan.next.at,
    ...(lastDate === undefined ? {} : { lastDate }),
  });
};

const reviewOf = (rhythm: Rhythm, partnership: Partnership, date: CivilDate): New<Occurrence> => ({
  _id: `${partnership._id}:${rhythm._id}:${date}`,
  partnershipId: partnership._id,
  rhythmId: rhythm._id,
  kind: 'review',
  date,
  zone: rhythm.zone,
  dueAt: dueAt(rhythm, date),
  state: 'due',
  windowDays: rhythm.windowDays,
  asked: rhythm.asked,
  channelId: partnership.channelId,
  postedLate: false,
  skips: [],
});
