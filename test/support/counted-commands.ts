import type { Store } from '../../src/ports.ts';

const commands: ReadonlySet<PropertyKey> = new Set(['get', 'find', 'insert', 'replace', 'remove']);

/** The same store, and how many commands its repositories have been given so far. */
export const countedCommands = (store: Store): { readonly store: Store; given(): number } => {
  let count = 0;
  const counted = <T extends object>(inner: T): T =>
    new Proxy(inner, {
      get: (target, name) => {
        const part: unknown = Reflect.get(target, name);
        if (typeof part === 'object' && part !== null) return counted(part);
        if (typeof part !== 'function' || !commands.has(name)) return part;
        return (...args: readonly unknown[]): unknown => {
          count += 1;
          return Reflect.apply(part, target, args);
        };
      },
    });
  return {
    store: { ...store, workspace: (workspaceId) => counted(store.workspace(workspaceId)) },
    given: () => count,
  };
};
