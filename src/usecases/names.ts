import { type PersonRef, personKey } from '../domain/person.ts';
import type { Deps } from '../ports.ts';
import { nameOf, unknownPerson } from './load.ts';

/** The names of several people, each asked for once, as a function for what is pure. */
export const namesOf = async (
  deps: Deps,
  workspaceId: string,
  people: readonly (PersonRef | undefined)[],
): Promise<(person: PersonRef) => string> => {
  const distinct = new Map(
    people.flatMap((one) => (one === undefined ? [] : [[personKey(one), one] as const])),
  );
  const named = await Promise.all(
    [...distinct].map(async ([key, one]) => [key, await nameOf(deps, workspaceId, one)] as const),
  );
  const names = new Map(named);
  return (person) => names.get(personKey(person)) ?? unknownPerson;
};
