/** Counts what is still being worked on, since neither of Bolt's receivers waits for listeners when it stops. */
export interface InFlight {
  /** Counts `work` until it settles, and gives it back. */
  track<T>(work: Promise<T>): Promise<T>;
  count(): number;
  /** Resolves when nothing is left, or after `ms`; says whether it was the former. */
  drained(ms: number): Promise<boolean>;
}

export const inFlight = (): InFlight => {
  const running = new Set<Promise<unknown>>();
  return {
    track: (work) => {
      const settled = work.then(
        () => undefined,
        () => undefined,
      );
      running.add(settled);
      void settled.then(() => running.delete(settled));
      return work;
    },
    count: () => running.size,
    drained: async (ms) => {
      let timer: NodeJS.Timeout | undefined;
      const timeout = new Promise<false>((resolve) => {
        timer = setTimeout(() => resolve(false), ms);
      });
      const done = (async (): Promise<true> => {
        while (running.size > 0) await Promise.all(running);
        return true;
      })();
      try {
        return await Promise.race([done, timeout]);
      } finally {
        clearTimeout(timer);
      }
    },
  };
};
