import type { MessageContent } from '../domain/message.ts';
import type { Deps } from '../ports.ts';
import { firmsOf } from './load-review.ts';

/** Where a partnership went, for those who stayed; undefined when it is gone. */
export const loadMoved = async (
  deps: Deps,
  workspaceId: string,
  { partnershipId, fromShared }: Extract<MessageContent, { kind: 'moved' }>,
) => {
  const found = await deps.store.workspace(workspaceId).partnerships.get(partnershipId);
  if (found === undefined) return undefined;
  // The other firm reads the old channel and not the new one: its name is not for them.
  const known = found.channelShared || !fromShared;
  return { firms: firmsOf(found), ...(known && { channel: found.channelName }) };
};
