import type { MessageContent } from '../../src/domain/message.ts';
import type { Clock, Messenger, PostOutcome } from '../../src/ports.ts';

/** A message as this Slack has it. */
export interface HeldMessage {
  readonly channelId: string;
  readonly ts: string;
  readonly threadTs?: string;
  readonly operationId: string;
  content: MessageContent;
  readonly postedAt: Date;
  fence: number;
  updates: number;
}

/**
 * What goes wrong with the next calls, first in first out. `lost-reply`: accepted, then no answer. `dropped`: never
 * arrived, no answer. `late`: no answer, and it arrives when `arrive` is called.
 */
export type Fault =
  | 'none'
  | 'lost-reply'
  | 'dropped'
  | 'late'
  | { readonly limitedMs: number }
  | { readonly refused: string; readonly permanent: boolean };

export interface FakeMessenger extends Messenger {
  readonly messages: HeldMessage[];
  readonly faults: Fault[];
  /** The same for the next removals. */
  readonly removals: Fault[];
  /** Runs inside the next post, before it arrives: another process at the worst moment. */
  duringPost: (() => Promise<void>) | undefined;
  /** Runs inside the next update, before it arrives. */
  duringUpdate: (() => Promise<void>) | undefined;
  /** Runs while the next post or update is drawn. */
  duringDrawing: (() => Promise<void>) | undefined;
  historyReadable: boolean;
  /** Milliseconds to wait that the next reads of history are answered with. */
  readonly historyLimits: number[];
  /** Attempts to post, also those that failed. */
  posts: number;
  finds: number;
  /** `ts` of messages that people replied to, once for each reply. */
  readonly peopleReplied: string[];
  arrive(): void;
  held(operationId: string): HeldMessage[];
  /** Root messages of a kind, in the order they stand in their channels. */
  roots(kind: MessageContent['kind']): HeldMessage[];
}

/** Slack as far as the outbox sees it: it keeps what it was given, and can lose an answer. */
export const fakeMessenger = (clock: Clock): FakeMessenger => {
  const messages: HeldMessage[] = [];
  const faults: Fault[] = [];
  const removals: Fault[] = [];
  const late: HeldMessage[] = [];
  let serial = 0;
  const nextTs = (): string => {
    serial += 1;
    return `${Math.floor(clock.now().getTime() / 1000)}.${String(serial).padStart(6, '0')}`;
  };
  const failing = (fault: Fault): PostOutcome | undefined => {
    if (typeof fault !== 'object') return undefined;
    if ('limitedMs' in fault) return { kind: 'limited', retryAfterMs: fault.limitedMs };
    return { kind: 'refused', error: fault.refused, permanent: fault.permanent };
  };
  const peopleReplied: string[] = [];
  const repliesTo = (channelId: string, ts: string): number =>
    messages.filter((one) => one.channelId === channelId && one.threadTs === ts).length +
    peopleReplied.filter((one) => one === ts).length;
  const lost: PostOutcome = { kind: 'unknown', error: 'socket hang up' };
  const drawing = async (): Promise<void> => {
    const during = fake.duringDrawing;
    fake.duringDrawing = undefined;
    await during?.();
  };
  const fake: FakeMessenger = {
    messages,
    faults,
    removals,
    peopleReplied,
    duringPost: undefined,
    duringUpdate: undefined,
    duringDrawing: undefined,
    historyReadable: true,
    historyLimits: [],
    posts: 0,
    finds: 0,
    arrive: () => {
      messages.push(...late.splice(0));
    },
    held: (operationId) => messages.filter((one) => one.operationId === operationId),
    roots: (kind) => messages.filter((one) => one.content.kind === kind && one.threadTs === undefined),
    post: async ({ channelId, threadTs, content, operationId, fence, mayStill }) => {
      await drawing();
      if (!mayStill()) return { kind: 'late' };
      fake.posts += 1;
      const fault = faults.shift() ?? 'none';
      const during = fake.duringPost;
      fake.duringPost = undefined;
      await during?.();
      const failed = failing(fault);
      if (failed !== undefined) return failed;
      if (fault === 'dropped') return lost;
      const message: HeldMessage = {
        // Slack opens a direct message under an id of its own.
        channelId: channelId.startsWith('U') ? `D${channelId.slice(1)}` : channelId,
        ts: nextTs(),
        ...(threadTs === undefined ? {} : { threadTs }),
        operationId,
        content,
        postedAt: clock.now(),
        fence,
        updates: 0,
      };
      (fault === 'late' ? late : messages).push(message);
      if (fault !== 'none') return lost;
      return { kind: 'done', channelId: message.channelId, ts: message.ts };
    },
    update: async ({ channelId, ts, content, fence, mayStill }) => {
      await drawing();
      if (!mayStill()) return { kind: 'late' };
      const fault = faults.shift() ?? 'none';
      const during = fake.duringUpdate;
      fake.duringUpdate = undefined;
      await during?.();
      const failed = failing(fault);
      if (failed !== undefined) return failed;
      if (fault === 'dropped') return lost;
      const message = messages.find((one) => one.channelId === channelId && one.ts === ts);
      if (message === undefined) return { kind: 'refused', error: 'message_not_found', permanent: true };
      message.updates += 1;
      message.content = content;
      message.fence = fence;
      return fault === 'none' ? { kind: 'done', channelId, ts } : lost;
    },
    remove: async ({ channelId, ts }) => {
      const failed = failing(removals.shift() ?? 'none');
      if (failed !== undefined) return failed;
      const at = messages.findIndex((one) => one.channelId === channelId && one.ts === ts);
      if (at === -1) return { kind: 'refused', error: 'message_not_found', permanent: true };
      messages.splice(at, 1);
      return { kind: 'done', channelId, ts };
    },
    find: async ({ operationId, since }) => {
      fake.finds += 1;
      const retryAfterMs = fake.historyLimits.shift();
      if (retryAfterMs !== undefined) return { kind: 'limited', retryAfterMs };
      if (!fake.historyReadable) return { kind: 'unreadable' };
      const copies = messages
        .filter((one) => one.operationId === operationId && one.postedAt >= since)
        .map(({ channelId, ts }) => ({ channelId, ts, replies: repliesTo(channelId, ts) }));
      return { kind: 'copies', copies };
    },
  };
  return fake;
};
