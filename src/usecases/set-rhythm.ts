import { whoIsWho } from '../domain/access.ts';
import { addDays } from '../domain/civil-date.ts';
import { accepted, DomainError, type Outcome, refused } from '../domain/errors.ts';
import { type Partnership, partnershipLimits } from '../domain/partnership.ts';
import type { Firm, PersonRef } from '../domain/person.ts';
import { dueAt, firstDateFrom } from '../domain/recurrence.ts';
import type { Rhythm } from '../domain/rhythm.ts';
import { weeklyRule } from '../domain/rule-dates.ts';
import { ruleInWords } from '../domain/rule-words.ts';
import type { CivilDate } from '../domain/stored.ts';
import { civilDateAt, isZone } from '../domain/zone.ts';
import type { Asking, Deps } from '../ports.ts';
import { type Loaded, loadPartnership } from './load.ts';
import { withNamed } from './named-people.ts';
import { personOf, refOf } from './plan-fields.ts';
import { idFromRequest } from './request-id.ts';
import { wantCards } from './want-message.ts';
import { auditCreation, changeDocument, changePartnership } from './write.ts';

export interface SetRhythm {
  readonly partnershipId: string;
  /** With `baseRev`: the rhythm that is changed. Without: a new one. */
  readonly rhythmId?: string;
  readonly baseRev?: number;
  /** ISO: 1 Monday … 7 Sunday. */
  readonly weekday: number;
  /** Every so many weeks. */
  readonly every: number;
  /** `HH:mm` in quarter hours, 05:00 to 20:45: no clock on earth is changed in those hours. */
  readonly time: string;
  readonly zone: string;
  readonly windowDays: number;
  readonly askedOurs: readonly string[];
  readonly askedTheirs: readonly string[];
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
  const found = await existing(deps, asking, input);
  const rhythm =
    found === undefined
      ? await createRhythm(deps, asking, input, people)
      : await editRhythm(deps, asking, input, people, found);
  const changed = await namePeople(deps, asking, loaded.partnership, people);
  await wantCards(deps, changed);
  return accepted(rhythm);
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

const isWhole = (value: number, least: number, most: number): boolean =>
  Number.isInteger(value) && value >= least && value <= most;

const faultsOf = (input: SetRhythm): Record<string, string> => ({
  ...(isWhole(input.weekday, 1, 7) ? {} : { weekday: 'Choose a day of the week.' }),
  ...(isWhole(input.every, 1, 8) ? {} : { every: 'Choose every week up to every 8 weeks.' }),
  ...(/^(0[5-9]|1\d|20):(00|15|30|45)$/.test(input.time)
    ? {}
    : { time: 'Choose a time from 05:00 to 20:45, in quarter hours.' }),
  ...(isZone(input.zone) ? {} : { zone: 'I know no such time zone. Choose one like Europe/Berlin.' }),
  ...(isWhole(input.windowDays, 1, 5) ? {} : { windowDays: 'Choose 1 to 5 working days.' }),
});

const gone = () => new DomainError('not-found', 'This rhythm is not here any more. Nothing was changed.');

const existing = async (deps: Deps, asking: Asking, input: SetRhythm): Promise<Rhythm | undefined> => {
  if (input.rhythmId === undefined) return undefined;
  const found = await deps.store.workspace(asking.workspaceId).rhythms.get(input.rhythmId);
  if (found?.partnershipId !== input.partnershipId) throw gone();
  return found;
};

/** What a rhythm's form says, in civil terms and as the next instant. Also what its preview shows. */
export const civilOf = (
  input: Pick<SetRhythm, 'weekday' | 'every' | 'time' | 'zone' | 'windowDays'>,
  lastDate: CivilDate | undefined,
  now: Date,
) => {
  const { weekday, every, time, zone, windowDays } = input;
  const rule = weeklyRule(weekday, every, lastDate ?? anchorFrom(input, now));
  const nextDate = firstDateFrom({ rule, time, zone }, lastDate, now);
  return {
    rule,
    time,
    zone,
    windowDays,
    ...(nextDate === undefined ? {} : { nextDate, nextAt: dueAt({ time, zone }, nextDate) }),
    updatedAt: now,
    tzdb: process.versions.tz ?? '',
  };
};

/** The first day whose review can still happen: every second week counts from there. */
const anchorFrom = ({ time, zone }: Pick<SetRhythm, 'time' | 'zone'>, now: Date): CivilDate => {
  const today = civilDateAt(now, zone);
  return dueAt({ time, zone }, today) > now ? today : addDays(today, 1);
};

const createRhythm = async (
  deps: Deps,
  asking: Asking,
  input: SetRhythm,
  asked: Rhythm['asked'],
): Promise<Rhythm> => {
  const { rhythms } = deps.store.workspace(asking.workspaceId);
  const { partnershipId } = input;
  const _id = await idFromRequest(asking.workspaceId, 'rhythm', partnershipId, asking.requestId);
  // A repeat of the request that made it.
  const made = await rhythms.get(_id);
  if (made !== undefined) return made;
  if ((await rhythms.find({ partnershipId })).length >= partnershipLimits.rhythms)
    throw new DomainError('limit', `A partnership has at most ${partnershipLimits.rhythms} rhythms.`);
  const now = deps.clock.now();
  const civil = civilOf(input, undefined, now);
  await auditCreation(deps, asking, partnershipId, _id, {
    action: 'set-rhythm',
    entity: _id,
    summary: `set reviews ${ruleInWords(civil.rule, civil.time, civil.zone)}`,
  });
  await rhythms.insert({ _id, partnershipId, kind: 'pulse', ...civil, asked, rev: 1, createdAt: now });
  const inserted = await rhythms.get(_id);
  if (inserted === undefined) throw gone();
  return inserted;
};

/** Tried again when only the ticker moved it; a conflict when a person did. */
const editRhythm = (
  deps: Deps,
  asking: Asking,
  input: SetRhythm,
  asked: Rhythm['asked'],
  found: Rhythm,
): Promise<Rhythm> => {
  const { rhythms } = deps.store.workspace(asking.workspaceId);
  const base = input.baseRev ?? found.rev;
  return changeDocument(deps, asking, rhythms, found, input.partnershipId, async (current) => {
    const civil = civilOf(input, current.lastDate, deps.clock.now());
    const words = ruleInWords(civil.rule, civil.time, civil.zone);
    const isSet = [civil.time, civil.zone, civil.windowDays, words, JSON.stringify(asked)].join();
    const stands = [current.time, current.zone, current.windowDays];
    const now = [
      ...stands,
      ruleInWords(current.rule, current.time, current.zone),
      JSON.stringify(current.asked),
    ];
    // A repeat of the same edit, or nothing changed: there is nothing to write.
    if (isSet === now.join()) return undefined;
    if (current.rev !== base) {
      const theirs = ruleInWords(current.rule, current.time, current.zone);
      throw new DomainError('conflict', `Somebody set reviews ${theirs} meanwhile. Yours is kept below.`);
    }
    return {
      next: { ...current, ...civil, asked, rev: base + 1 },
      action: 'set-rhythm',
      entity: current._id,
      summary: `set reviews ${words}`,
    };
  });
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
