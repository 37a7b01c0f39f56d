import { DomainError } from '../domain/errors.ts';
import { mostSnoozes, type Standing, standingOf } from '../domain/nudge.ts';
import type { Occurrence } from '../domain/occurrence.ts';
import type { Partnership } from '../domain/partnership.ts';
import { type Firm, includesPerson, type PersonRef, personKey } from '../domain/person.ts';
import { isSilent } from '../domain/silence.ts';
import type { CivilDate } from '../domain/stored.ts';
import { isZone } from '../domain/zone.ts';
import type { Deps } from '../ports.ts';
import { unknownPerson } from './load.ts';
import { answersOf } from './load-review.ts';
import { closedBefore } from './load-silence.ts';

/** Who would get a message. `zone` is where they work, else the zone given. */
export interface Receiver {
  readonly name: string;
  readonly zone: string;
  readonly active: boolean;
  /** They pressed one of the bot's buttons before. */
  readonly met: boolean;
}

export const receiverOf = async (
  deps: Deps,
  workspaceId: string,
  person: PersonRef,
  otherwise: string,
): Promise<Receiver> => {
  const known = await deps.store.workspace(workspaceId).people.get(`${workspaceId}:${personKey(person)}`);
  const met = known?.met ?? false;
  try {
    const { name, zone, deleted } = await deps.directory.person(workspaceId, person);
    return { name, zone: zone !== undefined && isZone(zone) ? zone : otherwise, active: !deleted, met };
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return { name: unknownPerson, zone: otherwise, active: false, met };
  }
};

/** The firm that a review asks this person for. */
export const firmAsked = (review: Pick<Occurrence, 'asked'>, person: PersonRef): Firm | undefined =>
  (['ours', 'theirs'] as const).find((firm) => includesPerson(review.asked[firm], person));

export const holidaysOf = (partnership: Partnership, firm: Firm): readonly CivilDate[] =>
  partnership.holidays?.[firm] ?? [];

export const snoozeId = (reviewId: string, nth: number, userId: string): string =>
  `${reviewId}:snooze${nth}:${userId}`;

/** A person's snoozes of a review, in their order. */
export const snoozesOf = async (
  deps: Deps,
  review: Occurrence,
  { userId }: PersonRef,
): Promise<readonly Occurrence[]> => {
  const { occurrences } = deps.store.workspace(review.workspaceId);
  const all = Array.from({ length: mostSnoozes }, (_, index) =>
    occurrences.get(snoozeId(review._id, index + 1, userId)),
  );
  return (await Promise.all(all)).filter((one) => one !== undefined);
};

/** How both firms stand in a review now. */
export const standingsOf = async (
  deps: Deps,
  review: Occurrence,
  { notAsked }: Partnership,
): Promise<Readonly<Record<Firm, Standing>>> => {
  const [answers, before] = await Promise.all([
    answersOf(deps, review),
    closedBefore(deps, review, review.dueAt),
  ]);
  const of = (firm: Firm) =>
    standingOf(firm, review, {
      answers,
      silent: isSilent(firm, before, review.asked[firm]),
      notAsked,
    });
  return { ours: of('ours'), theirs: of('theirs') };
};
