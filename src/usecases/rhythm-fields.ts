import { whoIsWho } from '../domain/access.ts';
import { daysBetween, formatWithYear, parseCivilDate } from '../domain/civil-date.ts';
import { type Holidays, partnershipLimits } from '../domain/partnership.ts';
import type { Firm, PersonRef } from '../domain/person.ts';
import { hasDateWithin } from '../domain/recurrence.ts';
import { noSuchDay, type RhythmPlan, readRule, scheduleOf } from '../domain/rhythm-plan.ts';
import { civilDateAt, isZone } from '../domain/zone.ts';
import type { Deps } from '../ports.ts';
import type { Loaded } from './load.ts';
import { personOf, refOf } from './plan-fields.ts';

type People = { readonly people: Record<Firm, PersonRef[]>; readonly faults: Record<string, string> };

/** The chosen people by firm, and what is wrong with the choice, by field. */
export const askedPeople = async (
  deps: Deps,
  loaded: Loaded,
  input: { readonly askedOurs: readonly string[]; readonly askedTheirs: readonly string[] },
): Promise<People> => {
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

const ruleFaults = ({ rule }: RhythmPlan): Record<string, string> => {
  if (readRule(rule) === undefined) return { kind: 'I cannot read this rule. Choose its parts again.' };
  const annualDay = noSuchDay(rule);
  return annualDay === undefined ? {} : { annualDay };
};

const farYears = 10;

const isDay = (day: string): boolean => parseCivilDate(day) !== undefined;

/** Why nothing can be counted from the day that a plan names, as a sentence; undefined when it names none, or a fit one. */
export const firstOnFault = ({ firstOn }: RhythmPlan, now: Date): string | undefined => {
  if (firstOn === undefined) return undefined;
  if (!isDay(firstOn)) return 'Choose a day.';
  const days = daysBetween(civilDateAt(now, 'UTC'), firstOn);
  return Math.abs(days) > farYears * 365 ? 'Choose a day within ten years.' : undefined;
};

const firstOnFaults = (input: RhythmPlan, now: Date): Record<string, string> => {
  const firstOn = firstOnFault(input, now);
  return firstOn === undefined ? {} : { firstOn };
};

/** What is wrong with a plan by itself, by field. */
export const planFaults = (input: RhythmPlan, now: Date): Record<string, string> => ({
  ...ruleFaults(input),
  ...firstOnFaults(input, now),
  ...(/^(0[5-9]|1\d|20):(00|15|30|45)$/.test(input.time)
    ? {}
    : { time: 'Choose a time from 05:00 to 20:45, in quarter hours.' }),
  ...(isZone(input.zone) ? {} : { zone: 'I know no such time zone. Choose one like Europe/Berlin.' }),
  ...(isWindow(input.windowDays) ? {} : { windowDays: 'Choose 1 to 5 working days.' }),
  ...(input.endDate === undefined || isDay(input.endDate) ? {} : { endDate: 'Choose a day.' }),
});

/** Why a new rhythm would never ask; undefined when it has a date. */
export const noDateFault = (
  plan: RhythmPlan,
  holidays: Holidays | undefined,
  now: Date,
): string | undefined => {
  const { timed, goes } = scheduleOf(plan, { now, holidays });
  const from = civilDateAt(now, plan.zone);
  if (goes.nextDate !== undefined && hasDateWithin(timed, from, farYears)) return undefined;
  return plan.endDate === undefined
    ? 'This rule gives no date in ten years. The form is as you left it. Choose another.'
    : `No review would come by ${formatWithYear(plan.endDate)}. The form is as you left it. Choose a later day.`;
};
