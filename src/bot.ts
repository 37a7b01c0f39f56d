import type { Clock, Deps, Ids, Log, Store } from './ports.ts';
import { createHeartbeat, type Heartbeat } from './scheduler/heartbeat.ts';
import { followZoneData } from './scheduler/materialise.ts';
import { tick, tickUntilQuiet } from './scheduler/tick.ts';
import { createSlackApp } from './slack/app.ts';
import { createClients } from './slack/clients.ts';
import { createDirectory } from './slack/directory.ts';
import { ensureInstallation, singleInstallation } from './slack/installations.ts';
import { createMessenger } from './slack/messenger.ts';
import type { SlackMode } from './slack/receivers.ts';

export interface BotParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly mode: SlackMode;
  readonly botToken: string;
  /** Absent: Slack itself. */
  readonly slackApiUrl?: string;
  /** Runs before each tick: looks at the clock that all processes share. False: nothing may be claimed now. */
  readonly beforeTick?: () => Promise<boolean>;
  /** Milliseconds between ticks; 15 s unless told. */
  readonly tickEveryMs?: number;
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
  const { store, clock, ids, log, botToken, slackApiUrl } = parts;
  const api = slackApiUrl === undefined ? {} : { slackApiUrl };
  const clients = createClients({ botToken, log, ...api });
  const installation = singleInstallation(() => ensureInstallation(store, clients.reading, { clock, ids }));
  const directory = createDirectory({ client: clients.reading, store, clock, log });
  const messenger = createMessenger({ clients, installation, deps: () => deps });
  const deps: Deps = { store, clock, ids, messenger, directory, log, poke: () => heartbeat.poke() };

  const heartbeat = createHeartbeat({
    tick: async () => {
      const certain = (await parts.beforeTick?.()) ?? true;
      return certain ? tick(deps) : { done: 0 };
    },
    clock,
    log,
    ...(parts.tickEveryMs === undefined ? {} : { everyMs: parts.tickEveryMs }),
  });
  const app = createSlackApp({
    deps,
    directory,
    clients,
    installation,
    mode: parts.mode,
    botToken,
    ...api,
    onInbox: () => void heartbeat.tickNow(),
  });

  return {
    deps,
    heartbeat,
    start: async () => {
      await parts.beforeTick?.();
      const { workspaceId } = await installation.current();
      await followZoneData(deps, workspaceId);
      const listening = await app.start();
      heartbeat.start();
      return listening;
    },
    // A tick that a poke began is waited for too: a clock that is moved meanwhile would outlive its claims.
    tickUntilQuiet: async () => {
      await parts.beforeTick?.();
      await tickUntilQuiet(deps);
      await heartbeat.idle();
    },
    connected: app.connected,
    stop: async () => {
      await heartbeat.stop();
      await app.stop();
    },
  };
};
