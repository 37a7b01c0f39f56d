import { createHmac } from 'node:crypto';
import { type AppAnswer, type AppRequest, ackLimitMs, type Delivery } from './delivery.ts';

const bodyOf = (request: AppRequest): { type: string; body: string } => {
  if (request.kind === 'event') return { type: 'application/json', body: JSON.stringify(request.body) };
  const fields = request.kind === 'command' ? request.fields : { payload: JSON.stringify(request.payload) };
  return { type: 'application/x-www-form-urlencoded', body: new URLSearchParams(fields).toString() };
};

const retryHeaders = (request: AppRequest): Record<string, string> =>
  request.kind === 'event' && request.retry !== undefined
    ? { 'x-slack-retry-num': String(request.retry.num), 'x-slack-retry-reason': request.retry.reason }
    : {};

/** `v0=` and an HMAC over version, time and raw body. The time is the host's, as the bot checks it against its own. */
const sign = (secret: string, timestamp: string, body: string): string =>
  `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex')}`;

const answerBody = (text: string, type: string): unknown => {
  if (text === '') return undefined;
  if (!type.includes('json')) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};

export interface HttpTarget {
  /** Changes when the bot starts on another port. */
  url: string;
  readonly signingSecret: string;
}

/** Signed requests to one address, for events, commands, interactions and options alike. */
export const httpDelivery = (target: HttpTarget): Delivery => {
  let online = true;
  const post = async (request: AppRequest): Promise<AppAnswer> => {
    const { type, body } = bodyOf(request);
    const timestamp = String(Math.floor(Date.now() / 1000));
    const response = await fetch(target.url, {
      method: 'POST',
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(ackLimitMs),
      headers: {
        'content-type': type,
        'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
        'x-slack-request-timestamp': timestamp,
        'x-slack-signature': sign(target.signingSecret, timestamp, body),
        ...retryHeaders(request),
      },
    });
    const text = await response.text();
    online = true;
    if (response.ok) {
      return { kind: 'acked', body: answerBody(text, response.headers.get('content-type') ?? '') };
    }
    const noRetry = response.headers.get('x-slack-no-retry') === '1';
    return { kind: 'failed', reason: 'http_error', noRetry };
  };
  return {
    send: (request) =>
      post(request).catch((error: unknown): AppAnswer => {
        if (error instanceof DOMException && error.name === 'TimeoutError') return { kind: 'late' };
        online = false;
        return { kind: 'failed', reason: 'connection_failed', noRetry: false };
      }),
    reachable: () => Promise.resolve(),
    online: () => online,
    close: () => Promise.resolve(),
  };
};
