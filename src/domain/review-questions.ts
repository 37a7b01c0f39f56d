import { compareAsc } from 'date-fns/compareAsc';
import { compareDesc } from 'date-fns/compareDesc';
import { namedPeople } from './access.ts';
import type { Answer } from './answer.ts';
import type { Blocker } from './blocker.ts';
import { addDays, daysBetween } from './civil-date.ts';
import { cadenceDays, isInUse, type Kpi } from './kpi.ts';
import { isValueDue } from './kpi-known.ts';
import { currentReading } from './kpi-pace.ts';
import { isAwaited } from './kpi-wait.ts';
import type { Occurrence } from './occurrence.ts';
import type { Partnership } from './partnership.ts';
import { type Firm, includesPerson, type PersonRef, samePerson } from './person.ts';
import type { Reading } from './reading.ts';
import type { CivilDate } from './stored.ts';
import { civilDateAt } from './zone.ts';

/** A pulse never asks one person for more values than this. */
const mostAsked = 2;
/**
 * A value is asked for a little before it is a cadence old, since answers come on any day of the window. One that is
 * known on a set day is not asked for before.
 */
const earlyDays = 3;
/** The fourth "no change" running asks for the values. */
export const mostNoChange = 3;

/** How many cadences old a KPI's value is; undefined while no new value is asked for. */
const overdue = (
  kpi: Kpi,
  { readings, firm, today }: { readings: readonly Reading[]; firm: Firm; today: CivilDate },
): number | undefined => {
  if (isAwaited(kpi, readings, firm, today)) return undefined;
  const current = currentReading(readings, kpi.id);
  // One day more than early: elsewhere a value is due when the last day it was good for has passed.
  const on = kpi.knownAfter === undefined ? addDays(today, earlyDays + 1) : today;
  if (!isValueDue(kpi, current?.asOf, on)) return undefined;
  if (current === undefined) return Number.POSITIVE_INFINITY;
  return daysBetween(current.asOf, today) / cadenceDays[kpi.cadence];
};

const isAskedOf = (kpi: Kpi, person: PersonRef, of: Firm, named: boolean): boolean => {
  if (kpi.visibility !== 'shared') return false;
  if (kpi.owner !== undefined) return samePerson(kpi.owner, person);
  return named && (kpi.side === of || kpi.side === 'joint');
};

/**
 * The KPIs a review asks of one person: shared ones that they own, or that nobody owns on a side they are named for,
 * the most overdue first, at most two. `entered` are asked again while their review can still be changed.
 */
export const kpisToAsk = (asked: {
  readonly kpis: readonly Kpi[];
  readonly readings: readonly Reading[];
  readonly person: PersonRef;
  readonly firm: Firm;
  readonly named: boolean;
  readonly today: CivilDate;
  readonly entered: ReadonlySet<string>;
}): readonly Kpi[] =>
  asked.kpis
    .filter(isInUse)
    .map((kpi) => ({
      kpi,
      age: asked.entered.has(kpi.id) ? Number.POSITIVE_INFINITY : overdue(kpi, asked),
    }))
    .filter(({ kpi, age }) => asked.entered.has(kpi.id) || (age !== undefined && isMine(kpi, asked)))
    .sort((a, b) => compareAges(b.age ?? 0, a.age ?? 0) || a.kpi.id.localeCompare(b.kpi.id))
    .slice(0, mostAsked)
    .map(({ kpi }) => kpi);

const isMine = (kpi: Kpi, asked: { person: PersonRef; firm: Firm; named: boolean }): boolean =>
  isAskedOf(kpi, asked.person, asked.firm, asked.named);

/** Two infinities differ by NaN, which no sort survives. */
const compareAges = (a: number, b: number): number => (a === b ? 0 : a - b);

/** The people whose answers count, in the order they answered. */
export const answeredBy = (answers: readonly Answer[], of: Firm): readonly Answer[] =>
  answers
    .filter((one) => one.firm === of && !one.withdrawn)
    .sort((a, b) => compareAsc(a.at, b.at) || a._id.localeCompare(b._id));

const isAsked = (review: Pick<Occurrence, 'asked'>, person: PersonRef): boolean =>
  includesPerson([...review.asked.ours, ...review.asked.theirs], person);

/** A review takes answers from the moment its post is on the way; after closing they are late. */
export const takesAnswers = (review: Occurrence): boolean =>
  review.state === 'open' ||
  review.state === 'closed' ||
  (review.state === 'due' && review.openedAt !== undefined);

/** How many of this person's newest answers, one after the other, said no change. `earlier` is newest first. */
export const noChangeRun = (earlier: readonly Answer[]): number => {
  const broken = earlier.findIndex((one) => !one.content.noChange);
  return broken === -1 ? earlier.length : broken;
};

/** Speaks for their firm, in this partnership or in this review. */
export const isNamed = (partnership: Partnership, review: Occurrence, person: PersonRef): boolean =>
  isAsked(review, person) ||
  includesPerson([...namedPeople(partnership, 'ours'), ...namedPeople(partnership, 'theirs')], person);

/** Something is stuck while its person's newest answer still says so; it counts from the answer that said it first. */
export const openBlockers = (answers: readonly Answer[], zone: string): readonly Blocker[] => {
  const newestFirst = answers.filter((one) => !one.withdrawn).sort((a, b) => compareDesc(a.at, b.at));
  const people = new Map<string, Answer[]>();
  for (const one of newestFirst) {
    const key = `${one.person.teamId}.${one.person.userId}`;
    people.set(key, [...(people.get(key) ?? []), one]);
  }
  return [...people.values()].flatMap((own) => {
    const text = own[0]?.content.stuck?.text;
    if (text === undefined) return [];
    const end = own.findIndex((one) => one.content.stuck?.text !== text);
    const first = own[(end === -1 ? own.length : end) - 1];
    return first === undefined ? [] : [{ openedOn: civilDateAt(first.at, zone) }];
  });
};
