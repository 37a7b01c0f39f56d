import { namedPeople } from '../domain/access.ts';
import { DomainError } from '../domain/errors.ts';
import type { Occurrence } from '../domain/occurrence.ts';
import { type Partnership, partnershipLimits } from '../domain/partnership.ts';
import type { GoalLine, KpiLine } from '../domain/partnership-card.ts';
import type { ClosedPeriod, PeriodWord } from '../domain/period.ts';
import type { ClosedGoalLine, PeriodRoot, PeriodWordLine } from '../domain/period-card.ts';
import { type Firm, includesPerson, type PersonRef } from '../domain/person.ts';
import type { NamedPerson } from '../domain/review-card.ts';
import { civilDateAt } from '../domain/zone.ts';
import type { Asking, Deps } from '../ports.ts';
import { nameOf as askName, type Loaded, loadPartnership } from './load.ts';
import { firmsOf, loadReview, named } from './load-review.ts';
import { namesOf } from './names.ts';
import { loadCard } from './view-partnership.ts';

/** Who is asked at the end of a period: our owner, and the partner's lead and named people. */
const askedOf = (partnership: Partnership, firm: Firm): readonly PersonRef[] => {
  const { owner, notAsked = [] } = partnership;
  const people = firm === 'ours' ? [owner] : namedPeople(partnership, 'theirs');
  return people.filter((one) => !includesPerson(notAsked, one)).slice(0, partnershipLimits.askedPerSide);
};

/** The question that ends a period, as its message shows it now. Undefined when it is gone. */
export const loadPeriodRoot = async (
  deps: Deps,
  workspaceId: string,
  occurrenceId: string,
): Promise<PeriodRoot | undefined> => {
  const found = await loadReview(deps, workspaceId, occurrenceId);
  if (found === undefined) return undefined;
  const { occurrence, partnership } = found;
  const { periodWords: words = {} } = occurrence;
  const card = await loadCard(deps, workspaceId, partnership._id, 'shared');
  if (card === undefined) return undefined;
  const nameOf = await namesOf(deps, workspaceId, [words.ours?.by, words.theirs?.by]);
  const closed = await closedAs(deps, occurrence, partnership);
  const over = occurrence.state === 'closed' || closed !== undefined;
  const open = occurrence.state === 'open' || occurrence.state === 'due';
  const items = [...card.goals.map(goalItem), ...card.kpis.map(kpiItem)];
  const before = (closed?.goals ?? []).map(({ id, title }) => ({ id, name: title }));
  const kpisBefore = (closed?.kpis ?? []).map(({ id, name }) => ({ id, name }));
  return {
    occurrenceId,
    partnershipId: partnership._id,
    firms: firmsOf(partnership),
    period: closed ?? partnership.period,
    today: civilDateAt(deps.clock.now(), partnership.zone),
    state: over ? 'closed' : open ? 'open' : 'off',
    ...(occurrence.reason !== undefined && { reason: occurrence.reason }),
    goals: card.goals,
    kpis: card.kpis,
    words: wordLines(words, [...items, ...before, ...kpisBefore], nameOf, partnership.zone),
    waitingFor: {
      ours: await waitingFor(deps, partnership, 'ours', words.ours),
      theirs: await waitingFor(deps, partnership, 'theirs', words.theirs),
    },
    ...(closed && {
      closed: {
        by: await askName(deps, workspaceId, closed.closedBy),
        goals: closed.goals.map(closedGoalLine),
        next: partnership.period,
      },
    }),
  };
};

const waitingFor = async (
  deps: Deps,
  partnership: Partnership,
  firm: Firm,
  word: PeriodWord | undefined,
): Promise<readonly NamedPerson[]> =>
  word === undefined
    ? Promise.all(askedOf(partnership, firm).map((one) => named(deps, partnership.workspaceId, one)))
    : [];

/** The period that a question ended, once it has been closed. */
const closedAs = async (
  deps: Deps,
  { _id, workspaceId }: Occurrence,
  { closedPeriods = [] }: Partnership,
): Promise<ClosedPeriod | undefined> => {
  const id = closedPeriods[Number(_id.split(':').at(-1)) - 1];
  return id === undefined ? undefined : deps.store.workspace(workspaceId).periods.get(id);
};

export const closedGoalLine = ({
  title,
  side,
  vision,
  outcome,
  goesOn,
}: ClosedPeriod['goals'][number]): ClosedGoalLine => ({
  title,
  side,
  ...(vision === undefined ? {} : { vision }),
  outcome: outcome.kind,
  sentence: outcome.sentence,
  goesOn,
});

interface Nameable {
  readonly id: string;
  readonly name: string;
}

/** What each firm said, by names; of what is not known any more nothing is said. */
export const wordLines = (
  words: NonNullable<Occurrence['periodWords']>,
  items: readonly Nameable[],
  nameOf: (person: PersonRef) => string,
  zone: string,
): Partial<Record<Firm, PeriodWordLine>> => {
  const line = ({ choices, sentence, by, at }: PeriodWord): PeriodWordLine => {
    const those = (wanted: 'change' | 'stop'): string[] =>
      choices.flatMap(({ of, choice }) =>
        choice === wanted ? (items.find((one) => one.id === of)?.name ?? []) : [],
      );
    return {
      by: nameOf(by),
      on: civilDateAt(at, zone),
      change: those('change'),
      stop: those('stop'),
      ...(sentence === undefined ? {} : { sentence }),
    };
  };
  return {
    ...(words.ours && { ours: line(words.ours) }),
    ...(words.theirs && { theirs: line(words.theirs) }),
  };
};

const goalItem = ({ goalId, title }: GoalLine): Nameable => ({ id: goalId, name: title });
const kpiItem = ({ kpiId, name }: KpiLine): Nameable => ({ id: kpiId, name });

export interface AskedPeriod extends Loaded {
  readonly question: Occurrence;
  readonly firm: Firm;
}

/** The question for somebody who answers it for their firm. Throws `not-found`, `not-allowed`, `ended` or `closed`. */
export const loadPeriodFor = async (
  deps: Deps,
  asking: Asking,
  occurrenceId: string,
): Promise<AskedPeriod> => {
  const found = await loadReview(deps, asking.workspaceId, occurrenceId);
  if (found === undefined || found.occurrence.kind !== 'period')
    throw new DomainError('not-found', 'This question is not here any more. Nothing was changed.');
  const loaded = await loadPartnership(deps, asking, found.partnership._id, 'answer');
  const { firm } = loaded;
  if (firm === 'outsider') throw new DomainError('not-allowed', 'Only people of the two firms can do this.');
  if (found.occurrence.state !== 'open' && found.occurrence.state !== 'due')
    throw new DomainError(
      'closed',
      'This period was closed already. Nothing was changed. Goals and KPIs can be edited on the card.',
    );
  return { ...loaded, question: found.occurrence, firm };
};
