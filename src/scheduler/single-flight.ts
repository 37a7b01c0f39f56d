export interface SingleFlight {
  /**
   * Runs, one at a time. A call during a run asks for one more afterwards and resolves when that has ended, so that
   * what the caller wrote just before was seen.
   */
  (): Promise<void>;
  /** Resolves when nothing runs. */
  idle(): Promise<void>;
}

export const singleFlight = (run: () => Promise<void>): SingleFlight => {
  let running: Promise<void> | undefined;
  let next: Promise<void> | undefined;
  const start = (): Promise<void> => {
    running = run().finally(() => {
      running = undefined;
    });
    return running;
  };
  const call = (): Promise<void> => {
    if (running === undefined) return start();
    next ??= running.then(
      () => startNext(),
      () => startNext(),
    );
    return next;
  };
  const startNext = (): Promise<void> => {
    next = undefined;
    return start();
  };
  const idle = async (): Promise<void> => {
    while (running !== undefined || next !== undefined) await (next ?? running);
  };
  return Object.assign(call, { idle });
};
