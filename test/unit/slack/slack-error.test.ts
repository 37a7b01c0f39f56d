import { once } from 'node:events';
import { createServer } from 'node:net';
import {
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebAPIRequestError,
} from '@slack/web-api';
import { expect, test } from 'vitest';
import { outcomeOf, slackCode } from '../../../src/slack/slack-error.ts';

const platform = (error: string, messages?: string[]): WebAPIPlatformError =>
  new WebAPIPlatformError({
    ok: false,
    error,
    ...(messages === undefined ? {} : { response_metadata: { messages } }),
  });

test.each(['internal_error', 'fatal_error', 'service_unavailable', 'request_timeout', '<html>502</html>'])(
  'does not know whether a post that was answered with %s happened',
  (code) => {
    expect(outcomeOf(platform(code))).toEqual({ kind: 'unknown', error: code });
  },
);

test.each([
  new WebAPIRequestError(new Error('socket hang up')),
  new WebAPIHTTPError(502, 'Bad Gateway', {}),
  new Error('anything'),
])('does not know whether a post that ended in %s happened', (error) => {
  expect(outcomeOf(error).kind).toBe('unknown');
});

test('waits as long as Slack says', () => {
  expect(outcomeOf(new WebAPIRateLimitedError(7))).toEqual({ kind: 'limited', retryAfterMs: 7000 });
});

test.each([
  ['invalid_blocks', true],
  ['account_inactive', true],
  ['msg_too_long', true],
  ['not_in_channel', true],
  ['is_archived', true],
  ['message_limit_exceeded', false],
])('takes %s as a refusal, for good: %s', (code, permanent) => {
  expect(outcomeOf(platform(code))).toEqual({ kind: 'refused', error: code, permanent });
});

test('keeps where in the blocks Slack found the fault', () => {
  expect(outcomeOf(platform('invalid_blocks', ['[ERROR] no more than 50 items allowed']))).toMatchObject({
    error: 'invalid_blocks: [ERROR] no more than 50 items allowed',
  });
});

test('gives the code only when Slack itself answered', () => {
  expect(slackCode(platform('not_found'))).toBe('not_found');
  expect(slackCode(new Error('not_found'))).toBeUndefined();
});

test('knows that nothing happened where no connection could be made', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  server.close();
  await once(server, 'close');
  const failed = await fetch(`http://127.0.0.1:${port}/`).catch((error: unknown) => error);
  expect(failed).toBeInstanceOf(Error);
  expect(outcomeOf(new WebAPIRequestError(failed as Error))).toEqual({
    kind: 'refused',
    error: 'no way to Slack (ECONNREFUSED)',
    permanent: false,
  });
});
