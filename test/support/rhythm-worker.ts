/**
 * One bot process for the fault tests: ticks on a SQLite file as fast as it can. Slack is the parent, over IPC, so that
 * it outlives this process. Arguments: the database file, and how far ahead of the host its clock is, in ms.
 */
import { performance } from 'node:perf_hooks';
import type { Messenger, PostOutcome } from '../../src/ports.ts';
import { tick } from '../../src/scheduler/tick.ts';
import { openStore } from '../../src/store/open-store.ts';
import { memoryLog, reviewDeps } from './review-world.ts';

const [, , file = '', ahead = '0'] = process.argv;
const clock = {
  now: () => new Date(Date.now() + Number(ahead)),
  elapsed: () => performance.now(),
};

interface Answered {
  readonly id: number;
  readonly outcome?: PostOutcome;
  readonly found?: Awaited<ReturnType<Messenger['find']>>;
}
const waiting = new Map<number, (answered: Answered) => void>();
let serial = 0;
process.on('message', (answered: Answered) => {
  waiting.get(answered.id)?.(answered);
  waiting.delete(answered.id);
});
const ask = (call: keyof Messenger, input: unknown): Promise<Answered> =>
  new Promise((resolve) => {
    serial += 1;
    waiting.set(serial, resolve);
    process.send?.({ id: serial, call, input });
  });
const outcome = async (call: 'post' | 'update' | 'remove', input: unknown): Promise<PostOutcome> =>
  (await ask(call, input)).outcome ?? { kind: 'unknown', error: 'no answer' };
const messenger: Messenger = {
  post: ({ mayStill, ...to }) => (mayStill() ? outcome('post', to) : Promise.resolve({ kind: 'late' })),
  update: ({ mayStill, ...to }) => (mayStill() ? outcome('update', to) : Promise.resolve({ kind: 'late' })),
  remove: (at) => outcome('remove', at),
  find: async (at) => (await ask('find', at)).found ?? { kind: 'unreadable' },
};

const log = memoryLog();
const store = await openStore({ sqlitePath: file, log });
const deps = reviewDeps({ store, clock, messenger, log });
let stopping = false;
process.on('SIGTERM', () => {
  stopping = true;
});
while (!stopping) {
  const { done } = await tick(deps);
  process.send?.({ done, errors: log.errors.splice(0) });
  if (done === 0) await new Promise((resolve) => setTimeout(resolve, 20));
}
await store.close();
process.disconnect?.();
