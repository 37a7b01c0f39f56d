import type { Log } from './log.ts';
import type { ClockAct, ClockResult } from './page-acts.ts';

/** The workspace's time, and what may move it. Without `control` it only runs. */
export interface LocalClock {
  now(): Date;
  readonly control?: {
    /** Time runs to `date` and the bot works off what is due on the way. */
    walkTo(date: Date): Promise<void>;
    /** To whatever is due next; stays where it is when nothing is. */
    walkToNext(): Promise<void>;
    /** Time is there at once. */
    jumpTo(date: Date): Promise<void>;
  };
}

const move = async (clock: LocalClock, act: ClockAct): Promise<string | undefined> => {
  if (act.act === 'read') return undefined;
  if (clock.control === undefined) return 'This clock only runs. There is nothing to move it with.';
  const before = clock.now();
  if (act.act === 'walk-to-next') {
    await clock.control.walkToNext();
    return clock.now().getTime() - before.getTime() > 1000 ? undefined : 'Nothing is due later.';
  }
  const date = new Date(act.date);
  if (date <= before) return 'Time does not run backwards. Choose a later moment.';
  if (act.act === 'walk-to') await clock.control.walkTo(date);
  else await clock.control.jumpTo(date);
  return undefined;
};

/** Moves the clock, one act at a time, and says where it stands. */
export const startClockControl = (clock: LocalClock, log: Log) => {
  let tail: Promise<unknown> = Promise.resolve();
  const turn = async (act: ClockAct): Promise<ClockResult> => {
    const refused = await move(clock, act).catch((error: unknown) => {
      log.error('The clock could not be moved', { error: String(error) });
      return 'The clock could not be moved. The log says why.';
    });
    return { now: clock.now().toISOString(), ...(refused !== undefined && { refused }) };
  };
  return (act: ClockAct): Promise<ClockResult> => {
    if (act.act === 'read') return turn(act);
    const mine = tail.then(() => turn(act));
    tail = mine;
    return mine;
  };
};
