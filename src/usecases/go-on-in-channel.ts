import type { OutboxMessage } from '../domain/message.ts';
import type { Partnership } from '../domain/partnership.ts';
import type { Deps, WorkspaceStore } from '../ports.ts';

const attempts = 5;

/** What Slack answers when a channel cannot be posted in; it may be again. */
export const channelCodes: readonly string[] = ['is_archived', 'not_in_channel', 'channel_not_found'];

export const isChannelCode = (reason: string | undefined): boolean =>
  channelCodes.includes(reason?.split(':')[0] ?? '');

/**
 * A channel takes posts again: what is due and waited for it goes out now, and what Slack refused meanwhile is tried
 * again. A root that never stood is not: its review has ended.
 */
export const goOnIn = async (deps: Deps, { _id, workspaceId, channelId }: Partnership): Promise<void> => {
  const store = deps.store.workspace(workspaceId);
  const now = deps.clock.now();
  for (const { _id: id } of await store.occurrences.find({ partnershipId: _id, state: 'due' })) {
    const due = await store.occurrences.get(id);
    // A lost race was lost to somebody who works it anyway.
    if (due?.state === 'due' && due.wakeAt !== undefined && due.dueAt <= now)
      await store.occurrences.replace({ ...due, wakeAt: now });
  }
  for (const one of await store.messages.find({ channelId, state: 'failed' }))
    if (isChannelCode(one.reason)) await again(store, one, now);
};

const isRoot = ({ content }: OutboxMessage): boolean =>
  content.kind === 'review-root' || content.kind === 'period-root' || content.kind === 'digest';

const again = async (store: WorkspaceStore, first: OutboxMessage, now: Date): Promise<void> => {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const found = attempt === 0 ? first : await store.messages.get(first._id);
    if (found?.state !== 'failed' || (isRoot(found) && found.ts === undefined)) return;
    const { reason: _reason, ...rest } = found;
    if (await store.messages.replace({ ...rest, state: 'waiting', attempts: 0, wakeAt: now })) return;
  }
};
