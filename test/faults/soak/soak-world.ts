import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StandingPost } from '../../../src/domain/ledger-check.ts';
import { quiet } from '../../../src/local-slack/log.ts';
import type { Message } from '../../../src/local-slack/records.ts';
import { type LocalSlack, startLocalSlack } from '../../../src/local-slack/server.ts';
import { botScopes } from '../../../src/local-surroundings.ts';
import type { Clock, Store } from '../../../src/ports.ts';
import { openStore } from '../../../src/store/open-store.ts';
import { people, type Slot, slackSeed, soakChannels, storeLoad } from './load.ts';
import { jumped, type ProductTime, productMs } from './product-time.ts';
import { type SlackProxy, startSlackProxy } from './slack-proxy.ts';
import type { WorkerPlan } from './worker-plan.ts';
import { bundledWorker, startWorkers, type Workers } from './workers.ts';

/** A store, a local Slack behind a proxy, and workers, all in one time that the caller moves. */
export interface SoakWorld {
  readonly store: Store;
  readonly slack: LocalSlack;
  readonly proxy: SlackProxy;
  readonly workers: Workers;
  readonly clock: Clock;
  readonly botToken: string;
  time(): ProductTime;
  /** Only while no worker runs: they are told the time at their start. */
  setTime(time: ProductTime): void;
  /** Everything the bot has standing in any channel or direct message, replies too. */
  posts(): StandingPost[];
  /** Of those, the ones that show an older version than Slack was given last. */
  outdated(): string[];
  close(): Promise<void>;
}

export type Place = WorkerPlan['place'];

/** Answers every event with 200: nobody listens to them here. */
const startEar = async (): Promise<{ readonly url: string; close(): void }> => {
  const server = createServer((request, response) => {
    request.resume();
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}/`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
};

const tokens = { bot: 'xoxb-soak', app: 'xapp-soak', scopes: [...botScopes] };

const asPost = ({ channelId, ts, metadata }: Message): StandingPost => ({
  operationId: String(metadata?.event_payload.operation),
  channelId,
  ts,
  postedAt: new Date(Number(ts) * 1000),
});

export const openSoakWorld = async (parts: {
  readonly seed: number;
  readonly slots: readonly Slot[];
  readonly time: ProductTime;
  /** How long the workers' clients wait, in host milliseconds. */
  readonly clientTimeoutMs: number;
  readonly place: Place;
  readonly faulty: boolean;
  readonly blind?: boolean;
  readonly sparing?: boolean;
  readonly firstSeenAfterSecondMs?: number;
  /** What a worker is told beyond where everything is. */
  readonly plan: (
    name: string,
    incarnation: number,
  ) => Pick<WorkerPlan, 'skew' | 'killChance' | 'freezeChance' | 'once'>;
  readonly freezeMs: (incarnation: number) => number;
}): Promise<SoakWorld> => {
  const { seed, place, slots } = parts;
  let time = parts.time;
  const nowMs = (): number => productMs(time, Date.now());
  const clock: Clock = {
    now: () => new Date(Math.floor(nowMs())),
    elapsed: () => time.factor * performance.now(),
  };
  const folder = await mkdtemp(join(tmpdir(), 'soak-'));
  const program = await bundledWorker();
  const store = await openStore({
    ...(place.mongoUri === undefined ? {} : { mongoUri: place.mongoUri }),
    ...(place.sqlitePath === undefined ? {} : { sqlitePath: place.sqlitePath }),
    log: quiet,
  });
  const ear = await startEar();
  const slack = await startLocalSlack({
    port: 0,
    app: { mode: 'http', requestUrl: ear.url, signingSecret: 'soak' },
    tokens,
    clock: { now: clock.now },
    seed: slackSeed,
    log: quiet,
  });
  const proxy = await startSlackProxy({
    apiUrl: slack.apiUrl,
    seed,
    now: nowMs,
    tooLateMs: 1.5 * parts.clientTimeoutMs,
    faulty: parts.faulty,
    blind: parts.blind === true,
    sparing: parts.sparing === true,
    ...(parts.firstSeenAfterSecondMs === undefined
      ? {}
      : { firstSeenAfterSecondMs: parts.firstSeenAfterSecondMs }),
  });
  await storeLoad(store, clock, slots);
  const workers = startWorkers({
    program,
    plan: (name, incarnation) => ({
      name,
      incarnation,
      seed,
      place,
      time,
      slackApiUrl: proxy.urlFor(name),
      botToken: tokens.bot,
      takenDir: folder,
      ...parts.plan(name, incarnation),
    }),
    freezeMs: parts.freezeMs,
  });
  const standing = (): Message[] =>
    [...soakChannels.map((one) => one.id), ...people.map((one) => slack.directMessageWith(one.id))]
      .flatMap((channelId) =>
        slack.messages(channelId).flatMap((root) => [root, ...slack.replies(channelId, root.ts)]),
      )
      .filter(({ author }) => author === 'bot');
  return {
    store,
    slack,
    proxy,
    workers,
    clock,
    botToken: tokens.bot,
    time: () => time,
    setTime: (next) => {
      time = next;
    },
    posts: () => standing().map(asPost),
    outdated: () =>
      standing().flatMap(({ channelId, ts, metadata }) => {
        const { operation, fence } = metadata?.event_payload ?? {};
        const newest = proxy.standing.newestOf(`${channelId} ${ts}`);
        return Number(fence) < newest ? [`${operation} shows version ${fence}, and ${newest} was given`] : [];
      }),
    close: async () => {
      await workers.close();
      await proxy.close();
      await slack.close();
      ear.close();
      await store.close();
      await program.remove();
      await rm(folder, { recursive: true, force: true });
    },
  };
};

/** The bot is off, and `ms` of the product's time pass. */
export const offFor = async (world: SoakWorld, ms: number): Promise<void> => {
  await world.workers.killAll();
  world.setTime(jumped(world.time(), ms));
};
