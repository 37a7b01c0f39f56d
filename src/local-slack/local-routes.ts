import type { IncomingMessage, ServerResponse } from 'node:http';
import { actor, channelFor, Refused } from './act-context.ts';
import type { ChangeStream } from './change-stream.ts';
import { performFault } from './fault-acts.ts';
import { downloadFile, downloadPath } from './file-routes.ts';
import { parseJson, readBody, sendJson } from './http-body.ts';
import { act, type ClockAct, type ClockResult, clockAct, faultAct } from './page-acts.ts';
import { homeFor, localStateFor, messageListFor, viewStackFor } from './page-state.ts';
import { hasApp } from './people-and-channels.ts';
import { perform } from './perform.ts';
import type { Workspace } from './workspace.ts';

export interface LocalRoutes {
  readonly workspace: Workspace;
  readonly changes: ChangeStream;
  readonly moveClock: (act: ClockAct) => Promise<ClockResult>;
  readonly canWalk: boolean;
}

const read = ({ workspace, canWalk }: LocalRoutes, url: URL): unknown => {
  const { world } = workspace;
  const query = (name: string): string | undefined => url.searchParams.get(name) ?? undefined;
  // The page's first question, before it knows anybody: it begins as the first person who has the app.
  const first = [...world.people.values()].find((one) => one.role !== 'bot' && hasApp(world, one));
  const person = actor(workspace, query('as') ?? first?.id ?? '');
  switch (url.pathname) {
    case '/_local/state':
      return localStateFor(world, person, { online: workspace.delivery.online(), canWalk });
    case '/_local/messages': {
      const channel = channelFor(workspace, person, query('channel') ?? '');
      return messageListFor(world, person, channel, query('thread'));
    }
    case '/_local/views':
      return viewStackFor(world, person);
    case '/_local/home':
      return homeFor(world, person);
    default:
      return undefined;
  }
};

const write = async (routes: LocalRoutes, path: string, raw: unknown): Promise<unknown> => {
  switch (path) {
    case '/_local/act':
      return perform(routes.workspace, act.parse(raw));
    case '/_local/clock':
      return routes.moveClock(clockAct.parse(raw));
    case '/_local/faults':
      return performFault(routes.workspace, faultAct.parse(raw));
    default:
      return undefined;
  }
};

const loopback = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/;

/** Another site in the same browser must not act here, not even under a name that resolves to this machine. */
const isFromHere = (request: IncomingMessage): boolean => {
  const { origin, host = '' } = request.headers;
  const cameByLoopback = /^(::ffff:)?127\.|^::1$/.test(request.socket.localAddress ?? '');
  if (cameByLoopback && !loopback.test(host)) return false;
  if (origin !== undefined && (!URL.canParse(origin) || new URL(origin).host !== host)) return false;
  const isJson = (request.headers['content-type'] ?? '').startsWith('application/json');
  return request.method !== 'POST' || isJson;
};

/** Everything below `/_local/`: what the page reads and does. */
export const localRoute = async (
  routes: LocalRoutes,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<void> => {
  if (!isFromHere(request)) return sendJson(response, 403, { error: 'Only the page itself may ask.' });
  if (url.pathname === '/_local/events') return routes.changes.attach(response);
  if (url.pathname.startsWith(downloadPath)) return downloadFile(routes.workspace, response, url);
  try {
    const answer = await answerTo(routes, request, url);
    if (answer === undefined)
      return sendJson(response, 404, { error: `There is nothing at ${url.pathname}.` });
    sendJson(response, 200, answer, { 'cache-control': 'no-store' });
  } catch (error) {
    const known = error instanceof Refused || (error instanceof Error && error.name === 'ZodError');
    if (!known) throw error;
    sendJson(response, 400, { error: error.message });
  }
};

const answerTo = async (routes: LocalRoutes, request: IncomingMessage, url: URL): Promise<unknown> => {
  if (request.method === 'POST') {
    return write(routes, url.pathname, parseJson((await readBody(request)) ?? ''));
  }
  if (url.pathname === '/_local/faults') return { faults: routes.workspace.faults.list() };
  return read(routes, url);
};
