import type { Clock, Deps, Ids, Log, Store } from './ports.ts';
import { postGapMs } from './scheduler/deliver.ts';
import { createHeartbeat, type Heartbeat } from './scheduler/heartbeat.ts';
import { followZoneData } from './scheduler/materialise.ts';
import { createPace } from './scheduler/pace.ts';
import { tick, tickUntilQuiet } from './scheduler/tick.ts';
import { createClients, type SlackClients } from './slack/clients.ts';
import { createDirectory, type SlackDirectory } from './slack/directory.ts';
import { ensureInstallation, type SingleInstallation, singleInstallation } from './slack/installations.ts';
import { createMessenger } from './slack/messenger.ts';
import { planAllPeriodQuestions } from './usecases/plan-period-question.ts';

export interface EngineParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly botToken: string;
  /** Absent: Slack itself. */
  readonly slackApiUrl?: string;
  /** For one call of Slack's, and for what one message needs of them; 10 s unless told. */
  readonly slackTimeoutMs?: number;
  /** Runs before each tick: looks at the clock that all processes share. False: nothing may be claimed now. */
  readonly beforeTick?: () => Promise<boolean>;
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
  /** Asks Slack who we are, and the store what time it is. Before the first beat. */
  prepare(): Promise<void>;
  /** Everything that is due now, until nothing is left. */
  tickUntilQuiet(): Promise<void>;
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
  const messenger = createMessenger({
    clients,
    installation,
    deps: () => deps,
    ...(slackTimeoutMs === undefined ? {} : { drawWithinMs: slackTimeoutMs }),
  });
  const pace = createPace(postGapMs);
  const deps: Deps = { store, clock, ids, messenger, directory, log, pace, poke: () => heartbeat.poke() };

  const beforeTick = async (): Promise<boolean> => (await parts.beforeTick?.()) ?? true;
  const heartbeat = createHeartbeat({
    tick: async () => ((await beforeTick()) ? tick(deps) : { done: 0 }),
    clock,
    log,
    ...(parts.tickEveryMs === undefined ? {} : { everyMs: parts.tickEveryMs }),
    ...(parts.tickDeadlineMs === undefined ? {} : { deadlineMs: parts.tickDeadlineMs }),
  });
  return {
    deps,
    heartbeat,
    clients,
    directory,
    installation,
    prepare: async () => {
      await beforeTick();
      const { workspaceId } = await installation.current();
      await store.installations.revive();
      await followZoneData(deps, workspaceId);
      await planAllPeriodQuestions(deps, workspaceId);
    },
    // A tick that a poke began is waited for too: a clock that is moved meanwhile would outlive its claims.
    tickUntilQuiet: async () => {
      await beforeTick();
      await tickUntilQuiet(deps);
      await heartbeat.idle();
    },
  };
};
