import { namedPeople } from '../domain/access.ts';
import { formatWeekday, weekdayOf } from '../domain/civil-date.ts';
import { coveredBy, type Planned, plannedFrom } from '../domain/covering.ts';
import { type CountsByWeekday, freerDay, freerDayInWords } from '../domain/free-day.ts';
import { type HolidaysEdit, withHolidays } from '../domain/holiday-text.ts';
import { nextDatesInWords } from '../domain/next-dates.ts';
import { type Partnership, partnershipLimits } from '../domain/partnership.ts';
import { type PersonRef, samePerson } from '../domain/person.ts';
import { dayOf, timedBy } from '../domain/recurrence.ts';
import { type ReviewKind, type Rhythm, reviewKinds } from '../domain/rhythm.ts';
import type { RhythmFormFacts, RhythmPreview } from '../domain/rhythm-form.ts';
import {
  kindOfRule,
  noSuchDay,
  planOf,
  proposedPlan,
  type RhythmPlan,
  scheduleOf,
} from '../domain/rhythm-plan.ts';
import { reviewTitle, ruleInWords } from '../domain/rule-words.ts';
import { civilDateAt } from '../domain/zone.ts';
import type { Asking, Deps, WorkspaceStore } from '../ports.ts';
import { type Loaded, loadPartnership, nameOf } from './load.ts';
import { rhythmGone, rhythmsOf } from './rhythm-change.ts';
import { firstOnFault } from './rhythm-fields.ts';

const previewed = 5;

/** A partnership with its rhythms, from which each state of its rhythm form is drawn. */
export interface RhythmFormStart {
  readonly rhythms: readonly Rhythm[];
  /** The form of one rhythm, or of a new one (of `kind`, else of the first kind that is not there). */
  facts(rhythmId: string | undefined, kind?: ReviewKind): Promise<RhythmFormFacts>;
  /** What saving `plan` for that rhythm would give. */
  preview(rhythmId: string | undefined, plan: RhythmPlan, holidays?: HolidaysEdit): Promise<RhythmPreview>;
  /** What a kind starts with where the rhythm is of another one. */
  proposed(kind: ReviewKind): RhythmPlan;
}

/** Reads what the rhythm form needs. Throws `not-found`, `not-allowed` or `ended`. */
export const rhythmFormStart = async (
  deps: Deps,
  asking: Asking,
  input: { readonly partnershipId: string },
): Promise<RhythmFormStart> => {
  const loaded = await loadPartnership(deps, asking, input.partnershipId, 'set-rhythm');
  const { partnership, store } = loaded;
  const [rhythms, otherZone] = await Promise.all([
    rhythmsOf(store, partnership._id),
    theirZone(deps, partnership),
  ]);
  const proposed = (kind: ReviewKind): RhythmPlan => proposedPlan(kind, partnership);
  const find = (id: string | undefined): Rhythm | undefined => {
    const found = rhythms.find((one) => one._id === id);
    if (id !== undefined && found === undefined) throw rhythmGone();
    return found;
  };
  return {
    rhythms,
    proposed,
    facts: async (rhythmId, kind) => {
      const rhythm = find(rhythmId);
      const firstKind = reviewKinds.find((one) => rhythms.every((each) => each.kind !== one)) ?? 'pulse';
      return {
        ...factsOf(loaded, rhythms, rhythm, otherZone),
        ...(rhythm === undefined ? {} : { rhythm: await standing(deps, rhythm) }),
        plan: rhythm === undefined ? proposed(kind ?? firstKind) : planOf(rhythm),
      };
    },
    preview: (rhythmId, plan, holidays) =>
      previewOf(deps, loaded, { rhythms, rhythm: find(rhythmId), plan, holidays, otherZone }),
  };
};

const factsOf = (
  { partnership }: Loaded,
  rhythms: readonly Rhythm[],
  rhythm: Rhythm | undefined,
  otherZone: string | undefined,
): Omit<RhythmFormFacts, 'rhythm' | 'plan'> => {
  const ids = (people: readonly PersonRef[]): string[] =>
    people.slice(0, partnershipLimits.askedPerSide).map((one) => one.userId);
  const like = rhythm ?? rhythms[0];
  const { ourFiscalYear, theirFiscalYear } = partnership;
  return {
    partnershipId: partnership._id,
    firms: { ours: partnership.firmName, theirs: partnership.name },
    existing: rhythms.map((one) => ({
      id: one._id,
      name: reviewTitle(one.kind, one.rule),
      whose: `${ruleInWords(one.rule, one.time, one.zone)}${one.paused === undefined ? '' : ', paused'}`,
    })),
    askedOurs: ids(like?.asked.ours ?? [partnership.owner]),
    askedTheirs: ids(like?.asked.theirs ?? namedPeople(partnership, 'theirs')),
    holidays: partnership.holidays ?? { ours: [], theirs: [] },
    startMonths: {
      ...(ourFiscalYear.weeks === undefined && { ours: ourFiscalYear.startMonth }),
      ...(theirFiscalYear?.weeks === undefined && theirFiscalYear && { theirs: theirFiscalYear.startMonth }),
    },
    ...(otherZone === undefined ? {} : { otherZone }),
  };
};

const standing = async (
  deps: Deps,
  { _id, workspaceId, rev, zone, paused, nextAt }: Rhythm,
): Promise<NonNullable<RhythmFormFacts['rhythm']>> => {
  const asleep = nextAt === undefined;
  if (paused === undefined) return { id: _id, rev, asleep };
  const by = paused.by === undefined ? '' : ` by ${await nameOf(deps, workspaceId, paused.by)}`;
  const since = formatWeekday(civilDateAt(paused.at, zone));
  return {
    id: _id,
    rev,
    asleep,
    paused: `Paused${by} since ${since}: ${paused.reason.replace(/\.$/u, '')}.`,
  };
};

interface Previewed {
  readonly rhythms: readonly Rhythm[];
  readonly rhythm: Rhythm | undefined;
  readonly plan: RhythmPlan;
  readonly holidays: HolidaysEdit | undefined;
  readonly otherZone: string | undefined;
}

const previewOf = async (
  deps: Deps,
  { partnership, store }: Loaded,
  { rhythms, rhythm, plan, holidays: edit, otherZone }: Previewed,
): Promise<RhythmPreview> => {
  const now = deps.clock.now();
  const fault = noSuchDay(plan.rule) ?? firstOnFault(plan, now);
  if (fault !== undefined) return { dates: [], fault };
  const holidays = withHolidays(partnership.holidays, edit);
  const {
    timed,
    goes: { nextDate },
  } = scheduleOf(plan, { now, before: rhythm, holidays });
  if (nextDate === undefined) return { dates: [] };
  const of = holidays === undefined ? {} : { holidays };
  const planned: Planned = {
    ...timed,
    id: rhythm?._id ?? '',
    kind: kindOfRule[plan.rule.kind],
    from: nextDate,
  };
  const others = rhythms.filter((one) => one._id !== rhythm?._id).map((one) => plannedFrom(one, of));
  const weekday = weekdayOf(dayOf(timed, nextDate));
  const counts = await reviewsByWeekday(store, partnership.owner, rhythm);
  const freer = freerDay(counts, weekday);
  const text = freerDayInWords(counts, weekday);
  return {
    dates: nextDatesInWords(timed, {
      from: nextDate,
      count: previewed,
      windowDays: plan.windowDays,
      firms: { ours: partnership.firmName, theirs: partnership.name },
      covered: (date) => coveredBy(planned, date, others),
      skipped: (rhythm?.skipped ?? []).map((one) => one.date),
      ...(otherZone === undefined ? {} : { otherZone }),
    }),
    ...(freer === undefined || text === undefined ? {} : { freer: { weekday: freer, text } }),
  };
};

/** On which weekdays an owner's other rhythms ask next, over all partnerships that they own, however many there are. */
const reviewsByWeekday = async (
  store: WorkspaceStore,
  owner: PersonRef,
  without: Rhythm | undefined,
): Promise<CountsByWeekday> => {
  const owned = new Map(
    (await store.every.partnership())
      .filter((one) => one.state !== 'ended' && samePerson(one.owner, owner))
      .map((one) => [one._id, one]),
  );
  const rhythms = await store.rhythms.find({ partnershipId: { $in: [...owned.keys()] } });
  const counts: Record<number, number> = {};
  for (const one of rhythms) {
    const partnership = owned.get(one.partnershipId);
    const { nextDate, paused } = one;
    if (partnership === undefined || one._id === without?._id || nextDate === undefined || paused) continue;
    const weekday = weekdayOf(dayOf(timedBy(one, partnership), nextDate));
    counts[weekday] = (counts[weekday] ?? 0) + 1;
  }
  return counts;
};

const theirZone = async (deps: Deps, partnership: Partnership): Promise<string | undefined> => {
  const [first] = namedPeople(partnership, 'theirs');
  return first && (await deps.directory.person(partnership.workspaceId, first)).zone;
};
