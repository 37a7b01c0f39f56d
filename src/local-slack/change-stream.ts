import type { ServerResponse } from 'node:http';

const gatherMs = 30;
const keepAliveMs = 20_000;

/** Server-sent events that say "something changed", at most one in 30 ms. */
export interface ChangeStream {
  changed(): void;
  attach(response: ServerResponse): void;
  close(): void;
}

export const startChangeStream = (): ChangeStream => {
  const open = new Set<ServerResponse>();
  let n = 0;
  let gathering: NodeJS.Timeout | undefined;
  const keepAlive = setInterval(() => {
    for (const response of open) response.write(': still here\n\n');
  }, keepAliveMs);
  keepAlive.unref();
  const flush = (): void => {
    gathering = undefined;
    n += 1;
    for (const response of open) response.write(`data: ${JSON.stringify({ n })}\n\n`);
  };
  return {
    changed: () => {
      gathering ??= setTimeout(flush, gatherMs).unref();
    },
    attach: (response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
      response.write(`retry: 1000\ndata: ${JSON.stringify({ n })}\n\n`);
      open.add(response);
      response.on('close', () => open.delete(response));
    },
    close: () => {
      clearInterval(keepAlive);
      clearTimeout(gathering);
      for (const response of open) response.end();
    },
  };
};
