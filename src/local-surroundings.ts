import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Bot } from './bot.ts';
import type { Config } from './config.ts';
import { hostClock } from './host.ts';
import { type LocalSlack, startLocalSlack } from './local-slack/server.ts';
import { type LocalState, openLocalState } from './local-state.ts';
import type { Log, Store } from './ports.ts';
import { type LocalClock, openLocalClock } from './scheduler/local-clock.ts';
import { createWalk, type Walk } from './scheduler/walk.ts';
import { eventsPath } from './slack/receivers.ts';
import { openStore } from './store/open-store.ts';
import type { Surroundings } from './surroundings.ts';

/** What the app asks Slack for; the manifests say the same. */
export const botScopes = [
  'commands',
  'chat:write',
  'channels:read',
  'groups:read',
  'channels:history',
  'groups:history',
  'im:history',
  'im:write',
  'users:read',
  'files:write',
] as const;

const secret = (): string => randomBytes(16).toString('hex');
const offsetKey = 'clock-offset';
const recordPrefix = 'slack/';

/** The machine's time plus what this workspace was walked ahead. */
export const localClockOf = (state: LocalState): Promise<LocalClock> =>
  openLocalClock(hostClock, {
    load: async () => Number((await state.get(offsetKey)) ?? 0),
    save: (ms) => state.save(offsetKey, String(ms)),
  });

/** The page stands beside the built program; `npm run dev` runs the sources and takes the built page. */
const pageDirectory = (): string => {
  const beside = join(import.meta.dirname, 'page');
  return existsSync(beside) ? beside : join(import.meta.dirname, '..', 'dist', 'page');
};

/**
 * Without credentials: a Slack workspace of its own on `PORT`, with a clock that can be walked forward. The bot
 * reaches it over sockets only, as it reaches Slack. Its store is not the one that a run with credentials opens,
 * since time here may lie years ahead.
 */
export const localSurroundings = async (config: Config, log: Log): Promise<Surroundings> => {
  const state = await openLocalState(join(config.dataDir, 'local.db'));
  const clock = await localClockOf(state);
  const store = await openStore({
    ...(config.mongodbUri === undefined
      ? { sqlitePath: join(config.dataDir, 'local-partnerships.db') }
      : { mongoUri: config.mongodbUri }),
    log,
  });
  // The bot's ticks are known once it is made; nobody can move the clock before that.
  let tickUntilQuiet = (): Promise<void> => Promise.resolve();
  const walk = createWalk({ clock, due: store.due, tickUntilQuiet: () => tickUntilQuiet() });
  const signingSecret = secret();
  const tokens = { bot: `xoxb-local-${secret()}`, app: `xapp-local-${secret()}`, scopes: [...botScopes] };
  const slack: LocalSlack = await startLocalSlack({
    port: config.port,
    app: { mode: 'http', requestUrl: '', signingSecret },
    tokens,
    clock: { now: clock.now, control: clockControl(walk, store, clock.now) },
    storage: recordsIn(state),
    pageDir: pageDirectory(),
    log,
  });
  return {
    store,
    clock,
    mode: { kind: 'http', signingSecret, port: 0, host: '127.0.0.1' },
    botToken: tokens.bot,
    slackApiUrl: slack.apiUrl,
    beforeTick: async () => {
      await clock.reload();
      return true;
    },
    ready: async (bot: Bot, port) => {
      tickUntilQuiet = bot.tickUntilQuiet;
      slack.deliverTo(`http://127.0.0.1:${port}${eventsPath}`);
      return `Open http://localhost:${slack.port} and type /partnership create Acme in #northwind-acme.`;
    },
    closing: [
      { name: 'local Slack', run: () => slack.close() },
      { name: 'store', run: () => store.close() },
      { name: 'local state', run: () => state.close() },
    ],
  };
};

/** What comes within a minute is the tail of what was just done; "next" means the thing after it. */
const soonMs = 60_000;
const mostSteps = 50;

const clockControl = (walk: Walk, store: Store, now: () => Date) => ({
  walkTo: walk.walkTo,
  jumpTo: walk.jumpTo,
  walkToNext: async (): Promise<void> => {
    const started = now().getTime();
    await walk.walkTo(now());
    for (let step = 0; step < mostSteps; step += 1) {
      const next = await store.due.earliest(now());
      if (next === undefined) return;
      await walk.walkTo(new Date(Math.max(next.getTime(), now().getTime() + 1000)));
      if (now().getTime() - started > soonMs) return;
    }
  },
});

const recordsIn = (state: LocalState) => ({
  load: async (): Promise<Record<string, string>> =>
    Object.fromEntries(
      Object.entries(await state.load()).flatMap(([key, json]) =>
        key.startsWith(recordPrefix) ? [[key.slice(recordPrefix.length), json]] : [],
      ),
    ),
  save: (key: string, json: string): Promise<void> => state.save(`${recordPrefix}${key}`, json),
});
