import type { Store } from '../../src/ports.ts';

const writes = ['insert', 'replace', 'remove'] as const;
const commands: ReadonlySet<PropertyKey> = new Set(['get', 'find', ...writes]);
const isWrite: ReadonlySet<PropertyKey> = new Set(writes);
/** What a write answers when it changed the database: a duplicate or a lost compare-and-set costs no commit. */
const changed: ReadonlySet<unknown> = new Set(['inserted', true]);

/** The same store, and how many commands its repositories were given so far; how many of them changed it. */
export const countingStore = (
  store: Store,
): { readonly store: Store; given(): number; written(): number } => {
  let given = 0;
  let written = 0;
  const counted = <T extends object>(inner: T): T =>
    new Proxy(inner, {
      get: (target, name) => {
        const part: unknown = Reflect.get(target, name);
        if (typeof part === 'object' && part !== null) return counted(part);
        if (typeof part !== 'function' || !commands.has(name)) return part;
        return async (...args: readonly unknown[]): Promise<unknown> => {
          given += 1;
          const outcome: unknown = await Reflect.apply(part, target, args);
          if (isWrite.has(name) && changed.has(outcome)) written += 1;
          return outcome;
        };
      },
    });
  return {
    store: { ...store, workspace: (workspaceId) => counted(store.workspace(workspaceId)) },
    given: () => given,
    written: () => written,
  };
};
