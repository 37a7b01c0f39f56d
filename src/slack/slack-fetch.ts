import type { FetchFunction } from '@slack/web-api';

/**
 * Node's own `fetch` with one deadline for the whole answer, body included. A timer of ours that ends with the call:
 * the clients' `timeout` leaves a signal behind for each call until it fires, and Bolt's `respond` has none at all.
 * Follows no redirect: a token stays where it was sent.
 */
export const slackFetch =
  (timeoutMs: number): FetchFunction =>
  async (to, { body, method = 'GET', headers = {} } = {}) => {
    const deadline = new AbortController();
    const timer = setTimeout(() => deadline.abort(new Error(`no answer within ${timeoutMs} ms`)), timeoutMs);
    try {
      const response = await fetch(to, {
        method,
        headers,
        redirect: 'error',
        signal: deadline.signal,
        ...(body === undefined ? {} : { body }),
      });
      const whole = await response.arrayBuffer();
      return new Response([204, 304].includes(response.status) ? null : whole, {
        status: response.status,
        statusText: response.statusText,
        headers: response.headers,
      });
    } finally {
      clearTimeout(timer);
    }
  };
