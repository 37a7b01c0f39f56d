import type { RichOption } from './block-kit/composition.ts';
import type { Delivery } from './delivery.ts';
import type { Faults } from './faults.ts';
import type { Files } from './files.ts';
import type { Log } from './log.ts';
import type { RenderedLog } from './rendered.ts';
import type { ResponseUrls } from './response-urls.ts';
import type { Triggers } from './triggers.ts';
import type { World } from './world.ts';

export interface Tokens {
  /** `xoxb-…` */
  readonly bot: string;
  /** `xapp-…`, for Socket Mode. */
  readonly app: string;
  /** Granted to the bot token. */
  readonly scopes: readonly string[];
}

/** The running workspace: what is true in it, and everything that talks to the bot. */
export interface Workspace {
  readonly world: World;
  readonly tokens: Tokens;
  readonly delivery: Delivery;
  /** A socket's address for `apps.connections.open`; undefined when the app does not use Socket Mode. */
  readonly openSocket: () => string | undefined;
  readonly faults: Faults;
  readonly files: Files;
  readonly triggers: Triggers;
  readonly responseUrls: ResponseUrls;
  readonly rendered: RenderedLog;
  /** What external selects were offered last, by person, place, block and action. */
  readonly offered: Map<string, readonly RichOption[]>;
  readonly events: EventSender;
  readonly log: Log;
  /** `http://127.0.0.1:3000`, without a slash at its end. */
  readonly address: () => string;
}

export interface EventSender {
  /** Sends in the background; `shared` marks a channel of several workspaces. */
  send(event: { readonly type: string } & Record<string, unknown>, shared: boolean): void;
  /** Resolves when no event is under way; retries that wait for their minute do not count. */
  quiet(): Promise<void>;
  close(): void;
}
