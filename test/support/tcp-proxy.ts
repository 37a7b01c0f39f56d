import { createConnection, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

/** A door in front of a server that a test can shut and open again. */
export interface TcpProxy {
  readonly port: number;
  /** Ends every connection and refuses new ones. */
  cut(): Promise<void>;
  restore(): Promise<void>;
  /** What comes in or goes out from here on takes so much longer, in milliseconds. */
  delay(ms: number): void;
  /** The server does what it is asked next on any connection; its answer is lost, with the connection. */
  loseNextAnswer(): void;
  /** How many answers were lost. */
  lost(): number;
  close(): Promise<void>;
}

const listen = (server: Server, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      const address = server.address();
      if (address === null || typeof address === 'string') reject(new Error('The proxy has no port.'));
      else resolve(address.port);
    });
  });

export const startTcpProxy = async (target: { host: string; port: number }): Promise<TcpProxy> => {
  const sockets = new Set<Socket>();
  let delayMs = 0;
  let isLosing = false;
  let lost = 0;
  const keep = (socket: Socket): void => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  };
  const server = createServer((incoming) => {
    const outgoing = createConnection(target);
    for (const [one, other] of [
      [incoming, outgoing],
      [outgoing, incoming],
    ] as const) {
      keep(one);
      one.on('error', () => other.destroy());
      one.on('close', () => other.destroy());
      // One after another, so that what comes after a change of the delay overtakes nothing.
      let sent: Promise<unknown> = Promise.resolve();
      one.on('data', (chunk) => {
        if (one === outgoing && isLosing) {
          isLosing = false;
          lost += 1;
          incoming.destroy();
          return;
        }
        const from = delayMs === 0 ? undefined : wait(delayMs);
        sent = sent.then(() => from).then(() => other.destroyed || other.write(chunk));
      });
    }
  });
  const port = await listen(server, 0);
  const cut = (): Promise<void> =>
    new Promise((resolve) => {
      if (!server.listening) return resolve();
      server.close(() => resolve());
      for (const socket of sockets) socket.destroy();
    });
  return {
    port,
    cut,
    delay: (ms) => {
      delayMs = ms;
    },
    loseNextAnswer: () => {
      isLosing = true;
    },
    lost: () => lost,
    restore: async () => {
      if (!server.listening) await listen(server, port);
    },
    close: cut,
  };
};
