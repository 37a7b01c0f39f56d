import { mkdirSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { type Bot, createBot } from './bot.ts';
import { type Config, configFromProcess } from './config.ts';
import { hostClock, randomIds } from './host.ts';
import { type HealthServer, startHealth } from './ops/health.ts';
import { createLog } from './ops/log.ts';
import { stopInOrder, stopOnSignals } from './ops/shutdown.ts';
import type { Log } from './ports.ts';
import { CannotStart, sentenceForStart, startBot } from './start-bot.ts';
import { type Surroundings, slackSurroundings } from './surroundings.ts';

const tickOverdueMs = 90_000;

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const complain = (line: string): void => void process.stderr.write(`${line}\n`);

/** The local workspace is loaded only where it is used. */
const surroundingsFor = async (config: Config, log: Log): Promise<Surroundings> => {
  if (config.slack.kind !== 'local') return slackSurroundings(config, config.slack, log);
  const { localSurroundings } = await import('./local-surroundings.ts');
  return localSurroundings(config, log);
};

const healthOf = (
  config: Config,
  { store, clock, clockOffsetMs }: Surroundings,
  bot: Bot,
): Promise<HealthServer> => {
  const started = hostClock.elapsed();
  let tickedAt = started;
  let lastSeen: Date | undefined;
  /** Monotonic, since a walked or stepped clock says nothing about how long ago a tick was. */
  const sinceTick = (): number => {
    const last = bot.heartbeat.lastTickAt();
    if (last !== lastSeen) {
      lastSeen = last;
      tickedAt = hostClock.elapsed();
    }
    return hostClock.elapsed() - tickedAt;
  };
  setInterval(sinceTick, 5000).unref();
  const loop = monitorEventLoopDelay({ resolution: 20 });
  loop.enable();
  /** How long the oldest work that is due has been waiting; looked at with each tick's end. */
  const overdueSeconds = (): number => {
    const next = bot.heartbeat.nextWorkAt();
    return next === undefined ? 0 : Math.max(0, (clock.now().getTime() - next.getTime()) / 1000);
  };
  return startHealth({
    port: config.opsPort,
    checks: {
      store: async () => {
        await store.ping();
        return true;
      },
      slack: () => bot.connected(),
      ticks: () => bot.heartbeat.lastTickAt() !== undefined && sinceTick() < tickOverdueMs,
    },
    gauges: () => {
      const delays = {
        partnership_event_loop_delay_seconds_max: loop.max / 1e9,
        partnership_event_loop_delay_seconds_p99: loop.percentile(99) / 1e9,
      };
      // Each scrape tells of the time since the one before.
      loop.reset();
      return {
        process_uptime_seconds: (hostClock.elapsed() - started) / 1000,
        process_resident_memory_bytes: process.memoryUsage.rss(),
        partnership_slack_connected: bot.connected() ? 1 : 0,
        partnership_seconds_since_tick: sinceTick() / 1000,
        partnership_work_overdue_seconds: overdueSeconds(),
        partnership_clock_offset_seconds: (clockOffsetMs?.() ?? 0) / 1000,
        ...delays,
      };
    },
  });
};

const run = async (config: Config, log: Log): Promise<void> => {
  mkdirSync(config.dataDir, { recursive: true });
  const around = await surroundingsFor(config, log);
  const bot = createBot({ ...around, ids: randomIds, log });
  const health = await healthOf(config, around, bot);
  let stopping = false;
  stopOnSignals(process, log, () => {
    stopping = true;
    health.drain();
    return stopInOrder(
      [
        { name: 'bot', run: () => bot.stop() },
        ...around.closing,
        { name: 'health', run: () => health.close() },
      ],
      log,
    );
  });
  const { port } = await startBot(bot, log, () => stopping);
  say(await around.ready(bot, port));
};

const config = configFromProcess();
if (config.ok) {
  const log = createLog({
    level: config.value.logLevel,
    now: hostClock.now,
    write: (line) => process.stderr.write(line),
  });
  run(config.value, log).catch((error: unknown) => {
    const sentence = error instanceof CannotStart ? error.message : sentenceForStart(error);
    if (sentence === undefined) log.error('the bot could not start', { error });
    complain(sentence ?? 'The bot could not start. The line above says why.');
    process.exit(1);
  });
} else {
  complain('The environment is not right. Nothing was started.');
  for (const fault of config.faults) complain(`- ${fault}`);
  process.exit(1);
}
