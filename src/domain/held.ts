/** All that one person holds of a partnership, and the same partnership in somebody else's hands. */
import { firmListing, namedPeople } from './access.ts';
import type { Commitment } from './commitment.ts';
import type { Partnership } from './partnership.ts';
import { includesPerson, type PersonRef, samePerson } from './person.ts';
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

/** Roles, KPIs and goals moved. A backup who becomes the owner is no backup any more. Itself when nothing is held. */
export const partnershipHandedOver = (
  partnership: Partnership,
  from: PersonRef,
  to: PersonRef,
): Partnership => {
  const held = heldBy(from, { partnership, rhythms: [], commitments: [] });
  const named = includesPerson([...partnership.ourPeople, ...partnership.theirPeople], from);
  if (held === undefined && !named) return partnership;
  const is = (one: PersonRef | undefined): boolean => one !== undefined && samePerson(one, from);
  const { backup, theirLead, ...rest } = partnership;
  const owner = is(rest.owner) ? to : rest.owner;
  const nextBackup = is(backup) ? to : backup;
  const lead = is(theirLead) ? to : theirLead;
  return {
    ...rest,
    owner,
    ...(nextBackup === undefined || samePerson(nextBackup, owner) ? {} : { backup: nextBackup }),
    ...(lead === undefined ? {} : { theirLead: lead }),
    editors: inPlaceOf(rest.editors, from, to).filter((one) => !samePerson(one, owner)),
    ourPeople: inPlaceOf(rest.ourPeople, from, to),
    theirPeople: inPlaceOf(rest.theirPeople, from, to),
    kpis: owned(rest.kpis, from, to),
    goals: owned(rest.goals, from, to),
  };
};

/** The people a rhythm asks, with `to` in place of `from`; itself when it does not ask them. */
export const rhythmHandedOver = (rhythm: Rhythm, from: PersonRef, to: PersonRef): Rhythm =>
  asks(rhythm, from)
    ? {
        ...rhythm,
        asked: {
          ours: inPlaceOf(rhythm.asked.ours, from, to),
          theirs: inPlaceOf(rhythm.asked.theirs, from, to),
        },
        rev: rhythm.rev + 1,
      }
    : rhythm;
