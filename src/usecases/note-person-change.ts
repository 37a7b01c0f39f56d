import { personKey, samePerson } from '../domain/person.ts';
import type { PersonChange } from '../domain/person-change.ts';
import type { KnownPerson } from '../domain/record.ts';
import type { Deps } from '../ports.ts';
import { lookAtChannel } from './note-channel.ts';
import { wantCards } from './want-message.ts';

/** Whether a kept profile says otherwise: most events are about a status or a picture, and are stored nowhere. */
export const isNewOfPerson = async (
  deps: Deps,
  workspaceId: string,
  change: PersonChange,
): Promise<boolean> => (await keptOf(deps, workspaceId, change)).some((one) => differs(one, change));

/**
 * Somebody's account became a guest's or a member's again, or was brought back: rights follow at once, and with them what
 * stands where they read it. Repeatable.
 */
export const notePersonChange = async (
  deps: Deps,
  workspaceId: string,
  change: PersonChange,
): Promise<'noted'> => {
  const kept = await keptOf(deps, workspaceId, change);
  for (const one of kept) await follow(deps, one, change);
  const { partnerships } = deps.store.workspace(workspaceId);
  const all = await partnerships.find({});
  for (const one of all)
    if (kept.some(({ person }) => samePerson(person, one.owner))) await wantCards(deps, one);
  if (change.guest) {
    const internal = new Set(all.flatMap((one) => one.internalChannelId ?? []));
    for (const channelId of internal)
      await lookAtChannel(deps, workspaceId, channelId, { requestId: change.eventId });
  }
  return 'noted';
};

const differs = (one: KnownPerson, { guest, deleted, workspaceAdmin }: PersonChange): boolean =>
  one.guest !== guest || one.deleted !== deleted || one.workspaceAdmin !== workspaceAdmin;

/** The same person may be kept under more than one team of an enterprise. */
const keptOf = async (
  deps: Deps,
  workspaceId: string,
  { userId, teamId }: PersonChange,
): Promise<KnownPerson[]> => {
  const { people } = deps.store.workspace(workspaceId);
  const [found, named] = await Promise.all([
    people.find({ userId }),
    people.get(`${workspaceId}:${personKey({ teamId, userId })}`),
  ]);
  return named === undefined || found.some((one) => one._id === named._id) ? found : [...found, named];
};

const attempts = 5;

/** Written as the event says it, and asked for anew at the next look: the event may be older than the profile. */
const follow = async (deps: Deps, first: KnownPerson, change: PersonChange): Promise<void> => {
  const { people } = deps.store.workspace(first.workspaceId);
  const { guest, deleted, workspaceAdmin } = change;
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const known = attempt === 0 ? first : await people.get(first._id);
    if (known === undefined) return;
    if (await people.replace({ ...known, guest, deleted, workspaceAdmin, fetchedAt: new Date(0) })) return;
  }
};
