import { addDays, weekdayOf } from '../../src/domain/civil-date.ts';
import type { OutboxMessage } from '../../src/domain/message.ts';
import type { Partnership } from '../../src/domain/partnership.ts';
import { dueAt } from '../../src/domain/recurrence.ts';
import type { Rhythm } from '../../src/domain/rhythm.ts';
import { weeklyRule } from '../../src/domain/rule-dates.ts';
import type { Snapshot } from '../../src/domain/snapshot.ts';
import type { CivilDate, LocalTime } from '../../src/domain/stored.ts';
import type { New, Store } from '../../src/ports.ts';
import type { Post } from './instant-slack.ts';

/** One weekly review of a partnership of its own, due on `date` at `time` in `zone`. */
export interface DueReview {
  readonly nth: number;
  readonly workspaceId: string;
  readonly channelId: string;
  readonly zone: string;
  readonly time: LocalTime;
  readonly date: CivilDate;
}

const partnershipIdOf = ({ nth }: DueReview): string => `partnership${nth}`;
const rhythmIdOf = ({ nth }: DueReview): string => `rhythm${nth}`;
export const occurrenceIdOf = (review: DueReview): string =>
  `${partnershipIdOf(review)}:${rhythmIdOf(review)}:${review.date}`;
export const instantDue = (review: DueReview): Date => dueAt(review, review.date);

const owner = ({ nth }: DueReview) => ({ teamId: 'THOME', userId: `U${nth}` });

export const partnershipOf = (review: DueReview, at: Date): New<Partnership> => ({
  _id: partnershipIdOf(review),
  name: `Partner ${review.nth}`,
  firmName: 'Northwind',
  partnerType: 'si',
  tier: 'growth',
  zone: review.zone,
  homeTeamId: 'THOME',
  channelId: review.channelId,
  channelName: review.channelId.toLowerCase(),
  channelShared: true,
  theirTeamIds: ['TPARTNER'],
  owner: owner(review),
  editors: [],
  ourPeople: [],
  theirPeople: [],
  ourFiscalYear: { startMonth: 1, namedBy: 'start' },
  period: { start: addDays(review.date, -100), end: addDays(review.date, 200) },
  goals: [],
  kpis: [],
  limitReasons: [],
  state: 'introduced',
  introducedAt: at,
  createdAt: at,
  createdBy: owner(review),
  updatedAt: at,
});

export const rhythmOf = (review: DueReview, at: Date): New<Rhythm> => ({
  _id: rhythmIdOf(review),
  partnershipId: partnershipIdOf(review),
  kind: 'pulse',
  rule: weeklyRule(weekdayOf(review.date), 1, addDays(review.date, -70)),
  time: review.time,
  zone: review.zone,
  windowDays: 2,
  asked: { ours: [owner(review)], theirs: [{ teamId: 'TPARTNER', userId: `U${review.nth}PARTNER` }] },
  rev: 1,
  nextDate: review.date,
  nextAt: instantDue(review),
  tzdb: process.versions.tz ?? '',
  createdAt: at,
  updatedAt: at,
});

const unknown = { colour: 'unknown' } as const;
const healthOf = (review: DueReview, at: Date): New<Snapshot> => ({
  _id: `${partnershipIdOf(review)}:${addDays(review.date, -7)}`,
  partnershipId: partnershipIdOf(review),
  date: addDays(review.date, -7),
  health: {
    formula: 1,
    colour: 'unknown',
    sides: { ours: unknown, theirs: unknown, joint: unknown },
    losses: [],
    limits: [],
    known: { reviews: 1, reviewsNeeded: 2, kpis: 0, kpisTotal: 0 },
  },
  at,
});

const card = (
  _id: string,
  channelId: string,
  content: OutboxMessage['content'],
  at: Date,
): New<OutboxMessage> => ({
  _id,
  channelId,
  content,
  wanted: 1,
  posted: 1,
  state: 'posted',
  ts: '1.000001',
  postedChannelId: channelId,
  fence: 1,
  ambiguous: false,
  attempts: 0,
  createdAt: at,
});

/**
 * The partnership as it stands after some weeks: its two cards are posted, its health is known from the last review,
 * and its next one is due.
 */
const insertReview = async (store: Store, review: DueReview, at: Date): Promise<void> => {
  const { partnerships, rhythms, messages, snapshots } = store.workspace(review.workspaceId);
  const partnershipId = partnershipIdOf(review);
  await Promise.all([
    partnerships.insert(partnershipOf(review, at)),
    rhythms.insert(rhythmOf(review, at)),
    snapshots.insert(healthOf(review, at)),
    messages.insert(
      card(`owner-card:${partnershipId}`, owner(review).userId, { kind: 'owner-card', partnershipId }, at),
    ),
    messages.insert(
      card(`card:${partnershipId}`, review.channelId, { kind: 'partnership-card', partnershipId }, at),
    ),
  ]);
};

const atOnce = 10;

/** `work` for each, ten at a time. */
export const forEach = async <T>(all: readonly T[], work: (one: T) => Promise<void>): Promise<void> => {
  for (let from = 0; from < all.length; from += atOnce)
    await Promise.all(all.slice(from, from + atOnce).map(work));
};

export const installWorkspace = async (store: Store, workspaceId: string, at: Date): Promise<void> => {
  await store.installations.save({
    _id: `T${workspaceId}`,
    workspaceId,
    teamId: `T${workspaceId}`,
    teamName: 'Northwind',
    botId: 'B1',
    botUserId: 'U0BOT',
    active: true,
    installedAt: at,
  });
};

/** Installs the workspaces and makes every review's partnership, a week before `at`. */
export const insertReviews = async (store: Store, reviews: readonly DueReview[], at: Date): Promise<void> => {
  const before = new Date(at.getTime() - 7 * 86_400_000);
  const workspaceIds = [...new Set(reviews.map((one) => one.workspaceId))];
  await forEach(workspaceIds, (workspaceId) => installWorkspace(store, workspaceId, before));
  await forEach(reviews, (review) => insertReview(store, review, before));
};

/** Throws unless every review is in Slack once, open in the ledger, and its rhythm at the next date. */
export const demandEachOnce = async (
  store: Store,
  reviews: readonly DueReview[],
  posted: readonly Post[],
): Promise<void> => {
  const posts = new Map<string, number>();
  for (const { operationId } of posted) posts.set(operationId, (posts.get(operationId) ?? 0) + 1);
  if (posted.length !== reviews.length)
    throw new Error(`${reviews.length} reviews were due, ${posted.length} messages posted.`);
  await forEach(reviews, async (review) => {
    const id = occurrenceIdOf(review);
    const { occurrences, rhythms } = store.workspace(review.workspaceId);
    const [occurrence, rhythm] = await Promise.all([occurrences.get(id), rhythms.get(rhythmIdOf(review))]);
    if (posts.get(id) !== 1) throw new Error(`${id} was posted ${posts.get(id) ?? 0} times.`);
    if (occurrence?.state !== 'open' || occurrence.ts === undefined)
      throw new Error(`${id} is ${occurrence?.state ?? 'not in the ledger'}, not open.`);
    if (rhythm?.nextDate !== addDays(review.date, 7))
      throw new Error(`${rhythmIdOf(review)} stands at ${rhythm?.nextDate}.`);
  });
};
