import { promises as fs } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { extname, join } from 'node:path';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.map': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
};

const plain = (response: ServerResponse, status: number, text: string): void => {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' });
  response.end(text);
};

/** A file of the page's own directory, by its bare name; `/` and links to messages give `index.html`. */
export const servePage = async (
  directory: string | undefined,
  path: string,
  response: ServerResponse,
): Promise<void> => {
  const isPage = path === '/' || path.startsWith('/archives/');
  const name = isPage ? 'index.html' : path.slice(1);
  const type = types[extname(name)];
  if (directory === undefined || type === undefined || !/^[\w-]+(\.[\w-]+)+$/.test(name)) {
    return plain(response, 404, 'There is no such page here.');
  }
  let file: Uint8Array;
  try {
    file = await fs.readFile(join(directory, name));
  } catch {
    return plain(response, 404, 'There is no such page here. Has it been built?');
  }
  response.writeHead(200, { 'content-type': type, 'cache-control': 'no-cache' });
  response.end(file);
};
