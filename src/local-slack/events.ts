import type { AppAnswer, Delivery, RetryReason } from './delivery.ts';
import type { Faults } from './faults.ts';
import { slackId } from './ids.ts';
import type { Log } from './log.ts';
import type { EventSender } from './workspace.ts';
import type { World } from './world.ts';

/** At once, after a minute, after five: Slack's three retries. */
export const slackRetryDelays: readonly number[] = [0, 60_000, 300_000];

/** The scope that an event needs; without an entry it needs none. */
const scopeOf = (event: Readonly<Record<string, unknown>>): string | undefined => {
  switch (event.type) {
    case 'message':
      if (event.channel_type === 'im') return 'im:history';
      return event.channel_type === 'group' ? 'groups:history' : 'channels:history';
    case 'member_joined_channel':
    case 'member_left_channel':
      return event.channel_type === 'G' ? 'groups:read' : 'channels:read';
    case 'channel_archive':
    case 'channel_deleted':
    case 'channel_id_changed':
    case 'channel_left':
    case 'channel_rename':
    case 'channel_shared':
    case 'channel_unarchive':
    case 'channel_unshared':
      return 'channels:read';
    case 'group_archive':
    case 'group_deleted':
    case 'group_left':
    case 'group_rename':
    case 'group_unarchive':
      return 'groups:read';
    case 'user_change':
      return 'users:read';
    default:
      return undefined;
  }
};

const reasonOf = (answer: AppAnswer): RetryReason =>
  answer.kind === 'failed' ? answer.reason : 'http_timeout';

const outerOf = (world: World, event: object, shared: boolean): object => {
  const { app } = world;
  const authorization = {
    enterprise_id: null,
    team_id: app.teamId,
    user_id: app.botUserId,
    is_bot: true,
    is_enterprise_install: false,
  };
  return {
    token: 'local',
    team_id: app.teamId,
    context_team_id: app.teamId,
    context_enterprise_id: null,
    api_app_id: app.id,
    type: 'event_callback',
    event,
    event_id: slackId('Ev'),
    event_time: Math.floor(world.now().getTime() / 1000),
    event_context: `4-${slackId('', 20)}`,
    is_ext_shared_channel: shared,
    authorizations: [authorization],
  };
};

export interface EventOptions {
  readonly world: World;
  readonly delivery: Delivery;
  readonly faults: Faults;
  readonly scopes: readonly string[];
  readonly retryDelays: readonly number[];
  readonly log: Log;
}

/** Sends events as Slack does: each until it is acknowledged, or three retries have failed too. */
export const startEvents = (options: EventOptions): EventSender => {
  const { delivery, faults, log } = options;
  const timers = new Set<NodeJS.Timeout>();
  const underWay = new Set<Promise<void>>();
  let closed = false;

  const later = (ms: number, run: () => void): void => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      run();
    }, ms);
    timers.add(timer);
  };

  const attempt = async (body: object, num: number, reason: RetryReason): Promise<void> => {
    await delivery.reachable();
    if (closed) return;
    const answer = await delivery.send({ kind: 'event', body, ...(num > 0 && { retry: { num, reason } }) });
    if (answer.kind === 'acked' || closed) return;
    const delay = options.retryDelays[num];
    if (delay === undefined || (answer.kind === 'failed' && answer.noRetry)) {
      log.warn('An event was given up', { attempts: num + 1, reason: reasonOf(answer) });
      return;
    }
    if (delay === 0) return attempt(body, num + 1, reasonOf(answer));
    later(delay, () => start(body, num + 1, reasonOf(answer)));
  };

  const start = (body: object, num: number, reason: RetryReason): void => {
    const run = attempt(body, num, reason).finally(() => underWay.delete(run));
    underWay.add(run);
  };

  return {
    send: (event, shared) => {
      const scope = scopeOf(event);
      if (closed || (scope !== undefined && !options.scopes.includes(scope))) return;
      const body = outerOf(options.world, event, shared);
      start(body, 0, 'unknown_error');
      if (faults.takeDuplicate()) start(body, 1, 'http_timeout');
    },
    quiet: async () => {
      while (underWay.size > 0 && delivery.online()) await Promise.race([...underWay]);
    },
    close: () => {
      closed = true;
      for (const timer of timers) clearTimeout(timer);
    },
  };
};
