import type { App } from '@slack/bolt';
import { z } from 'zod';
import type { Deps, Log } from '../ports.ts';
import { noteUninstall } from '../usecases/note-uninstall.ts';
import { receiveEvent } from '../usecases/work-inbox.ts';
import { boltLogger } from './bolt-logger.ts';
import { interactiveOptions, type SlackClients } from './clients.ts';
import { ackWithinMs } from './deadline.ts';
import type { SlackDirectory } from './directory.ts';
import { inFlight } from './in-flight.ts';
import type { SingleInstallation } from './installations.ts';
import { registerListeners } from './listeners/register.ts';
import { PartnershipApp } from './partnership-app.ts';
import { httpLink, type SlackMode, socketLink } from './receivers.ts';

export interface SlackApp {
  /** Listens. The port is the HTTP receiver's; Socket Mode has none. */
  start(): Promise<{ readonly port?: number }>;
  /** Takes nothing new, then waits at most `drainMs` for what is in flight. */
  stop(drainMs?: number): Promise<void>;
  /** Whether requests can reach the bot now. */
  connected(): boolean;
}

export interface SlackAppParts {
  readonly deps: Deps;
  readonly directory: SlackDirectory;
  readonly clients: SlackClients;
  readonly installation: SingleInstallation;
  readonly mode: SlackMode;
  readonly botToken: string;
  readonly slackApiUrl?: string;
  /** An event waits in the inbox: work it now rather than at the next tick. */
  readonly onInbox: () => void;
}

const drainForMs = 25_000;

export const createSlackApp = (parts: SlackAppParts): SlackApp => {
  const { deps, installation, mode } = parts;
  const { log } = deps;
  const running = inFlight();
  const options = {
    log,
    ...(parts.slackApiUrl === undefined ? {} : { slackApiUrl: parts.slackApiUrl }),
  };
  const link = mode.kind === 'http' ? httpLink(mode, log) : socketLink(mode, options);

  const app = new PartnershipApp(
    {
      receiver: link.receiver,
      logger: boltLogger(log),
      clientOptions: interactiveOptions(options),
      // Never a token: Bolt would call auth.test in its constructor, where a failure is an unhandled rejection.
      authorize: async () => {
        const { workspaceId, teamId, enterpriseId, botId, botUserId } = await installation.current();
        return {
          botToken: parts.botToken,
          botId,
          botUserId,
          workspaceId,
          ...(teamId === undefined ? {} : { teamId }),
          ...(enterpriseId === undefined ? {} : { enterpriseId }),
        };
      },
      convoStore: false,
      extendedErrorHandler: true,
    },
    {
      before: async (body) => {
        if ((await noteUninstall(deps, body)) === 'uninstalled') return;
        const { workspaceId } = await installation.current();
        if ((await receiveEvent(deps, workspaceId, body)) === 'kept') parts.onInbox();
      },
      elapsed: () => deps.clock.elapsed(),
      running,
    },
  );
  reportErrors(app, log);
  registerListeners(app, { ...parts, log, running });

  return {
    start: link.start,
    connected: link.connected,
    stop: async (drainMs = drainForMs) => {
      // A socket carries the answers too: those on their way get two seconds before it closes.
      if (mode.kind === 'socket') await running.drained(ackWithinMs);
      const closed = link.stop();
      if (!(await running.drained(drainMs)))
        log.warn('stopped with work in flight', { left: running.count() });
      await closed;
    },
  };
};

interface Failed {
  readonly error: Error & { readonly original?: Error; readonly originals?: Error[] };
  readonly body: unknown;
  readonly context: { readonly workspaceId?: unknown; readonly userId?: unknown };
}

/**
 * The end of the road for errors that no listener answered. Always rethrown: an error handler that resolves turns
 * an outage into a 200, and the event is lost.
 */
const reportErrors = (app: App, log: Log): void => {
  app.error(async ({ error, body, context }: Failed) => {
    const typed = z.object({ type: z.string() }).safeParse(body);
    log.error('a request failed', {
      error: error.originals ?? error.original ?? error,
      type: typed.success ? typed.data.type : 'command',
      workspaceId: context.workspaceId,
      userId: context.userId,
    });
    throw error;
  });
};
