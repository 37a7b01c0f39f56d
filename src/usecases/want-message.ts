import { holdReason } from '../domain/channel-news.ts';
import { DomainError } from '../domain/errors.ts';
import type { MessageContent, OutboxMessage } from '../domain/message.ts';
import type { Partnership } from '../domain/partnership.ts';
import type { Deps } from '../ports.ts';

export interface WantedMessage {
  readonly _id: string;
  /** A channel id, or a user id for a direct message. */
  readonly channelId: string;
  readonly content: MessageContent;
  /** The outbox `_id` of the thread's root. */
  readonly threadOf?: string;
  /** The outbox `_id` of a message that has to stand above this one. */
  readonly after?: string;
  /** When what it says was due, where that may be long before it is wanted. */
  readonly dueAt?: Date;
  /** After this it is not worth posting any more. */
  readonly postBy?: Date;
}

const attempts = 10;

/**
 * Wants a message in the outbox: posted when it is new, updated in place when it was posted. Wanting one that is
 * being posted right now makes it due again afterwards. Says nothing to `deliver`: the caller pokes.
 */
export const wantMessage = async (deps: Deps, workspaceId: string, wanted: WantedMessage): Promise<void> => {
  const { messages } = deps.store.workspace(workspaceId);
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const found = await messages.get(wanted._id);
    if (found === undefined) {
      if ((await insertMessage(deps, workspaceId, wanted)) === 'inserted') return;
      continue;
    }
    const now = deps.clock.now();
    const base = { ...found, content: wanted.content, wanted: found.wanted + 1, updatedAt: now };
    if (found.channelId !== wanted.channelId) {
      // Another place (a new owner's DM): what was posted stays where it is, and is not updated there any more.
      await leaveBehind(deps, found);
      const { ts: _ts, postedChannelId: _channel, token: _token, reason: _reason, ...left } = base;
      const { withdrawn: _withdrawn, ...rest } = left;
      const moved = {
        ...rest,
        channelId: wanted.channelId,
        ...(wanted.after === undefined ? {} : { after: wanted.after }),
        posted: 0,
        state: 'waiting' as const,
        fence: found.fence + 1,
        ambiguous: false,
        attempts: 0,
        wakeAt: now,
      };
      if (await messages.replace(moved)) return;
    } else if (found.state === 'claimed') {
      // Whoever delivers it now sees the higher number and goes round again.
      if (await messages.replace(base)) return;
    } else {
      const { reason: _reason, withdrawn: _withdrawn, ...rest } = base;
      const wakeAt = found.state === 'waiting' && found.wakeAt !== undefined ? found.wakeAt : now;
      const again = found.state === 'waiting' ? found.attempts : 0;
      if (await messages.replace({ ...rest, state: 'waiting', attempts: again, wakeAt })) return;
    }
  }
  throw new DomainError(
    'conflict',
    'Many people change this at once. Nothing was lost. Send again in a minute.',
  );
};

/** Wants a message that is said once: when the outbox has it, and it was not taken back, nothing changes. */
export const wantOnce = async (deps: Deps, workspaceId: string, wanted: WantedMessage): Promise<void> => {
  if ((await insertMessage(deps, workspaceId, wanted)) === 'inserted') return;
  const { messages } = deps.store.workspace(workspaceId);
  const found = await messages.get(wanted._id);
  if (found?.withdrawn !== true || found.ts !== undefined) return;
  const { withdrawn: _withdrawn, reason: _reason, ...rest } = found;
  const { channelId, content } = wanted;
  const now = deps.clock.now();
  // A lost race was lost to whoever wants the same.
  await messages.replace({
    ...rest,
    channelId,
    content,
    ...(wanted.postBy === undefined ? {} : { postBy: wanted.postBy }),
    state: 'waiting',
    attempts: 0,
    wakeAt: now,
    createdAt: now,
  });
};

const insertMessage = (
  deps: Deps,
  workspaceId: string,
  wanted: WantedMessage,
): Promise<'inserted' | 'duplicate'> => {
  const now = deps.clock.now();
  return deps.store.workspace(workspaceId).messages.insert({
    _id: wanted._id,
    channelId: wanted.channelId,
    content: wanted.content,
    wanted: 1,
    posted: 0,
    state: 'waiting',
    fence: 0,
    ambiguous: false,
    attempts: 0,
    createdAt: now,
    wakeAt: now,
    ...(wanted.threadOf === undefined ? {} : { threadOf: wanted.threadOf }),
    ...(wanted.after === undefined ? {} : { after: wanted.after }),
    ...(wanted.dueAt === undefined ? {} : { dueAt: wanted.dueAt }),
    ...(wanted.postBy === undefined ? {} : { postBy: wanted.postBy }),
  });
};

/** An update of the card that is in Slack's hands now would come after the line that takes its place. */
const inHandsMs = 15_000;

/** The card of a channel that its partnership moved away from becomes one line that says where to. Repeatable. */
export const leaveBehind = async (deps: Deps, found: OutboxMessage): Promise<void> => {
  const { _id, workspaceId, channelId, postedChannelId = channelId, content, ts, state } = found;
  if (content.kind !== 'partnership-card' || ts === undefined) return;
  const { messages, partnerships } = deps.store.workspace(workspaceId);
  const partnership = await partnerships.get(content.partnershipId);
  if (partnership === undefined) return;
  const { shared: fromShared } = await deps.directory.channel(workspaceId, channelId);
  const now = deps.clock.now();
  await messages.insert({
    _id: `${_id}:moved:${ts}`,
    channelId,
    postedChannelId,
    ts,
    content: { kind: 'moved', partnershipId: partnership._id, fromShared },
    wanted: 2,
    posted: 1,
    state: 'waiting',
    fence: 0,
    ambiguous: false,
    attempts: 0,
    createdAt: now,
    wakeAt: state === 'claimed' ? new Date(now.getTime() + inHandsMs) : now,
  });
};

/** The outbox `_id` of the introduction that counts in its channel. */
export const introductionId = ({
  _id,
  introducedChannelId,
}: Pick<Partnership, '_id' | 'introducedChannelId'>): string =>
  introducedChannelId === undefined ? `introduction:${_id}` : `introduction:${_id}:${introducedChannelId}`;

/** After every change of the plan: the owner's card again, and the channel's once it is there and takes posts. Pokes. */
export const wantCards = async (deps: Deps, partnership: Partnership): Promise<void> => {
  const { _id, workspaceId } = partnership;
  const ownerCard: WantedMessage = {
    _id: `owner-card:${_id}`,
    channelId: partnership.owner.userId,
    content: { kind: 'owner-card', partnershipId: _id },
  };
  const channelCard: WantedMessage = {
    _id: `card:${_id}`,
    channelId: partnership.channelId,
    content: { kind: 'partnership-card', partnershipId: _id },
    after: introductionId(partnership),
  };
  const here = partnership.state !== 'draft' && holdReason(partnership) === undefined;
  const cards = here ? [ownerCard, channelCard] : [ownerCard];
  // At once: neither needs the other, and one commit of the store can hold both.
  await Promise.all(cards.map((card) => wantMessage(deps, workspaceId, card)));
  deps.poke();
};
