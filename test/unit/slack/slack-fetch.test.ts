import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { slackFetch } from '../../../src/slack/slack-fetch.ts';

let server: Server;
let url: string;
let answer: (request: IncomingMessage, response: ServerResponse, body: string) => void;
let connections: number;

beforeEach(async () => {
  connections = 0;
  server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (part: string) => {
      body += part;
    });
    request.on('end', () => answer(request, response, body));
  });
  server.on('connection', () => {
    connections += 1;
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  url = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}/api/x`;
});

afterEach(() => {
  server.closeAllConnections();
  server.close();
});

const post = (body: string, withinMs = 5000) =>
  slackFetch(withinMs)(url, {
    method: 'POST',
    headers: { 'content-type': 'text/plain', authorization: 'Bearer t' },
    body,
  });

it('sends a text with its headers and reads status, headers and body', async () => {
  answer = (request, response, body) => {
    response.writeHead(429, 'Too Many', { 'Retry-After': '7' });
    response.end(JSON.stringify({ body, as: request.headers.authorization, method: request.method }));
  };
  const response = await post('Grüße 🎉');
  expect({ ok: response.ok, status: response.status, statusText: response.statusText }).toEqual({
    ok: false,
    status: 429,
    statusText: 'Too Many',
  });
  expect(response.headers.get('RETRY-AFTER')).toBe('7');
  expect(response.headers.get('x-none')).toBeNull();
  expect(await response.json()).toEqual({ body: 'Grüße 🎉', as: 'Bearer t', method: 'POST' });
});

it('puts a letter together that came in two parts', async () => {
  const bytes = Buffer.from('{"name":"Grüße"}');
  answer = async (_request, response) => {
    response.write(bytes.subarray(0, 12));
    await wait(30);
    response.end(bytes.subarray(12));
  };
  const response = await post('');
  expect(response.ok).toBe(true);
  expect(Buffer.from(await response.arrayBuffer())).toEqual(bytes);
});

it('keeps connections for later calls', async () => {
  answer = (_request, response) => response.end('ok');
  for (let nth = 0; nth < 5; nth += 1) await (await post('a')).text();
  expect(connections).toBeLessThan(5);
});

it('follows no redirect', async () => {
  const asked: (string | undefined)[] = [];
  answer = (request, response) => {
    asked.push(request.url);
    response.writeHead(307, { location: '/elsewhere' }).end();
  };
  await expect(post('token=t')).rejects.toThrow('fetch failed');
  expect(asked).toEqual(['/api/x']);
});

it('throws when no answer comes in time', async () => {
  answer = () => undefined;
  await expect(post('a', 50)).rejects.toThrow('no answer within 50 ms');
});

it('throws when an answer stops half way', async () => {
  answer = (_request, response) => {
    response.writeHead(200, { 'content-length': 100 });
    response.write('half');
  };
  await expect(post('a', 100)).rejects.toThrow('no answer within 100 ms');
});

it('throws when the connection ends before the answer is complete', async () => {
  answer = (_request, response) => {
    response.writeHead(200, { 'content-length': 100 });
    response.write('half');
    setTimeout(() => response.destroy(), 20);
  };
  await expect(post('a')).rejects.toThrow('terminated');
});

it('throws when the connection ends without an answer, and when nobody listens', async () => {
  answer = (request) => request.socket.destroy();
  await expect(post('a')).rejects.toThrow('fetch failed');
  await new Promise((resolve) => server.close(resolve));
  await expect(post('a')).rejects.toThrow('fetch failed');
});
