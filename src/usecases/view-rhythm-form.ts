import { namedPeople } from '../domain/access.ts';
import { weekdayOf } from '../domain/civil-date.ts';
import { nextDatesInWords } from '../domain/next-dates.ts';
import { type Partnership, partnershipLimits, type Tier } from '../domain/partnership.ts';
import type { PersonRef } from '../domain/person.ts';
import type { RhythmFormFacts } from '../domain/review-form.ts';
import type { Rhythm } from '../domain/rhythm.ts';
import type { Asking, Deps } from '../ports.ts';
import { loadPartnership } from './load.ts';
import { civilOf } from './set-rhythm.ts';

/** What a tier proposes: the more a partnership matters, the more often it is looked at. */
const everyWeeks: Readonly<Record<Tier, number>> = { strategic: 1, growth: 2, 'long-tail': 4 };
const proposed = { weekday: 2, time: '16:00', windowDays: 2 } as const;
const previewed = 5;

/** The partnership's pulse: its first rhythm, which is the one that the form changes. */
const pulseOf = async (deps: Deps, asking: Asking, partnershipId: string): Promise<Rhythm | undefined> => {
  const { rhythms } = deps.store.workspace(asking.workspaceId);
  const [first] = await rhythms.find({ partnershipId }, { sort: { createdAt: 1 }, limit: 1 });
  return first;
};

/** What the rhythm form starts with. Throws `not-found`, `not-allowed` or `ended`. */
export const rhythmFormFacts = async (
  deps: Deps,
  asking: Asking,
  input: { readonly partnershipId: string },
): Promise<RhythmFormFacts> => {
  const { partnership, today } = await loadPartnership(deps, asking, input.partnershipId, 'set-rhythm');
  const rhythm = await pulseOf(deps, asking, partnership._id);
  const otherZone = await theirZone(deps, partnership);
  const ids = (people: readonly PersonRef[]): string[] =>
    people.slice(0, partnershipLimits.askedPerSide).map((one) => one.userId);
  return {
    partnershipId: partnership._id,
    firms: { ours: partnership.firmName, theirs: partnership.name },
    ...(rhythm === undefined ? {} : { rhythmId: rhythm._id, baseRev: rhythm.rev }),
    weekday: rhythm?.rule.kind === 'weekly' ? weekdayOf(rhythm.rule.anchor) : proposed.weekday,
    every: rhythm?.rule.kind === 'weekly' ? rhythm.rule.every : everyWeeks[partnership.tier],
    time: rhythm?.time ?? proposed.time,
    zone: rhythm?.zone ?? partnership.zone,
    windowDays: rhythm?.windowDays ?? proposed.windowDays,
    askedOurs: ids(rhythm?.asked.ours ?? [partnership.owner]),
    askedTheirs: ids(rhythm?.asked.theirs ?? namedPeople(partnership, 'theirs')),
    ...(otherZone === undefined ? {} : { otherZone }),
    today,
  };
};

/** The next five dates in words, for what a rhythm form says now. */
export const rhythmPreview = async (
  deps: Deps,
  asking: Asking,
  form: Pick<
    RhythmFormFacts,
    'partnershipId' | 'weekday' | 'every' | 'time' | 'zone' | 'windowDays' | 'otherZone'
  >,
): Promise<string[]> => {
  const rhythm = await pulseOf(deps, asking, form.partnershipId);
  const civil = civilOf(form, rhythm?.lastDate, deps.clock.now());
  if (civil.nextDate === undefined) return [];
  return nextDatesInWords(civil, {
    from: civil.nextDate,
    count: previewed,
    ...(form.otherZone === undefined ? {} : { otherZone: form.otherZone }),
  });
};

const theirZone = async (deps: Deps, partnership: Partnership): Promise<string | undefined> => {
  const [first] = namedPeople(partnership, 'theirs');
  return first && (await deps.directory.person(partnership.workspaceId, first)).zone;
};
