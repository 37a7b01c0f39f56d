import type { ChannelTrouble } from '../domain/channel.ts';
import type { TroubleCard } from '../domain/channel-card.ts';
import type { MessageContent } from '../domain/message.ts';
import type { Partnership } from '../domain/partnership.ts';
import type { Deps } from '../ports.ts';
import { firmsOf } from './load-review.ts';
import { type WantedMessage, wantMessage, wantOnce } from './want-message.ts';

type Place = 'home' | 'internal';

const messageOf = (
  { _id, owner, channelName, internalChannelName = '' }: Partnership,
  place: Place,
  { kind, at }: ChannelTrouble,
): WantedMessage => ({
  _id: `channel:${_id}:${place}:${at.getTime()}`,
  channelId: owner.userId,
  content: {
    kind: 'channel-trouble',
    partnershipId: _id,
    place,
    trouble: kind,
    name: place === 'home' ? channelName : internalChannelName,
    at: at.getTime(),
  },
});

/** The owner hears once what is in the way, and what to do. */
export const tellTrouble = (
  deps: Deps,
  partnership: Partnership,
  place: Place,
  trouble: ChannelTrouble,
): Promise<void> => wantOnce(deps, partnership.workspaceId, messageOf(partnership, place, trouble));

/** What the owner was told is not so any more: the message says that too. */
export const tellTroubleOver = async (
  deps: Deps,
  partnership: Partnership,
  place: Place,
  trouble: ChannelTrouble,
): Promise<void> => {
  const wanted = messageOf(partnership, place, trouble);
  const { messages } = deps.store.workspace(partnership.workspaceId);
  if ((await messages.get(wanted._id)) !== undefined)
    await wantMessage(deps, partnership.workspaceId, wanted);
};

/** The trouble as it was told, and whether it still stands; undefined when the partnership is gone. */
export const loadTrouble = async (
  deps: Deps,
  workspaceId: string,
  content: Extract<MessageContent, { kind: 'channel-trouble' }>,
): Promise<TroubleCard | undefined> => {
  const { partnershipId, place, trouble, name, at } = content;
  const found = await deps.store.workspace(workspaceId).partnerships.get(partnershipId);
  if (found === undefined) return undefined;
  const [now, nameNow] =
    place === 'home'
      ? [found.channelTrouble, found.channelName]
      : [found.internalChannelTrouble, found.internalChannelName];
  const stands = now?.at.getTime() === at;
  return {
    partnershipId,
    firms: firmsOf(found),
    place,
    trouble,
    name: stands ? (nameNow ?? name) : name,
    ...(!stands && { over: nameNow === undefined ? {} : { name: nameNow } }),
  };
};
