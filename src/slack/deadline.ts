/** From receipt to acknowledgement: a second less than Slack's three, for the way there and back. */
export const ackWithinMs = 2000;

export type InTime<T> = { readonly kind: 'done'; readonly value: T } | { readonly kind: 'late' };

/**
 * Waits for `work` until `ms` have passed. The work itself goes on: what it saves is found again by the repeat,
 * which carries the same request id. An error after the deadline goes to `afterwards`, so that it is not lost.
 */
export const withinMs = async <T>(
  ms: number,
  work: Promise<T>,
  afterwards: (error: unknown) => void,
): Promise<InTime<T>> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<InTime<T>>((resolve) => {
    timer = setTimeout(() => resolve({ kind: 'late' }), Math.max(0, ms));
  });
  let over = false;
  const done = work.then(
    (value): InTime<T> => ({ kind: 'done', value }),
    (error: unknown): InTime<T> => {
      if (!over) throw error;
      afterwards(error);
      return { kind: 'late' };
    },
  );
  try {
    return await Promise.race([done, late]);
  } finally {
    over = true;
    clearTimeout(timer);
  }
};
