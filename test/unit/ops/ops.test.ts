import { EventEmitter } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { type HealthServer, startHealth } from '../../../src/ops/health.ts';
import { createLog } from '../../../src/ops/log.ts';
import { stopInOrder, stopOnSignals } from '../../../src/ops/shutdown.ts';

const lines: string[] = [];
const log = createLog({
  level: 'info',
  now: () => new Date('2026-10-20T14:00:00Z'),
  write: (line) => lines.push(line),
});
let server: HealthServer | undefined;

afterEach(async () => {
  lines.length = 0;
  await server?.close();
  server = undefined;
});

test('a log line is one JSON object, with errors spelled out and nothing below the level', () => {
  log.debug('hidden');
  log.error('it broke', { error: new Error('no\nway', { cause: new Error('disk') }), big: 10n });
  expect(lines).toHaveLength(1);
  expect(lines[0]?.split('\n')).toHaveLength(2);
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({
    at: '2026-10-20T14:00:00.000Z',
    level: 'error',
    message: 'it broke',
    facts: { error: { name: 'Error', message: 'no\nway', cause: { message: 'disk' } }, big: '10' },
  });
});

test('a log line survives facts that cannot be written as JSON', () => {
  const ring: Record<string, unknown> = {};
  ring.ring = ring;
  log.info('round', { ring });
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ message: 'round', unloggable: expect.any(String) });
});

const get = async (path: string): Promise<{ status: number; body: string }> => {
  const answer = await fetch(`http://127.0.0.1:${server?.port}${path}`);
  return { status: answer.status, body: await answer.text() };
};

test('ready says which check fails, a hanging one included, while health stays ok', async () => {
  let storeUp = true;
  server = await startHealth({
    port: 0,
    gauges: () => ({ partnership_up: 1 }),
    checks: { store: () => storeUp, slack: async () => true },
  });
  expect(await get('/readyz')).toEqual({ status: 200, body: '{"ready":true,"store":true,"slack":true}\n' });
  storeUp = false;
  expect(await get('/readyz')).toEqual({ status: 503, body: '{"ready":false,"store":false,"slack":true}\n' });
  expect((await get('/healthz')).status).toBe(200);
  expect((await get('/metrics')).body).toContain('partnership_up 1');
  expect((await get('/other')).status).toBe(404);
});

test('a check that throws or never ends is a failed check', async () => {
  server = await startHealth({
    port: 0,
    gauges: () => ({}),
    checks: {
      store: () => {
        throw new Error('down');
      },
      slack: () => new Promise(() => undefined),
    },
  });
  expect(await get('/readyz')).toEqual({
    status: 503,
    body: '{"ready":false,"store":false,"slack":false}\n',
  });
});

test('a stopping bot is not ready', async () => {
  server = await startHealth({ port: 0, gauges: () => ({}), checks: {} });
  server.drain();
  expect((await get('/readyz')).status).toBe(503);
});

test('stopping goes through every step in order, also after one that failed', async () => {
  const done: string[] = [];
  const step = (name: string, fails = false) => ({
    name,
    run: () => {
      done.push(name);
      if (fails) throw new Error('no');
    },
  });
  expect(await stopInOrder([step('scheduler'), step('slack', true), step('store')], log)).toBe(false);
  expect(done).toEqual(['scheduler', 'slack', 'store']);
});

class FakeProcess extends EventEmitter {
  readonly codes: number[] = [];
  exit(code: number): void {
    this.codes.push(code);
  }
}

test('a signal stops once and exits 0', async () => {
  const fake = new FakeProcess();
  let stops = 0;
  stopOnSignals(fake, log, async () => {
    stops += 1;
    await wait(20);
    return true;
  });
  fake.emit('SIGTERM');
  await wait(60);
  expect(stops).toBe(1);
  expect(fake.codes).toEqual([0]);
});

test('an error that nobody handled stops the bot and exits 1', async () => {
  const fake = new FakeProcess();
  stopOnSignals(fake, log, async () => true);
  fake.emit('unhandledRejection', new Error('lost'));
  await wait(20);
  expect(fake.codes).toEqual([1]);
  expect(lines.join('')).toContain('lost');
});
