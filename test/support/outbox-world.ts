import type { OutboxMessage } from '../../src/domain/message.ts';
import type { Deps } from '../../src/ports.ts';
import { openMemoryStore } from '../../src/store/open-store.ts';
import { wantMessage } from '../../src/usecases/want-message.ts';
import { type FakeMessenger, fakeMessenger } from './fake-messenger.ts';
import { memoryLog, reviewDeps, seed, type TestClock, testClock, workspaceId } from './review-world.ts';

/** An outbox with a Slack that a test can make fail, on Tuesday 20 Oct 2026, 16:00 in Berlin. */
export interface OutboxWorld {
  readonly clock: TestClock;
  readonly slack: FakeMessenger;
  readonly deps: Deps;
  readonly log: ReturnType<typeof memoryLog>;
  /** Wants a note in the shared channel, or in the thread of another message. */
  want(id?: string, threadOf?: string): Promise<void>;
  message(id?: string): Promise<OutboxMessage>;
  close(): Promise<void>;
}

export const openOutboxWorld = async (): Promise<OutboxWorld> => {
  const clock = testClock('2026-10-20T14:00:00Z');
  const slack = fakeMessenger(clock);
  const log = memoryLog();
  const deps = reviewDeps({ store: await openMemoryStore(), clock, messenger: slack, log });
  await seed(deps);
  return {
    clock,
    slack,
    deps,
    log,
    want: (id = 'm1', threadOf) =>
      wantMessage(deps, workspaceId, {
        _id: id,
        channelId: 'C1SHARED',
        content: { kind: 'note', text: 'hello' },
        ...(threadOf === undefined ? {} : { threadOf }),
      }),
    message: async (id = 'm1') => {
      const found = await deps.store.workspace(workspaceId).messages.get(id);
      if (found === undefined) throw new Error(`no message ${id}`);
      return found;
    },
    close: () => deps.store.close(),
  };
};
