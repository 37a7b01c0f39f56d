import type { Clock, Deps, Ids, Log, Store } from './ports.ts';
import { createHeartbeat, type Heartbeat } from './scheduler/heartbeat.ts';
import { deliverUntilQuiet, tickUntilQuiet } from './scheduler/tick.ts';
import { createClients, type SlackClients } from './slack/clients.ts';
import { createDirectory, type SlackDirectory } from './slack/directory.ts';
import { ensureInstallation, type SingleInstallation, singleInstallation } from './slack/installations.ts';
import { createMessenger } from './slack/messenger.ts';

export interface EngineParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly botToken: string;
  /** Absent: Slack itself. */
  readonly slackApiUrl?: string;
  /** For one call of Slack's; 10 s unless told. */
  readonly slackTimeoutMs?: number;
  /** Runs before each tick: takes over what another process did to a shared clock. */
  readonly beforeTick?: () => Promise<void>;
  /** Milliseconds between ticks; 15 s unless told. */
  readonly tickEveryMs?: number;
  /** Milliseconds after which a tick is given up; 60 s unless told. */
  readonly tickDeadlineMs?: number;
}

export interface Engine {
  readonly deps: Deps;
  readonly heartbeat: Heartbeat;
  readonly clients: SlackClients;
  readonly directory: SlackDirectory;
  readonly installation: SingleInstallation;
  /** One pass over everything that is due now, until nothing is left. */
  tick(): Promise<void>;
}

/** What the bot does by itself, without anybody asking: the ticks and the outbox. Listens to nothing. */
export const createEngine = (parts: EngineParts): Engine => {
  const { store, clock, ids, log, botToken, slackApiUrl, slackTimeoutMs } = parts;
  const clients = createClients({
    botToken,
    log,
    ...(slackApiUrl === undefined ? {} : { slackApiUrl }),
    ...(slackTimeoutMs === undefined ? {} : { timeoutMs: slackTimeoutMs }),
  });
  const installation = singleInstallation(() => ensureInstallation(store, clients.reading, { clock, ids }));
  const directory = createDirectory({ client: clients.reading, store, clock, log });
  const messenger = createMessenger({ clients, installation, deps: () => deps });
  const deps: Deps = { store, clock, ids, messenger, directory, log, poke: () => heartbeat.poke() };

  const tick = async (): Promise<void> => {
    await parts.beforeTick?.();
    await tickUntilQuiet(deps);
  };
  const heartbeat = createHeartbeat({
    tick,
    deliver: () => deliverUntilQuiet(deps),
    earliest: () => store.due.earliest(),
    clock,
    log,
    ...(parts.tickEveryMs === undefined ? {} : { everyMs: parts.tickEveryMs }),
    ...(parts.tickDeadlineMs === undefined ? {} : { deadlineMs: parts.tickDeadlineMs }),
  });
  return { deps, heartbeat, clients, directory, installation, tick };
};
