import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { z } from 'zod';

/** One call of the bot: its arguments as sent, JSON ones parsed. */
interface StubCall {
  readonly method: string;
  readonly args: Readonly<Record<string, unknown>>;
}
type Answer = (args: Readonly<Record<string, unknown>>) => Record<string, unknown>;

/** Answers the Web API at the socket, and takes files as calls of `upload` with their `name` and `text`, with whatever a test wants: Slack's side of single requests. */
export interface SlackStub {
  readonly apiUrl: string;
  readonly responseUrl: string;
  readonly calls: StubCall[];
  callsOf(method: string): StubCall[];
  /** Answers a method from now on; an object without `ok: false` is a success. */
  answer(method: string, how: Answer): void;
  close(): Promise<void>;
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};
const argumentsOf = (type: string | undefined, body: string): Record<string, unknown> => {
  if (type?.startsWith('application/json')) return z.record(z.string(), z.unknown()).parse(parsed(body));
  return Object.fromEntries(
    [...new URLSearchParams(body)].map(([key, value]) => [key, /^[[{]/.test(value) ? parsed(value) : value]),
  );
};

export const startSlackStub = async (): Promise<SlackStub> => {
  const calls: StubCall[] = [];
  const how = new Map<string, Answer>();
  let views = 0;
  const view: Answer = () => {
    views += 1;
    return { view: { id: `V${views}`, hash: `h${views}` } };
  };
  how.set('auth.test', () => ({ team_id: 'T1', team: 'Northwind', bot_id: 'B1', user_id: 'UBOT' }));
  how.set('users.info', ({ user }) => ({
    user: {
      id: user,
      team_id: String(user).startsWith('UA') ? 'T2' : 'T1',
      real_name: `Person ${user}`,
      tz: 'Europe/Berlin',
    },
  }));
  how.set('conversations.info', ({ channel }) => ({
    channel: { id: channel, name: 'northwind-acme', is_member: true, is_ext_shared: true },
  }));
  how.set('conversations.members', () => ({ members: ['UMAYA', 'UAJORDAN', 'UBOT'] }));
  how.set('conversations.open', ({ users }) => ({ channel: { id: users } }));
  how.set('chat.postMessage', ({ channel }) => ({ channel, ts: `${Date.now() / 1000}` }));
  for (const method of ['views.open', 'views.update', 'views.push', 'views.publish']) how.set(method, view);

  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString();
    });
    request.on('end', () => {
      const [last = '', folder] = (request.url ?? '').split('/').reverse();
      const uploaded = folder === 'upload';
      const method = uploaded ? 'upload' : last;
      const args = uploaded
        ? { name: decodeURIComponent(last), text: body }
        : argumentsOf(request.headers['content-type'], body);
      calls.push({ method, args });
      const { status = 200, retryAfter, ...answer } = how.get(method)?.(args) ?? {};
      response.writeHead(Number(status), {
        'content-type': 'application/json',
        ...(retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) }),
      });
      response.end(JSON.stringify({ ok: true, ...answer }));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  how.set('files.getUploadURLExternal', ({ filename }) => ({
    upload_url: `http://127.0.0.1:${port}/upload/${encodeURIComponent(String(filename))}`,
    file_id: `F${filename}`,
  }));
  return {
    apiUrl: `http://127.0.0.1:${port}/api/`,
    responseUrl: `http://127.0.0.1:${port}/respond`,
    calls,
    callsOf: (method) => calls.filter((one) => one.method === method),
    answer: (method, answer) => void how.set(method, answer),
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
};

/** Posts a request to the bot as Slack signs it; `signature` and `at` forge it. */
export const signedPost = async (
  port: number,
  secret: string,
  body: string,
  forged: { readonly at?: number; readonly signature?: string; readonly type?: string } = {},
): Promise<{ readonly status: number; readonly body: unknown; readonly ms: number }> => {
  const at = forged.at ?? Math.floor(Date.now() / 1000);
  const signature = `v0=${createHmac('sha256', secret).update(`v0:${at}:${body}`).digest('hex')}`;
  const started = performance.now();
  const answer = await fetch(`http://127.0.0.1:${port}/slack/events`, {
    method: 'POST',
    body,
    headers: {
      'content-type': forged.type ?? 'application/x-www-form-urlencoded',
      'x-slack-request-timestamp': String(at),
      'x-slack-signature': forged.signature ?? signature,
    },
  });
  const text = await answer.text();
  return {
    status: answer.status,
    body: text === '' ? undefined : parsed(text),
    ms: performance.now() - started,
  };
};

export const asForm = (fields: Readonly<Record<string, string>>): string =>
  new URLSearchParams(fields).toString();
export const asPayload = (payload: unknown): string => asForm({ payload: JSON.stringify(payload) });
