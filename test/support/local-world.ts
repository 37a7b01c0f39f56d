import { setTimeout as wait } from 'node:timers/promises';
import { type Bot, createBot } from '../../src/bot.ts';
import { randomIds } from '../../src/host.ts';
import type { Seed } from '../../src/local-slack/records.ts';
import { defaultSeed, ids } from '../../src/local-slack/seed.ts';
import { type LocalSlack, startLocalSlack } from '../../src/local-slack/server.ts';
import { botScopes } from '../../src/local-surroundings.ts';
import type { Clock, Log, Store } from '../../src/ports.ts';
import { openLocalClock } from '../../src/scheduler/local-clock.ts';
import { createWalk } from '../../src/scheduler/walk.ts';
import { eventsPath, type SlackMode } from '../../src/slack/receivers.ts';
import { recordRendered } from './rendered.ts';
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
  /** Where the bot listens for Slack's requests; 0 over Socket Mode. */
  port(): number;
  /** Time goes on to whatever is due within seconds, such as a second update of one message, and does it. */
  settle(): Promise<void>;
  /** Looks again, settling in between, until `look` finds something; throws with `what` after 8 s. */
  eventually<T>(what: string, look: () => T | undefined | false): Promise<T>;
  /** A new bot process on the same store and workspace. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

export const signingSecret = '8f742231b10e8888abcd99yyyzzz85a5';
export const secondChannel = 'C0SECOND000';
/** The default workspace, and #northwind-orbis beside it, with the bot in it. */
export const withSecondChannel: Seed = {
  ...defaultSeed,
  channels: [
    ...defaultSeed.channels,
    {
      id: secondChannel,
      name: 'northwind-orbis',
      kind: 'public',
      teamIds: [ids.northwind],
      memberIds: [ids.maya, ids.tom, ids.bot],
      archived: false,
      created: 1_780_500_000,
    },
  ],
};
const kept = new Set<string>();
/** Everything that this Slack accepted, for Slack's own models; what differs in ids and moments alone is kept once. */
const keepRendered = (rendered: ReturnType<LocalSlack['dumpRendered']>): void => {
  for (const { surface, payload } of rendered) {
    const alike = JSON.stringify(payload).replace(/[a-z0-9]{20}|\d{9,}/g, '');
    if (!kept.has(alike)) recordRendered(surface, 'accepted', payload);
    kept.add(alike);
  }
};
const soonMs = 6_000;
const patienceMs = 20_000;
const tokens = { bot: 'xoxb-local-test', app: 'xapp-local-test', scopes: [...botScopes] };

/** Starts on Monday, 12 Oct 2026, 10:00 in Berlin, unless told. */
export const startLocalWorld = async (
  way: Way,
  at = new Date('2026-10-12T08:00:00Z'),
  seed = defaultSeed,
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
  let listensAt = 0;
  const walk = createWalk({ clock, due: store.due, tickUntilQuiet: () => bot.tickUntilQuiet() });
  const slack = await startLocalSlack({
    port: 0,
    app: way === 'HTTP' ? { mode: 'http', requestUrl: '', signingSecret } : { mode: 'socket' },
    tokens,
    clock: {
      now: clock.now,
      control: { walkTo: walk.walkTo, jumpTo: walk.jumpTo, walkToNext: () => Promise.resolve() },
    },
    seed,
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
    listensAt = port ?? 0;
    if (port !== undefined) slack.deliverTo(`http://127.0.0.1:${port}${eventsPath}`);
  };
  await start();
  const settle = async (): Promise<void> => {
    const next = await store.due.earliest(clock.now());
    const now = clock.now().getTime();
    await walk.walkTo(new Date(next !== undefined && next.getTime() < now + soonMs ? next : now));
  };
  return {
    slack,
    store,
    clock,
    log: entries,
    bot: () => bot,
    port: () => listensAt,
    settle,
    eventually: async (what, look) => {
      for (const since = performance.now(); performance.now() - since < patienceMs; ) {
        const found = look();
        if (found !== undefined && found !== false) return found;
        await wait(20);
        await settle();
      }
      throw new Error(`Waited in vain for ${what}`);
    },
    restart: async () => {
      await bot.stop();
      await start();
    },
    close: async () => {
      await bot.stop();
      keepRendered(slack.dumpRendered());
      await slack.close();
      await store.close();
    },
  };
};
