import { namedPeople } from '../domain/access.ts';
import { accepted, DomainError, type Outcome, refused } from '../domain/errors.ts';
import { partnershipLimits } from '../domain/partnership.ts';
import { includesPerson, type Profile, samePerson } from '../domain/person.ts';
import type { Rhythm } from '../domain/rhythm.ts';
import type { Asking, Deps } from '../ports.ts';
import { type Loaded, loadPartnership, nameOf } from './load.ts';
import { firmsOf } from './load-review.ts';
import { colleagueOf, nameFor } from './name-people.ts';
import { refOf } from './plan-fields.ts';
import { rhythmOf } from './rhythm-change.ts';
import { wantCards } from './want-message.ts';
import { changeDocument } from './write.ts';

export interface AskColleague {
  readonly partnershipId: string;
  readonly rhythmId: string;
  readonly userId: string;
}

/**
 * Whose people the asker may hand reviews on to: editors for the partner, whoever is named or asked here for their own
 * firm. Throws `not-found` or `ended`, and `not-allowed` for everybody else.
 */
export const whoCanBeAsked = async (
  deps: Deps,
  asking: Asking,
  input: { readonly partnershipId: string; readonly rhythmId: string },
): Promise<{ readonly loaded: Loaded; readonly rhythm: Rhythm; readonly firmName: string }> => {
  const loaded = await loadPartnership(deps, asking, input.partnershipId, 'answer');
  const { partnership, firm, store } = loaded;
  const rhythm = await rhythmOf(store, partnership._id, input.rhythmId);
  const both = `${partnership.firmName} or ${partnership.name}`;
  if (loaded.may('edit-plan')) return { loaded, rhythm, firmName: both };
  const own = firm === 'theirs' ? 'theirs' : 'ours';
  const named = namedPeople(partnership, own);
  const speaks = named.length === 0 || includesPerson([...named, ...rhythm.asked[own]], asking.by);
  if (!speaks) throw await notYours(deps, loaded);
  return { loaded, rhythm, firmName: firmsOf(partnership)[own] };
};

const notYours = async (deps: Deps, { partnership, firm }: Loaded): Promise<DomainError> => {
  const owner = await nameOf(deps, partnership.workspaceId, partnership.owner);
  const join = firm === 'theirs' ? 'Press Ask me on the introduction first.' : `Ask ${owner} to name you.`;
  return new DomainError(
    'not-allowed',
    `Only people who are named or asked here can ask a colleague. Nothing was changed. ${join}`,
  );
};

/**
 * A colleague is asked in this rhythm's reviews, from the next one on. The partner's are named by it; of ours only an
 * editor names anybody, since who is named sees what is internal. Throws `not-found`, `not-allowed`, `ended`,
 * `conflict`; a person who cannot be asked is refused at the field.
 */
export const askColleague = async (
  deps: Deps,
  asking: Asking,
  input: AskColleague,
): Promise<Outcome<Profile>> => {
  const { loaded, rhythm } = await whoCanBeAsked(deps, asking, input);
  const { partnership, store } = loaded;
  const found = await colleagueOf(deps, loaded, input.userId);
  if (!found.ok) return found;
  const { firm, profile } = found.value;
  const firmName = firmsOf(partnership)[firm];
  if (firm !== loaded.firm && !loaded.may('edit-plan'))
    return refused({ userId: `${profile.name} is from ${firmName}. Choose a colleague of yours.` });
  if (includesPerson(partnership.notAsked ?? [], profile))
    return refused({ userId: `${profile.name} asked not to be asked. Choose somebody else.` });
  const person = refOf(profile);
  const names = firm === 'theirs' || loaded.may('edit-plan');
  if (samePerson(person, asking.by) && !includesPerson(namedPeople(partnership, firm), person))
    return refused({ userId: 'This is you. Choose a colleague.' });
  const { askedPerSide } = partnershipLimits;
  if (!includesPerson(rhythm.asked[firm], person) && rhythm.asked[firm].length >= askedPerSide) {
    const owner = await nameOf(deps, asking.workspaceId, partnership.owner);
    return refused({
      userId: `${askedPerSide} people are asked at ${firmName}, and that is the most. ${owner} can change it.`,
    });
  }
  const named = names ? await nameFor(deps, asking, partnership, firm, person) : partnership;
  await changeDocument(deps, asking, store.rhythms, rhythm, partnership._id, async (current) => {
    const asked = current.asked[firm];
    if (includesPerson(asked, person) || asked.length >= askedPerSide) return undefined;
    return {
      next: {
        ...current,
        asked: { ...current.asked, [firm]: [...asked, person] },
        rev: current.rev + 1,
        updatedAt: deps.clock.now(),
      },
      action: 'ask-colleague',
      entity: current._id,
      summary: `asked ${profile.name} of ${firmName} from the next review on`,
    };
  });
  await wantCards(deps, named);
  return accepted(profile);
};
