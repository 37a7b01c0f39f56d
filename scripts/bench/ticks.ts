/** What a tick costs as the store grows, with a hundred messages due and with none. */
import { join } from 'node:path';
import type { Log } from '../../src/ports.ts';
import { benchLog } from './engine-parts.ts';
import { againstGoal, inMs, median, quantile, table } from './figures.ts';
import { fillMongo } from './fill-mongo.ts';
import { fillSqlite } from './fill-sqlite.ts';
import { openMongoPlace } from './mongo-place.ts';
import type { Section } from './section.ts';
import { type Sampled, sampleTicks } from './tick-samples.ts';
import type { FilledStore, Filling } from './tick-stores.ts';

const steps = [100, 1_000, 10_000, 100_000, 1_000_000];
const spread: Filling = { size: 100_000, workspaces: 1_000 };

/** The spread store is compared with the one of its size; a quick run leaves both out or makes them smaller. */
const fillingsUpTo = (largest: number): Filling[] => [
  ...steps.filter((size) => size <= largest).map((size) => ({ size, workspaces: 1 })),
  ...(spread.size <= largest ? [spread] : []),
];

const nameOf = ({ size, workspaces }: Filling): string =>
  workspaces === 1 ? size.toLocaleString('en') : `${size.toLocaleString('en')} in ${workspaces} workspaces`;

interface EnginePlace {
  readonly name: string;
  readonly goal: number;
  readonly fill: (filling: Filling, log: Log) => Promise<FilledStore>;
}

const ratios = (sampled: readonly Sampled[], goal: number): string[][] => {
  const inOne = sampled.filter(({ filled }) => filled.workspaces === 1);
  const [smallest, largest] = [inOne[0], inOne.at(-1)];
  if (smallest === undefined || largest === undefined) return [];
  const spreadOver = sampled.find(({ filled }) => filled.workspaces > 1);
  const same = inOne.find(({ filled }) => filled.size === spreadOver?.filled.size);
  const times = (one: readonly number[], other: readonly number[]) =>
    `${(median(one) / median(other)).toFixed(2)} ×`;
  return [
    [
      `${nameOf(largest.filled)} over ${nameOf(smallest.filled)}, p50`,
      againstGoal(median(largest.busy), median(smallest.busy), goal),
      `idle ${times(largest.idle, smallest.idle)}`,
    ],
    ...(spreadOver === undefined || same === undefined
      ? []
      : [
          [
            `${nameOf(spreadOver.filled)} over one, p50`,
            times(spreadOver.busy, same.busy),
            `idle ${times(spreadOver.idle, same.idle)}`,
          ],
        ]),
  ];
};

export const ticks: Section = async ({ folder, mongoUri, sizes, say }) => {
  const engines: EnginePlace[] = [
    {
      name: 'SQLite',
      goal: 1.5,
      fill: (filling, log) =>
        fillSqlite(join(folder, `${filling.size}-${filling.workspaces}.db`), filling, log),
    },
  ];
  if (mongoUri === undefined) say('MONGODB_URI names no server, so this ran on SQLite alone.');
  else {
    const place = await openMongoPlace(mongoUri);
    await place.close();
    engines.push({ name: place.server, goal: 2, fill: (filling, log) => fillMongo(mongoUri, filling, log) });
  }
  say(
    `Rhythms, and as many occurrences, none due; then 100 messages due, and one tick, which delivers 50 of them to a` +
      ` Slack that answers at once. ${sizes.samples} samples a store, the stores in turns.`,
  );
  for (const { name, goal, fill } of engines) {
    const log = benchLog();
    const stores: FilledStore[] = [];
    try {
      const began = performance.now();
      for (const filling of fillingsUpTo(sizes.largest)) stores.push(await fill(filling, log));
      const filledIn = ((performance.now() - began) / 1000).toFixed(0);
      const sampled = await sampleTicks(stores, sizes.samples, log);
      say(`\n${name}, filled in ${filledIn} s. The read of what is due: ${sampled.at(-1)?.dueRead}.`);
      say(
        table([
          ['rhythms', 'tick, p50', 'tick, p99', 'idle tick, p50', 'idle tick, p99'],
          ...sampled.map(({ filled, busy, idle }) => [
            nameOf(filled),
            inMs(median(busy)),
            inMs(quantile(busy, 0.99)),
            inMs(median(idle)),
            inMs(quantile(idle, 0.99)),
          ]),
        ]),
      );
      say(table(ratios(sampled, goal)));
    } catch (error) {
      // What the engine reported tells why a count is wrong.
      log.demandNoErrors();
      throw error;
    } finally {
      for (const one of stores) await one.close();
    }
    log.demandNoErrors();
  }
};
