import type { Answer } from '../../../src/domain/answer.ts';
import type { Commitment } from '../../../src/domain/commitment.ts';
import type { Goal } from '../../../src/domain/goal.ts';
import type { HealthInput } from '../../../src/domain/health.ts';
import type { HealthResult } from '../../../src/domain/health-result.ts';
import type { Kpi } from '../../../src/domain/kpi.ts';
import type { Occurrence } from '../../../src/domain/occurrence.ts';
import type { Partnership } from '../../../src/domain/partnership.ts';
import type { Firm, PersonRef } from '../../../src/domain/person.ts';
import type { Reading } from '../../../src/domain/reading.ts';
import type { Rhythm } from '../../../src/domain/rhythm.ts';
import type { Snapshot } from '../../../src/domain/snapshot.ts';
import type { Vision } from '../../../src/domain/vision.ts';

/** Northwind × Acme: documents with sensible fields, each overridden where a fact is about it. */
export const firms = { ours: 'Northwind', theirs: 'Acme' };
export const maya: PersonRef = { teamId: 'T1', userId: 'UMAYA' };
export const jordan: PersonRef = { teamId: 'T2', userId: 'UJORDAN' };

const stored = { workspaceId: 'w1', version: 1, schemaVersion: 1 };

export const aKpi = (id: string, over: Partial<Kpi> = {}): Kpi => ({
  id,
  rev: 1,
  name: id,
  side: 'ours',
  gives: 'number',
  unit: { kind: 'count' },
  decimalMark: '.',
  direction: 'increase',
  baseline: 0,
  target: 100,
  earlierTargets: [],
  start: '2026-07-01',
  due: '2026-12-31',
  weight: 10,
  cadence: 'monthly',
  owner: maya,
  visibility: 'shared',
  createdAt: new Date('2026-07-01T08:00:00Z'),
  ...over,
});

export const aReading = (kpiId: string, asOf: string, over: Partial<Reading> = {}): Reading => ({
  ...stored,
  _id: `p1:${kpiId}:${asOf}`,
  partnershipId: 'p1',
  kpiId,
  asOf,
  at: new Date(`${asOf}T12:00:00Z`),
  by: maya,
  kind: 'own',
  rough: false,
  confirms: false,
  ...over,
});

export const aReview = (date: string, over: Partial<Occurrence> = {}): Occurrence => ({
  ...stored,
  _id: `p1:r1:${date}`,
  partnershipId: 'p1',
  rhythmId: 'r1',
  kind: 'review',
  date,
  zone: 'Europe/Berlin',
  dueAt: new Date(`${date}T14:00:00Z`),
  state: 'closed',
  asked: { ours: [maya], theirs: [jordan] },
  channelId: 'C1',
  postedLate: false,
  skips: [],
  ...over,
});

export const anAnswer = (
  review: Occurrence,
  firm: Firm,
  content: Partial<Answer['content']> = {},
  over: Partial<Answer> = {},
): Answer => {
  const person = firm === 'ours' ? maya : jordan;
  return {
    ...stored,
    _id: `${review._id}:answer:${person.teamId}.${person.userId}`,
    partnershipId: 'p1',
    occurrenceId: review._id,
    person,
    firm,
    via: 'modal',
    requestId: 'v1',
    content: { readingIds: [], noChange: false, ...content },
    history: [],
    withdrawn: false,
    late: false,
    at: new Date(`${review.date}T15:00:00Z`),
    ...over,
  };
};

export const aCommitment = (
  id: string,
  firm: Firm,
  due: string,
  over: Partial<Commitment> = {},
): Commitment => ({
  ...stored,
  _id: id,
  partnershipId: 'p1',
  what: id,
  firm,
  due,
  state: 'open',
  createdBy: maya,
  createdAt: new Date('2026-07-01T08:00:00Z'),
  ...over,
});

export const doneOn = (date: string): Partial<Commitment> => ({
  state: 'done',
  doneAt: new Date(`${date}T12:00:00Z`),
});

/** Six reviews, newest first, and an answer with a confidence from each firm of `answered`. */
export const reviewsWith = (
  dates: readonly string[],
  answered: readonly (readonly Firm[])[],
  confidence: { readonly ours: number; readonly theirs: number },
): Pick<HealthInput, 'reviews' | 'answers'> => {
  const reviews = dates.map((date) => aReview(date));
  return {
    reviews,
    answers: reviews.flatMap((review, at) =>
      (answered[at] ?? []).map((firm) => anAnswer(review, firm, { confidence: confidence[firm] })),
    ),
  };
};

const made = new Date('2026-07-01T08:00:00Z');

export const aGoal = (id: string, kpiIds: readonly string[], over: Partial<Goal> = {}): Goal => ({
  id,
  rev: 1,
  title: id,
  vision: 'Acme earns a practice of 40 consultants from it.',
  side: 'joint',
  owner: maya,
  due: '2026-12-31',
  kpiIds: [...kpiIds],
  createdAt: made,
  ...over,
});

/** Introduced in a shared channel; our year starts in January, theirs in February. */
export const aPartnership = (over: Partial<Partnership> = {}): Partnership => ({
  ...stored,
  _id: 'p1',
  name: firms.theirs,
  firmName: firms.ours,
  partnerType: 'si',
  tier: 'growth',
  zone: 'Europe/Berlin',
  homeTeamId: 'T1',
  channelId: 'C1',
  channelName: 'northwind-acme',
  channelShared: true,
  theirTeamIds: ['T2'],
  owner: maya,
  editors: [],
  ourPeople: [],
  theirPeople: [],
  ourFiscalYear: { startMonth: 1, namedBy: 'end' },
  theirFiscalYear: { startMonth: 2, namedBy: 'end' },
  period: { start: '2026-07-01', end: '2026-12-31' },
  goals: [],
  kpis: [],
  limitReasons: [],
  state: 'introduced',
  createdAt: made,
  createdBy: maya,
  updatedAt: made,
  ...over,
});

/** Every Tuesday at 16:00 in Berlin; next on 27 October. */
export const aRhythm = (over: Partial<Rhythm> = {}): Rhythm => ({
  ...stored,
  _id: 'r1',
  partnershipId: 'p1',
  kind: 'pulse',
  rule: { kind: 'weekly', anchor: '2026-07-07', every: 1 },
  time: '16:00',
  zone: 'Europe/Berlin',
  windowDays: 2,
  asked: { ours: [maya], theirs: [jordan] },
  rev: 1,
  nextDate: '2026-10-27',
  nextAt: new Date('2026-10-27T15:00:00Z'),
  tzdb: '2026a',
  createdAt: made,
  updatedAt: made,
  ...over,
});

const unknown = { colour: 'unknown' } as const;
export const aHealth = (over: Partial<HealthResult> = {}): HealthResult => ({
  formula: 1,
  colour: 'amber',
  score: 71,
  sides: { ours: unknown, theirs: unknown, joint: unknown },
  losses: [],
  limits: [],
  known: { reviews: 6, reviewsNeeded: 2, kpis: 6, kpisTotal: 6 },
  ...over,
});

export const aSnapshot = (date: string, health: Partial<HealthResult>): Snapshot => ({
  ...stored,
  _id: `p1:${date}`,
  partnershipId: 'p1',
  date,
  health: aHealth(health),
  at: new Date(`${date}T14:00:00Z`),
});

export const aVision = (over: Partial<Vision> = {}): Vision => ({
  ...stored,
  _id: 'p1:vision:2',
  partnershipId: 'p1',
  number: 2,
  joint: { text: 'Acme earns a practice of 40 consultants from it.', by: maya, at: made },
  signatures: { ours: { by: maya, at: made }, theirs: { by: jordan, at: new Date('2026-07-08T22:30:00Z') } },
  createdAt: made,
  ...over,
});
