import type { DueWork } from '../ports.ts';
import type { LocalClock } from './local-clock.ts';

export interface Walk {
  /** Goes to `target` by way of everything that comes due before it, doing each at its time. */
  walkTo(target: Date): Promise<void>;
  /** "The bot was off until then": nothing happens on the way. */
  jumpTo(target: Date): Promise<void>;
}

/** The least step, so that work which stays due cannot hold the walk in one place. */
const leastStepMs = 60_000;
const mostSteps = 20_000;

export const createWalk = (parts: {
  readonly clock: LocalClock;
  readonly due: Pick<DueWork, 'earliest'>;
  readonly tickUntilQuiet: () => Promise<unknown>;
}): Walk => {
  const { clock, due, tickUntilQuiet } = parts;
  return {
    walkTo: async (target) => {
      await tickUntilQuiet();
      for (let step = 0; step < mostSteps; step += 1) {
        const next = await due.earliest(clock.now());
        if (next === undefined || next.getTime() > target.getTime()) break;
        const stuck = next.getTime() <= clock.now().getTime();
        await clock.moveTo(stuck ? new Date(clock.now().getTime() + leastStepMs) : next);
        if (clock.now().getTime() >= target.getTime()) break;
        await tickUntilQuiet();
      }
      await clock.moveTo(target);
      await tickUntilQuiet();
    },
    jumpTo: async (target) => {
      await clock.moveTo(target);
      await tickUntilQuiet();
    },
  };
};
