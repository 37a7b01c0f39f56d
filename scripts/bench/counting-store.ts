import type { Store } from '../../src/ports.ts';

const writes: ReadonlySet<PropertyKey> = new Set(['insert', 'replace', 'remove']);
/** What a write answers when it changed the database: a duplicate or a lost compare-and-set costs no commit. */
const changed: ReadonlySet<unknown> = new Set(['inserted', true]);

/** The same store, and how many writes through its repositories have changed it so far. */
export const countingStore = (store: Store): { readonly store: Store; written(): number } => {
  let count = 0;
  const counted = <T extends object>(inner: T): T =>
    new Proxy(inner, {
      get: (target, name) => {
        const part: unknown = Reflect.get(target, name);
        if (typeof part === 'object' && part !== null) return counted(part);
        if (typeof part !== 'function' || !writes.has(name)) return part;
        return async (...given: readonly unknown[]): Promise<unknown> => {
          const outcome: unknown = await Reflect.apply(part, target, given);
          if (changed.has(outcome)) count += 1;
          return outcome;
        };
      },
    });
  return {
    store: { ...store, workspace: (workspaceId) => counted(store.workspace(workspaceId)) },
    written: () => count,
  };
};
