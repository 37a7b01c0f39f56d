/** All that one person holds of a partnership, and the same partnership in somebody else's hands. */
import { firmListing, namedPeople } from './access.ts';
import type { Commitment } from './commitment.ts';
import type { Partnership } from './partnership.ts';
import { type Firm, includesPerson, type PersonRef, samePerson } from './person.ts';
import type { Rhythm } from './rhythm.ts';

export interface Held {
  readonly partnershipId: string;
  readonly firms: { readonly ours: string; readonly theirs: string };
  readonly roles: readonly ('owner' | 'backup' | 'editor' | 'lead')[];
  readonly kpis: readonly string[];
  readonly goals: readonly string[];
  /** How many rhythms ask them. */
  readonly rhythms: number;
  readonly commitments: readonly string[];
}

export interface Holdings {
  readonly partnership: Partnership;
  readonly rhythms: readonly Rhythm[];
  /** Open ones. */
  readonly commitments: readonly Commitment[];
}

const isOwnedBy =
  (person: PersonRef) =>
  (one: { readonly owner?: PersonRef | undefined }): boolean =>
    one.owner !== undefined && samePerson(one.owner, person);

const asks = ({ asked }: Rhythm, person: PersonRef): boolean =>
  includesPerson([...asked.ours, ...asked.theirs], person);

/** Of the partner: what they hold is taken over by their own colleagues. */
export const isOfPartner = (partnership: Partnership, person: PersonRef): boolean => {
  const listed = firmListing(partnership, person);
  return listed === undefined ? partnership.theirTeamIds.includes(person.teamId) : listed === 'theirs';
};

/** Who of our firm holds something, the owner first. */
export const holdersOf = (holdings: Holdings): PersonRef[] => {
  const { partnership, rhythms, commitments } = holdings;
  const all = [
    ...namedPeople(partnership, 'ours'),
    ...[...partnership.kpis, ...partnership.goals, ...commitments].flatMap(({ owner }) => owner ?? []),
    ...rhythms.flatMap(({ asked }) => asked.ours),
  ];
  return all.filter(
    (one, at) =>
      all.findIndex((other) => samePerson(one, other)) === at &&
      !isOfPartner(partnership, one) &&
      heldBy(one, holdings) !== undefined,
  );
};

/** Undefined: nothing. */
export const heldBy = (
  person: PersonRef,
  { partnership, rhythms, commitments }: Holdings,
): Held | undefined => {
  const { owner, backup, editors, theirLead } = partnership;
  const is = (one: PersonRef | undefined): boolean => one !== undefined && samePerson(one, person);
  const held: Held = {
    partnershipId: partnership._id,
    firms: { ours: partnership.firmName, theirs: partnership.name },
    roles: [
      ...(is(owner) ? (['owner'] as const) : []),
      ...(is(backup) ? (['backup'] as const) : []),
      ...(includesPerson(editors, person) ? (['editor'] as const) : []),
      ...(is(theirLead) ? (['lead'] as const) : []),
    ],
    kpis: partnership.kpis.filter(isOwnedBy(person)).map((one) => one.name),
    goals: partnership.goals.filter(isOwnedBy(person)).map((one) => one.title),
    rhythms: rhythms.filter((one) => asks(one, person)).length,
    commitments: commitments.filter(isOwnedBy(person)).map((one) => one.what),
  };
  const { roles, kpis, goals, commitments: promised } = held;
  const count = roles.length + kpis.length + goals.length + held.rhythms + promised.length;
  return count === 0 ? undefined : held;
};

const inPlaceOf = (people: readonly PersonRef[], from: PersonRef, to: PersonRef): PersonRef[] =>
  includesPerson(people, to)
    ? people.filter((one) => !samePerson(one, from))
    : people.map((one) => (samePerson(one, from) ? to : one));

const owned = <T extends { readonly owner?: PersonRef | undefined; readonly rev: number }>(
  all: readonly T[],
  from: PersonRef,
  to: PersonRef,
): T[] => all.map((one) => (isOwnedBy(from)(one) ? { ...one, owner: to, rev: one.rev + 1 } : one));

/** All that `from` holds goes to `to`; both are people of `firm`. */
export interface HandedOver {
  readonly firm: Firm;
  readonly from: PersonRef;
  readonly to: PersonRef;
}

/**
 * The firm's roles and lists, KPIs and goals moved: nobody comes into a place of the other firm. A backup who becomes
 * the owner is no backup any more. Itself when nothing is held, or when `from` is of the other firm.
 */
export const partnershipHandedOver = (
  partnership: Partnership,
  { firm, from, to }: HandedOver,
): Partnership => {
  const held = heldBy(from, { partnership, rhythms: [], commitments: [] });
  const named = includesPerson([...partnership.ourPeople, ...partnership.theirPeople], from);
  if (held === undefined && !named) return partnership;
  if (isOfPartner(partnership, from) !== (firm === 'theirs')) return partnership;
  const places = firm === 'ours' ? ourPlaces(partnership, from, to) : theirPlaces(partnership, from, to);
  return { ...places, kpis: owned(places.kpis, from, to), goals: owned(places.goals, from, to) };
};

const isOne = (one: PersonRef | undefined, person: PersonRef): boolean =>
  one !== undefined && samePerson(one, person);

const ourPlaces = ({ backup, ...rest }: Partnership, from: PersonRef, to: PersonRef): Partnership => {
  const owner = isOne(rest.owner, from) ? to : rest.owner;
  const nextBackup = isOne(backup, from) ? to : backup;
  return {
    ...rest,
    owner,
    ...(nextBackup === undefined || samePerson(nextBackup, owner) ? {} : { backup: nextBackup }),
    editors: inPlaceOf(rest.editors, from, to).filter((one) => !samePerson(one, owner)),
    ourPeople: inPlaceOf(rest.ourPeople, from, to),
  };
};

const theirPlaces = (partnership: Partnership, from: PersonRef, to: PersonRef): Partnership => ({
  ...partnership,
  ...(isOne(partnership.theirLead, from) && { theirLead: to }),
  theirPeople: inPlaceOf(partnership.theirPeople, from, to),
});

/** The people of the firm whom a rhythm asks, with `to` in place of `from`; itself when it does not ask them. */
export const rhythmHandedOver = (rhythm: Rhythm, { firm, from, to }: HandedOver): Rhythm =>
  includesPerson(rhythm.asked[firm], from)
    ? {
        ...rhythm,
        asked: { ...rhythm.asked, [firm]: inPlaceOf(rhythm.asked[firm], from, to) },
        rev: rhythm.rev + 1,
      }
    : rhythm;
