import { accepted, DomainError, type Outcome, refused } from '../domain/errors.ts';
import { withPassedLeftOut } from '../domain/going-on.ts';
import { type HolidaysEdit, withHolidays } from '../domain/holiday-text.ts';
import { type Holidays, type Partnership, partnershipLimits } from '../domain/partnership.ts';
import type { PersonRef } from '../domain/person.ts';
import type { Rhythm } from '../domain/rhythm.ts';
import {
  keepsRule,
  kindOfRule,
  planOf,
  type RhythmPlan,
  type Scheduled,
  scheduleOf,
} from '../domain/rhythm-plan.ts';
import { ruleInWords } from '../domain/rule-words.ts';
import type { Asking, Deps } from '../ports.ts';
import { bringUpRhythm } from './bring-up-rhythm.ts';
import { loadPartnership } from './load.ts';
import { withNamed } from './named-people.ts';
import { idFromRequest } from './request-id.ts';
import { rhythmGone, rhythmOf, rhythmsOf } from './rhythm-change.ts';
import { askedPeople, noDateFault, planFaults } from './rhythm-fields.ts';
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
  const { people, faults } = await askedPeople(deps, loaded, input);
  const fields = { ...planFaults(input, deps.clock.now()), ...faults };
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
  const saved = (await loaded.store.rhythms.get(rhythm._id)) ?? rhythm;
  const upToDate = await bringUpRhythm(deps, saved, deps.clock.now());
  await wantCards(deps, changed);
  return accepted(upToDate);
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
const civilOf = (
  input: SetRhythm,
  { timed, goes }: Scheduled,
  change: { readonly skipped?: Rhythm['skipped']; readonly by: PersonRef; readonly now: Date },
) => {
  const { holidays: _holidays, ...civil } = timed;
  return {
    ...civil,
    ...withPassedLeftOut(timed, goes, change),
    kind: kindOfRule[input.rule.kind],
    windowDays: input.windowDays,
    updatedAt: change.now,
    tzdb: process.versions.tz ?? '',
  };
};

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
  const civil = civilOf(input, scheduleOf(input, { now, holidays }), { by: asking.by, now });
  await auditCreation(deps, asking, partnershipId, _id, {
    action,
    entity: _id,
    summary: `set reviews ${ruleInWords(civil.rule, civil.time, civil.zone)}`,
  });
  await store.rhythms.insert({ _id, partnershipId, ...civil, asked, rev: 1, createdAt: now });
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
  const upToDate = await bringUpRhythm(deps, found, now);
  return changeDocument(deps, asking, store.rhythms, upToDate, input.partnershipId, async (current) => {
    // A repeat of the same edit, or nothing changed: there is nothing to write.
    if (says(current, input, asked, now)) return undefined;
    const { _id: id, rev } = current;
    const words = ruleInWords(current.rule, current.time, current.zone);
    if (!(await isMovedByThis(asking, store, { of: id, id, rev, baseRev }, action)))
      throw new DomainError('conflict', `Somebody set reviews ${words} meanwhile. Yours is kept below.`);
    const {
      shift: _shift,
      endDate: _end,
      nextDate: _date,
      nextAt: _at,
      firstDate: _first,
      skipped,
      ...rest
    } = current;
    const scheduled = scheduleOf(input, { now, before: current, holidays });
    const civil = civilOf(input, scheduled, { skipped, by: asking.by, now });
    return {
      next: { ...rest, ...civil, asked, rev: rev + 1 },
      action,
      entity: id,
      summary: `set reviews ${ruleInWords(civil.rule, civil.time, civil.zone)}`,
    };
  });
};

const says = (current: Rhythm, input: SetRhythm, asked: Rhythm['asked'], now: Date): boolean => {
  const stands = planOf(current);
  return (
    keepsRule(current, input, now) &&
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
