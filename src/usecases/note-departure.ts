import type { Departure } from '../domain/departure.ts';
import type { Partnership } from '../domain/partnership.ts';
import { includesPerson, type PersonRef, personKey, samePerson } from '../domain/person.ts';
import type { Deps, WorkspaceStore } from '../ports.ts';
import { leadGoneId, messageToWant, saidUnder } from './departure-messages.ts';
import { receiversOf } from './departure-receivers.ts';
import { loadHeld } from './load-held.ts';
import { personOf, refOf } from './plan-fields.ts';
import { wantCards, wantMessage } from './want-message.ts';

/** Whether anything here can be about that person: everything else is stored nowhere. */
export const isAboutUs = async (
  deps: Deps,
  workspaceId: string,
  { channelId }: Departure,
): Promise<boolean> => {
  if (channelId === undefined) return true;
  const { partnerships } = deps.store.workspace(workspaceId);
  return (await partnerships.find({ channelId }, { limit: 1 })).length > 0;
};

/**
 * Somebody is gone. Rhythms go on; backup and alliance leads get one direct message with all that an owner held, which
 * says how things are when it is read; of the partner's lead the channel is told, once. Repeatable.
 */
export const noteDeparture = async (
  deps: Deps,
  workspaceId: string,
  departure: Departure,
): Promise<'told' | 'nothing'> => {
  const person = await goneOne(deps, workspaceId, departure);
  if (person === undefined) return 'nothing';
  const held = await loadHeld(deps, workspaceId, person, departure.channelId);
  const owned = held.filter(({ held: { roles } }) => roles.includes('owner'));
  const receivers = await receiversOf(deps, workspaceId, owned, person);
  if (owned.length > 0 && receivers.length === 0)
    deps.log.warn('an owner is gone and there is nobody to tell', { person: personKey(person) });
  for (const receiver of receivers) {
    const partnershipIds = owned.map(({ partnership }) => partnership._id);
    await tellOf(deps, workspaceId, { person, receiver, partnershipIds });
  }
  const led = held.filter(
    ({ partnership, held: { roles } }) => roles.includes('lead') && partnership.state === 'introduced',
  );
  for (const { partnership } of led) {
    await askForLead(deps, partnership, person);
    await wantCards(deps, partnership);
  }
  deps.poke();
  return owned.length + led.length === 0 ? 'nothing' : 'told';
};

interface Told {
  readonly person: PersonRef;
  readonly receiver: PersonRef;
  readonly partnershipIds: readonly string[];
}

/** One direct message with all that the person held; a new one when what the last told of is in other hands by now. */
const tellOf = async (
  deps: Deps,
  workspaceId: string,
  { person, receiver, partnershipIds }: Told,
): Promise<void> => {
  const store = deps.store.workspace(workspaceId);
  const firstId = `departure:${personKey(person)}:${personKey(receiver)}`;
  const said = await saidUnder(store, firstId);
  const last = said.at(-1)?.content;
  const before = last?.kind === 'departure' ? (last.partnershipIds ?? []) : [];
  const settled = before.length > 0 && !(await ownsOneOf(store, person, before));
  const _id = messageToWant(firstId, said, { now: deps.clock.now(), settled });
  const again = said.at(-1)?._id === _id ? before : [];
  await wantMessage(deps, workspaceId, {
    _id,
    channelId: receiver.userId,
    content: {
      kind: 'departure',
      person,
      receiver,
      partnershipIds: [...new Set([...again, ...partnershipIds])],
    },
  });
};

const ownsOneOf = async (
  { partnerships }: WorkspaceStore,
  person: PersonRef,
  ids: readonly string[],
): Promise<boolean> => {
  const found = await partnerships.find({ _id: { $in: [...ids] } });
  return found.some(({ owner }) => samePerson(owner, person));
};

/** In the channel, once for each time that they are gone. */
const askForLead = async (
  deps: Deps,
  { _id: partnershipId, workspaceId, channelId }: Partnership,
  person: PersonRef,
): Promise<void> => {
  const firstId = leadGoneId(partnershipId, person);
  const said = await saidUnder(deps.store.workspace(workspaceId), firstId);
  const now = deps.clock.now();
  await wantMessage(deps, workspaceId, {
    _id: messageToWant(firstId, said, { now, settled: false }),
    channelId,
    content: { kind: 'lead-gone', partnershipId, person, at: now.getTime() },
  });
};

/** The people of a channel are read anew after a minute, in every process: until then they may hold who just left. */
const membersForMs = 120_000;

/** The partner's lead, when they were noted as gone and are gone still. */
export const goneLead = async (deps: Deps, partnership: Partnership): Promise<PersonRef | undefined> => {
  const { theirLead } = partnership;
  return theirLead !== undefined && (await isStillGone(deps, partnership, theirLead)) ? theirLead : undefined;
};

/** Whether somebody was noted as a lead who is gone, and is gone still: who left the channel may be back in it. */
export const isStillGone = async (
  deps: Deps,
  { _id, workspaceId, channelId }: Partnership,
  person: PersonRef,
): Promise<boolean> => {
  const store = deps.store.workspace(workspaceId);
  const noted = (await saidUnder(store, leadGoneId(_id, person))).at(-1);
  if (noted?.content.kind !== 'lead-gone') return false;
  // Not when the message was last wanted: to show it again says nothing of the person.
  const since = deps.clock.now().getTime() - (noted.content.at ?? noted.createdAt.getTime());
  const known = await store.people.get(`${workspaceId}:${personKey(person)}`);
  if (known?.deleted === true || since < membersForMs) return true;
  return !includesPerson(await deps.directory.channelPeople(workspaceId, channelId), person);
};

/** Who it was, with their team; the profile that is kept says from now on that they are gone. */
const goneOne = async (
  deps: Deps,
  workspaceId: string,
  { userId, teamId, channelId }: Departure,
): Promise<PersonRef | undefined> => {
  const profile = teamId === undefined ? await personOf(deps, workspaceId, userId) : { teamId, userId };
  if (profile === undefined) return undefined;
  const person = refOf(profile);
  if (channelId === undefined) {
    const { people } = deps.store.workspace(workspaceId);
    const known = await people.get(`${workspaceId}:${personKey(person)}`);
    // A lost race was lost to a refresh, which says the same.
    if (known !== undefined && !known.deleted) await people.replace({ ...known, deleted: true });
  }
  return person;
};
