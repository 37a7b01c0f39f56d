import type { IncomingMessage, ServerResponse } from 'node:http';
import { ApiError } from './api/api-error.ts';
import { parseJson, readBody, sendJson } from './http-body.ts';
import { respond } from './respond.ts';
import { responsePath } from './response-urls.ts';
import type { Workspace } from './workspace.ts';

/** `POST` to a `response_url`: "ok" as text, or an error status with Slack's code. */
export const responseRoute = async (
  workspace: Workspace,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<void> => {
  const body = await readBody(request);
  const used = workspace.responseUrls.use(url.pathname.slice(responsePath.length));
  if (!used.ok) return sendJson(response, 404, { ok: false, error: used.error });
  try {
    respond(workspace, used.place, parseJson(body ?? ''));
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    workspace.log.warn('A response was refused', { error: error.code, ...error.rest });
    return sendJson(response, 400, { ok: false, error: error.code, ...error.rest });
  }
  response.writeHead(200, { 'content-type': 'text/plain' });
  response.end('ok');
};
