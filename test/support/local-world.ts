import { type Bot, createBot } from '../../src/bot.ts';
import { randomIds } from '../../src/host.ts';
import { type LocalSlack, startLocalSlack } from '../../src/local-slack/server.ts';
import { botScopes } from '../../src/local-surroundings.ts';
import type { Clock, Log, Store } from '../../src/ports.ts';
import { openLocalClock } from '../../src/scheduler/local-clock.ts';
import { createWalk } from '../../src/scheduler/walk.ts';
import type { SlackMode } from '../../src/slack/receivers.ts';
import { openTestStore } from './stores.ts';

export type Way = 'HTTP' | 'Socket Mode';

/** A local Slack, a bot that reaches it over sockets, and a clock that walks. */
export interface LocalWorld {
  readonly slack: LocalSlack;
  readonly store: Store;
  readonly clock: Clock;
  /** What the bot logged as warnings and errors. */
  readonly log: { readonly level: string; readonly message: string; readonly facts?: unknown }[];
  bot(): Bot;
  /** A new bot process on the same store and workspace. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

const signingSecret = '8f742231b10e8888abcd99yyyzzz85a5';
const tokens = { bot: 'xoxb-local-test', app: 'xapp-local-test', scopes: [...botScopes] };

/** Starts on Monday, 12 Oct 2026, 10:00 in Berlin, unless told. */
export const startLocalWorld = async (
  way: Way,
  at = new Date('2026-10-12T08:00:00Z'),
): Promise<LocalWorld> => {
  const entries: { level: string; message: string; facts?: unknown }[] = [];
  const note = (level: string) => (message: string, facts?: unknown) =>
    void entries.push({ level, message, facts });
  const log: Log = {
    debug: () => undefined,
    info: () => undefined,
    warn: note('warn'),
    error: note('error'),
  };
  const started = performance.now();
  const host: Clock = {
    now: () => new Date(at.getTime() + performance.now() - started),
    elapsed: () => performance.now(),
  };
  let offset = 0;
  const clock = await openLocalClock(host, {
    load: async () => offset,
    save: async (ms) => {
      offset = ms;
    },
  });
  const store = await openTestStore();
  let bot: Bot;
  const walk = createWalk({ clock, due: store.due, tickUntilQuiet: () => bot.tickUntilQuiet() });
  const slack = await startLocalSlack({
    port: 0,
    app: way === 'HTTP' ? { mode: 'http', requestUrl: '', signingSecret } : { mode: 'socket' },
    tokens,
    clock: {
      now: clock.now,
      control: { walkTo: walk.walkTo, jumpTo: walk.jumpTo, walkToNext: () => Promise.resolve() },
    },
    retryDelays: [0, 50, 100],
    log,
  });
  const mode: SlackMode =
    way === 'HTTP'
      ? { kind: 'http', signingSecret, port: 0, host: '127.0.0.1' }
      : { kind: 'socket', appToken: tokens.app };
  const start = async (): Promise<void> => {
    bot = createBot({
      store,
      clock,
      ids: randomIds,
      log,
      mode,
      botToken: tokens.bot,
      slackApiUrl: slack.apiUrl,
    });
    const { port } = await bot.start();
    if (port !== undefined) slack.deliverTo(`http://127.0.0.1:${port}/slack/events`);
  };
  await start();
  return {
    slack,
    store,
    clock,
    log: entries,
    bot: () => bot,
    restart: async () => {
      await bot.stop();
      await start();
    },
    close: async () => {
      await bot.stop();
      await slack.close();
      await store.close();
    },
  };
};
