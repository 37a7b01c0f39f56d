import type { ClosedPeriod } from '../domain/period.ts';
import type { YearPeriod, YearsPage } from '../domain/period-card.ts';
import { finalUntil, periodName } from '../domain/period-dates.ts';
import { finalLines } from '../domain/period-final.ts';
import { civilDateAt } from '../domain/zone.ts';
import type { Asking, Deps } from '../ports.ts';
import { latestVision } from './latest-vision.ts';
import { type Loaded, loadPartnership } from './load.ts';
import { firmsOf } from './load-review.ts';
import { mostReadings } from './one-reading.ts';
import { closedGoalLine } from './view-period.ts';

const periodsAPage = 3;
/** A page of years full of goals is longer than Slack takes: then fewer periods stand on it, one at least. */
const goalsAPage = 24;

/** Closed periods, newest first, from the `from`-th on. For everybody who may see the partnership. Throws `not-found`. */
export const viewYears = async (
  deps: Deps,
  asking: Asking,
  { partnershipId, from = 0 }: { readonly partnershipId: string; readonly from?: number | undefined },
): Promise<YearsPage> => {
  const loaded = await loadPartnership(deps, asking, partnershipId, 'see');
  const { partnership, store } = loaded;
  const newest = [...(partnership.closedPeriods ?? [])].reverse();
  const [vision, ...found] = await Promise.all([
    latestVision(deps, asking.workspaceId, partnershipId),
    ...newest.slice(from, from + periodsAPage).map((id) => store.periods.get(id)),
  ]);
  const periods = onOnePage(found.filter((one) => one !== undefined));
  const next = from + Math.max(periods.length, 1);
  return {
    partnershipId,
    firms: firmsOf(partnership),
    ...(vision && {
      vision: { number: vision.number, ...(vision.joint === undefined ? {} : { joint: vision.joint.text }) },
    }),
    periods: await Promise.all(periods.map((one) => yearOf(loaded, one, deps.clock.now()))),
    ...(newest.length > next ? { olderFrom: next } : {}),
  };
};

const onOnePage = (periods: readonly ClosedPeriod[]): readonly ClosedPeriod[] => {
  let goals = 0;
  const end = periods.findIndex((one, nth) => {
    goals += one.goals.length;
    return nth > 0 && goals > goalsAPage;
  });
  return end === -1 ? periods : periods.slice(0, end);
};

const yearOf = async (loaded: Loaded, period: ClosedPeriod, now: Date): Promise<YearPeriod> => {
  const { partnership, store } = loaded;
  const { start, end, names, zone, visionNumber, words = {} } = period;
  const until = finalUntil(end);
  // A firm that told its fiscal year later reads its own name of it all the same.
  const { theirFiscalYear } = partnership;
  const theirs = names.theirs ?? (theirFiscalYear && periodName(period, theirFiscalYear));
  const internal = loaded.may('see-internal');
  // Each KPI's own: those of all together may be more than one read takes.
  const readings = await Promise.all(
    period.kpis.map(({ id: kpiId }) =>
      store.readings.find(
        { partnershipId: partnership._id, kpiId, asOf: { $lte: end } },
        { sort: { at: -1 }, limit: mostReadings },
      ),
    ),
  );
  return {
    start,
    end,
    names: { ours: names.ours, ...(theirs === undefined ? {} : { theirs }) },
    ...(visionNumber === undefined ? {} : { visionNumber }),
    goals: period.goals.map(closedGoalLine),
    kpis: finalLines(period, partnership.kpis, readings.flat(), internal),
    words: {
      ...(words.ours?.sentence === undefined ? {} : { ours: words.ours.sentence }),
      ...(words.theirs?.sentence === undefined ? {} : { theirs: words.theirs.sentence }),
    },
    ...(civilDateAt(now, zone) <= until ? { finalUntil: until } : {}),
  };
};
