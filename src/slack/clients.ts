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

const postingTimeoutMs = 10_000;

/** `timeoutMs` bounds one call of the posting and reading clients, 10 s unless told; waits between reads follow it. */
export const createClients = (options: {
  readonly botToken: string;
  readonly slackApiUrl?: string;
  readonly timeoutMs?: number;
  readonly log: Log;
}): SlackClients => {
  const base = interactiveOptions(options);
  const timeoutMs = options.timeoutMs ?? postingTimeoutMs;
  const fetch = slackFetch(timeoutMs);
  const retryConfig = { retries: 3, minTimeout: 0.03 * timeoutMs, factor: 2, maxTimeout: 0.3 * timeoutMs };
  return {
    interactive: new WebClient(options.botToken, base),
    posting: new WebClient(options.botToken, { ...base, fetch }),
    reading: new WebClient(options.botToken, { ...base, fetch, retryConfig, rejectRateLimitedCalls: false }),
  };
};
