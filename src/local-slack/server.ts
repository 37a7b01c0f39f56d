import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { apiRoute } from './api-route.ts';
import { type ChangeStream, startChangeStream } from './change-stream.ts';
import { type LocalClock, startClockControl } from './clock.ts';
import type { Delivery } from './delivery.ts';
import { slackRetryDelays, startEvents } from './events.ts';
import { startFaults } from './faults.ts';
import { uploadRoute } from './file-routes.ts';
import { startFiles, uploadPath } from './files.ts';
import { sendJson } from './http-body.ts';
import { type HttpTarget, httpDelivery } from './http-delivery.ts';
import { type Storage, startJournal } from './journal.ts';
import { type LocalRoutes, localRoute } from './local-routes.ts';
import type { Log } from './log.ts';
import { directMessage, hasApp } from './people-and-channels.ts';
import type { Seed } from './records.ts';
import { startRendered } from './rendered.ts';
import { responseRoute } from './response-route.ts';
import { responsePath, startResponseUrls } from './response-urls.ts';
import { defaultSeed } from './seed.ts';
import { type SocketDelivery, socketDelivery, socketPath } from './socket-delivery.ts';
import { servePage } from './static-page.ts';
import { type TestHandle, testHandle } from './test-handle.ts';
import { startTriggers } from './triggers.ts';
import type { Tokens, Workspace } from './workspace.ts';
import { openWorld } from './world.ts';

export interface LocalSlackOptions {
  /** 0 picks a free one. */
  readonly port: number;
  readonly host?: string;
  /** How events, commands and interactions reach the bot. */
  readonly app:
    | { readonly mode: 'http'; readonly requestUrl: string; readonly signingSecret: string }
    | { readonly mode: 'socket' };
  readonly tokens: Tokens;
  /** Stamps `ts` and `event_time`. Signatures, triggers and response URLs stay on host time. */
  readonly clock: LocalClock;
  /** Without one, everything is forgotten at the end. */
  readonly storage?: Storage;
  /** With `index.html`, `page.js` and `page.css`. */
  readonly pageDir?: string;
  readonly seed?: Seed;
  /** Milliseconds before each retry of an event; Slack's own when left out. */
  readonly retryDelays?: readonly number[];
  readonly log: Log;
}

export interface LocalSlack extends TestHandle {
  /** `http://127.0.0.1:3000`: the page. */
  readonly url: string;
  /** For the bot's `slackApiUrl`, with a slash at its end. */
  readonly apiUrl: string;
  readonly port: number;
  /** HTTP mode: where the bot listens now. */
  deliverTo(requestUrl: string): void;
  /** Socket Mode: asks every client to reconnect, as Slack does every few hours. */
  refreshSockets(): void;
  /** Resolves when nothing runs any more and everything is stored. */
  close(): Promise<void>;
}

const listen = (server: Server, port: number, host: string): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });

/** As somebody on this machine would type it. */
const visibleHost = (host: string): string => {
  if (host === '0.0.0.0' || host === '::') return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
};

const route = async (
  routes: LocalRoutes,
  pageDir: string | undefined,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  const url = new URL(request.url ?? '/', 'http://local');
  if (url.pathname.startsWith('/api/')) return apiRoute(routes.workspace, request, response, url);
  if (url.pathname.startsWith(uploadPath)) return uploadRoute(routes.workspace, request, response, url);
  if (url.pathname.startsWith(responsePath)) return responseRoute(routes.workspace, request, response, url);
  if (url.pathname.startsWith('/_local/')) return localRoute(routes, request, response, url);
  return servePage(pageDir, url.pathname, response);
};

const openWorkspace = async (
  options: LocalSlackOptions,
  delivery: Delivery,
  rest: Pick<Workspace, 'openSocket' | 'address'> & { readonly changes: ChangeStream },
): Promise<Workspace> => {
  const { clock, log, tokens } = options;
  const seed = options.seed ?? defaultSeed;
  const journal = startJournal(options.storage, log);
  const { changed } = rest.changes;
  const world = await openWorld(seed, options.storage, { now: () => clock.now(), journal, changed });
  for (const person of world.people.values()) {
    if (hasApp(world, person) && person.role !== 'bot') directMessage(world, person.id);
  }
  const faults = startFaults();
  const retryDelays = options.retryDelays ?? slackRetryDelays;
  return {
    world,
    tokens,
    delivery,
    faults,
    files: startFiles(),
    log,
    openSocket: rest.openSocket,
    address: rest.address,
    triggers: startTriggers(),
    responseUrls: startResponseUrls(),
    rendered: startRendered(),
    offered: new Map(),
    events: startEvents({ world, delivery, faults, scopes: tokens.scopes, retryDelays, log }),
  };
};

/** A Slack workspace on this machine. It knows of the bot only what comes over its sockets. */
export const startLocalSlack = async (options: LocalSlackOptions): Promise<LocalSlack> => {
  const host = options.host ?? '127.0.0.1';
  const appId = (options.seed ?? defaultSeed).app.id;
  const sockets: SocketDelivery | undefined =
    options.app.mode === 'socket' ? socketDelivery(appId) : undefined;
  const target: HttpTarget | undefined =
    options.app.mode === 'http'
      ? { url: options.app.requestUrl, signingSecret: options.app.signingSecret }
      : undefined;
  const delivery = sockets ?? httpDelivery(target ?? { url: '', signingSecret: '' });
  const changes = startChangeStream();
  let port = options.port;
  const address = (): string => `http://${visibleHost(host)}:${port}`;
  const openSocket = (): string | undefined =>
    sockets && `${address().replace('http', 'ws')}${sockets.ticket()}`;

  const workspace = await openWorkspace(options, delivery, { openSocket, address, changes });
  const moveClock = startClockControl(options.clock, options.log);
  const canWalk = options.clock.control !== undefined;
  const routes: LocalRoutes = { workspace, changes, moveClock, canWalk };

  const server = createServer((request, response) => {
    route(routes, options.pageDir, request, response).catch((error: unknown) => {
      options.log.error('A request failed', { path: request.url, error: String(error) });
      if (!response.headersSent) sendJson(response, 500, { ok: false, error: 'fatal_error' });
    });
  });
  server.on('upgrade', (request, socket, head) => {
    if (sockets !== undefined && request.url?.startsWith(socketPath)) sockets.upgrade(request, socket, head);
    else socket.destroy();
  });
  port = await listen(server, options.port, host);

  return {
    ...testHandle(workspace, moveClock),
    url: address(),
    apiUrl: `${address()}/api/`,
    port,
    deliverTo: (requestUrl) => {
      if (target !== undefined) target.url = requestUrl;
    },
    refreshSockets: () => sockets?.refresh(),
    close: async () => {
      workspace.events.close();
      changes.close();
      await delivery.close();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
      await workspace.world.journal.written();
    },
  };
};
