/**
 * How late reviews are that are all due at 09:00: in one zone, and in 24. The product's clock is set to just before
 * each due time and then goes on as the machine's does; the real heartbeat ticks. Slack answers at once, and takes one
 * message a second and channel.
 */
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Store } from '../../src/ports.ts';
import { createHeartbeat } from '../../src/scheduler/heartbeat.ts';
import { tick } from '../../src/scheduler/tick.ts';
import { openStore, type StorePlace } from '../../src/store/open-store.ts';
import { type DueReview, demandEachOnce, insertReviews, instantDue, occurrenceIdOf } from './due-reviews.ts';
import { benchLog, engineParts, settableClock } from './engine-parts.ts';
import { inSeconds, median, quantile, table } from './figures.ts';
import { type InstantSlack, instantSlack } from './instant-slack.ts';
import { openMongoPlace } from './mongo-place.ts';
import type { Section } from './section.ts';

const channels = 50;
const date = '2026-06-02';
const slackGapMs = 1_000;
const headStartMs = 500;
const enoughMs = 600_000;

/** One zone for each hour of the day, as far as they go. */
const hours = Array.from({ length: 24 }, (_, nth) => nth - 11);
const zoneAt = (offset: number): string =>
  offset === 0 ? 'Etc/GMT' : `Etc/GMT${offset > 0 ? '-' : '+'}${Math.abs(offset)}`;

const reviewsIn = (zones: readonly string[], count: number): DueReview[] =>
  Array.from({ length: count }, (_, nth) => ({
    nth,
    workspaceId: 'w1',
    channelId: `C${nth % channels}`,
    zone: zones[nth % zones.length] ?? 'Etc/GMT',
    time: '09:00',
    date,
  }));

/** The least lateness that Slack allows: the k-th message of a channel comes k - 1 seconds after the first. */
const floorOf = (reviews: readonly DueReview[]): number[] => {
  const before = new Map<string, number>();
  return reviews.map((review) => {
    const queue = `${review.channelId} ${instantDue(review).getTime()}`;
    const ahead = before.get(queue) ?? 0;
    before.set(queue, ahead + 1);
    return ahead * slackGapMs;
  });
};

const latenesses = (reviews: readonly DueReview[], slack: InstantSlack): number[] => {
  const dueOf = new Map(reviews.map((one) => [occurrenceIdOf(one), instantDue(one).getTime()]));
  return slack.posts.map(({ operationId, at }) => {
    const late = at.getTime() - (dueOf.get(operationId) ?? Number.NaN);
    if (!(late >= 0)) throw new Error(`${operationId} was posted ${-late} ms before it was due.`);
    return late;
  });
};

interface Measured {
  readonly late: readonly number[];
  readonly limits: number;
}

const measure = async (store: Store, reviews: readonly DueReview[]): Promise<Measured> => {
  const instants = [...new Set(reviews.map((one) => instantDue(one).getTime()))].sort((a, b) => a - b);
  const clock = settableClock(new Date((instants[0] ?? 0) - 86_400_000));
  const log = benchLog();
  const slack = instantSlack(clock, slackGapMs);
  await insertReviews(store, reviews, clock.now());
  const deps = engineParts({ store, clock, messenger: slack, log, poke: () => heartbeat.poke() });
  const heartbeat = createHeartbeat({ tick: () => tick(deps), clock, log });
  heartbeat.start();
  let owed = 0;
  for (const instant of instants) {
    clock.set(new Date(instant - headStartMs));
    await heartbeat.tickNow();
    owed += reviews.filter((one) => instantDue(one).getTime() === instant).length;
    const began = performance.now();
    // Each post is followed by an update of the partnership's two cards.
    while (slack.posts.length < owed || slack.updates() < 2 * owed) {
      if (performance.now() - began > enoughMs)
        throw new Error(`${slack.posts.length} of ${owed} reviews were posted in ten minutes.`);
      await wait(20);
    }
    await heartbeat.idle();
  }
  await heartbeat.stop();
  log.demandNoErrors();
  await demandEachOnce(store, reviews, slack.posts);
  return { late: latenesses(reviews, slack), limits: slack.limits() };
};

const measureAt = async (place: StorePlace, reviews: readonly DueReview[]): Promise<Measured> => {
  const log = benchLog();
  const store = await openStore({ ...place, log });
  try {
    return await measure(store, reviews);
  } finally {
    await store.close();
    log.demandNoErrors();
  }
};

const row = (what: string, figures: readonly number[], limits = ''): string[] => [
  what,
  inSeconds(median(figures)),
  inSeconds(quantile(figures, 0.99)),
  inSeconds(Math.max(...figures)),
  limits,
];

export const lateness: Section = async ({ folder, mongoUri, sizes, say }) => {
  say(
    `${sizes.reviews} weekly reviews due at 09:00 over ${channels} channels. Lateness is from the due time to Slack's` +
      ' answer, in real time: the clock is set forward only between the hours. The floor is what one message a second' +
      ' and channel allows.',
  );
  if (mongoUri === undefined) say('MONGODB_URI names no server, so this ran on SQLite alone.');
  const rows: string[][] = [['', 'p50', 'p99', 'max', '429s']];
  for (const [what, zones] of [
    ['one zone', ['Etc/GMT']],
    ['24 zones', hours.map(zoneAt)],
  ] as const) {
    const reviews = reviewsIn(zones, sizes.reviews);
    const sqlite = await measureAt({ sqlitePath: join(folder, `${zones.length}.db`) }, reviews);
    rows.push(row(`${what}, floor`, floorOf(reviews)));
    rows.push(row(`${what}, SQLite`, sqlite.late, String(sqlite.limits)));
    if (mongoUri === undefined) continue;
    const place = await openMongoPlace(mongoUri);
    try {
      const mongo = await measureAt({ mongoUri: place.uri }, reviews);
      rows.push(row(`${what}, ${place.server}`, mongo.late, String(mongo.limits)));
    } finally {
      await place.close();
    }
  }
  say(table(rows));
};
