import { namedPeople } from '../domain/access.ts';
import type { Partnership } from '../domain/partnership.ts';
import { type Firm, includesPerson, type PersonRef } from '../domain/person.ts';

/** As many as a partnership names of one firm; a card could not list more. */
export const mostNamed = 20;

/** The partnership with these people named for a firm; the partner's first becomes its lead. Unchanged if all were. */
export const withNamed = (
  partnership: Partnership,
  firm: Firm,
  people: readonly PersonRef[],
): Partnership => {
  const added = people.filter((one) => !includesPerson(namedPeople(partnership, firm), one));
  if (added.length === 0) return partnership;
  if (firm === 'ours') return { ...partnership, ourPeople: [...partnership.ourPeople, ...added] };
  const lead = partnership.theirLead ?? added[0];
  return {
    ...partnership,
    theirPeople: [...partnership.theirPeople, ...added],
    ...(lead === undefined ? {} : { theirLead: lead }),
  };
};
