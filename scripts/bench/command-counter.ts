import { createConnection, createServer, type Socket } from 'node:net';
import { BSON } from 'mongodb';
import { freePort } from './child.ts';

/** A door in front of a MongoDB server that counts the commands which go through it, whoever sends them. */
export interface CommandCounter {
  readonly port: number;
  /** From "find rhythms" to how often, since the start or the last reset. */
  counted(): ReadonlyMap<string, number>;
  reset(): void;
  close(): Promise<void>;
}

const headerBytes = 16;
const opMsg = 2013;
/** After the header and the flags: the kind of the first section, then its body. */
const firstSection = headerBytes + 4;

/** What a message asks for; undefined for what the driver sends by itself to watch the server. */
const commandOf = (message: Buffer): string | undefined => {
  if (message.readInt32LE(12) !== opMsg) return undefined;
  let at = firstSection;
  while (message[at] !== 0) at += 1 + message.readInt32LE(at + 1);
  const body = message.subarray(at + 1, at + 1 + message.readInt32LE(at + 1));
  const asked: BSON.Document = BSON.deserialize(body);
  const [name, of] = Object.entries(asked)[0] ?? [];
  if (name === 'ping' || name === 'endSessions') return undefined;
  // A question for the time comes in a session, the driver's watch of the server does not.
  if (name === 'hello' || name === 'ismaster' || name === 'isMaster')
    return asked.lsid === undefined ? undefined : 'hello, for the time';
  return typeof of === 'string' ? `${name} ${of}` : name;
};

/** Takes whole messages off the front of what came in and gives what is left. */
const takeMessages = (bytes: Buffer, each: (message: Buffer) => void): Buffer => {
  let rest = bytes;
  while (rest.length >= headerBytes && rest.length >= rest.readInt32LE(0)) {
    const length = rest.readInt32LE(0);
    each(rest.subarray(0, length));
    rest = rest.subarray(length);
  }
  return rest;
};

export const startCommandCounter = async (target: {
  readonly host: string;
  readonly port: number;
}): Promise<CommandCounter> => {
  const counts = new Map<string, number>();
  const sockets = new Set<Socket>();
  const count = (message: Buffer): void => {
    const command = commandOf(message);
    if (command !== undefined) counts.set(command, (counts.get(command) ?? 0) + 1);
  };
  const server = createServer((client) => {
    const upstream = createConnection(target);
    for (const [one, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(one);
      one.setNoDelay(true);
      one.on('error', () => other.destroy());
      one.on('close', () => {
        sockets.delete(one);
        other.destroy();
      });
      one.pipe(other);
    }
    let unread: Buffer = Buffer.alloc(0);
    client.on('data', (chunk: Buffer) => {
      unread = takeMessages(unread.length === 0 ? chunk : Buffer.concat([unread, chunk]), count);
    });
  });
  const port = await freePort();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    port,
    counted: () => new Map(counts),
    reset: () => counts.clear(),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
};
