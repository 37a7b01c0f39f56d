import { createServer, request } from 'node:http';
import { z } from 'zod';

/** One Web API call as it went over the socket: decoded arguments and the answer. */
export interface RecordedCall {
  readonly method: string;
  readonly args: Readonly<Record<string, unknown>>;
  readonly answer: Readonly<Record<string, unknown>>;
}

export interface RecordingProxy {
  readonly apiUrl: string;
  readonly calls: RecordedCall[];
  close(): Promise<void>;
}

const answered = z.record(z.string(), z.unknown());

/** Arguments travel as a form; objects inside are JSON. */
const decoded = (body: string): Record<string, unknown> =>
  Object.fromEntries(
    [...new URLSearchParams(body)].map(([name, text]) => [
      name,
      /^[[{]/.test(text) ? JSON.parse(text) : text,
    ]),
  );

/** Stands between a bot and a Slack API and keeps what was said, for APIs that cannot be asked afterwards. */
export const recordingProxy = async (target: string): Promise<RecordingProxy> => {
  const calls: RecordedCall[] = [];
  const server = createServer((asked, response) => {
    const parts: Buffer[] = [];
    asked.on('data', (part: Buffer) => parts.push(part));
    asked.on('end', () => {
      const body = Buffer.concat(parts);
      const passed = request(
        new URL(asked.url ?? '/', target),
        { method: asked.method ?? 'POST', headers: { ...asked.headers, host: new URL(target).host } },
        (answer) => {
          const got: Buffer[] = [];
          answer.on('data', (part: Buffer) => got.push(part));
          answer.on('end', () => {
            const text = Buffer.concat(got).toString();
            const method = (asked.url ?? '').replace(/^\/api\//, '');
            if (answer.statusCode === 200) {
              calls.push({
                method,
                args: decoded(body.toString()),
                answer: answered.parse(JSON.parse(text)),
              });
            }
            response.writeHead(answer.statusCode ?? 502, answer.headers);
            response.end(text);
          });
        },
      );
      passed.on('error', () => response.destroy());
      passed.end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    apiUrl: `http://127.0.0.1:${port}/api/`,
    calls,
    close: () =>
      new Promise((resolve, reject) => server.close((error) => (error ? reject(error) : resolve()))),
  };
};
