import { join } from 'node:path';
import { type Child, freePort, startChild } from './child.ts';
import { type Answered, signedRequest } from './signed-request.ts';
import { listCommand, type Sender } from './submissions.ts';
import { credentials } from './world.ts';

const root = join(import.meta.dirname, '..', '..');

/** A running app and how to send it a signed form. */
export interface RunningApp extends Child {
  send(form: Readonly<Record<string, string>>): Promise<Answered>;
}

/** Ready is: the first signed command was acknowledged. */
const start = async (
  script: string,
  env: Readonly<Record<string, string>>,
  first: Readonly<Record<string, string>>,
): Promise<RunningApp> => {
  const port = await freePort();
  const send = (form: Readonly<Record<string, string>>) =>
    signedRequest(port, credentials.signingSecret, form);
  const answered = async (): Promise<boolean> => {
    try {
      return (await send(first)).status === 200;
    } catch (error) {
      // Not listening yet. Anything but a refused connection is wrong.
      if (error instanceof Error && 'code' in error && error.code === 'ECONNREFUSED') return false;
      throw error;
    }
  };
  const child = await startChild(
    script,
    { PORT: String(port), SLACK_SIGNING_SECRET: credentials.signingSecret, ...env },
    answered,
  );
  return { ...child, send };
};

export interface AppStarts {
  bot(dataDir: string): Promise<RunningApp>;
  /** A bare Bolt app that only acknowledges; with `writes`, after that many durable writes to `path`. */
  bare(database?: { readonly writes: number; readonly path: string }): Promise<RunningApp>;
}

export const appStarts = (
  sender: Sender,
  at: { readonly channelId: string; readonly replyUrl: string; readonly slackApiUrl: string },
): AppStarts => {
  const first = () => listCommand(sender, at.channelId, at.replyUrl);
  return {
    bot: async (dataDir) =>
      start(
        join(root, 'dist', 'main.js'),
        {
          SLACK_BOT_TOKEN: credentials.bot,
          SLACK_API_URL: at.slackApiUrl,
          DATA_DIR: dataDir,
          OPS_PORT: String(await freePort()),
          LOG_LEVEL: 'warn',
        },
        first(),
      ),
    bare: (database) =>
      start(
        join(import.meta.dirname, 'bare-bolt.mjs'),
        database === undefined ? {} : { BENCH_WRITES: String(database.writes), BENCH_DB: database.path },
        first(),
      ),
  };
};
