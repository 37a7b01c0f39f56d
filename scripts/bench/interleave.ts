import { setTimeout as wait } from 'node:timers/promises';

export interface Side {
  /** Sends one request, checks its answer, and gives the milliseconds to its acknowledgement. */
  readonly send: () => Promise<number>;
  /** Every acknowledgement after the warm-up, in milliseconds. */
  readonly acks: number[];
}

export const side = (send: Side['send']): Side => ({ send, acks: [] });

/** After each request, on every side alike: what an app still does after its acknowledgement is no queue here. */
export const pauseMs = 3;
export const warmUp = 200;
const block = 50;

/** `count` requests a side, one at a time, in blocks that take turns: a drift of the machine meets all sides alike. */
export const interleave = async (sides: readonly Side[], count: number): Promise<void> => {
  const run = async (one: Side, requests: number, keep: boolean): Promise<void> => {
    for (let nth = 0; nth < requests; nth += 1) {
      const ms = await one.send();
      if (keep) one.acks.push(ms);
      await wait(pauseMs);
    }
  };
  for (const one of sides) await run(one, warmUp, false);
  for (let done = 0; done < count; done += block) {
    for (const one of sides) await run(one, Math.min(block, count - done), true);
  }
};
