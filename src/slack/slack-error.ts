import {
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebAPIRequestError,
} from '@slack/web-api';
import type { PostOutcome } from '../ports.ts';

/** Slack's own code (`channel_not_found` …), when it answered with one. */
export const slackCode = (error: unknown): string | undefined =>
  error instanceof WebAPIPlatformError ? error.data.error : undefined;

/** Answers that Slack documents as "some aspect of the operation may have succeeded". */
const mayHaveHappened = new Set([
  'internal_error',
  'fatal_error',
  'service_unavailable',
  'request_timeout',
  'team_added_to_org',
]);

/** Answers that another try may change without anybody doing something first. */
const passing = new Set(['message_limit_exceeded', 'ratelimited', 'rate_limited']);

const hasDetails = (error: WebAPIPlatformError): string => {
  const messages = error.data.response_metadata?.messages ?? [];
  return messages.length === 0 ? error.data.error : `${error.data.error}: ${messages.join('; ')}`;
};

/** The connection was never made, so that nothing can have arrived. */
const neverArrived = new Set(['ENOTFOUND', 'EAI_AGAIN', 'ECONNREFUSED', 'ENETUNREACH', 'EHOSTUNREACH']);

/** That code, which `fetch` wraps; undefined for any other failure. */
const noWay = (error: unknown): string | undefined => {
  for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth += 1)
    if ('code' in at && neverArrived.has(String(at.code))) return String(at.code);
  return undefined;
};

/**
 * What an error of a posting call means for the outbox. Everything but a clear answer from Slack, or no connection at all, is `unknown`: a
 * reset, a timeout and a 500 have each been seen to come after the message was posted.
 */
export const outcomeOf = (error: unknown): PostOutcome => {
  if (error instanceof WebAPIRateLimitedError) {
    return { kind: 'limited', retryAfterMs: error.retryAfter * 1000 };
  }
  if (error instanceof WebAPIPlatformError) {
    const code = error.data.error;
    // A 200 that is not JSON arrives as a platform error whose code is the body's text.
    if (mayHaveHappened.has(code) || !/^[a-z0-9_]+$/.test(code)) return { kind: 'unknown', error: code };
    return {
      kind: 'refused',
      error: hasDetails(error),
      permanent: !passing.has(code),
    };
  }
  if (error instanceof WebAPIHTTPError && error.statusCode >= 400 && error.statusCode < 500) {
    return { kind: 'refused', error: `HTTP ${error.statusCode}`, permanent: false };
  }
  if (error instanceof WebAPIHTTPError) return { kind: 'unknown', error: `HTTP ${error.statusCode}` };
  if (error instanceof WebAPIRequestError) {
    const code = noWay(error);
    return code !== undefined
      ? { kind: 'refused', error: `no way to Slack (${code})`, permanent: false }
      : { kind: 'unknown', error: error.message };
  }
  return { kind: 'unknown', error: error instanceof Error ? error.message : String(error) };
};
