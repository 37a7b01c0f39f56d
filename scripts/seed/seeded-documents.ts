import type { Answer } from '../../src/domain/answer.ts';
import type { Commitment } from '../../src/domain/commitment.ts';
import { computeHealth, type HealthInput } from '../../src/domain/health.ts';
import type { Occurrence } from '../../src/domain/occurrence.ts';
import type { Partnership } from '../../src/domain/partnership.ts';
import type { ClosedPeriod } from '../../src/domain/period.ts';
import type { Reading } from '../../src/domain/reading.ts';
import type { Rhythm } from '../../src/domain/rhythm.ts';
import type { Snapshot } from '../../src/domain/snapshot.ts';
import type { Vision } from '../../src/domain/vision.ts';
import { civilDateAt } from '../../src/domain/zone.ts';
import type { New, Stored } from '../../src/ports.ts';
import { type SeededPartner, type Seeding, seededPartner } from './seeded-partner.ts';
import { commitmentsOf, readingsOf, reviewOf, rhythmOf, type SeededReview } from './seeded-past.ts';
import { periodsOf } from './seeded-period.ts';
import { planOf, visionsOf, zone } from './seeded-plan.ts';

/** Everything that is stored of one partnership. */
export interface SeededDocuments {
  readonly partner: SeededPartner;
  readonly partnership: New<Partnership>;
  readonly visions: readonly New<Vision>[];
  readonly periods: readonly New<ClosedPeriod>[];
  readonly readings: readonly New<Reading>[];
  readonly rhythm: New<Rhythm>;
  readonly occurrences: readonly New<Occurrence>[];
  readonly answers: readonly New<Answer>[];
  readonly commitments: readonly New<Commitment>[];
  readonly snapshots: readonly New<Snapshot>[];
}

/** The health formula takes documents as they are read. */
const asStored = <T extends Stored>(docs: readonly New<T>[]) =>
  docs.map((one) => ({ ...one, workspaceId: 'seed', version: 1, schemaVersion: 1 }));

/** The health formula's last reviews: it looks no further back. */
const reviewsCounted = 12;

export const seededDocuments = (seeding: Seeding, nth: number): SeededDocuments => {
  const partner = seededPartner(seeding, nth);
  const plan = planOf(seeding, partner);
  const periods = periodsOf(seeding, partner, plan);
  const partnership = { ...plan, closedPeriods: periods.map((one) => one._id) };
  const readings = partnership.kpis.flatMap((kpi) => readingsOf(seeding, partner, kpi));
  const { rhythm, dates } = rhythmOf(seeding, partner);
  const reviews = dates.map((date) => reviewOf(seeding, partner, rhythm, date));
  const commitments = commitmentsOf(seeding, partner);
  const healths = healthAfterEach(partnership, { readings, reviews, commitments });
  return {
    partner,
    partnership,
    visions: visionsOf(seeding, partner),
    periods,
    readings,
    rhythm,
    occurrences: reviews.map(({ occurrence }, at) => {
      const [before, after] = [healths[at - 1], healths[at]];
      return { ...occurrence, ...(before && { healthBefore: before }), ...(after && { healthAfter: after }) };
    }),
    answers: reviews.flatMap((one) => one.answers),
    commitments,
    snapshots: reviews.flatMap(({ occurrence, closedAt: at }, index) => {
      const [health, date] = [healths[index], civilDateAt(at, zone)];
      const of = { partnershipId: partner.id, occurrenceId: occurrence._id };
      return health === undefined ? [] : [{ ...of, _id: `${partner.id}:${date}`, date, health, at }];
    }),
  };
};

interface Past {
  readonly readings: readonly New<Reading>[];
  readonly reviews: readonly SeededReview[];
  readonly commitments: readonly New<Commitment>[];
}

/** As each review's closing computed it, from what was known by then. */
const healthAfterEach = (partnership: New<Partnership>, past: Past) => {
  const readings = asStored<Reading>(past.readings);
  const commitments = asStored<Commitment>(past.commitments);
  return past.reviews.map(({ closedAt }, nth) => {
    const counted = past.reviews.slice(Math.max(0, nth + 1 - reviewsCounted), nth + 1).reverse();
    const input: HealthInput = {
      firms: { ours: partnership.firmName, theirs: partnership.name },
      kpis: partnership.kpis,
      readings: readings.filter((one) => one.at <= closedAt).reverse(),
      reviews: asStored<Occurrence>(counted.map((one) => one.occurrence)),
      answers: asStored<Answer>(counted.flatMap((one) => one.answers)),
      commitments: commitments.filter((one) => one.createdAt <= closedAt),
      visionSigned: true,
      blockers: [],
      today: civilDateAt(closedAt, zone),
      periodStart: partnership.period.start,
    };
    return computeHealth(input);
  });
};
