import { daysBetween } from '../domain/civil-date.ts';
import { cadenceDays, type Kpi } from '../domain/kpi.ts';
import { readingInWords } from '../domain/kpi-change.ts';
import { currentReading, expectedInWords, kpiLine } from '../domain/kpi-pace.ts';
import { missingFinal, takesValues } from '../domain/period-final.ts';
import type { Side } from '../domain/person.ts';
import type { Reading } from '../domain/reading.ts';
import type { Told } from '../domain/review-card.ts';
import type { AskedKpi } from '../domain/review-form.ts';
import type { CivilDate } from '../domain/stored.ts';
import type { Asking, Deps } from '../ports.ts';
import { demandOpen, type Loaded, loadPartnership } from './load.ts';
import { readingsOf } from './load-health.ts';
import { seesKpi } from './one-reading.ts';
import { toldOf } from './told.ts';

/** What the form that enters KPI values outside a review shows to one person. */
export interface UpdateFacts {
  readonly partnershipId: string;
  readonly firms: { readonly ours: string; readonly theirs: string };
  readonly channelName: string;
  readonly today: CivilDate;
  /** The KPIs that this person may give values for, the most overdue first. */
  readonly kpis: readonly (AskedKpi & { readonly side: Side; readonly internal: boolean })[];
  /** The one value that is put right, as it stands now. */
  readonly correcting?: Correcting;
}

export interface Correcting {
  readonly readingId: string;
  readonly now: string;
  readonly by: string;
  readonly told?: Told;
  /** It stays with our firm, and so does what takes its place. */
  readonly keptBack?: true;
}

/** Throws `not-found` when it is gone, or when the asker may not see it; `ended` when it takes no values. */
export const updateFormFacts = async (
  deps: Deps,
  asking: Asking,
  input: { readonly partnershipId: string },
): Promise<UpdateFacts> => {
  const loaded = await loadPartnership(deps, asking, input.partnershipId, 'see');
  await demandOpen(deps, loaded);
  const { partnership, store, today } = loaded;
  const closed = partnership.closedPeriods?.at(-1);
  const period = closed === undefined ? undefined : await store.periods.get(closed);
  const mine = partnership.kpis.filter(
    (one) => takesValues(one, today) && loaded.may(`record:${one.side}`) && seesKpi(loaded, one),
  );
  const kpis = await Promise.all(
    mine.map(async (kpi) => {
      const readings = await readingsOf(deps, partnership, kpi.id);
      const facts = await updateFactsOf(deps, loaded, kpi, readings);
      const finalOf = missingFinal(kpi, period, readings, today);
      return { facts: { ...facts, ...(finalOf && { finalOf }) }, age: ageOf(kpi, readings, today) };
    }),
  );
  return {
    partnershipId: partnership._id,
    firms: { ours: partnership.firmName, theirs: partnership.name },
    channelName: partnership.channelName,
    today,
    kpis: kpis.sort((a, b) => b.age - a.age).map((one) => one.facts),
  };
};

/** In cadences; one without any value comes first. */
const ageOf = (kpi: Kpi, readings: readonly Reading[], today: CivilDate): number => {
  const last = currentReading(readings, kpi.id);
  return last === undefined
    ? Number.MAX_SAFE_INTEGER
    : daysBetween(last.asOf, today) / cadenceDays[kpi.cadence];
};

export const updateFactsOf = async (
  deps: Deps,
  { partnership, today }: Loaded,
  kpi: Kpi,
  readings: readonly Reading[],
): Promise<UpdateFacts['kpis'][number]> => {
  const last = currentReading(readings, kpi.id);
  const words = kpi.gives === 'number' ? readingInWords(kpi, last) : undefined;
  const lastTold = await toldOf(deps, partnership, kpi, last, readings);
  const expected = expectedInWords(kpi, today);
  const lastDay = kpi.retired?.lastDay;
  return {
    kpiId: kpi.id,
    name: kpi.name,
    side: kpi.side,
    internal: kpi.visibility === 'internal',
    gives: kpi.gives,
    unit: kpi.unit,
    decimalMark: kpi.decimalMark,
    ...(words === undefined ? {} : { last: words }),
    ...(last?.status === undefined ? {} : { lastStatus: last.status }),
    ...(last === undefined ? {} : { lastAsOf: last.asOf }),
    ...(lastTold === undefined ? {} : { lastTold }),
    ...(expected === undefined ? {} : { expected }),
    ...(lastDay !== undefined && lastDay < today ? { lastDay } : {}),
    behind: ['behind', 'off-pace'].includes(kpiLine(kpi, readings, () => '', today).pace),
  };
};
