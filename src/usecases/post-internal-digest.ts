import { postByOf } from '../domain/catch-up.ts';
import { internalTrouble } from '../domain/channel.ts';
import type { Digest } from '../domain/digest.ts';
import { isInUse } from '../domain/kpi.ts';
import type { MessageContent } from '../domain/message.ts';
import type { Occurrence } from '../domain/occurrence.ts';
import type { Partnership } from '../domain/partnership.ts';
import { type PersonRef, personKey, samePerson } from '../domain/person.ts';
import type { Deps } from '../ports.ts';
import { withAsker } from './load.ts';
import { lookAtChannel } from './note-channel.ts';
import { hasReadingsSince } from './readings-of-kpis.ts';
import { seeChannel } from './see-channel.ts';
import { loadDigest } from './view-digest.ts';
import { wantOnce } from './want-message.ts';

/**
 * Beside the digest that both firms read: the one with what our firm alone may see, once. In the internal channel; where
 * there is none that can be used, to owner and editors, if there is anything internal to say. Repeatable.
 */
export const wantInternalDigest = async (
  deps: Deps,
  occurrence: Occurrence,
  partnership: Partnership,
  isNews: boolean,
): Promise<void> => {
  if (!isNews && !(await hasInternalNews(deps, occurrence, partnership))) return;
  const { workspaceId, _id } = occurrence;
  const { messages } = deps.store.workspace(workspaceId);
  if ((await messages.get(`${_id}:internal`)) !== undefined) return;
  const channelId = await usableChannel(deps, partnership, _id);
  if (channelId !== undefined) {
    await wantOnce(deps, workspaceId, {
      _id: `${_id}:internal`,
      channelId,
      content: { kind: 'internal-digest', occurrenceId: _id, channelId },
      dueAt: occurrence.dueAt,
      postBy: postByOf(occurrence),
    });
    return;
  }
  if (!partnership.kpis.some((one) => one.visibility === 'internal' && isInUse(one))) return;
  for (const receiver of await receiversOf(deps, partnership))
    await wantOnce(deps, workspaceId, {
      _id: `${_id}:internal:${personKey(receiver)}`,
      channelId: receiver.userId,
      content: { kind: 'internal-digest', occurrenceId: _id, channelId: receiver.userId, receiver },
      dueAt: occurrence.dueAt,
      postBy: postByOf(occurrence),
    });
};

/** The internal channel when only our firm reads it at this moment; of one that is not so any more the owner hears. */
const usableChannel = async (
  deps: Deps,
  { _id, workspaceId, internalChannelId }: Partnership,
  requestId: string,
): Promise<string | undefined> => {
  if (internalChannelId === undefined) return undefined;
  await lookAtChannel(deps, workspaceId, internalChannelId, { requestId });
  const now = await deps.store.workspace(workspaceId).partnerships.get(_id);
  return now?.internalChannelTrouble === undefined ? now?.internalChannelId : undefined;
};

/** Values of internal KPIs since the digest before this one was due. */
const hasInternalNews = async (
  deps: Deps,
  { dueAt }: Occurrence,
  { _id: partnershipId, workspaceId, kpis, createdAt }: Partnership,
): Promise<boolean> => {
  const store = deps.store.workspace(workspaceId);
  const [before] = await store.occurrences.find(
    { partnershipId, kind: 'digest', dueAt: { $lt: dueAt } },
    { sort: { dueAt: -1 }, limit: 1 },
  );
  const since = before?.dueAt ?? createdAt;
  const internal = kpis.filter((one) => one.visibility === 'internal');
  return hasReadingsSince(store, partnershipId, internal, since);
};

/** The owner, and those editors who have pressed one of the bot's buttons: nobody else gets a direct message. */
const receiversOf = async (deps: Deps, partnership: Partnership): Promise<PersonRef[]> => {
  const { workspaceId, owner, editors } = partnership;
  const { people } = deps.store.workspace(workspaceId);
  const all = [owner, ...editors.filter((one) => !samePerson(one, owner))];
  const reached = await Promise.all(
    all.map(async (one) => {
      if (!(await maySee(deps, partnership, one))) return false;
      return samePerson(one, owner) || (await people.get(`${workspaceId}:${personKey(one)}`))?.met === true;
    }),
  );
  return all.filter((_one, nth) => reached[nth]);
};

const maySee = async (deps: Deps, partnership: Partnership, by: PersonRef): Promise<boolean> => {
  const asking = { workspaceId: partnership.workspaceId, by, requestId: 'internal-digest' };
  return (await withAsker(deps, asking, partnership)).may('see-internal');
};

/**
 * The internal digest as it is now; undefined when nobody may read it there any more. Slack is asked at this moment, so
 * that a lost event leaks nothing.
 */
export const loadInternalDigest = async (
  deps: Deps,
  workspaceId: string,
  { occurrenceId, channelId, receiver }: Extract<MessageContent, { kind: 'internal-digest' }>,
): Promise<Digest | undefined> => {
  const store = deps.store.workspace(workspaceId);
  const occurrence = await store.occurrences.get(occurrenceId);
  const partnership = occurrence && (await store.partnerships.get(occurrence.partnershipId));
  if (partnership === undefined) return undefined;
  const allowed =
    receiver === undefined
      ? internalTrouble(await seeChannel(deps, workspaceId, channelId, { people: true })) === undefined
      : await maySee(deps, partnership, receiver);
  return allowed ? loadDigest(deps, workspaceId, partnership._id, 'internal') : undefined;
};
