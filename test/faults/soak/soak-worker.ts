/**
 * One process of the bot without its ears: the real store, Slack clients, messenger and heartbeat, in a time that runs
 * faster. What it does to itself at the points is planned by the seed. Its one argument is a plan as JSON.
 */
import { mkdirSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { createEngine } from '../../../src/engine.ts';
import { randomIds } from '../../../src/host.ts';
import type { Log } from '../../../src/ports.ts';
import { createStoreClock } from '../../../src/scheduler/store-clock.ts';
import { openStore } from '../../../src/store/open-store.ts';
import { type AtPoint, fetchWithPoints, storeWithPoints } from './points.ts';
import { hostIn, productMs, skewedNow } from './product-time.ts';
import { chance } from './seeded.ts';
import { type Action, type WorkerLine, workerPlan } from './worker-plan.ts';

const plan = workerPlan.parse(JSON.parse(process.argv[2] ?? ''));
const { factor } = plan.time;
const scaled = (ms: number): number => Math.ceil(ms / factor);

/** Written at once: the next thing may be the end of this process. */
const say = (line: WorkerLine): void => {
  writeSync(3, `${JSON.stringify(line)}\n`);
};
const log: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: (message, facts) => say({ said: 'error', message: `${message}: ${String(facts?.error)}` }),
};

const perform = async (action: Action): Promise<void> => {
  if (action === 'kill') process.kill(process.pid, 'SIGKILL');
  else if (action === 'freeze') process.kill(process.pid, 'SIGSTOP');
  else if (action === 'block') Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, scaled(10_000));
  else await new Promise(() => undefined);
};

/** True for the first process that asks. */
const take = (index: number): boolean => {
  try {
    mkdirSync(join(plan.takenDir, String(index)));
    return true;
  } catch {
    return false;
  }
};

const passed = new Map<string, number>();
const planned = (point: Parameters<AtPoint>[0], id: string): Action | undefined => {
  const index = plan.once.findIndex((one) => one.point === point && id.startsWith(one.idStart));
  const once = plan.once[index];
  if (once !== undefined && take(index)) return once.action;
  const key = `${point} ${id}`;
  const count = (passed.get(key) ?? 0) + 1;
  passed.set(key, count);
  const roll = chance(plan.seed, point, id, plan.incarnation, count);
  if (roll < plan.killChance) return 'kill';
  // A process that wakes up behind its own look at the fence is the one that posts twice.
  const freezeChance = plan.freezeChance * (id.startsWith('before ') ? 8 : 1);
  return roll < plan.killChance + freezeChance ? 'freeze' : undefined;
};
const at: AtPoint = async (point, id) => {
  const action = planned(point, id);
  if (action === undefined) return;
  say({ said: 'at', point, id, action });
  await perform(action);
};

globalThis.fetch = fetchWithPoints(at, globalThis.fetch);
const store = await openStore({
  ...(plan.place.sqlitePath === undefined ? {} : { sqlitePath: plan.place.sqlitePath }),
  ...(plan.place.mongoUri === undefined ? {} : { mongoUri: plan.place.mongoUri }),
  log,
}).catch((error: unknown) => {
  say({ said: 'error', message: `could not start: ${String(error)}` });
  process.exit(1);
});
const clock = createStoreClock({
  store: async () => new Date(productMs(plan.time, (await store.time()).getTime())),
  host: hostIn(plan.time, skewedNow(plan.skew)),
  log,
});
const engine = createEngine({
  store: storeWithPoints(store, at),
  clock,
  beforeTick: clock.refresh,
  ids: randomIds,
  log,
  botToken: plan.botToken,
  slackApiUrl: plan.slackApiUrl,
  slackTimeoutMs: scaled(10_000),
  tickEveryMs: scaled(15_000),
  tickDeadlineMs: scaled(60_000),
});
process.on('SIGTERM', () => {
  engine.heartbeat
    .stop()
    .then(() => store.close())
    .then(
      () => process.exit(0),
      () => process.exit(1),
    );
});
engine.heartbeat.start();
say({ said: 'ticking' });
