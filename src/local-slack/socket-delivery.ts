import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { z } from 'zod';
import { type AppAnswer, type AppRequest, ackLimitMs, type Delivery } from './delivery.ts';

const pingEveryMs = 10_000;
const acknowledgement = z.object({ envelope_id: z.string(), payload: z.unknown().optional() });

export interface SocketDelivery extends Delivery {
  /** The path and query of a socket that may be opened once, as `apps.connections.open` gives it. */
  ticket(): string;
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Asks every client to come back on a new socket, as Slack does every few hours. */
  refresh(): void;
}

export const socketPath = '/_socket';

const envelopeOf = (id: string, request: AppRequest): object => {
  const types = { event: 'events_api', command: 'slash_commands', interaction: 'interactive' } as const;
  const common = { envelope_id: id, type: types[request.kind] };
  if (request.kind === 'event') {
    const { num, reason } = request.retry ?? { num: 0, reason: '' };
    const retry = { retry_attempt: num, retry_reason: reason === 'http_timeout' ? 'timeout' : reason };
    return { ...common, payload: request.body, accepts_response_payload: false, ...retry };
  }
  const payload = request.kind === 'command' ? request.fields : request.payload;
  return { ...common, payload, accepts_response_payload: true };
};

const isEmpty = (payload: unknown): boolean =>
  payload === undefined ||
  payload === null ||
  (typeof payload === 'object' && Object.keys(payload).length === 0);

const onlyText = z.strictObject({ text: z.string() });

/** Over HTTP a text is the whole body; over a socket the client wraps it. Both read alike here. */
const bodyOf = (payload: unknown): unknown => {
  if (isEmpty(payload)) return undefined;
  const text = onlyText.safeParse(payload);
  return text.success ? text.data.text : payload;
};

/** Socket Mode: each request goes to any one of up to ten open sockets and is acknowledged by its envelope's id. */
export const socketDelivery = (appId: string): SocketDelivery => {
  const server = new WebSocketServer({ noServer: true });
  const tickets = new Set<string>();
  const waiting = new Map<string, (answer: AppAnswer) => void>();
  let newcomers: (() => void)[] = [];
  let turn = 0;
  const open = (): WebSocket[] => [...server.clients].filter((one) => one.readyState === one.OPEN);

  const pings = setInterval(() => {
    for (const one of open()) one.ping();
  }, pingEveryMs);
  pings.unref();

  const onMessage = (data: unknown): void => {
    let json: unknown;
    try {
      json = JSON.parse(String(data));
    } catch {
      return;
    }
    const ack = acknowledgement.safeParse(json);
    if (!ack.success) return;
    waiting.get(ack.data.envelope_id)?.({ kind: 'acked', body: bodyOf(ack.data.payload) });
  };

  server.on('connection', (one) => {
    one.on('message', onMessage);
    one.on('error', () => one.terminate());
    const hello = {
      type: 'hello',
      num_connections: open().length,
      debug_info: { host: 'local', approximate_connection_time: 3600 },
      connection_info: { app_id: appId },
    };
    one.send(JSON.stringify(hello), () => {
      for (const arrived of newcomers.splice(0)) arrived();
    });
  });

  const send = (request: AppRequest): Promise<AppAnswer> =>
    new Promise((resolve) => {
      const sockets = open();
      turn += 1;
      const one = sockets[turn % Math.max(1, sockets.length)];
      if (one === undefined) return resolve({ kind: 'failed', reason: 'connection_failed', noRetry: false });
      const id = randomUUID();
      const settle = (answer: AppAnswer): void => {
        clearTimeout(timer);
        one.off('close', lost);
        waiting.delete(id);
        resolve(answer);
      };
      const lost = (): void => settle({ kind: 'failed', reason: 'connection_failed', noRetry: false });
      const timer = setTimeout(() => settle({ kind: 'late' }), ackLimitMs);
      waiting.set(id, settle);
      one.once('close', lost);
      one.send(JSON.stringify(envelopeOf(id, request)));
    });

  return {
    send,
    reachable: () =>
      open().length > 0 ? Promise.resolve() : new Promise((resolve) => newcomers.push(resolve)),
    online: () => open().length > 0,
    ticket: () => {
      const ticket = randomUUID();
      tickets.add(ticket);
      return `${socketPath}?ticket=${ticket}&app_id=${appId}`;
    },
    upgrade: (request, socket, head) => {
      const ticket = new URL(request.url ?? '/', 'http://local').searchParams.get('ticket') ?? '';
      if (!tickets.delete(ticket)) {
        socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n');
        return;
      }
      server.handleUpgrade(request, socket, head, (one) => server.emit('connection', one, request));
    },
    refresh: () => {
      const notice = JSON.stringify({ type: 'disconnect', reason: 'refresh_requested' });
      for (const one of open()) one.send(notice);
    },
    close: async () => {
      clearInterval(pings);
      newcomers = [];
      for (const one of server.clients) one.terminate();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
};
