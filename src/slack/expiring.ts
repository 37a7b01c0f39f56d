import type { Clock } from '../ports.ts';

interface Expiring<T> {
  get(key: string): T | undefined;
  set(key: string, value: T): void;
  forget(key: string): void;
}

/** In memory and on monotonic time: a walked clock must not keep a stale channel alive. */
export const expiring = <T>(clock: Clock, forMs: number): Expiring<T> => {
  const kept = new Map<string, { value: T; until: number }>();
  return {
    get: (key) => {
      const entry = kept.get(key);
      return entry !== undefined && entry.until > clock.elapsed() ? entry.value : undefined;
    },
    set: (key, value) => {
      kept.set(key, { value, until: clock.elapsed() + forMs });
    },
    forget: (key) => {
      kept.delete(key);
    },
  };
};
