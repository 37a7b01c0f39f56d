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

/**
 * The partnership without these people among those a firm named, ours also without them as editors; owner and backup
 * owner stay. The partner's lead, when they go, is the next who is named. Unchanged if none was.
 */
export const withoutNamed = (
  partnership: Partnership,
  firm: Firm,
  people: readonly PersonRef[],
): Partnership => {
  const stays = (one: PersonRef): boolean => !includesPerson(people, one);
  if (firm === 'ours') {
    const [editors, ourPeople] = [partnership.editors.filter(stays), partnership.ourPeople.filter(stays)];
    const none =
      editors.length === partnership.editors.length && ourPeople.length === partnership.ourPeople.length;
    return none ? partnership : { ...partnership, editors, ourPeople };
  }
  if (namedPeople(partnership, 'theirs').every(stays)) return partnership;
  const { theirLead: before, ...rest } = partnership;
  const theirPeople = partnership.theirPeople.filter(stays);
  const lead = before !== undefined && !stays(before) ? theirPeople[0] : before;
  return { ...rest, theirPeople, ...(lead === undefined ? {} : { theirLead: lead }) };
};
