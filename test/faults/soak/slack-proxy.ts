import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { fenceIn, operationIn } from './points.ts';
import { type FaultKind, faultOf, hiddenMs, history, type SlackFault } from './slack-faults.ts';
import { type Standing, startStanding } from './standing.ts';

export interface SlackProxy {
  /** For one process: what it posts is counted under its name. */
  urlFor(name: string): string;
  /** No faults from here on. */
  calm(): void;
  readonly faults: Map<FaultKind | 'hidden from history', number>;
  readonly postsBy: Map<string, number>;
  readonly standing: Standing;
  close(): Promise<void>;
}

const posted = z.object({ ok: z.literal(true), channel: z.string(), ts: z.string() });
const minuteMs = 60_000;
const sparingPage = 15;
const pageOfHistory = z.looseObject({ messages: z.array(z.looseObject({ ts: z.string() })) });

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  let body = '';
  for await (const part of request.setEncoding('utf8')) body += String(part);
  return body;
};

/** What a call is about: a post's operation, else the message, channel or person it names. */
const aboutOf = (body: string): string => {
  const args = new URLSearchParams(body);
  return operationIn(body) ?? `${args.get('channel') ?? args.get('user') ?? ''} ${args.get('ts') ?? ''}`;
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** Stands between the workers and the local Slack and does to their calls what the seed planned. */
export const startSlackProxy = async (parts: {
  readonly apiUrl: string;
  readonly seed: number;
  /** The product's time, in milliseconds. */
  readonly now: () => number;
  /** Later than any client waits, in host milliseconds. */
  readonly tooLateMs: number;
  readonly faulty: boolean;
  /** A Slack that cannot be asked: no message is ever seen in history. */
  readonly blind?: boolean;
  /** Reads of history as Slack allows them to apps that are spread outside its marketplace. */
  readonly sparing?: boolean;
  /** The first post of a message is not seen in history until this many milliseconds after its second one. */
  readonly firstSeenAfterSecondMs?: number;
}): Promise<SlackProxy> => {
  const { apiUrl, seed, now, tooLateMs } = parts;
  let faulty = parts.faulty;
  const faults = new Map<FaultKind | 'hidden from history', number>();
  const postsBy = new Map<string, number>();
  const standing = startStanding();
  const calls = new Map<string, number>();
  const visibleFrom = new Map<string, number>();
  const readAt = new Map<string, number>();
  const count = <K>(counts: Map<K, number>, key: K): number => {
    const next = (counts.get(key) ?? 0) + 1;
    counts.set(key, next);
    return next;
  };

  const firstOf = new Map<string, string>();
  const hideFirst = (operation: string, ts: string): void => {
    if (parts.firstSeenAfterSecondMs === undefined) return;
    const first = firstOf.get(operation) ?? ts;
    firstOf.set(operation, first);
    visibleFrom.set(first, first === ts ? Number.POSITIVE_INFINITY : now() + parts.firstSeenAfterSecondMs);
  };
  const observe = (method: string, body: string, answer: unknown, name: string): void => {
    const result = posted.safeParse(answer);
    if (!result.success) return;
    const place = `${result.data.channel} ${result.data.ts}`;
    if (method === 'chat.delete') standing.removed(place, now());
    if (method === 'chat.update' || method === 'chat.postMessage') standing.written(place, fenceIn(body));
    if (method !== 'chat.postMessage') return;
    const operation = operationIn(body) ?? 'none';
    count(postsBy, name);
    standing.posted(operation, place, now());
    hideFirst(operation, result.data.ts);
    const hidden = faulty ? hiddenMs(seed, operation, calls.get(`${method} ${operation}`) ?? 0) : 0;
    if (hidden > 0) {
      count(faults, 'hidden from history');
      visibleFrom.set(result.data.ts, now() + hidden);
    }
  };
  const forwarded = async (method: string, request: IncomingMessage, body: string, name: string) => {
    const answer = await fetch(`${apiUrl}${method}`, {
      method: 'POST',
      body,
      headers: {
        'content-type': request.headers['content-type'] ?? '',
        authorization: request.headers.authorization ?? '',
      },
    });
    const text = await answer.text();
    const json = parsed(text);
    observe(method, body, json, name);
    const read = history.has(method) ? pageOfHistory.safeParse(json) : undefined;
    if (read?.success !== true) return { status: answer.status, text };
    const isSeen = ({ ts }: { ts: string }): boolean =>
      parts.blind !== true && (visibleFrom.get(ts) ?? 0) <= now();
    const messages = read.data.messages
      .filter(isSeen)
      .slice(0, parts.sparing === true ? sparingPage : undefined);
    return { status: answer.status, text: JSON.stringify({ ...read.data, messages }) };
  };
  const send = (response: ServerResponse, status: number, text: string, more = {}): void => {
    response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...more });
    response.end(text);
  };
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const [, name = '', , method = ''] = (request.url ?? '').split('/');
    const body = await bodyOf(request);
    const about = aboutOf(body);
    const nth = count(calls, `${method} ${about}`);
    const fault = faulty ? faultOf(seed, { method, about, nth }, now()) : undefined;
    if (fault !== undefined) count(faults, fault.kind);
    if (fault !== undefined && failed(fault, response, send)) return;
    if (parts.sparing === true && history.has(method)) {
      const waitMs = (readAt.get(method) ?? Number.NEGATIVE_INFINITY) + minuteMs - now();
      if (waitMs > 0) {
        count(faults, 'limited');
        return send(response, 429, '{"ok":false,"error":"ratelimited"}', {
          'retry-after': String(Math.ceil(waitMs / 1000)),
        });
      }
      readAt.set(method, now());
    }
    const given = await forwarded(method, request, body, name);
    if (fault === undefined) send(response, given.status, given.text);
    else if (fault.kind === 'reset after it was accepted') response.destroy();
    else if (fault.kind === 'answered too late') {
      await wait(tooLateMs);
      send(response, given.status, given.text);
    } else if (fault.kind === '500, posted') send(response, 500, '');
    else send(response, 200, JSON.stringify({ ok: false, error: fault.kind.split(',')[0] }));
  };

  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    urlFor: (name) => `http://127.0.0.1:${port}/${name}/api/`,
    calm: () => {
      faulty = false;
    },
    faults,
    postsBy,
    standing,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
};

/** Answers instead of Slack, so that nothing happened. True when it did. */
const failed = (
  fault: SlackFault,
  response: ServerResponse,
  send: (response: ServerResponse, status: number, text: string, more?: object) => void,
): boolean => {
  switch (fault.kind) {
    case 'limited':
      send(response, 429, '{"ok":false,"error":"ratelimited"}', {
        'retry-after': String(fault.retryAfterSeconds),
      });
      return true;
    case 'reset before it was accepted':
      response.destroy();
      return true;
    case '500, not posted':
      send(response, 500, '');
      return true;
    case 'internal_error, not posted':
    case 'fatal_error, not posted':
    case 'missing_scope':
      send(response, 200, JSON.stringify({ ok: false, error: fault.kind.split(',')[0] }));
      return true;
    default:
      return false;
  }
};
