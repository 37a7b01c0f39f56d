/** `npm run test:faults -- --seed N --minutes M [--engine sqlite|mongo] [--processes 3]`: the long proof, see README. */
import { mkdirSync, writeFileSync } from 'node:fs';
import type { Log } from '../../../src/ports.ts';
import { startEdits } from './edits.ts';
import { planSlots } from './load.ts';
import { trouble } from './nemesis.ts';
import { reportOf, tableOf } from './report.ts';
import { untilRest, walkOn } from './rest.ts';
import { chance } from './seeded.ts';
import { commandOf, readOptions, type SoakOptions } from './soak-options.ts';
import { openSoakWorld } from './soak-world.ts';
import { mongoSoakStore, sqliteSoakStore } from './store-faults.ts';
import { judge } from './verdict.ts';

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const hourMs = 3_600_000;
const start = new Date('2026-10-20T00:00:00Z');
const leaseMs = 90_000;
const restMs = 300_000;
/** Long enough for the last review's window, its summary and its digest. */
const afterwardsMs = 60 * hourMs;

/** Two of three hosts are wrong: by up to a second, drifting, or stepped by -10 min or +8 h while they run. */
const skewOf = (seed: number, factor: number, name: string, incarnation: number) => {
  const roll = (what: string): number => chance(seed, what, name, incarnation);
  const aheadMs = roll('who is ahead') < 1 / 3 ? 0 : (roll('ahead') - 0.5) * 2_000;
  const driftMs = (roll('drift') - 0.5) * 10;
  if (roll('stepped') > 0.3) return { aheadMs, driftMs };
  const byMs = (roll('which way') < 0.5 ? -600_000 : 8 * hourMs) / factor;
  return { aheadMs, driftMs, step: { afterMs: 1_000 + 3_000 * roll('when'), byMs } };
};

const soak = async (options: SoakOptions): Promise<boolean> => {
  const { seed, minutes, engine, processes, factor, load } = options;
  const hasLongSilence = minutes >= 20;
  const lengthMs = minutes * 60_000 * factor + (hasLongSilence ? 6 * hourMs : 0);
  const slots = planSlots(
    seed,
    new Date(start.getTime() + 60_000),
    new Date(start.getTime() + lengthMs),
    load,
  );
  const soakStore = await (engine === 'mongo' ? mongoSoakStore() : sqliteSoakStore());
  const names = Array.from({ length: processes }, (_, index) => `worker${index}`);
  let calm = false;
  say(`${commandOf(options)}\n${slots.length} reviews planned on ${soakStore.name}, ${processes} processes`);
  const world = await openSoakWorld({
    seed,
    slots,
    time: { startMs: start.getTime(), hostMs: Date.now(), factor: 1 },
    clientTimeoutMs: 10_000 / factor,
    place: soakStore.place,
    faulty: true,
    plan: (name, incarnation) => ({
      skew: skewOf(seed, factor, name, incarnation),
      killChance: calm ? 0 : 0.012,
      freezeChance: calm ? 0 : 0.005,
      once: [],
    }),
    freezeMs: (incarnation) => ((1.1 + chance(seed, 'thaw', incarnation)) * leaseMs) / factor,
  }).catch(async (error: unknown) => {
    await soakStore.close();
    throw error;
  });
  const errors: string[] = [];
  const log: Log = {
    debug: () => undefined,
    info: () => undefined,
    warn: () => undefined,
    error: (message, facts) => void errors.push(`${message}: ${String(facts?.error)}`),
  };
  try {
    world.setTime({ startMs: start.getTime(), hostMs: Date.now(), factor });
    world.workers.run(names);
    const edits = startEdits(world, seed, slots);
    await trouble({ world, soakStore, edits, seed, minutes, names, say });
    say('faults end; coming to rest');
    calm = true;
    world.proxy.calm();
    await world.workers.killAll();
    world.workers.run(names);
    const left = await untilRest(world, restMs);
    await world.workers.stopAll();
    for (const one of left) say(`still due: ${one}`);
    say(`${left.length === 0 ? 'at rest' : 'not at rest'}; two and a half days without faults`);
    await walkOn(world, afterwardsMs, log);
    const verdict = await judge(world, slots, hourMs, edits.touched);
    const report = reportOf({ options, verdict, world, soakStore, edits, rested: left.length === 0, errors });
    mkdirSync('test/output', { recursive: true });
    writeFileSync(`test/output/soak-${engine}-${seed}.json`, `${JSON.stringify(report, null, 2)}\n`);
    say(tableOf(report));
    return report.passed;
  } finally {
    await world.close();
    await soakStore.close();
  }
};

process.exit((await soak(readOptions(process.argv.slice(2)))) ? 0 : 1);
