import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import type { RawArguments } from './api/arguments.ts';
import { call } from './api/call.ts';
import { methods } from './api/methods.ts';
import type { CallFault } from './faults.ts';
import { parseJson, readBody, sendJson } from './http-body.ts';
import type { Workspace } from './workspace.ts';

const jsonObject = z.record(z.string(), z.unknown());

const argumentsOf = (request: IncomingMessage, url: URL, body: string): RawArguments => {
  const type = request.headers['content-type'] ?? '';
  if (type.includes('json')) return jsonObject.catch({}).parse(parseJson(body));
  return { ...Object.fromEntries(url.searchParams), ...Object.fromEntries(new URLSearchParams(body)) };
};

const tokenOf = (request: IncomingMessage, raw: RawArguments): string => {
  const bearer = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
  return bearer ?? (typeof raw.token === 'string' ? raw.token : '');
};

/** Answers instead of the method, so that nothing happened. True when it did. */
const failBefore = (fault: CallFault | undefined, response: ServerResponse): boolean => {
  switch (fault?.kind) {
    case 'rate-limited': {
      const headers = { 'retry-after': String(fault.retryAfterSeconds) };
      sendJson(response, 429, { ok: false, error: 'ratelimited' }, headers);
      return true;
    }
    case 'dropped-before':
      response.destroy();
      return true;
    case 'error-before':
      sendJson(response, 200, { ok: false, error: fault.error ?? 'internal_error' });
      return true;
    case 'status':
      response.writeHead(fault.status);
      response.end();
      return true;
    default:
      return false;
  }
};

/** `POST /api/<method>`: a Web API call with whatever fault waits for it. */
export const apiRoute = async (
  workspace: Workspace,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<void> => {
  const name = url.pathname.slice('/api/'.length);
  const body = await readBody(request);
  if (body === undefined) return sendJson(response, 413, { ok: false, error: 'request_too_large' });
  const fault = workspace.faults.take(name);
  if (failBefore(fault, response)) return;
  const raw = argumentsOf(request, url, body);
  const answer = call(workspace, name, tokenOf(request, raw), raw);
  if (fault?.kind === 'dropped-after') {
    response.destroy();
    return;
  }
  if (fault?.kind === 'late') await new Promise((resolve) => setTimeout(resolve, fault.ms));
  const shown =
    fault?.kind === 'error-after' ? { ok: false, error: fault.error ?? 'internal_error' } : answer;
  sendJson(response, 200, shown, {
    'x-oauth-scopes': workspace.tokens.scopes.join(','),
    'x-accepted-oauth-scopes': methods.get(name)?.scopes.join(',') ?? '',
  });
};
