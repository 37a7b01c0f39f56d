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

/** The partnership without these people of the partner; its lead, when they go, is the next who is named. */
export const withoutNamed = (partnership: Partnership, people: readonly PersonRef[]): Partnership => {
  const gone = people.filter((one) => includesPerson(namedPeople(partnership, 'theirs'), one));
  if (gone.length === 0) return partnership;
  const { theirLead: before, ...rest } = partnership;
  const theirPeople = partnership.theirPeople.filter((one) => !includesPerson(gone, one));
  const lead = before !== undefined && includesPerson(gone, before) ? theirPeople[0] : before;
  return { ...rest, theirPeople, ...(lead === undefined ? {} : { theirLead: lead }) };
};
