import { accepted, DomainError, type Outcome, refused } from '../domain/errors.ts';
import { partnershipLimits } from '../domain/partnership.ts';
import { includesPerson, type Profile } from '../domain/person.ts';
import type { Asking, Deps } from '../ports.ts';
import { type Loaded, loadPartnership, nameOf } from './load.ts';
import { firmsOf } from './load-review.ts';
import { colleagueOf, nameFor } from './name-people.ts';
import { refOf } from './plan-fields.ts';
import { wantCards } from './want-message.ts';
import { changeDocument } from './write.ts';

export interface AskColleague {
  readonly partnershipId: string;
  readonly rhythmId: string;
  readonly userId: string;
}

/** Whose people the asker may hand reviews on to: editors for the partner, everybody else for their own firm. */
export const whoCanBeAsked = async (
  deps: Deps,
  asking: Asking,
  input: { readonly partnershipId: string },
): Promise<{ readonly loaded: Loaded; readonly firmName: string }> => {
  const loaded = await loadPartnership(deps, asking, input.partnershipId, 'answer');
  const { partnership, firm } = loaded;
  const both = `${partnership.firmName} or ${partnership.name}`;
  if (firm === 'theirs') return { loaded, firmName: partnership.name };
  return { loaded, firmName: loaded.may('edit-plan') ? both : partnership.firmName };
};

/**
 * A colleague is asked in this rhythm's reviews, from the next one on. Throws `not-found`, `not-allowed`, `ended`,
 * `conflict`; a person who cannot be asked is refused at the field.
 */
export const askColleague = async (
  deps: Deps,
  asking: Asking,
  input: AskColleague,
): Promise<Outcome<Profile>> => {
  const { loaded } = await whoCanBeAsked(deps, asking, input);
  const { partnership, store } = loaded;
  const rhythm = await store.rhythms.get(input.rhythmId);
  if (rhythm?.partnershipId !== partnership._id)
    throw new DomainError('not-found', 'This rhythm is not here any more. Nothing was changed.');
  const found = await colleagueOf(deps, loaded, input.userId);
  if (!found.ok) return found;
  const { firm, profile } = found.value;
  const firmName = firmsOf(partnership)[firm];
  if (firm !== loaded.firm && !loaded.may('edit-plan'))
    return refused({ userId: `${profile.name} is from ${firmName}. Choose a colleague of yours.` });
  if (includesPerson(partnership.notAsked ?? [], profile))
    return refused({ userId: `${profile.name} asked not to be asked. Choose somebody else.` });
  const person = refOf(profile);
  const { askedPerSide } = partnershipLimits;
  if (!includesPerson(rhythm.asked[firm], person) && rhythm.asked[firm].length >= askedPerSide) {
    const owner = await nameOf(deps, asking.workspaceId, partnership.owner);
    return refused({
      userId: `${askedPerSide} people are asked at ${firmName}, and that is the most. ${owner} can change it.`,
    });
  }
  const named = await nameFor(deps, asking, partnership, firm, person);
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
