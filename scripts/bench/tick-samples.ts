import { setTimeout as wait } from 'node:timers/promises';
import { hostClock } from '../../src/host.ts';
import type { Deps, Log } from '../../src/ports.ts';
import { leaseMs } from '../../src/scheduler/outbox.ts';
import { tick, tickUntilQuiet } from '../../src/scheduler/tick.ts';
import { wantOnce } from '../../src/usecases/want-message.ts';
import { forEach } from './due-reviews.ts';
import { engineParts } from './engine-parts.ts';
import { instantSlack } from './instant-slack.ts';
import { type FilledStore, workspaceIdAt } from './tick-stores.ts';

/** How long ticks took on one store, in milliseconds. */
export interface Sampled {
  readonly filled: FilledStore;
  /** With a hundred messages due: one pass, which delivers a page of fifty. */
  readonly busy: readonly number[];
  /** With nothing due. */
  readonly idle: readonly number[];
  readonly dueRead: string;
}

const due = 100;
const page = 50;

interface Subject {
  readonly filled: FilledStore;
  readonly deps: Deps;
  readonly posted: () => number;
  readonly busy: number[];
  readonly idle: number[];
  dueRead: string;
}

const subjectOf = (filled: FilledStore, log: Log): Subject => {
  const slack = instantSlack(hostClock);
  const deps = engineParts({ store: filled.store, clock: hostClock, messenger: slack, log });
  return { filled, deps, posted: () => slack.posts.length, busy: [], idle: [], dueRead: '' };
};

const timedTick = async (deps: Deps, done: number): Promise<number> => {
  const began = performance.now();
  const ticked = await tick(deps);
  const ms = performance.now() - began;
  if (ticked.done !== done) throw new Error(`A tick did ${ticked.done} things, not ${done}.`);
  return ms;
};

/** In a store that is still cold a claim can be too old to post by: it is due again when its lease is over. */
const untilPosted = async ({ deps, posted }: Subject, all: number): Promise<void> => {
  const end = performance.now() + 2 * leaseMs;
  while (posted() < all && performance.now() < end) {
    await wait(1_000);
    await tickUntilQuiet(deps);
  }
};

/** A hundred messages, each in a channel of its own, delivered and removed: the store is as large as before. */
const sample = async (subject: Subject, round: number): Promise<void> => {
  const { deps, filled } = subject;
  const before = subject.posted();
  const wanted = Array.from({ length: due }, (_, nth) => ({
    workspaceId: workspaceIdAt(round * due + nth, filled.workspaces),
    _id: `note:${round}:${nth}`,
    channelId: `CNOTE${nth}`,
  }));
  await forEach(wanted, ({ workspaceId, ...one }) =>
    wantOnce(deps, workspaceId, { ...one, content: { kind: 'note', text: 'Ten of us meet on Tuesday.' } }),
  );
  if (round === 0) subject.dueRead = await filled.dueRead();
  const busy = await timedTick(deps, page);
  await tickUntilQuiet(deps);
  if (round === 0) await untilPosted(subject, before + due);
  if (subject.posted() - before !== due)
    throw new Error(`${subject.posted() - before} of ${due} messages were posted.`);
  const idle = await timedTick(deps, 0);
  // The first round finds everything cold.
  if (round > 0) {
    subject.busy.push(busy);
    subject.idle.push(idle);
  }
  await forEach(wanted, async ({ workspaceId, _id }) => {
    await deps.store.workspace(workspaceId).messages.remove(_id);
  });
};

/** `count` samples a store, the stores in turns: a drift of the machine meets all of them alike. */
export const sampleTicks = async (
  stores: readonly FilledStore[],
  count: number,
  log: Log,
): Promise<readonly Sampled[]> => {
  const subjects = stores.map((filled) => subjectOf(filled, log));
  for (let round = 0; round <= count; round += 1) {
    for (const subject of subjects) await sample(subject, round);
  }
  return subjects;
};
