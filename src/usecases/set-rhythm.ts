import { whoIsWho } from '../domain/access.ts';
import { formatWithYear } from '../domain/civil-date.ts';
import { accepted, DomainError, type Outcome, refused } from '../domain/errors.ts';
import { type HolidaysEdit, withHolidays } from '../domain/holiday-text.ts';
import { type Holidays, type Partnership, partnershipLimits } from '../domain/partnership.ts';
import type { Firm, PersonRef } from '../domain/person.ts';
import { hasDateWithin, type Timed } from '../domain/recurrence.ts';
import type { Rhythm } from '../domain/rhythm.ts';
import {
  isSameRule,
  kindOfRule,
  noSuchDay,
  planOf,
  type RhythmPlan,
  readRule,
  scheduleOf,
} from '../domain/rhythm-plan.ts';
import { ruleInWords } from '../domain/rule-words.ts';
import { civilDate } from '../domain/stored.ts';
import { civilDateAt, isZone } from '../domain/zone.ts';
import type { Asking, Deps } from '../ports.ts';
import { type Loaded, loadPartnership } from './load.ts';
import { materialiseRhythm } from './materialise-rhythm.ts';
import { withNamed } from './named-people.ts';
import { personOf, refOf } from './plan-fields.ts';
import { idFromRequest } from './request-id.ts';
import { rhythmGone, rhythmOf, rhythmsOf } from './rhythm-change.ts';
import { setHolidays } from './set-holidays.ts';
import { wantCards } from './want-message.ts';
import { auditCreation, changeDocument, changePartnership, isMovedByThis } from './write.ts';

export interface SetRhythm extends RhythmPlan {
  readonly partnershipId: string;
  /** With `baseRev`: the rhythm that is changed. Without: a new one. */
  readonly rhythmId?: string;
  readonly baseRev?: number;
  readonly askedOurs: readonly string[];
  readonly askedTheirs: readonly string[];
  /** Absent: they stay as they are. */
  readonly holidays?: HolidaysEdit;
}

/**
 * Sets when a partnership is reviewed and who is asked. After an edit the first date is at least half an interval
 * after the last one. Throws `not-found`, `not-allowed`, `ended`, `limit` or `conflict`.
 */
export const setRhythm = async (deps: Deps, asking: Asking, input: SetRhythm): Promise<Outcome<Rhythm>> => {
  const loaded = await loadPartnership(deps, asking, input.partnershipId, 'set-rhythm');
  const { people, faults } = await peopleOf(deps, loaded, input);
  const fields = { ...faultsOf(input), ...faults };
  if (Object.keys(fields).length > 0) return refused(fields);
  const holidays = withHolidays(loaded.partnership.holidays, input.holidays);
  const found =
    input.rhythmId === undefined
      ? undefined
      : await rhythmOf(loaded.store, input.partnershipId, input.rhythmId);
  const endFault = found === undefined ? noDateFault(input, holidays, deps.clock.now()) : undefined;
  if (endFault !== undefined) return refused({ endDate: endFault });
  const set = { input, asked: people, holidays };
  const rhythm =
    found === undefined
      ? await createRhythm(deps, asking, set)
      : await editRhythm(deps, asking, set, found, input.baseRev ?? found.rev);
  const { partnershipId } = input;
  if (input.holidays !== undefined)
    await setHolidays(deps, asking, { partnershipId, holidays: input.holidays });
  const changed = await namePeople(deps, asking, loaded.partnership, people);
  await wantCards(deps, changed);
  return accepted((await loaded.store.rhythms.get(rhythm._id)) ?? rhythm);
};

type People = { readonly people: Record<Firm, PersonRef[]>; readonly faults: Record<string, string> };

/** The chosen people by firm, and what is wrong with the choice, by field. */
const peopleOf = async (deps: Deps, loaded: Loaded, input: SetRhythm): Promise<People> => {
  const { partnership, home } = loaded;
  const faults: Record<string, string> = {};
  const people: Record<Firm, PersonRef[]> = { ours: [], theirs: [] };
  for (const [field, firm, userIds] of [
    ['askedOurs', 'ours', input.askedOurs],
    ['askedTheirs', 'theirs', input.askedTheirs],
  ] as const) {
    const firmName = firm === 'ours' ? partnership.firmName : partnership.name;
    const found = await Promise.all(
      [...new Set(userIds)].map((one) => personOf(deps, partnership.workspaceId, one)),
    );
    const profiles = found.filter((one) => one !== undefined);
    people[firm] = profiles.map(refOf);
    const wrong = profiles.find((one) => one.bot || one.deleted || whoIsWho(partnership, one, home) !== firm);
    if (profiles.length < found.length)
      faults[field] = 'I do not know one of these people. Choose somebody else.';
    else if (wrong !== undefined) faults[field] = `${wrong.name} is not one of ${firmName}'s people here.`;
    else if (profiles.length > partnershipLimits.askedPerSide)
      faults[field] = `Choose at most ${partnershipLimits.askedPerSide} people. One answer is enough.`;
  }
  if (people.ours.length === 0) faults.askedOurs ??= `Choose one to four people of ${partnership.firmName}.`;
  return { people, faults };
};

const isWindow = (days: number): boolean => Number.isInteger(days) && days >= 1 && days <= 5;

const ruleFaults = ({ rule }: SetRhythm): Record<string, string> => {
  if (readRule(rule) === undefined) return { kind: 'I cannot read this rule. Choose its parts again.' };
  const annualDay = noSuchDay(rule);
  return annualDay === undefined ? {} : { annualDay };
};

const faultsOf = (input: SetRhythm): Record<string, string> => ({
  ...ruleFaults(input),
  ...(/^(0[5-9]|1\d|20):(00|15|30|45)$/.test(input.time)
    ? {}
    : { time: 'Choose a time from 05:00 to 20:45, in quarter hours.' }),
  ...(isZone(input.zone) ? {} : { zone: 'I know no such time zone. Choose one like Europe/Berlin.' }),
  ...(isWindow(input.windowDays) ? {} : { windowDays: 'Choose 1 to 5 working days.' }),
  ...(input.endDate === undefined || civilDate.safeParse(input.endDate).success
    ? {}
    : { endDate: 'Choose a day.' }),
});

const farYears = 10;

/** Why a new rhythm would never ask; undefined when it has a date. */
const noDateFault = (plan: RhythmPlan, holidays: Holidays | undefined, now: Date): string | undefined => {
  const scheduled = scheduleOf(plan, { now, holidays });
  const from = civilDateAt(now, plan.zone);
  if (scheduled.nextDate !== undefined && hasDateWithin(scheduled, from, farYears)) return undefined;
  return plan.endDate === undefined
    ? 'This rule gives no date in ten years. The form is as you left it. Choose another.'
    : `No review would come by ${formatWithYear(plan.endDate)}. The form is as you left it. Choose a later day.`;
};

interface Setting {
  readonly input: SetRhythm;
  readonly asked: Rhythm['asked'];
  /** As they stand once this is saved. */
  readonly holidays: Holidays | undefined;
}

/** What a save is called in the audit log, beside pauses and the like, which leave `rev` alone. */
const action = 'set-rhythm';

/** What is stored of a plan. */
const civilOf = (input: SetRhythm, { holidays: _holidays, ...timed }: Timed, now: Date) => ({
  ...timed,
  kind: kindOfRule[input.rule.kind],
  windowDays: input.windowDays,
  updatedAt: now,
  tzdb: process.versions.tz ?? '',
});

/** The same request again finds what it made, and edits it where it says something else by now. */
const createRhythm = async (deps: Deps, asking: Asking, setting: Setting): Promise<Rhythm> => {
  const { rhythms } = deps.store.workspace(asking.workspaceId);
  const { partnershipId } = setting.input;
  const _id = await idFromRequest(asking.workspaceId, 'rhythm', partnershipId, asking.requestId);
  if ((await rhythms.get(_id)) === undefined) await insertRhythm(deps, asking, setting, _id);
  const made = await rhythms.get(_id);
  if (made === undefined) throw rhythmGone();
  return editRhythm(deps, asking, setting, made, 0);
};

const insertRhythm = async (
  deps: Deps,
  asking: Asking,
  { input, asked, holidays }: Setting,
  _id: string,
): Promise<void> => {
  const store = deps.store.workspace(asking.workspaceId);
  const { partnershipId } = input;
  if ((await rhythmsOf(store, partnershipId)).length >= partnershipLimits.rhythms)
    throw new DomainError(
      'limit',
      `A partnership has at most ${partnershipLimits.rhythms} rhythms. Nothing was saved. Change one of them.`,
    );
  const now = deps.clock.now();
  const civil = civilOf(input, scheduleOf(input, { now, holidays }), now);
  await auditCreation(deps, asking, partnershipId, _id, {
    action,
    entity: _id,
    summary: `set reviews ${ruleInWords(civil.rule, civil.time, civil.zone)}`,
  });
  await store.rhythms.insert({ _id, partnershipId, ...civil, asked, rev: 1, createdAt: now });
};

/** Dates that have come by `now` end by the rule that they came by, before the rule changes. */
const broughtUpTo = async (deps: Deps, first: Rhythm, now: Date): Promise<Rhythm> => {
  const { rhythms } = deps.store.workspace(first.workspaceId);
  let current = first;
  while (current.nextAt !== undefined && current.nextAt <= now) {
    await materialiseRhythm(deps, current);
    const moved = await rhythms.get(first._id);
    if (moved === undefined) throw rhythmGone();
    current = moved;
  }
  return current;
};

/** Tried again when only the ticker moved it or this same request set it; a conflict when another person's did. */
const editRhythm = async (
  deps: Deps,
  asking: Asking,
  { input, asked, holidays }: Setting,
  found: Rhythm,
  baseRev: number,
): Promise<Rhythm> => {
  const store = deps.store.workspace(asking.workspaceId);
  const now = deps.clock.now();
  const upToDate = await broughtUpTo(deps, found, now);
  return changeDocument(deps, asking, store.rhythms, upToDate, input.partnershipId, async (current) => {
    // A repeat of the same edit, or nothing changed: there is nothing to write.
    if (says(current, input, asked)) return undefined;
    const { _id: id, rev } = current;
    const words = ruleInWords(current.rule, current.time, current.zone);
    if (!(await isMovedByThis(asking, store, { of: id, id, rev, baseRev }, action)))
      throw new DomainError('conflict', `Somebody set reviews ${words} meanwhile. Yours is kept below.`);
    const { shift: _shift, endDate: _end, nextDate: _date, nextAt: _at, ...rest } = current;
    const civil = civilOf(input, scheduleOf(input, { now, before: current, holidays }), now);
    return {
      next: { ...rest, ...civil, asked, rev: rev + 1 },
      action,
      entity: id,
      summary: `set reviews ${ruleInWords(civil.rule, civil.time, civil.zone)}`,
    };
  });
};

const says = (current: Rhythm, input: SetRhythm, asked: Rhythm['asked']): boolean => {
  const stands = planOf(current);
  return (
    isSameRule(stands.rule, input.rule) &&
    stands.time === input.time &&
    stands.zone === input.zone &&
    stands.shift === input.shift &&
    stands.windowDays === input.windowDays &&
    stands.endDate === input.endDate &&
    JSON.stringify(current.asked) === JSON.stringify(asked)
  );
};

/** Who is asked speaks for their firm: they may record its values. */
const namePeople = (
  deps: Deps,
  asking: Asking,
  partnership: Partnership,
  asked: Rhythm['asked'],
): Promise<Partnership> =>
  changePartnership(deps, asking, partnership, (current) => {
    const named = withNamed(withNamed(current, 'ours', asked.ours), 'theirs', asked.theirs);
    if (named === current) return undefined;
    return {
      next: named,
      action: 'name-people',
      entity: 'people',
      summary: 'named the people who are asked in reviews',
    };
  });
