import {
  type CatchUp,
  graceHours,
  missedBeforeReason,
  missedReason,
  placeInCrowd,
  planCatchUp,
} from '../domain/catch-up.ts';
import { coveredBy, coveredReason, isLarger, type Planned, plannedFrom } from '../domain/covering.ts';
import type { Occurrence } from '../domain/occurrence.ts';
import type { Partnership } from '../domain/partnership.ts';
import { dueAt, timedBy } from '../domain/recurrence.ts';
import type { Rhythm } from '../domain/rhythm.ts';
import type { CivilDate } from '../domain/stored.ts';
import type { Deps, New, WorkspaceStore } from '../ports.ts';
import { leftOutReason } from './left-out.ts';

/**
 * Gives a rhythm whose time has come its occurrences, then moves it on: inserted first, so that a crash between the two
 * only repeats an insert that the primary key refuses. False when somebody else moved or edited it meanwhile.
 */
export const materialiseRhythm = async (deps: Deps, rhythm: Rhythm): Promise<boolean> => {
  const store = deps.store.workspace(rhythm.workspaceId);
  const now = deps.clock.now();
  const { nextDate: first, nextAt: _nextAt, ...stopped } = rhythm;
  const partnership = await store.partnerships.get(rhythm.partnershipId);
  if (partnership === undefined || partnership.state === 'ended' || first === undefined)
    return store.rhythms.replace(stopped);

  const plan = planCatchUp(timedBy(rhythm, partnership), first, now, placeInCrowd(rhythm._id));
  const rhythms = await withLargerMovedOn(deps, rhythm, now);
  await record(deps, store, { rhythm, partnership, plan, rhythms });
  const lastDate = plan.due?.date ?? plan.passed.at(-1) ?? rhythm.lastDate;
  return store.rhythms.replace({
    ...stopped,
    ...(plan.next === undefined ? {} : { nextDate: plan.next.date, nextAt: plan.next.at }),
    ...(lastDate === undefined ? {} : { lastDate }),
    tzdb: process.versions.tz ?? '',
  });
};

interface Owed {
  readonly rhythm: Rhythm;
  readonly partnership: Partnership;
  readonly plan: CatchUp;
  /** All of the partnership. */
  readonly rhythms: readonly Rhythm[];
}

/**
 * All rhythms of the partnership, the larger ones with their entries for what has come by `now`: whether one of those
 * takes place stands in the ledger then, in whatever order the rhythms are worked.
 */
const withLargerMovedOn = async (deps: Deps, rhythm: Rhythm, now: Date): Promise<readonly Rhythm[]> => {
  const { workspaceId, partnershipId } = rhythm;
  for (;;) {
    const rhythms = await deps.store.workspace(workspaceId).rhythms.find({ partnershipId });
    const due = rhythms.filter(
      (one) => isLarger(one, rhythm) && one.nextAt !== undefined && one.nextAt <= now,
    );
    if (due.length === 0) return rhythms;
    // Kinds rise with each step of the recursion, so it ends.
    for (const one of due) await materialiseRhythm(deps, one);
  }
};

/** One entry in the ledger for every date that has come, each with its end or on its way to one. */
const record = async (deps: Deps, store: WorkspaceStore, owed: Owed): Promise<void> => {
  const { rhythm, partnership, plan } = owed;
  const insert = (date: CivilDate, rest: Partial<New<Occurrence>>) =>
    store.occurrences.insert({ ...reviewOf(rhythm, partnership, date), ...rest });
  if (plan.before !== undefined) {
    const { from, to } = plan.before;
    await insert(from, { state: 'missed', reason: missedBeforeReason(plan.before), until: to });
  }
  if (plan.passed.length === 0 && plan.due === undefined) return;
  const leftOut = await reasonsToLeaveOut(deps, store, owed);
  for (const date of plan.passed) {
    const reason = await leftOut(date);
    if (reason !== undefined) await insert(date, { state: 'skipped', reason });
    else await insert(date, { state: 'missed', reason: missedReason(graceHours(rhythm.rule)) });
  }
  if (plan.due === undefined) return;
  const { date, wakeAt, postBy } = plan.due;
  const reason = await leftOut(date);
  await insert(date, reason === undefined ? { wakeAt, postBy } : { state: 'skipped', reason });
};

/** Why a date does not take place, in words; undefined when it does. */
const reasonsToLeaveOut = async (
  deps: Deps,
  store: WorkspaceStore,
  { rhythm, partnership, rhythms }: Owed,
): Promise<(date: CivilDate) => Promise<string | undefined>> => {
  const timed = timedBy(rhythm, partnership);
  const all = await Promise.all(rhythms.map((one) => plannedByLedger(store, one, partnership)));
  const planned = plannedFrom(rhythm, partnership);
  return async (date) => {
    if (partnership.state === 'draft') return 'The partnership was not introduced in the channel yet.';
    const { paused } = rhythm;
    if (paused !== undefined && dueAt(timed, date) >= paused.at) return `Paused: ${paused.reason}`;
    const leftOut = await leftOutReason(deps, rhythm, date);
    if (leftOut !== undefined) return leftOut;
    const covering = coveredBy(planned, date, all);
    return covering && coveredReason(covering);
  };
};

/** A rhythm's last date takes a smaller review's place only when it took place itself. */
const plannedByLedger = async (
  store: WorkspaceStore,
  rhythm: Rhythm,
  partnership: Partnership,
): Promise<Planned> => {
  const { last, ...planned } = plannedFrom(rhythm, partnership);
  if (last === undefined || rhythm.kind === 'pulse') return planned;
  const entry = await store.occurrences.get(`${partnership._id}:${rhythm._id}:${last}`);
  const held = entry !== undefined && !['missed', 'skipped', 'failed'].includes(entry.state);
  return held ? { ...planned, last } : planned;
};

/** A review in turn as it is stored first, but for when it is looked at. */
export const reviewOf = (rhythm: Rhythm, partnership: Partnership, date: CivilDate): New<Occurrence> => ({
  _id: `${partnership._id}:${rhythm._id}:${date}`,
  partnershipId: partnership._id,
  rhythmId: rhythm._id,
  kind: 'review',
  reviewKind: rhythm.kind,
  date,
  zone: rhythm.zone,
  dueAt: dueAt(timedBy(rhythm, partnership), date),
  state: 'due',
  windowDays: rhythm.windowDays,
  asked: rhythm.asked,
  channelId: partnership.channelId,
  postedLate: false,
  skips: [],
});
