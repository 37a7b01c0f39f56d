import { createServer } from 'node:http';
import { freePort } from './child.ts';

/** A `response_url` of its own, and what is posted to it first. Rejects when nothing comes within five seconds. */
export interface Expected {
  readonly url: string;
  readonly reply: Promise<string>;
}

export interface Replies {
  expect(): Expected;
  close(): void;
}

const replyWithinMs = 5000;

/** Where commands are answered: Slack's `response_url`s, on this machine. */
export const startReplies = async (): Promise<Replies> => {
  const waiting = new Map<string, (reply: string) => void>();
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      response.end('ok');
      waiting.get(request.url ?? '')?.(Buffer.concat(parts).toString());
    });
  });
  const port = await freePort();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  let last = 0;
  return {
    expect: () => {
      last += 1;
      const path = `/reply/${last}`;
      const reply = new Promise<string>((resolve, reject) => {
        const timer = setTimeout(() => {
          waiting.delete(path);
          reject(new Error('A command was acknowledged, and no reply to it came.'));
        }, replyWithinMs);
        waiting.set(path, (text) => {
          clearTimeout(timer);
          waiting.delete(path);
          resolve(text);
        });
      });
      return { url: `http://127.0.0.1:${port}${path}`, reply };
    },
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
};
