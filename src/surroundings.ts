import { join } from 'node:path';
import type { Bot } from './bot.ts';
import type { Config, SlackMode as ConfiguredSlack } from './config.ts';
import { hostTime } from './host.ts';
import type { Step } from './ops/shutdown.ts';
import type { Clock, Log, Store } from './ports.ts';
import { createStoreClock } from './scheduler/store-clock.ts';
import type { SlackMode } from './slack/receivers.ts';
import { openStore } from './store/open-store.ts';

/** What a bot lives in: its store, its time and its Slack, however it was started. */
export interface Surroundings {
  readonly store: Store;
  readonly clock: Clock;
  readonly mode: SlackMode;
  readonly botToken: string;
  readonly slackApiUrl?: string;
  /** False: the time is not certain, and nothing may be claimed now. */
  readonly beforeTick?: () => Promise<boolean>;
  /** Milliseconds by which this machine's clock is behind the one that decides. */
  readonly clockOffsetMs?: () => number;
  /** Once the bot listens. Returns what to tell the person who started it. */
  ready(bot: Bot, port: number | undefined): Promise<string>;
  /** What is closed after the bot, in this order. */
  readonly closing: readonly Step[];
}

/** With credentials: Slack itself, the store of the environment, and that store's time. */
export const slackSurroundings = async (
  config: Config,
  slack: Exclude<ConfiguredSlack, { kind: 'local' }>,
  log: Log,
): Promise<Surroundings> => {
  const store = await openStore({
    ...(config.mongodbUri === undefined
      ? { sqlitePath: join(config.dataDir, 'partnerships.db') }
      : { mongoUri: config.mongodbUri }),
    log,
  });
  const clock = createStoreClock({ store: store.time, host: hostTime, log });
  return {
    store,
    clock,
    beforeTick: clock.refresh,
    clockOffsetMs: clock.offsetMs,
    mode:
      slack.kind === 'socket'
        ? { kind: 'socket', appToken: slack.appToken }
        : { kind: 'http', signingSecret: slack.signingSecret, port: config.port },
    botToken: slack.botToken,
    ...(config.slackApiUrl === undefined ? {} : { slackApiUrl: config.slackApiUrl }),
    ready: async (_bot, port) =>
      port === undefined
        ? 'Connected to Slack by Socket Mode.'
        : `Listening for Slack on port ${port}, path /slack/events.`,
    closing: [{ name: 'store', run: () => store.close() }],
  };
};
