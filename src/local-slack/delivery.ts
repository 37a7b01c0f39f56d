/** One request to the bot. `retry` as in Slack's `x-slack-retry-num` and `x-slack-retry-reason`. */
export type AppRequest =
  | { readonly kind: 'event'; readonly body: object; readonly retry?: Retry }
  | { readonly kind: 'command'; readonly fields: Readonly<Record<string, string>> }
  | { readonly kind: 'interaction'; readonly payload: object };

interface Retry {
  readonly num: number;
  readonly reason: RetryReason;
}
export type RetryReason = 'http_timeout' | 'http_error' | 'connection_failed' | 'unknown_error';

export type AppAnswer =
  /** `body`: parsed JSON, text, or undefined for an empty acknowledgement. */
  | { readonly kind: 'acked'; readonly body: unknown }
  /** Three seconds passed. */
  | { readonly kind: 'late' }
  | { readonly kind: 'failed'; readonly reason: RetryReason; readonly noRetry: boolean };

/** How requests reach the bot: signed HTTP, or whichever socket is open. */
export interface Delivery {
  /** Never throws. */
  send(request: AppRequest): Promise<AppAnswer>;
  /** Resolves when an event can be tried at all; at once over HTTP, with the next socket in Socket Mode. */
  reachable(): Promise<void>;
  online(): boolean;
  close(): Promise<void>;
}

/** What Slack allows until the acknowledgement. */
export const ackLimitMs = 3000;
