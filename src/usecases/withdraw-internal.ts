import type { OutboxMessage } from '../domain/message.ts';
import type { Deps } from '../ports.ts';
import { wantMessage } from './want-message.ts';

const attempts = 10;

/**
 * Somebody else reads a channel now: what stands there that was for our firm alone is replaced, and what was on its way
 * there is not posted.
 */
export const withdrawInternal = async (deps: Deps, workspaceId: string, channelId: string): Promise<void> => {
  const { messages } = deps.store.workspace(workspaceId);
  // Rare enough for no index.
  const found = await messages.find({ channelId });
  for (const one of found.filter(({ content }) => content.kind === 'internal-digest'))
    if (!(await takenBack(deps, one)))
      await wantMessage(deps, workspaceId, { _id: one._id, channelId, content: { kind: 'withdrawn' } });
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
