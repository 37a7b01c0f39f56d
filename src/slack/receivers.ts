import { HTTPReceiver, type Receiver, SocketModeReceiver } from '@slack/bolt';
import type { WebClientOptions } from '@slack/web-api';
import type { Log } from '../ports.ts';
import { boltLogger } from './bolt-logger.ts';
import { UnreadableBody } from './errors.ts';
import { slackFetch } from './slack-fetch.ts';

/** How Slack reaches the bot. `http`: signed requests to `/slack/events`; port 0 picks a free one. */
export type SlackMode =
  | { readonly kind: 'http'; readonly signingSecret: string; readonly port: number; readonly host?: string }
  | { readonly kind: 'socket'; readonly appToken: string };

export const eventsPath = '/slack/events';
const largestBody = 2 * 1024 * 1024;

/** A receiver with what Bolt leaves to us: its real port, a stop that has ended when it resolves, its state. */
export interface Link {
  readonly receiver: Receiver;
  start(): Promise<{ readonly port?: number }>;
  stop(): Promise<void>;
  connected(): boolean;
}

/** Refuses with 400 what is no request of Slack; everything else with 500, so that Slack sends an event again. */
export const httpLink = (mode: Extract<SlackMode, { kind: 'http' }>, log: Log): Link => {
  const receiver = new HTTPReceiver({
    signingSecret: mode.signingSecret,
    endpoints: eventsPath,
    logger: boltLogger(log),
    bodyLimit: largestBody,
    processEventErrorHandler: async ({ error, response }) => {
      if (response.headersSent) return false;
      response.writeHead(error instanceof UnreadableBody ? 400 : 500);
      response.end();
      return true;
    },
  });
  let listening = false;
  return {
    receiver,
    start: async () => {
      const { port, host } = mode;
      const server = await receiver.start(host === undefined ? { port } : { port, host });
      listening = true;
      const address = server.address();
      return { port: typeof address === 'object' && address !== null ? address.port : port };
    },
    stop: async () => {
      if (!listening) return;
      listening = false;
      await receiver.stop();
    },
    connected: () => listening,
  };
};

const closedWithinMs = 5000;

/**
 * Socket Mode with client options of its own: given the app's, it writes `retries: 100` into them for everybody, and
 * with few retries one refused `apps.connections.open` during a refresh ends the socket for good.
 */
export const socketLink = (
  mode: Extract<SlackMode, { kind: 'socket' }>,
  options: { readonly slackApiUrl?: string; readonly log: Log },
): Link => {
  const clientOptions: WebClientOptions = {
    ...(options.slackApiUrl === undefined ? {} : { slackApiUrl: options.slackApiUrl }),
    logger: boltLogger(options.log),
    fetch: slackFetch(10_000),
    retryConfig: { retries: 10_000, factor: 1.3, minTimeout: 500, maxTimeout: 30_000 },
  };
  const receiver = new SocketModeReceiver({
    appToken: mode.appToken,
    logger: boltLogger(options.log),
    installerOptions: { clientOptions },
    // Only what can never be read is acknowledged; anything else Slack sends again.
    processEventErrorHandler: async ({ error }) => error instanceof UnreadableBody,
  });
  let open = false;
  receiver.client.on('connected', () => {
    open = true;
  });
  for (const gone of ['close', 'disconnected', 'reconnecting', 'disconnecting']) {
    receiver.client.on(gone, () => {
      open = false;
    });
  }
  return {
    receiver,
    start: async () => {
      await receiver.start();
      return {};
    },
    // Bolt's own stop resolves before the socket is closed.
    stop: async () => {
      let timer: NodeJS.Timeout | undefined;
      const longEnough = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, closedWithinMs);
      });
      await Promise.race([receiver.client.disconnect(), longEnough]);
      clearTimeout(timer);
    },
    connected: () => open,
  };
};
