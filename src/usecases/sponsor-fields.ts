import { whoIsWho } from '../domain/access.ts';
import type { PersonRef } from '../domain/person.ts';
import type { Sponsors } from '../domain/sponsor.ts';
import type { Deps } from '../ports.ts';
import type { Loaded } from './load.ts';
import { colleagueField, type Field, faultsIn, isFault, personOf, refOf } from './plan-fields.ts';

/** The people chosen in a form, by user id; a side without one has no sponsor. */
export interface ChosenSponsors {
  readonly ours?: string;
  readonly theirs?: string;
}

/**
 * The sponsors as chosen, or the sentences that belong at `ourSponsor` and `theirSponsor`. A guest chosen for the
 * partner is the partner's by that choice, as when the owner names one.
 */
export const sponsorFields = async (
  deps: Deps,
  loaded: Loaded,
  chosen: ChosenSponsors,
): Promise<{ readonly value?: Sponsors; readonly faults: Record<string, string> }> => {
  const { workspaceId } = loaded.partnership;
  const [ours, theirs] = await Promise.all([
    chosen.ours === undefined ? noSponsor : colleagueField(deps, workspaceId, loaded.home, chosen.ours),
    chosen.theirs === undefined ? noSponsor : partnersField(deps, loaded, chosen.theirs),
  ]);
  const faults = faultsIn({ ourSponsor: ours, theirSponsor: theirs });
  if (isFault(ours) || isFault(theirs)) return { faults };
  return {
    value: { ...(ours.value && { ours: ours.value }), ...(theirs.value && { theirs: theirs.value }) },
    faults,
  };
};

const noSponsor: Field<PersonRef | undefined> = { value: undefined };

const partnersField = async (deps: Deps, loaded: Loaded, userId: string): Promise<Field<PersonRef>> => {
  const { partnership, home } = loaded;
  const profile = await personOf(deps, partnership.workspaceId, userId);
  if (profile === undefined) return { fault: 'I do not know this person. Choose somebody else.' };
  if (profile.bot || profile.deleted) {
    return { fault: `${profile.name} cannot sponsor this. Choose a person who is active.` };
  }
  const who = whoIsWho(partnership, profile, home);
  return who === 'theirs' || (who === 'outsider' && profile.guest)
    ? { value: refOf(profile) }
    : {
        fault: `I do not know ${profile.name} as somebody of ${partnership.name}. Choose one of their people.`,
      };
};
