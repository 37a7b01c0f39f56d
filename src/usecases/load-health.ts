import { computeHealth, type HealthInput } from '../domain/health.ts';
import type { HealthResult } from '../domain/health-result.ts';
import { withoutKeptBack } from '../domain/kpi-shared.ts';
import type { Occurrence } from '../domain/occurrence.ts';
import type { Partnership } from '../domain/partnership.ts';
import type { Reading } from '../domain/reading.ts';
import { openBlockers } from '../domain/review-questions.ts';
import type { Snapshot } from '../domain/snapshot.ts';
import { isSigned } from '../domain/vision.ts';
import { civilDateAt } from '../domain/zone.ts';
import type { Deps } from '../ports.ts';
import { readingsOfKpis } from './readings-of-kpis.ts';

const mostReviews = 12;
const mostAnswers = 400;

/**
 * What health counts on the day of `at`: shared facts only, so that both firms see the same number. `closing` is the
 * review that closes now and is not stored as closed yet.
 */
export const loadHealthInput = async (
  deps: Deps,
  partnership: Partnership,
  at: Date,
  closing?: Occurrence,
): Promise<HealthInput> => {
  const store = deps.store.workspace(partnership.workspaceId);
  const of = { partnershipId: partnership._id };
  const kpis = partnership.kpis.filter((one) => one.visibility === 'shared');
  const [readings, done, answers, commitments, visions] = await Promise.all([
    readingsOfKpis(store, partnership._id, kpis),
    store.occurrences.find(
      { ...of, kind: 'review', state: { $in: ['closed', 'skipped'] } },
      { sort: { dueAt: -1 }, limit: mostReviews },
    ),
    store.answers.find(of, { sort: { at: -1 }, limit: mostAnswers }),
    store.commitments.find(of),
    store.visions.find(of, { sort: { number: -1 }, limit: 1 }),
  ]);
  const reviews = closing === undefined ? done : [closing, ...done.filter((one) => one._id !== closing._id)];
  return {
    firms: { ours: partnership.firmName, theirs: partnership.name },
    kpis,
    readings: withoutKeptBack(kpis, readings),
    reviews,
    answers,
    commitments,
    visionSigned: isSigned(visions[0]),
    blockers: openBlockers(answers, partnership.zone),
    today: civilDateAt(at, partnership.zone),
    periodStart: partnership.period.start,
  };
};

/** The newest snapshot taken at or before `at`. */
export const latestSnapshot = async (
  deps: Deps,
  partnership: Pick<Partnership, '_id' | 'workspaceId'>,
  at: Date,
): Promise<Snapshot | undefined> => {
  const [latest] = await deps.store
    .workspace(partnership.workspaceId)
    .snapshots.find({ partnershipId: partnership._id, at: { $lte: at } }, { sort: { at: -1 }, limit: 1 });
  return latest;
};

/** Health moves only when a review closes: the last snapshot's, or, before the first, what is known so far. */
export const currentHealth = async (deps: Deps, partnership: Partnership): Promise<HealthResult> => {
  const now = deps.clock.now();
  const latest = await latestSnapshot(deps, partnership, now);
  return latest?.health ?? computeHealth(await loadHealthInput(deps, partnership, now));
};

/** One KPI's readings that those may see who see the KPI: of the newest hundred. */
export const readingsOf = async (deps: Deps, partnership: Partnership, kpiId: string): Promise<Reading[]> => {
  const { readings } = deps.store.workspace(partnership.workspaceId);
  const found = await readings.find(
    { partnershipId: partnership._id, kpiId },
    { sort: { at: -1 }, limit: 100 },
  );
  return withoutKeptBack(partnership.kpis, found);
};
