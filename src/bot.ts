import { createEngine, type EngineParts } from './engine.ts';
import type { Deps } from './ports.ts';
import type { Heartbeat } from './scheduler/heartbeat.ts';
import { createSlackApp } from './slack/app.ts';
import type { SlackMode } from './slack/receivers.ts';

export interface BotParts extends EngineParts {
  readonly mode: SlackMode;
}

export interface Bot {
  readonly deps: Deps;
  readonly heartbeat: Heartbeat;
  /** Asks Slack who we are, listens, and starts to tick. The port is the HTTP receiver's. */
  start(): Promise<{ readonly port?: number }>;
  /** Everything that is due now, until nothing is left. */
  tickUntilQuiet(): Promise<void>;
  /** Whether Slack's requests can reach the bot now. */
  connected(): boolean;
  /** Ticks end first, then requests; the store is its owner's to close. */
  stop(): Promise<void>;
}

/** The whole bot but for its surroundings: which store, which clock, which Slack. */
export const createBot = (parts: BotParts): Bot => {
  const { deps, heartbeat, clients, directory, installation, prepare, tickUntilQuiet } = createEngine(parts);
  const app = createSlackApp({
    deps,
    directory,
    clients,
    installation,
    mode: parts.mode,
    botToken: parts.botToken,
    ...(parts.slackApiUrl === undefined ? {} : { slackApiUrl: parts.slackApiUrl }),
    onInbox: () => void heartbeat.tickNow(),
  });

  return {
    deps,
    heartbeat,
    start: async () => {
      await prepare();
      const listening = await app.start();
      heartbeat.start();
      return listening;
    },
    tickUntilQuiet,
    connected: app.connected,
    stop: async () => {
      await heartbeat.stop();
      await app.stop();
    },
  };
};
