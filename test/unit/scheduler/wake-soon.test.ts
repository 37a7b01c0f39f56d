import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createWakeSoon } from '../../../src/scheduler/wake-soon.ts';

const now = new Date('2026-10-20T14:00:00Z');
const none = () => undefined;
const started = (earliest: () => Promise<Date | undefined>) => {
  let wakes = 0;
  const soon = createWakeSoon({
    due: { earliest },
    clock: { now: () => now, elapsed: () => performance.now() },
    log: { debug: none, info: none, warn: none, error: none },
    wake: () => {
      wakes += 1;
    },
    withinMs: 1000,
  });
  return { soon, wakes: () => wakes };
};
const inMs = (ms: number) => async () => new Date(now.getTime() + ms);

test('wakes for what is due before the heartbeat, once, however often it looked', async () => {
  const { soon, wakes } = started(inMs(80));
  await soon.look();
  await soon.look();
  expect(wakes()).toBe(0);
  await wait(150);
  expect(wakes()).toBe(1);
});

test.each([
  ['lies further away', inMs(5000)],
  ['was due already', inMs(0)],
  ['does not exist', async () => undefined],
  ['cannot be read', () => Promise.reject(new Error('down'))],
])('leaves to the heartbeat what %s', async (_what, earliest) => {
  const { soon, wakes } = started(earliest);
  await soon.look();
  await wait(120);
  expect(wakes()).toBe(0);
});

test('does not wake after it was stopped', async () => {
  const { soon, wakes } = started(inMs(60));
  await soon.look();
  soon.stop();
  await soon.look();
  await wait(120);
  expect(wakes()).toBe(0);
});
