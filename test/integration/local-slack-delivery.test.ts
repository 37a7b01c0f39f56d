import { createHmac } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { SocketModeClient } from '@slack/socket-mode';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { z } from 'zod';
import { quiet } from '../../src/local-slack/log.ts';
import { ids } from '../../src/local-slack/seed.ts';
import { type LocalSlack, type LocalSlackOptions, startLocalSlack } from '../../src/local-slack/server.ts';

const tokens = { bot: 'xoxb-local', app: 'xapp-local', scopes: ['channels:history'] };
const signingSecret = 'a signing secret of the local workspace';
const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const start = async (app: LocalSlackOptions['app']): Promise<LocalSlack> => {
  const slack = await startLocalSlack({
    port: 0,
    app,
    tokens,
    clock: { now: () => new Date() },
    retryDelays: [0, 40, 80],
    log: quiet,
  });
  closing.push(() => slack.close());
  return slack;
};

interface Got {
  readonly headers: Record<string, unknown>;
  readonly raw: string;
  readonly body: Record<string, unknown>;
}

/** A bare HTTP bot that answers as told, one status a request, then 200. */
const startReceiver = async (statuses: number[] = [], headers: Record<string, string> = {}) => {
  const got: Got[] = [];
  const server: Server = createServer((request, response) => {
    let raw = '';
    request.on('data', (part) => {
      raw += String(part);
    });
    request.on('end', () => {
      const isJson = request.headers['content-type'] === 'application/json';
      got.push({ headers: request.headers, raw, body: isJson ? JSON.parse(raw) : {} });
      response.writeHead(statuses.shift() ?? 200, headers);
      response.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => new Promise((resolve) => server.close(resolve)));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  return { got, url: `http://127.0.0.1:${port}/slack/events` };
};

describe('signed HTTP', () => {
  it('signs each request over its time and raw body, as Slack does', async () => {
    const { got, url } = await startReceiver();
    const slack = await start({ mode: 'http', requestUrl: url, signingSecret });
    await slack.as(ids.maya).say('hello', { channel: ids.internal });
    const one = await slack.waitFor('the event', () => got[0]);
    const timestamp = String(one.headers['x-slack-request-timestamp']);
    const expected = createHmac('sha256', signingSecret).update(`v0:${timestamp}:${one.raw}`).digest('hex');
    expect(one.headers['x-slack-signature']).toBe(`v0=${expected}`);
    expect(Math.abs(Date.now() / 1000 - Number(timestamp))).toBeLessThan(5);
    expect(one.headers).not.toHaveProperty('x-slack-retry-num');
  });

  it('sends an event again after a failure, three times at most, under one event_id', async () => {
    const { got, url } = await startReceiver([500, 503, 404, 500, 500]);
    const slack = await start({ mode: 'http', requestUrl: url, signingSecret });
    await slack.as(ids.maya).say('hello', { channel: ids.internal });
    await slack.waitFor('four tries', () => got.length === 4);
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(got.map(({ headers }) => headers['x-slack-retry-num'])).toEqual([undefined, '1', '2', '3']);
    expect(got[3]?.headers['x-slack-retry-reason']).toBe('http_error');
    expect(new Set(got.map(({ body }) => body.event_id)).size).toBe(1);
  });

  it('sends an event once when the answer says not to try again', async () => {
    const { got, url } = await startReceiver([500], { 'x-slack-no-retry': '1' });
    const slack = await start({ mode: 'http', requestUrl: url, signingSecret });
    await slack.as(ids.maya).say('hello', { channel: ids.internal });
    await slack.waitFor('the event', () => got.length === 1);
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(got).toHaveLength(1);
  });

  it('says nothing of channels that the bot is not in, and nothing without the scope', async () => {
    const { got, url } = await startReceiver();
    const slack = await start({ mode: 'http', requestUrl: url, signingSecret });
    await slack.as(ids.maya).say('unheard', { channel: ids.withoutBot });
    await slack.as(ids.maya).say('unheard', { channel: slack.directMessageWith(ids.maya) });
    await slack.as(ids.maya).say('heard', { channel: ids.internal });
    await slack.waitFor('the event', () => got.length > 0);
    await slack.quiet();
    expect(got.map(({ body }) => body.event)).toEqual([expect.objectContaining({ text: 'heard' })]);
  });

  it('fails a command at once when nobody listens', async () => {
    const slack = await start({ mode: 'http', requestUrl: 'http://127.0.0.1:9/', signingSecret });
    expect(await slack.as(ids.maya).command('/partnership', ids.internal)).toEqual({
      result: 'failed',
      message: '/partnership failed with the error "dispatch_failed"',
    });
  });
});

describe('Socket Mode', () => {
  const clientFor = (slack: LocalSlack): SocketModeClient => {
    const client = new SocketModeClient({
      appToken: tokens.app,
      clientOptions: { slackApiUrl: slack.apiUrl },
      clientPingTimeout: 200,
    });
    closing.push(() => client.disconnect());
    return client;
  };

  it('sends an unacknowledged event again with its attempt, and holds events while nobody is connected', async () => {
    const slack = await start({ mode: 'socket' });
    await slack.as(ids.maya).say('early', { channel: ids.internal });
    const client = clientFor(slack);
    const attempts: unknown[] = [];
    client.on('message', async ({ ack, retry_num, event }) => {
      attempts.push([event.text, retry_num]);
      if (attempts.length > 1) await ack();
    });
    await client.start();
    await slack.waitFor('two tries', () => attempts.length === 2, 6000);
    expect(attempts).toEqual([
      ['early', 0],
      ['early', 1],
    ]);
  });

  it('asks clients to reconnect, and reaches them on the new socket', async () => {
    const slack = await start({ mode: 'socket' });
    const client = clientFor(slack);
    const texts: string[] = [];
    client.on('message', async ({ ack, event }) => {
      await ack();
      texts.push(event.text);
    });
    await client.start();
    const back = new Promise<void>((resolve) => client.once('connected', () => resolve()));
    slack.refreshSockets();
    await back;
    await slack.as(ids.maya).say('again', { channel: ids.internal });
    await slack.waitFor('the event', () => texts.length === 1);
    expect(texts).toEqual(['again']);
  });

  it('refuses a socket without a ticket, and a ticket used twice', async () => {
    const slack = await start({ mode: 'socket' });
    const answer = await fetch(`${slack.apiUrl}apps.connections.open`, {
      method: 'POST',
      headers: { authorization: `Bearer ${tokens.app}` },
    });
    const { url } = z.object({ url: z.string() }).parse(await answer.json());
    const opens = (address: string): Promise<boolean> =>
      new Promise((resolve) => {
        const socket = new WebSocket(address);
        socket.on('open', () => {
          resolve(true);
          socket.close();
        });
        socket.on('error', () => resolve(false));
      });
    expect([await opens(url), await opens(url)]).toEqual([true, false]);
  });
});
