import type { Partnership } from '../../src/domain/partnership.ts';
import type { Profile } from '../../src/domain/person.ts';
import type { Deps } from '../../src/ports.ts';
import { type LocalClock, openLocalClock } from '../../src/scheduler/local-clock.ts';
import { tickUntilQuiet } from '../../src/scheduler/tick.ts';
import { createWalk, type Walk } from '../../src/scheduler/walk.ts';
import { openMemoryStore } from '../../src/store/open-store.ts';
import { type FakeMessenger, fakeMessenger } from './fake-messenger.ts';
import { memoryLog, reviewDeps, seed, testClock, workspaceId } from './review-world.ts';

/** One introduced partnership with a weekly pulse, in a time that is walked from one thing that is due to the next. */
export interface WalkingWorld {
  readonly clock: LocalClock;
  readonly slack: FakeMessenger;
  readonly deps: Deps;
  readonly walk: Walk;
  readonly log: ReturnType<typeof memoryLog>;
  walkTo(at: string): Promise<void>;
  /** They have pressed one of the bot's buttons before. */
  meet(...people: readonly Profile[]): Promise<void>;
  close(): Promise<void>;
}

/** `over` changes the partnership. */
export const openWalkingWorld = async (
  start: string,
  over: Partial<Partnership> = {},
): Promise<WalkingWorld> => {
  let offset = 0;
  const clock = await openLocalClock(testClock(start), {
    load: async () => offset,
    save: async (ms) => {
      offset = ms;
    },
  });
  const slack = fakeMessenger(clock);
  const log = memoryLog();
  const deps = reviewDeps({ store: await openMemoryStore(), clock, messenger: slack, log });
  const walk = createWalk({ clock, due: deps.store.due, tickUntilQuiet: () => tickUntilQuiet(deps) });
  await seed(deps, over);
  const { people: known } = deps.store.workspace(workspaceId);
  return {
    clock,
    slack,
    deps,
    walk,
    log,
    walkTo: async (at) => {
      await walk.walkTo(new Date(at));
    },
    meet: async (...people) => {
      for (const { teamId, userId, ...profile } of people)
        await known.insert({
          _id: `${workspaceId}:${teamId}.${userId}`,
          person: { teamId, userId },
          ...profile,
          fetchedAt: clock.now(),
          met: true,
        });
    },
    close: () => deps.store.close(),
  };
};
