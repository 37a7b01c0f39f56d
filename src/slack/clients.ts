import { WebClient, type WebClientOptions } from '@slack/web-api';
import type { Log } from '../ports.ts';
import { boltLogger } from './bolt-logger.ts';
import { slackFetch } from './slack-fetch.ts';

/**
 * Three Web API clients, because the default one retries for half an hour and posts again each time:
 * `interactive` answers a person who waits, `posting` is called by the outbox alone, which owns its retries,
 * `reading` may try again since reading twice is harmless.
 */
export interface SlackClients {
  readonly interactive: WebClient;
  readonly posting: WebClient;
  readonly reading: WebClient;
}

export const interactiveOptions = (options: {
  readonly slackApiUrl?: string;
  readonly log: Log;
}): WebClientOptions => ({
  ...(options.slackApiUrl === undefined ? {} : { slackApiUrl: options.slackApiUrl }),
  logger: boltLogger(options.log),
  fetch: slackFetch(2500),
  allowAbsoluteUrls: false,
  retryConfig: { retries: 0 },
  rejectRateLimitedCalls: true,
});

export const createClients = (options: {
  readonly botToken: string;
  readonly slackApiUrl?: string;
  readonly log: Log;
}): SlackClients => {
  const base = interactiveOptions(options);
  return {
    interactive: new WebClient(options.botToken, base),
    posting: new WebClient(options.botToken, { ...base, fetch: slackFetch(10_000) }),
    reading: new WebClient(options.botToken, {
      ...base,
      fetch: slackFetch(10_000),
      retryConfig: { retries: 3, minTimeout: 300, factor: 2, maxTimeout: 3000 },
      rejectRateLimitedCalls: false,
    }),
  };
};
