/**
 * This engine and Agenda on one server, with the same number of weekly jobs that are all due now. What each sends to
 * the database is counted on the wire, by the same door.
 */
import { setTimeout as wait } from 'node:timers/promises';
import { civilDateAt, localTimeAt } from '../../src/domain/zone.ts';
import { openStore } from '../../src/store/open-store.ts';
import { openAgenda } from './agenda-peer.ts';
import { type CommandCounter, startCommandCounter } from './command-counter.ts';
import { type DueReview, demandEachOnce, insertReviews } from './due-reviews.ts';
import { type BenchLog, benchLog } from './engine-parts.ts';
import { type EngineInstance, openEngineInstance } from './engine-peer.ts';
import { table } from './figures.ts';
import { type MongoPlace, openMongoPlace } from './mongo-place.ts';
import type { Section } from './section.ts';

const zone = 'Etc/UTC';
const enoughMinutes = 5;
const manyDefinitions = 50;
const settleMs = 6_000;

type Counts = ReadonlyMap<string, number>;

/** What one side did, and what it asks of the database when all is done. */
interface Side {
  readonly name: string;
  /** How many of the jobs were done. */
  readonly done: number;
  readonly ms: number;
  readonly commands: Counts;
  /** How often the database is asked in a minute with nothing due; undefined where it was not measured. */
  readonly idlePerMinute?: number;
}

const total = (counts: Counts): number => [...counts.values()].reduce((sum, one) => sum + one, 0);

/** False: not within the time that is given. */
const until = async (reached: () => boolean): Promise<boolean> => {
  const began = performance.now();
  while (!reached()) {
    if (performance.now() - began > enoughMinutes * 60_000) return false;
    await wait(10);
  }
  return true;
};

const idlePerMinute = async (counter: CommandCounter, idleSeconds: number): Promise<number> => {
  await wait(settleMs);
  counter.reset();
  await wait(idleSeconds * 1000);
  return (total(counter.counted()) * 60) / idleSeconds;
};

/** Runs `work` on an empty database behind a counter. */
const counted = async <T>(
  mongoUri: string,
  work: (place: MongoPlace, counter: CommandCounter) => Promise<T>,
): Promise<T> => {
  const place = await openMongoPlace(mongoUri);
  const counter = await startCommandCounter(place);
  try {
    return await work(place, counter);
  } finally {
    await counter.close();
    await place.close();
  }
};

/** Due at this minute, each in a channel of its own. */
const reviewsNow = (count: number): DueReview[] => {
  const now = new Date();
  return Array.from({ length: count }, (_, nth) => ({
    nth,
    workspaceId: 'w1',
    channelId: `C${nth}`,
    zone,
    time: localTimeAt(now, zone),
    date: civilDateAt(now, zone),
  }));
};

/** All posts of all instances, as one Slack. */
const together = (instances: readonly EngineInstance[]) => {
  const sum = (of: (one: EngineInstance) => number) => instances.reduce((all, one) => all + of(one), 0);
  return {
    posts: () => sum(({ slack }) => slack.posts.length),
    updates: () => sum(({ slack }) => slack.updates()),
  };
};

const measureEngine = (
  mongoUri: string,
  { jobs, instances, idle }: { jobs: number; instances: number; idle?: number },
  log: BenchLog,
): Promise<Side> =>
  counted(mongoUri, async (place, counter) => {
    const reviews = reviewsNow(jobs);
    const seeding = await openStore({ mongoUri: place.uri, log });
    await insertReviews(seeding, reviews, new Date());
    const running: EngineInstance[] = [];
    for (let nth = 0; nth < instances; nth += 1) {
      const instance = await openEngineInstance(place.through(counter.port), log);
      await instance.store.time();
      running.push(instance);
    }
    const slack = together(running);
    counter.reset();
    const began = performance.now();
    for (const one of running) one.start();
    // A review's post is followed by an update of the partnership's two cards.
    if (!(await until(() => slack.posts() >= jobs && slack.updates() >= 2 * jobs)))
      throw new Error(`${slack.posts()} of ${jobs} reviews were posted in ${enoughMinutes} minutes.`);
    const ms = performance.now() - began;
    const commands = counter.counted();
    const idleCost = idle === undefined ? {} : { idlePerMinute: await idlePerMinute(counter, idle) };
    for (const one of running) await one.stop();
    const posts = running.flatMap((one) => [...one.slack.posts]);
    await demandEachOnce(seeding, reviews, posts);
    for (const one of running) await one.close();
    await seeding.close();
    log.demandNoErrors();
    const name = instances === 1 ? 'this engine' : `this engine, ${instances} instances`;
    return { name, done: jobs, ms, commands, ...idleCost };
  });

const measureAgenda = (
  mongoUri: string,
  { jobs, definitions, idle }: { jobs: number; definitions: number; idle: number },
): Promise<Side> =>
  counted(mongoUri, async (place, counter) => {
    const agenda = await openAgenda(place.through(counter.port), definitions);
    try {
      await agenda.createJobs(jobs);
      counter.reset();
      const began = performance.now();
      await agenda.start();
      const finished = await until(() => agenda.completed() >= jobs);
      const done = agenda.completed();
      const ms = performance.now() - began;
      const commands = counter.counted();
      const name = definitions === 1 ? 'Agenda' : `Agenda, ${definitions} job definitions`;
      if (!finished)
        return { name: `${name}: ${done} of ${jobs} in ${enoughMinutes} min`, done, ms, commands };
      const idleCost = await idlePerMinute(counter, idle);
      await agenda.demandEachOnce(jobs);
      return { name, done, ms, commands, idlePerMinute: idleCost };
    } finally {
      await agenda.close();
    }
  });

const each = (amount: number, { done }: Side): string => (done === 0 ? '-' : (amount / done).toFixed(2));

const row = (side: Side): string[] => [
  side.name,
  ((side.done * 1000) / side.ms).toFixed(1),
  each(total(side.commands), side),
  side.idlePerMinute?.toFixed(1) ?? '',
];

/** The commands of an occurrence, the most frequent first. */
const kinds = (side: Side): string[][] => [
  [`${side.name}, per occurrence`, ''],
  ...[...side.commands]
    .sort(([, one], [, other]) => other - one)
    .map(([command, times]) => [`  ${command}`, each(times, side)]),
];

export const peers: Section = async ({ mongoUri, sizes, say }) => {
  if (mongoUri === undefined) {
    say('MONGODB_URI names no server, so this engine and Agenda were not compared.');
    return;
  }
  const { jobs, idle } = sizes;
  const log = benchLog();
  const { server } = await describe(mongoUri);
  say(
    `${jobs} weekly jobs due now, on ${server}. Commands are counted on the wire, without the driver's own watch of the` +
      ` server; idle is ${idle} s after all was done. Agenda 6 with its MongoDB backend and its defaults: it moves a job` +
      ' on before it runs it, and keeps no ledger; its job here does nothing. This engine writes the review into the' +
      ' ledger, posts it, records that, moves the rhythm on, and updates the two cards that name the next date. Both' +
      ' run in this process; Slack answers at once.',
  );
  const sides = [
    await measureEngine(mongoUri, { jobs, instances: 1, idle }, log),
    await measureAgenda(mongoUri, { jobs, definitions: 1, idle }),
    await measureAgenda(mongoUri, { jobs, definitions: manyDefinitions, idle }),
    await measureEngine(mongoUri, { jobs, instances: 4 }, log),
  ];
  say(
    table([
      ['', 'occurrences per s', 'commands per occurrence', 'commands per idle minute'],
      ...sides.map(row),
    ]),
  );
  for (const side of sides.slice(0, 2)) say(`\n${table(kinds(side))}`);
};

const describe = async (mongoUri: string): Promise<{ readonly server: string }> => {
  const place = await openMongoPlace(mongoUri);
  await place.close();
  return place;
};
