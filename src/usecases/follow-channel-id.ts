import type { OutboxMessage } from '../domain/message.ts';
import type { Partnership } from '../domain/partnership.ts';
import type { Asking, Deps, Repository, Stored, WorkspaceStore } from '../ports.ts';
import { channelClaim, claimFor, releaseClaim } from './claim.ts';
import { isChannelCode } from './go-on-in-channel.ts';
import { changePartnership } from './write.ts';

const attempts = 10;

/**
 * Slack gave a channel another id: what is posted, to come or under way there goes on under it. Messages come before
 * the partnership, so that its card is found where it stands and not posted anew; and once more behind it, for what was
 * wanted meanwhile. Repeatable.
 */
export const followChannelId = async (
  deps: Deps,
  asking: Asking,
  old: string,
  next: string,
): Promise<void> => {
  const store = deps.store.workspace(asking.workspaceId);
  const [home, internal] = await Promise.all([
    store.partnerships.find({ channelId: old }),
    store.partnerships.find({ internalChannelId: old }),
  ]);
  for (const { _id } of home) await claimFor(deps, store, channelClaim(asking.workspaceId, next), _id);
  await moveAll(deps, store, old, next);
  for (const one of [...home, ...internal])
    await changePartnership(deps, asking, one, (current) => {
      const moved = withId(current, old, next);
      return (
        moved && {
          next: moved,
          action: 'see-channel',
          entity: 'channel',
          summary: 'followed the channel to its new id',
        }
      );
    });
  await moveAll(deps, store, old, next);
  for (const { _id } of home) await releaseClaim(store, channelClaim(asking.workspaceId, old), _id);
};

const withId = (now: Partnership, old: string, next: string): Partnership | undefined => {
  if (now.channelId !== old && now.internalChannelId !== old) return undefined;
  return {
    ...now,
    ...(now.channelId === old && { channelId: next }),
    ...(now.introducedChannelId === old && { introducedChannelId: next }),
    ...(now.internalChannelId === old && { internalChannelId: next }),
  };
};

const moveAll = async (deps: Deps, store: WorkspaceStore, old: string, next: string): Promise<void> => {
  const now = deps.clock.now();
  for (const { _id } of await store.messages.find({ channelId: old }))
    await change(store.messages, _id, (one) => movedMessage(one, old, next, now));
  for (const { _id } of await store.occurrences.find({ channelId: old }))
    await change(store.occurrences, _id, (one) =>
      one.channelId === old ? { ...one, channelId: next } : undefined,
    );
};

const movedMessage = (
  one: OutboxMessage,
  old: string,
  next: string,
  now: Date,
): OutboxMessage | undefined => {
  if (one.channelId !== old) return undefined;
  const { content } = one;
  const moved: OutboxMessage = {
    ...one,
    channelId: next,
    ...(one.postedChannelId === old && { postedChannelId: next }),
    ...(content.kind === 'internal-digest' && { content: { ...content, channelId: next } }),
  };
  // Refused because the old id was gone already.
  if (one.state !== 'failed' || !isChannelCode(one.reason)) return moved;
  const { reason: _reason, ...again } = moved;
  return { ...again, state: 'waiting', attempts: 0, wakeAt: now };
};

const change = async <T extends Stored>(
  repository: Repository<T>,
  id: string,
  decide: (one: T) => T | undefined,
): Promise<void> => {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const found = await repository.get(id);
    const changed = found && decide(found);
    if (changed === undefined || (await repository.replace(changed))) return;
  }
};
