import { namedPeople, whoIsWho } from '../domain/access.ts';
import { accepted, DomainError, type Outcome, refused } from '../domain/errors.ts';
import type { Partnership } from '../domain/partnership.ts';
import { type Firm, includesPerson, type PersonRef, type Profile } from '../domain/person.ts';
import type { Asking, Deps } from '../ports.ts';
import { askAgain } from './do-not-ask.ts';
import { type Loaded, loadPartnership, nameOf } from './load.ts';
import { mostNamed, withNamed } from './named-people.ts';
import { personOf, refOf } from './plan-fields.ts';
import { wantCards } from './want-message.ts';
import { changePartnership } from './write.ts';

/**
 * "Ask me": a person of the partner's confirmed team becomes one of its named people, and its lead when it has none.
 * Throws `not-allowed` for anybody else, `limit` when a firm has named as many as a partnership holds.
 */
export const volunteer = async (
  deps: Deps,
  asking: Asking,
  input: { readonly partnershipId: string },
): Promise<Outcome<Partnership>> => {
  const { partnership } = await loadPartnership(deps, asking, input.partnershipId, 'volunteer');
  const named = await nameFor(deps, asking, partnership, 'theirs', refOf(asking.by));
  await askAgain(deps, asking, named);
  return accepted(named);
};

export interface NameColleague {
  readonly partnershipId: string;
  readonly userId: string;
}

/**
 * "Ask a colleague": anyone of the partner may name a colleague of theirs; our owner, backup and editors name people
 * of either firm, and by it say which firm a guest belongs to. Guests named are always the partner's.
 */
export const nameColleague = async (
  deps: Deps,
  asking: Asking,
  input: NameColleague,
): Promise<Outcome<Partnership>> => {
  const loaded = await loadPartnership(deps, asking, input.partnershipId, 'name-colleague');
  const found = await colleagueOf(deps, loaded, input.userId);
  if (!found.ok) return found;
  const { firm, profile } = found.value;
  return accepted(await nameFor(deps, asking, loaded.partnership, firm, refOf(profile)));
};

/** The person chosen, and the firm that the asker may name them for; else what is wrong with the choice. */
export const colleagueOf = async (
  deps: Deps,
  loaded: Loaded,
  userId: string,
): Promise<Outcome<{ readonly firm: Firm; readonly profile: Profile }>> => {
  const { partnership, home } = loaded;
  const profile = await personOf(deps, partnership.workspaceId, userId);
  if (profile === undefined) return refused({ userId: 'I do not know this person. Choose somebody else.' });
  if (profile.bot || profile.deleted) {
    return refused({ userId: `${profile.name} cannot be asked. Choose a person who is active.` });
  }
  const who = whoIsWho(partnership, profile, home);
  const firm = who === 'outsider' && loaded.firm === 'ours' && profile.guest ? 'theirs' : who;
  if (firm === 'outsider' || (loaded.firm === 'theirs' && firm !== 'theirs')) {
    const of = loaded.firm === 'theirs' ? partnership.name : `${partnership.firmName} or ${partnership.name}`;
    return refused({ userId: `I do not know ${profile.name} as somebody of ${of}. Choose a colleague.` });
  }
  return accepted({ firm, profile });
};

/** Names a person for a firm, once. Throws `limit` when it has named as many as a partnership holds. */
export const nameFor = async (
  deps: Deps,
  asking: Asking,
  partnership: Partnership,
  firm: Firm,
  person: PersonRef,
): Promise<Partnership> => {
  const who = await nameOf(deps, asking.workspaceId, person);
  const saved = await changePartnership(deps, asking, partnership, (current) => {
    if (includesPerson(namedPeople(current, firm), person)) return undefined;
    if (namedPeople(current, firm).length >= mostNamed) {
      throw new DomainError(
        'limit',
        `${mostNamed} people are named already, and that is the most. Nothing was changed.`,
      );
    }
    return {
      next: withNamed(current, firm, [person]),
      action: 'name-people',
      entity: 'people',
      summary: `named ${who} for ${firm === 'ours' ? current.firmName : current.name}`,
    };
  });
  await wantCards(deps, saved);
  return saved;
};
