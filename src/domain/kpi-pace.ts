import { compareDesc } from 'date-fns/compareDesc';
import { formatAmount } from './amount.ts';
import { daysBetween } from './civil-date.ts';
import { cadenceDays, type Kpi, type StatusWord } from './kpi.ts';
import { daysOverdue, firstKnownOn } from './kpi-known.ts';
import { agreedOn, replacedTarget } from './kpi-terms.ts';
import type { KpiLine, Pace } from './partnership-card.ts';
import type { PersonRef } from './person.ts';
import type { Reading } from './reading.ts';
import type { CivilDate } from './stored.ts';

/** Softens the ratio early in a period, when little is expected and a small miss would look enormous. */
const head = 0.1;
/** Nothing is judged before this part of a KPI's time has passed. */
const warmUp = 0.08;
/** How far past a limit scores nothing, as a part of the limit. */
const tolerance = 0.2;

const statusPoints: Readonly<Record<StatusWord, number>> = { 'on-track': 100, behind: 60, 'off-track': 20 };

const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));

/** For one day a firm's own word stands before what was told for it, whichever was entered later. */
const newestFirst = (a: Reading, b: Reading): number =>
  b.asOf.localeCompare(a.asOf) ||
  Number(a.kind === 'told') - Number(b.kind === 'told') ||
  compareDesc(a.at, b.at) ||
  b._id.localeCompare(a._id);

/** "No change" from the other side renews nothing that a firm said of its own KPI. */
const renews = (same: Reading, given: Reading): boolean =>
  same.at >= given.at &&
  same.asOf >= given.asOf &&
  same.value === given.value &&
  same.status === given.status &&
  (same.kind === 'own' || given.kind === 'told');

/** The reading by which the KPI's own side said that a told value is right: a Confirm, or "no change" in a review. */
export const confirmationOf = (told: Reading, readings: readonly Reading[]): Reading | undefined =>
  told.kind === 'own'
    ? undefined
    : readings.find(
        (one) => one.kpiId === told.kpiId && one.confirms && one.kind === 'own' && renews(one, told),
      );

/**
 * The reading that stands: of those that hold a value and were not corrected, the latest as-of date, then the latest
 * entered. "No change" renews the value it confirms and outranks no other, since a month's number often comes later
 * than the day somebody confirmed the one before. "Not known until" is an answer and no value, so it never stands.
 */
export const currentReading = (readings: readonly Reading[], kpiId: string): Reading | undefined => {
  const own = readings.filter((one) => one.kpiId === kpiId);
  const corrected = new Set(own.map((one) => one.supersedes));
  const values = own
    .filter((one) => one.notKnownUntil === undefined && !corrected.has(one._id))
    .filter((one) => one.value !== undefined || one.status !== undefined)
    .sort(newestFirst);
  const given = values.find((one) => !one.confirms);
  return values.find((one) => one.confirms && (given === undefined || renews(one, given))) ?? given;
};

/** A KPI that became status-only keeps its old numbers to itself, so each kind sees its own readings alone. */
export const standingReading = (kpi: Kpi, readings: readonly Reading[]): Reading | undefined =>
  currentReading(
    readings.filter((one) => (kpi.gives === 'number' ? one.status === undefined : one.value === undefined)),
    kpi.id,
  );

/** The part of the KPI's time that has passed at the end of `date`, 0 to 1. */
const elapsed = (kpi: Kpi, date: CivilDate): number =>
  clamp((daysBetween(kpi.start, date) + 1) / (daysBetween(kpi.start, kpi.due) + 1), 0, 1);

const isLimit = (kpi: Kpi): boolean => kpi.direction === 'keep-above' || kpi.direction === 'keep-below';

/** 0 at the baseline, 1 at the target. Between two that are the same there is no way: nothing to divide by. */
const partOfTheWay = (value: number, baseline: number, target: number): number =>
  baseline === target ? 1 : (value - baseline) / (target - baseline);

/**
 * The part of the way from baseline to target that is expected on `date`, 0 to 1: even over the days, or by the last
 * step that has come. From the due day on it is all.
 */
const expectedShare = (kpi: Kpi, baseline: number, target: number, date: CivilDate): number => {
  if (kpi.checkpoints === undefined || date >= kpi.due) return elapsed(kpi, date);
  const step = kpi.checkpoints.findLast((one) => one.date <= date);
  return step === undefined ? 0 : clamp(partOfTheWay(step.value, baseline, target), 0, 1);
};

/** Early on, and before the first step, there is nothing to hold a value against. */
const isWarm = (kpi: Kpi, date: CivilDate): boolean => {
  const then = agreedOn(kpi, date);
  const [first] = then.checkpoints ?? [];
  return elapsed(then, date) >= warmUp && (first === undefined || date >= first.date || date >= then.due);
};

/**
 * What the KPI should have been on `date` by what was agreed then, in its unit; undefined for limits, where only a
 * status is given, where target and baseline are the same, so that there is no way between them, and before the KPI's
 * time: the last value of a closed period was not held against anything of this one.
 */
export const expectedOn = (kpi: Kpi, date: CivilDate): number | undefined => {
  const then = agreedOn(kpi, date);
  const { gives, baseline, target } = then;
  if (gives === 'status' || isLimit(then) || baseline === undefined || target === undefined) return undefined;
  if (baseline === target || date < kpi.start) return undefined;
  return baseline + expectedShare(then, baseline, target, date) * (target - baseline);
};

const limitScore = (kpi: Kpi, limit: number, value: number): number => {
  const miss = kpi.direction === 'keep-above' ? limit - value : value - limit;
  if (miss <= 0) return 100;
  return limit === 0 ? 0 : 100 * Math.max(0, 1 - miss / (tolerance * Math.abs(limit)));
};

/** 0 to 100: a reading against what was expected on its own as-of date. Undefined where nothing can be compared. */
export const paceScore = (kpi: Kpi, reading: Reading): number | undefined => {
  if (kpi.gives === 'status') return reading.status === undefined ? undefined : statusPoints[reading.status];
  const then = agreedOn(kpi, reading.asOf);
  const { baseline, target } = then;
  if (reading.value === undefined || target === undefined) return undefined;
  if (isLimit(then)) return limitScore(then, target, reading.value);
  if (baseline === undefined || baseline === target) return undefined;
  const reached = clamp(partOfTheWay(reading.value, baseline, target), 0, 1.2);
  const expected = expectedShare(then, baseline, target, reading.asOf);
  return 100 * clamp((reached + head) / (expected + head), 0, 1);
};

/**
 * How much a reading still says, 1 to 0: full until the next value is known, which is one cadence after its as-of date
 * where no day is set, and nothing two cadences later. What the other side told counts half until the KPI's own side
 * confirms it, which is a newer reading.
 */
export const freshness = (kpi: Kpi, reading: Reading, today: CivilDate): number => {
  const late = daysOverdue(kpi, reading.asOf, today) / (2 * cadenceDays[kpi.cadence]);
  const share = clamp(1 - late, 0, 1);
  return reading.kind === 'told' ? share / 2 : share;
};

/** One KPI as it counts today. `judged` without a `pace`: a value was due and there is none to compare. */
export interface Standing {
  readonly kpi: Kpi;
  readonly reading?: Reading;
  readonly pace?: number;
  readonly freshness: number;
  readonly judged: boolean;
}

/**
 * A value is judged by its own as-of date, so that waiting never brings a value in; a KPI without one counts as
 * missing once its warm-up and its first due date have both passed.
 */
export const standingOf = (kpi: Kpi, readings: readonly Reading[], today: CivilDate): Standing => {
  const reading = standingReading(kpi, readings);
  const pace = reading && isWarm(kpi, reading.asOf) ? paceScore(kpi, reading) : undefined;
  if (reading && pace !== undefined)
    return { kpi, reading, pace, freshness: freshness(kpi, reading, today), judged: true };
  const judged = today >= firstKnownOn(kpi) && isWarm(kpi, today);
  return { kpi, ...(reading && { reading }), freshness: 0, judged };
};

export const paceWord = (score: number | undefined): Pace => {
  if (score === undefined) return 'not-judged';
  if (score >= 75) return 'on-pace';
  return score >= 50 ? 'behind' : 'off-pace';
};

const isCounted = (unit: Kpi['unit']): boolean =>
  unit.kind === 'count' || (unit.kind === 'time' && unit.in === 'days');

/** What was expected, as people say it: $577k, and never 8.7 consultants. Amounts are echoed exactly, so this rounds. */
export const expectedInWords = (kpi: Kpi, date: CivilDate): string | undefined => {
  const expected = expectedOn(kpi, date);
  if (expected === undefined) return undefined;
  const { baseline, target } = agreedOn(kpi, date);
  const whole = isCounted(kpi.unit) && Number.isInteger(baseline) && Number.isInteger(target);
  return formatAmount(
    whole ? Math.round(expected) : Number(expected.toPrecision(3)),
    kpi.unit,
    kpi.decimalMark,
  );
};

/** "keep below 15%", for limits only. */
export const limitInWords = (kpi: Kpi): string | undefined => {
  if (kpi.gives === 'status' || !isLimit(kpi) || kpi.target === undefined) return undefined;
  return `keep ${kpi.direction === 'keep-above' ? 'above' : 'below'} ${formatAmount(kpi.target, kpi.unit, kpi.decimalMark)}`;
};

/** One KPI as a line of a card. Without a value, `expected` is what should stand there today. */
export const kpiLine = (
  kpi: Kpi,
  readings: readonly Reading[],
  nameOf: (person: PersonRef) => string,
  today: CivilDate,
): KpiLine => {
  const { reading, pace, freshness: fresh } = standingOf(kpi, readings, today);
  const expected = expectedInWords(kpi, reading?.asOf ?? today);
  const limit = limitInWords(reading === undefined ? kpi : agreedOn(kpi, reading.asOf));
  const replaced = replacedTarget(kpi);
  const number = kpi.gives === 'number';
  return {
    kpiId: kpi.id,
    name: kpi.name,
    side: kpi.side,
    gives: kpi.gives,
    pace: paceWord(fresh > 0 ? pace : undefined),
    ...(reading?.value !== undefined && { value: formatAmount(reading.value, kpi.unit, kpi.decimalMark) }),
    ...(expected !== undefined && { expected }),
    ...(limit !== undefined && { limit }),
    ...(number &&
      kpi.target !== undefined && { target: formatAmount(kpi.target, kpi.unit, kpi.decimalMark) }),
    ...(number &&
      replaced && {
        earlierTarget: {
          target: formatAmount(replaced.target, kpi.unit, kpi.decimalMark),
          until: replaced.until,
        },
      }),
    ...(reading?.status !== undefined && { status: reading.status }),
    ...(reading && { asOf: reading.asOf }),
    rough: reading?.rough ?? false,
    told: reading?.kind === 'told',
    ...(reading?.kind === 'told' && { entered: { readingId: reading._id, by: nameOf(reading.by) } }),
    ...(kpi.owner && { owner: nameOf(kpi.owner) }),
  };
};
