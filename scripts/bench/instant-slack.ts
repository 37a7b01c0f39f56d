import type { Clock, Messenger } from '../../src/ports.ts';

export interface Post {
  readonly operationId: string;
  readonly channelId: string;
  readonly ts: string;
  readonly at: Date;
}

/** A Slack that answers at once, so that a figure is the engine's and the store's alone. */
export interface InstantSlack extends Messenger {
  readonly posts: readonly Post[];
  updates(): number;
  /** How often it answered 429. */
  limits(): number;
}

/** With `gapMs` a channel takes one new message in so long; a further one is answered with 429, as Slack does. */
export const instantSlack = (clock: Clock, gapMs = 0): InstantSlack => {
  const posts: Post[] = [];
  const lastOf = new Map<string, number>();
  let updates = 0;
  let limits = 0;
  return {
    posts,
    updates: () => updates,
    limits: () => limits,
    post: async ({ channelId, operationId }) => {
      const at = clock.now();
      const free = (lastOf.get(channelId) ?? Number.NEGATIVE_INFINITY) + gapMs;
      if (at.getTime() < free) {
        limits += 1;
        // Slack says whole seconds.
        return { kind: 'limited', retryAfterMs: 1000 * Math.ceil((free - at.getTime()) / 1000) };
      }
      lastOf.set(channelId, at.getTime());
      const ts = `${Math.floor(at.getTime() / 1000)}.${String(posts.length).padStart(6, '0')}`;
      posts.push({ operationId, channelId, ts, at });
      return { kind: 'done', channelId, ts };
    },
    update: async ({ channelId, ts }) => {
      updates += 1;
      return { kind: 'done', channelId, ts };
    },
    remove: async ({ channelId, ts }) => ({ kind: 'done', channelId, ts }),
    find: async ({ operationId }) => ({
      kind: 'copies',
      copies: posts
        .filter((one) => one.operationId === operationId)
        .map(({ channelId, ts }) => ({ channelId, ts, replies: 0 })),
    }),
  };
};
