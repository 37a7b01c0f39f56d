import type { IncomingMessage, ServerResponse } from 'node:http';
import { uploadPath } from './files.ts';
import { readBody } from './http-body.ts';
import type { Workspace } from './workspace.ts';

const say = (response: ServerResponse, status: number, text: string): void => {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' });
  response.end(text);
};

/** `POST` of a file's bytes to the address that was given for it. */
export const uploadRoute = async (
  workspace: Workspace,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<void> => {
  const text = await readBody(request);
  const taken = text !== undefined && workspace.files.receive(url.pathname.slice(uploadPath.length), text);
  if (taken) say(response, 200, `OK - ${Buffer.byteLength(text)}`);
  else say(response, 404, 'There is no such upload, or it has another length.');
};

export const downloadPath = '/_local/files/';

/** A shared file, to be kept and never to be opened as a page. */
export const downloadFile = (workspace: Workspace, response: ServerResponse, url: URL): void => {
  const file = workspace.files.get(url.pathname.slice(downloadPath.length));
  if (file === undefined) {
    say(response, 404, 'This file is not here any more: files live as long as the program.');
    return;
  }
  response.writeHead(200, {
    'content-type': 'text/plain; charset=utf-8',
    'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`,
    'x-content-type-options': 'nosniff',
  });
  response.end(file.text);
};
