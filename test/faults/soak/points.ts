/**
 * The eight points between two steps of an occurrence's life, found by wrapping the store and `fetch` from outside:
 * the engine knows nothing of them.
 */
import type { OutboxMessage } from '../../../src/domain/message.ts';
import type { Repository, Store, Stored, WorkspaceStore } from '../../../src/ports.ts';

export const points = [
  'before insert',
  'insert/advance',
  'advance/claim',
  'claim/post',
  'inside post',
  'post/record',
  'record/fan-out',
  'during reconcile',
] as const;
/** Where a long run strikes too: an older update that comes late hides a newer one. */
export const soakPoints = [...points, 'inside update'] as const;
export type Point = (typeof soakPoints)[number];

/** Called when a process stands at a point with the thing of this id; resolves when it may go on. */
export type AtPoint = (point: Point, id: string) => Promise<void>;

/** A claim brings a new token; what is written under a token that was seen belongs to an earlier claim. */
const newClaims = () => {
  const seen = new Set<string>();
  return ({ state, ts, token }: Pick<OutboxMessage, 'state' | 'ts' | 'token'>): boolean => {
    if (state !== 'claimed' || ts !== undefined || token === undefined || seen.has(token)) return false;
    seen.add(token);
    return true;
  };
};

const wrapped = <T extends Stored>(
  repository: Repository<T>,
  changed: Partial<Repository<T>>,
): Repository<T> => ({ ...repository, ...changed });

const workspaceWithPoints = (store: WorkspaceStore, at: AtPoint): WorkspaceStore => {
  const { occurrences, rhythms, messages } = store;
  const isNewClaim = newClaims();
  return {
    ...store,
    occurrences: wrapped(occurrences, {
      insert: async (doc) => {
        if (doc.kind === 'review' && doc.state === 'due') await at('before insert', doc._id);
        return occurrences.insert(doc);
      },
    }),
    rhythms: wrapped(rhythms, {
      replace: async (doc) => {
        await at('insert/advance', doc._id);
        return rhythms.replace(doc);
      },
    }),
    messages: wrapped(messages, {
      replace: async (doc) => {
        if (isNewClaim(doc)) {
          await at('advance/claim', doc._id);
          const won = await messages.replace(doc);
          if (won) await at('claim/post', doc._id);
          return won;
        }
        const records = doc.state === 'posted' && doc.ts !== undefined && doc.posted === 1;
        if (records) await at('post/record', doc._id);
        const won = await messages.replace(doc);
        if (records && won) await at('record/fan-out', doc._id);
        return won;
      },
    }),
  };
};

export const storeWithPoints = (store: Store, at: AtPoint): Store => ({
  ...store,
  workspace: (workspaceId) => workspaceWithPoints(store.workspace(workspaceId), at),
});

/** The operation id that a post carries, from its form-encoded body. */
export const operationIn = (body: unknown): string | undefined => {
  if (typeof body !== 'string') return undefined;
  const metadata = new URLSearchParams(body).get('metadata');
  return metadata === null ? undefined : /"operation":"((?:[^"\\]|\\.)*)"/.exec(metadata)?.[1];
};

const writes: ReadonlyMap<string, Point> = new Map([
  ['chat.postMessage', 'inside post'],
  ['chat.update', 'inside update'],
]);

/** Which claim of it a post or update is, from its form-encoded body. */
export const fenceIn = (body: string): number => {
  const found = /"fence":(\d+)/.exec(new URLSearchParams(body).get('metadata') ?? '');
  return Number(found?.[1] ?? 0);
};

/**
 * Stands at `inside post` and `inside update` twice: just before the request leaves, after the engine's own look at its fence, with
 * `before ` in front of the id; and when Slack's first byte has arrived, or nobody waits for it any more, before it is read.
 */
export const fetchWithPoints =
  (at: AtPoint, fetch: typeof globalThis.fetch): typeof globalThis.fetch =>
  async (input, init) => {
    const method = String(input).split('/').at(-1) ?? '';
    const write = writes.get(method);
    if (write !== undefined) await at(write, `before ${operationIn(init?.body)}`);
    try {
      return await fetch(input, init);
    } finally {
      if (write !== undefined) {
        await at(write, operationIn(init?.body) ?? 'unknown');
      } else if (method === 'conversations.history' || method === 'conversations.replies') {
        await at('during reconcile', new URLSearchParams(String(init?.body)).get('channel') ?? 'unknown');
      }
    }
  };
