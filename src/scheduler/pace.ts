import type { Pace } from '../ports.ts';

const mostKept = 2_000;

/** Remembers when this process last posted in a channel, for as long as that matters. */
export const createPace = (gapMs: number): Pace => {
  const last = new Map<string, number>();
  const forgetOld = (now: number): void => {
    for (const [channel, at] of last) if (now - at >= gapMs) last.delete(channel);
  };
  return {
    freeAt: (channel) => (last.get(channel) ?? Number.NEGATIVE_INFINITY) + gapMs,
    posted: (channel, at) => {
      if (last.size >= mostKept) forgetOld(at.getTime());
      last.set(channel, at.getTime());
    },
  };
};
