import { randomBytes } from 'node:crypto';
import { type Db, MongoClient } from 'mongodb';
import { z } from 'zod';

/** A database of the benchmark's own on the server that MONGODB_URI names. */
export interface MongoPlace {
  readonly uri: string;
  readonly host: string;
  readonly port: number;
  /** What the server says it is: every figure made on it names it. */
  readonly server: string;
  readonly db: Db;
  /** The same database, reached at another port of this machine. */
  through(port: number): string;
  /** Drops the database and closes. */
  close(): Promise<void>;
}

const buildInfo = z.object({ version: z.string(), secantusVersion: z.string().optional() });

const nameOf = ({ version, secantusVersion }: z.infer<typeof buildInfo>): string =>
  secantusVersion === undefined
    ? `MongoDB ${version}`
    : `SecantusDB ${secantusVersion}, a stand-in that speaks MongoDB's protocol (reports ${version})`;

/** `uri` names one host. */
export const openMongoPlace = async (uri: string): Promise<MongoPlace> => {
  const url = new URL(uri);
  url.pathname = `/bench_${randomBytes(6).toString('hex')}`;
  // Otherwise the driver asks the server for its address, and goes past a proxy.
  url.searchParams.set('directConnection', 'true');
  const client = new MongoClient(url.href);
  const db = client.db();
  const server = nameOf(buildInfo.parse(await db.admin().command({ buildInfo: 1 })));
  const through = (port: number): string => {
    const proxied = new URL(url);
    proxied.hostname = '127.0.0.1';
    proxied.port = String(port);
    return proxied.href;
  };
  return {
    uri: url.href,
    host: url.hostname,
    port: Number(url.port || 27_017),
    server,
    db,
    through,
    close: async () => {
      await db.dropDatabase();
      await client.close();
    },
  };
};
