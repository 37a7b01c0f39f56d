import { useEffect, useRef, useState } from 'react';
import { listen } from './server.ts';

/** Grows with every change at the server; `bump` asks for a fresh look at once. */
export const useVersion = (): { version: number; bump: () => void } => {
  const [version, setVersion] = useState(0);
  const bump = useRef(() => setVersion((now) => now + 1)).current;
  useEffect(() => listen(bump), [bump]);
  return { version, bump };
};

export interface Live<T> {
  readonly data: T | undefined;
  readonly error: string | undefined;
}

/**
 * Reads again at each new `version`, one request at a time, and keeps the last answer of every `key` so that a channel
 * once seen is there at once. Null as key: nothing to read.
 */
export const useLive = <T>(key: string | null, version: number, load: () => Promise<T>): Live<T> => {
  const [answers, setAnswers] = useState<ReadonlyMap<string, Live<T>>>(new Map());
  const running = useRef<Map<string, { again: boolean }>>(new Map());
  const loader = useRef(load);
  loader.current = load;

  // biome-ignore lint/correctness/useExhaustiveDependencies: `version` is the signal to read again.
  useEffect(() => {
    if (key === null) return;
    const before = running.current.get(key);
    if (before !== undefined) {
      before.again = true;
      return;
    }
    const run = { again: false };
    running.current.set(key, run);
    const read = loader.current;
    const readUntilQuiet = async (): Promise<void> => {
      do {
        run.again = false;
        const answer = await read().then(
          (data): Live<T> => ({ data, error: undefined }),
          (error: unknown): Live<T> => ({
            data: undefined,
            error: String(error instanceof Error ? error.message : error),
          }),
        );
        setAnswers((now) => {
          const data = answer.data ?? now.get(key)?.data;
          return new Map(now).set(key, { data, error: answer.error });
        });
      } while (run.again);
      running.current.delete(key);
    };
    void readUntilQuiet();
  }, [key, version]);

  return (key === null ? undefined : answers.get(key)) ?? { data: undefined, error: undefined };
};
