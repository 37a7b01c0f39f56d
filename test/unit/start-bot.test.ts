import { once } from 'node:events';
import { createServer } from 'node:net';
import { WebAPIPlatformError } from '@slack/web-api';
import { expect, test } from 'vitest';
import { StoreUnavailable } from '../../src/domain/errors.ts';
import { startHealth } from '../../src/ops/health.ts';
import { CannotStart, sentenceForStart, startBot } from '../../src/start-bot.ts';

const none = () => undefined;
const log = { debug: none, info: none, warn: none, error: none };

test('a refused token can never start, and the sentence names what to check', async () => {
  const start = () => Promise.reject(new WebAPIPlatformError({ ok: false, error: 'invalid_auth' }));
  const starting = startBot({ start }, log, () => false);
  await expect(starting).rejects.toThrow(CannotStart);
  await expect(starting).rejects.toThrow('Slack refuses this token: invalid_auth.');
});

test('a port that is taken is said by its number', async () => {
  const server = createServer().listen(0);
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const taken = await startHealth({ port, checks: {}, gauges: () => ({}) }).catch((error: unknown) => error);
  expect(sentenceForStart(taken)).toBe(`Port ${port} is in use. Set another PORT or OPS_PORT.`);
  server.close();
});

test('an outage is no reason to give up', () => {
  expect(sentenceForStart(new StoreUnavailable('down'))).toBeUndefined();
  expect(sentenceForStart(new WebAPIPlatformError({ ok: false, error: 'internal_error' }))).toBeUndefined();
});

test('stops trying once it is told to stop', async () => {
  const start = () => Promise.reject(new StoreUnavailable('down'));
  await expect(startBot({ start }, log, () => true)).rejects.toThrow('down');
});
