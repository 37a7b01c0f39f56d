import type { OutboxMessage } from '../domain/message.ts';
import type { Deps } from '../ports.ts';
import { wantMessage } from './want-message.ts';

const attempts = 10;

/**
 * Somebody else reads a channel now: what stands there that was for our firm alone is replaced, and what was on its way
 * there is not posted.
 */
export const withdrawInternal = async (deps: Deps, workspaceId: string, channelId: string): Promise<void> => {
  for (const one of await internalIn(deps, workspaceId, channelId))
    if (!(await takenBack(deps, one)))
      await wantMessage(deps, workspaceId, { _id: one._id, channelId, content: { kind: 'withdrawn' } });
};

/** Whether something that is for our firm alone stands in a channel, or is on its way there. */
export const holdsInternal = async (deps: Deps, workspaceId: string, channelId: string): Promise<boolean> =>
  (await internalIn(deps, workspaceId, channelId)).length > 0;

const internalIn = async (deps: Deps, workspaceId: string, channelId: string): Promise<OutboxMessage[]> => {
  const found = await deps.store.workspace(workspaceId).messages.find({ channelId });
  return found.filter(({ content }) => content.kind === 'internal-digest');
};

/** True when it was never handed to Slack, and now never is. */
const takenBack = async (deps: Deps, first: OutboxMessage): Promise<boolean> => {
  const { messages } = deps.store.workspace(first.workspaceId);
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const found = attempt === 0 ? first : await messages.get(first._id);
    if (found === undefined || found.content.kind !== 'internal-digest') return true;
    if (found.ts !== undefined || found.ambiguous || found.state === 'claimed') return false;
    const { wakeAt: _wakeAt, ...rest } = found;
    const reason = 'The channel is not internal any more.';
    if (await messages.replace({ ...rest, content: { kind: 'withdrawn' }, state: 'failed', reason }))
      return true;
  }
  return false;
};
