import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One thing that must work for the bot to do its job; throws or returns false when it does not. */
type Check = () => Promise<boolean> | boolean;

export interface HealthParts {
  readonly checks: Readonly<Record<string, Check>>;
  /** Numbers for `/metrics`, by Prometheus name. */
  readonly gauges: () => Readonly<Record<string, number>>;
  readonly port: number;
}

export interface HealthServer {
  readonly port: number;
  /** From now on not ready, whatever the checks say: the bot is stopping. */
  drain(): void;
  close(): Promise<void>;
}

const checkWithinMs = 1000;

const passes = async (check: Check): Promise<boolean> => {
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), checkWithinMs);
  });
  try {
    return await Promise.race([(async () => check())(), tooLong]);
  } catch {
    // A failing check is the answer, and the caller shows it by name.
    return false;
  } finally {
    clearTimeout(timer);
  }
};

/**
 * `/healthz`: the process answers. `/readyz`: every check passes, else 503 with what failed. `/metrics`: gauges in
 * Prometheus' text format. Rejects when the port is taken.
 */
export const startHealth = async ({ checks, gauges, port }: HealthParts): Promise<HealthServer> => {
  let draining = false;
  const ready = async (): Promise<Record<string, boolean>> => {
    const results = await Promise.all(
      Object.entries(checks).map(
        async ([name, check]): Promise<[string, boolean]> => [name, await passes(check)],
      ),
    );
    return { ...Object.fromEntries(results), ...(draining ? { stopping: false } : {}) };
  };

  const server = createServer((request, response) => {
    const say = (status: number, type: string, body: string): void => {
      response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' });
      response.end(body);
    };
    if (request.method !== 'GET' && request.method !== 'HEAD') return say(405, 'text/plain', 'GET only\n');
    switch (request.url?.split('?')[0]) {
      case '/healthz':
        return say(200, 'text/plain', 'ok\n');
      case '/readyz':
        return void ready().then((results) => {
          const ok = Object.values(results).every((one) => one);
          say(ok ? 200 : 503, 'application/json', `${JSON.stringify({ ready: ok, ...results })}\n`);
        });
      case '/metrics':
        return say(200, 'text/plain; version=0.0.4', asMetrics(gauges()));
      default:
        return say(404, 'text/plain', 'not here\n');
    }
  });
  await listening(server, port);
  return {
    port: portOf(server.address(), port),
    drain: () => {
      draining = true;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};

const asMetrics = (gauges: Readonly<Record<string, number>>): string =>
  Object.entries(gauges)
    .map(([name, value]) => `# TYPE ${name} gauge\n${name} ${value}\n`)
    .join('');

const listening = (server: Server, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, () => {
      server.off('error', reject);
      resolve();
    });
  });

const portOf = (address: AddressInfo | string | null, wanted: number): number =>
  typeof address === 'object' && address !== null ? address.port : wanted;
