import { performFault } from './fault-acts.ts';
import type { ClockAct, ClockResult, Fault, FaultAct, FaultList } from './page-acts.ts';
import type { Ping } from './page-api.ts';
import { directMessage, findMessage, isReply, openMessages, repliesTo } from './people-and-channels.ts';
import { distinctPings } from './pings.ts';
import type { Message } from './records.ts';
import type { Rendered } from './rendered.ts';
import { type Actor, actorOf } from './test-actor.ts';
import type { Workspace } from './workspace.ts';

/** What a test in this process may see and do; the bot itself still has nothing but sockets. */
export interface TestHandle {
  as(userId: string): Actor;
  /** What everybody in the channel sees, without the replies, oldest first. */
  messages(channelId: string): Message[];
  replies(channelId: string, ts: string): Message[];
  /** What a shared file holds, by its id. */
  file(id: string): string | undefined;
  /** Whom any version of this message pinged or named. Throws when there is no such message. */
  pingsOf(channelId: string, ts: string): Ping[];
  /** The direct message between the bot and somebody. */
  directMessageWith(userId: string): string;
  /** Every distinct message and view that was accepted so far. */
  dumpRendered(): Rendered[];
  /** Arms a fault for the bot's next calls. */
  fault(fault: Fault): void;
  /** Clears faults, does something to a channel, deactivates somebody. */
  disturb(act: FaultAct): FaultList;
  clock(act: ClockAct): Promise<ClockResult>;
  /** Looks again every 10 ms until `look` finds something; throws with `what` after 5 s (or `timeoutMs`). */
  waitFor<T>(what: string, look: () => T | undefined | false | null, timeoutMs?: number): Promise<T>;
  /** Resolves when every event that was sent has been acknowledged or waits for its retry. */
  quiet(): Promise<void>;
}

export const testHandle = (
  workspace: Workspace,
  moveClock: (act: ClockAct) => Promise<ClockResult>,
): TestHandle => {
  const { world } = workspace;
  return {
    as: (userId) => actorOf(workspace, userId),
    messages: (channelId) => openMessages(world, channelId).filter((message) => !isReply(message)),
    replies: (channelId, ts) => {
      const root = findMessage(world, channelId, ts);
      return root === undefined ? [] : repliesTo(world, root);
    },
    file: (id) => workspace.files.get(id)?.text,
    pingsOf: (channelId, ts) => {
      const message = findMessage(world, channelId, ts);
      if (message === undefined) throw new Error(`There is no message ${ts} in ${channelId}`);
      return distinctPings([...message.pings, ...message.laterPings]);
    },
    directMessageWith: (userId) => directMessage(world, userId).id,
    dumpRendered: () => workspace.rendered.all(),
    fault: (fault) => workspace.faults.add(fault),
    disturb: (act) => performFault(workspace, act),
    clock: moveClock,
    waitFor: async (what, look, timeoutMs = 5000) => {
      const until = performance.now() + timeoutMs;
      for (;;) {
        const found = look();
        if (found !== undefined && found !== false && found !== null) return found;
        if (performance.now() > until) throw new Error(`Waited ${timeoutMs} ms in vain for ${what}`);
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    },
    quiet: () => workspace.events.quiet(),
  };
};
