import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { withinMs } from '../../../src/slack/deadline.ts';
import { inFlight } from '../../../src/slack/in-flight.ts';

test('gives the value of work that is in time', async () => {
  expect(await withinMs(500, Promise.resolve(7), () => undefined)).toEqual({ kind: 'done', value: 7 });
});

test('throws what work in time throws, and reports it to nobody else', async () => {
  const reported: unknown[] = [];
  const failing = withinMs(500, Promise.reject(new Error('no')), (error) => reported.push(error));
  await expect(failing).rejects.toThrow('no');
  expect(reported).toEqual([]);
});

test('answers late work at the deadline and lets it end', async () => {
  let ended = false;
  const work = wait(120).then(() => {
    ended = true;
  });
  expect(await withinMs(20, work, () => undefined)).toEqual({ kind: 'late' });
  expect(ended).toBe(false);
  await work;
  expect(ended).toBe(true);
});

test('reports an error that comes after the deadline', async () => {
  const reported: unknown[] = [];
  const work = wait(60).then(() => {
    throw new Error('too late');
  });
  expect(await withinMs(10, work, (error) => reported.push(String(error)))).toEqual({ kind: 'late' });
  await wait(100);
  expect(reported).toEqual(['Error: too late']);
});

test('is late at once when the time was over before', async () => {
  expect(await withinMs(-50, wait(30), () => undefined)).toEqual({ kind: 'late' });
});

test('draining waits for all work, also for work that began meanwhile and work that failed', async () => {
  const running = inFlight();
  let ended = 0;
  const failing = running.track(wait(20).then(() => Promise.reject(new Error('no'))));
  failing.catch(() => undefined);
  void running.track(
    wait(30).then(() => {
      void running.track(wait(40).then(() => (ended += 1)));
    }),
  );
  expect(running.count()).toBe(2);
  expect(await running.drained(1000)).toBe(true);
  expect(ended).toBe(1);
  expect(running.count()).toBe(0);
});

test('draining gives up in time', async () => {
  const running = inFlight();
  void running.track(wait(300));
  expect(await running.drained(20)).toBe(false);
});
