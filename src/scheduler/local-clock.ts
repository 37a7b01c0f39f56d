import type { Clock } from '../ports.ts';

/** Where the offset is kept, shared by every process that lives in this local time. */
export interface OffsetPort {
  /** Milliseconds ahead of the host; 0 when nothing was stored. */
  load(): Promise<number>;
  save(ms: number): Promise<void>;
}

export interface LocalClock extends Clock {
  /** Takes over what another process set. Called before each tick. */
  reload(): Promise<void>;
  /** Moves to `target`, or stays when that is not ahead: local time never goes back. */
  moveTo(target: Date): Promise<void>;
  offsetMs(): number;
}

/** A clock that can be set forward: the host's time and a stored offset, which never gets smaller. */
export const openLocalClock = async (host: Clock, port: OffsetPort): Promise<LocalClock> => {
  let offset = Math.max(0, await port.load());
  const now = (): Date => new Date(host.now().getTime() + offset);
  const reload = async (): Promise<void> => {
    offset = Math.max(offset, await port.load());
  };
  return {
    now,
    elapsed: () => host.elapsed(),
    reload,
    moveTo: async (target) => {
      await reload();
      const ahead = target.getTime() - now().getTime();
      if (ahead <= 0) return;
      await port.save(offset + ahead);
      offset += ahead;
    },
    offsetMs: () => offset,
  };
};
