import { DomainError } from '../domain/errors.ts';
import { isOfPartner, partnershipHandedOver } from '../domain/held.ts';
import type { Partnership } from '../domain/partnership.ts';
import { type PersonRef, samePerson } from '../domain/person.ts';
import type { Asking, Deps } from '../ports.ts';
import { leadGoneId, saidUnder } from './departure-messages.ts';
import { handedOverWords, moveAround } from './hand-over.ts';
import { loadPartnership, nameOf } from './load.ts';
import { isStillGone } from './note-departure.ts';
import { wantCards, wantMessage } from './want-message.ts';
import { changePartnership } from './write.ts';

const isLead = ({ theirLead }: Partnership, person: PersonRef): boolean =>
  theirLead !== undefined && samePerson(theirLead, person);

/**
 * "I take this": somebody of the partner takes the place of their lead who is gone, with all that the lead held.
 * `from` comes with a button, so it counts only while that person is the partner's lead and is gone. Throws
 * `not-allowed` for anybody else, `closed` when the place is taken or its holder is back. Repeatable.
 */
export const takeLead = async (
  deps: Deps,
  asking: Asking,
  { partnershipId, from }: { readonly partnershipId: string; readonly from: PersonRef },
): Promise<Partnership> => {
  const { partnership } = await loadPartnership(deps, asking, partnershipId, 'volunteer');
  const mine = isLead(partnership, asking.by);
  const gone = !samePerson(from, asking.by) && (await isStillGone(deps, partnership, from));
  if (mine && !gone) return partnership;
  const saved = mine ? partnership : await takePlace(deps, asking, partnership, { from, gone });
  await moveAround(deps, asking, saved, { firm: 'theirs', from, to: asking.by });
  await wantCards(deps, saved);
  await showLeadGone(deps, saved, from);
  return saved;
};

/** First of all, so that of two who press at once one has all of it and the other hears who. */
const takePlace = async (
  deps: Deps,
  asking: Asking,
  partnership: Partnership,
  { from, gone }: { readonly from: PersonRef; readonly gone: boolean },
): Promise<Partnership> => {
  const move = { firm: 'theirs', from, to: asking.by } as const;
  const summary = await handedOverWords(deps, asking.workspaceId, move);
  return changePartnership(deps, asking, partnership, async (current) => {
    if (isLead(current, asking.by)) return undefined;
    if (!gone || !isOfPartner(current, from) || !isLead(current, from))
      throw await notFree(deps, current, from);
    return { next: partnershipHandedOver(current, move), action: 'hand-over', entity: 'people', summary };
  });
};

/** Why nobody can take the place now. The message and the card in the channel offer it no longer. */
const notFree = async (deps: Deps, partnership: Partnership, from: PersonRef): Promise<DomainError> => {
  await showLeadGone(deps, partnership, from);
  await wantCards(deps, partnership);
  const { theirLead, name, workspaceId } = partnership;
  if (theirLead === undefined)
    return new DomainError(
      'closed',
      `Nobody's place at ${name} is free. Nothing was changed. Press Ask me on the introduction.`,
    );
  const lead = await nameOf(deps, workspaceId, theirLead);
  return new DomainError('closed', `${lead} speaks for ${name} already. Nothing was changed.`);
};

/** Each time that they were gone was said in the channel, with a button of its own. */
const showLeadGone = async (
  deps: Deps,
  { _id, workspaceId }: Partnership,
  person: PersonRef,
): Promise<void> => {
  const said = await saidUnder(deps.store.workspace(workspaceId), leadGoneId(_id, person));
  for (const { _id: messageId, channelId, content } of said)
    await wantMessage(deps, workspaceId, { _id: messageId, channelId, content });
  deps.poke();
};
