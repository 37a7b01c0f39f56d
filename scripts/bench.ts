/**
 * `npm run bench`: figures of the bot and of its peers, on this machine, side by side in one run. `npm run bench --
 * ticks` makes one section's. Figures never fail it, a wrong answer does.
 */
import { mkdirSync, mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { acks } from './bench/acks.ts';
import { lateness } from './bench/lateness.ts';
import { peers } from './bench/peers.ts';
import { plan } from './bench/plan.ts';
import type { Section, Sizes } from './bench/section.ts';
import { ticks } from './bench/ticks.ts';

const sections: Readonly<Record<string, Section>> = { acks, ticks, plan, peers, lateness };
const tmpfs = 0x01021994;

const say = (line: string): void => void process.stdout.write(`${line}\n`);

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    largest: { type: 'string', default: '1000000' },
    samples: { type: 'string', default: '40' },
    jobs: { type: 'string', default: '1000' },
    idle: { type: 'string', default: '60' },
    reviews: { type: 'string', default: '1000' },
    partnerships: { type: 'string', default: '200' },
  },
});
const count = z.coerce.number().int().min(1);
const sizes: Sizes = z
  .object({ largest: count, samples: count, jobs: count, idle: count, reviews: count, partnerships: count })
  .parse(values);
const chosen = z
  .array(z.enum(Object.keys(sections)))
  .parse(positionals.length === 0 ? Object.keys(sections) : positionals);

// Where the product keeps its data by default, so that a durable write costs what it costs there.
const data = join(import.meta.dirname, '..', 'data');
mkdirSync(data, { recursive: true });
say(`Node ${process.versions.node}, ${availableParallelism()} cores, ${process.platform} ${process.arch}.`);
if (statfsSync(data).type === tmpfs) say('The data folder is in memory: durable writes cost nothing here.');
for (const name of chosen) {
  const folder = mkdtempSync(join(data, 'bench-'));
  try {
    say(`\n${name}`);
    await sections[name]?.({ folder, mongoUri: process.env.MONGODB_URI, sizes, say });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
