import { compareDesc } from 'date-fns/compareDesc';
import { formatWithYear } from './civil-date.ts';
import type { Kpi } from './kpi.ts';
import { lastCorrection, readingInWords } from './kpi-change.ts';
import { kpiAbout } from './kpi-edit.ts';
import { confirmationOf, expectedInWords, expectedOn } from './kpi-pace.ts';
import type { PersonRef, Side } from './person.ts';
import type { Reading } from './reading.ts';
import type { CivilDate } from './stored.ts';
import { fromDays } from './time-unit.ts';
import { civilDateAt, localTimeAt } from './zone.ts';

/** One reading as a line. `told` and not settled: its own side may still confirm it. */
export interface KpiHistoryLine {
  readonly readingId: string;
  readonly text: string;
  readonly confirm: boolean;
  readonly correct: boolean;
}

/** Standing values by as-of date, oldest first; `expected` for all of them or for none. */
export interface KpiChart {
  readonly unit: string;
  readonly points: readonly { readonly on: CivilDate; readonly value: number; readonly expected?: number }[];
}

/** One page of a KPI's readings for one reader, the last entered first. */
export interface KpiHistoryPage {
  readonly partnershipId: string;
  readonly kpiId: string;
  readonly name: string;
  readonly firms: { readonly ours: string; readonly theirs: string };
  readonly side: Side;
  readonly internal: boolean;
  /** What counts, from where, in which steps, and that it is retired: a sentence each. */
  readonly about?: readonly string[];
  readonly zone: string;
  readonly lines: readonly KpiHistoryLine[];
  /** Older readings were entered before this instant. Absent: there are none. */
  readonly olderThan?: Date;
  /** On the first page, from two values on. */
  readonly chart?: KpiChart;
  /** The chart in words: "31 Aug 2026 $190k (expected $310k)", oldest first. */
  readonly byDate: readonly string[];
  /** Readings of before the KPI changed between a number and a status: kept, and not shown. */
  readonly hidden: number;
}

export interface ClosedKpi {
  readonly kpi: Kpi;
  readonly until: CivilDate;
}

export interface KpiHistoryInput {
  readonly kpi: Kpi;
  readonly firms: KpiHistoryPage['firms'];
  readonly readings: readonly Reading[];
  readonly nameOf: (person: PersonRef) => string;
  readonly zone: string;
  readonly before?: Date | undefined;
  /** The KPI as closed periods keep it, each until its period's last day, the oldest first. */
  readonly closed?: readonly ClosedKpi[];
  readonly mayConfirm: (reading: Reading) => boolean;
  readonly mayCorrect: (reading: Reading) => boolean;
}

const mostLines = 10;
/** As many as Slack's charts take. */
const mostPoints = 20;

/** A KPI that became status-only keeps its numbers to itself, also those of before. */
export const fits = (kpi: Kpi, { value, status }: Reading): boolean =>
  kpi.gives === 'number' ? status === undefined : value === undefined;

const lastEnteredFirst = (a: Reading, b: Reading): number =>
  compareDesc(a.at, b.at) || b._id.localeCompare(a._id);

const whatIsSaid = (kpi: Kpi, reading: Reading): string => {
  const { notKnownUntil, rough, confirms, asOf } = reading;
  if (notKnownUntil !== undefined) return `not known until ${formatWithYear(notKnownUntil)}`;
  const value = `${rough ? 'about ' : ''}${readingInWords(kpi, reading) ?? 'no value'}`;
  return `${confirms ? 'confirmed, no change: ' : ''}${value} as of ${formatWithYear(asOf)}`;
};

const lineOf = (input: KpiHistoryInput, reading: Reading, readings: readonly Reading[]): KpiHistoryLine => {
  const { kpi, firms, nameOf, zone } = input;
  const when = (one: Reading): string => formatWithYear(civilDateAt(one.at, zone));
  const told = reading.kind === 'told' && kpi.side !== 'joint';
  const confirmation = confirmationOf(reading, readings);
  const next = readings.find((one) => one.supersedes === reading._id);
  const corrected = readings.find((one) => one._id === reading.supersedes);
  const by = nameOf(reading.by);
  const settled = next !== undefined || reading.notKnownUntil !== undefined;
  const parts = [
    `${when(reading)}, ${localTimeAt(reading.at, zone)}`,
    whatIsSaid(kpi, reading),
    ...(told && kpi.side !== 'joint' ? [`told by ${firms[kpi.side]}, entered by ${by}`] : [by]),
    ...(confirmation ? [`confirmed by ${nameOf(confirmation.by)} on ${when(confirmation)}`] : []),
    ...(told && !confirmation && !settled ? ['not confirmed yet'] : []),
    ...(corrected ? [`corrects ${readingInWords(kpi, corrected) ?? 'not known yet'}`] : []),
    ...(next
      ? [
          `replaced on ${when(next)} by ${nameOf(next.by)}: now ${readingInWords(kpi, lastCorrection(next, readings)) ?? 'not known yet'}`,
        ]
      : []),
    ...(reading.note === undefined ? [] : [`Note: ${reading.note}`]),
  ];
  return {
    readingId: reading._id,
    text: parts.join(' · '),
    confirm: told && !confirmation && !settled && input.mayConfirm(reading),
    correct: next === undefined && !reading.confirms && input.mayCorrect(reading),
  };
};

/** What stands on each as-of date, the newest dates, oldest first. */
const standingByDate = (readings: readonly Reading[]): Reading[] => {
  const corrected = new Set(readings.map((one) => one.supersedes));
  const byDate = new Map<CivilDate, Reading>();
  for (const one of readings) {
    if (one.notKnownUntil !== undefined || corrected.has(one._id)) continue;
    const there = byDate.get(one.asOf);
    // The list is the last entered first; a firm's own word stands before what was told for it.
    if (there === undefined || (there.kind === 'told' && one.kind === 'own')) byDate.set(one.asOf, one);
  }
  return [...byDate.values()].sort((a, b) => a.asOf.localeCompare(b.asOf)).slice(-mostPoints);
};

const unitName = ({ unit }: Kpi): string => {
  if (unit.kind === 'currency') return unit.currency;
  if (unit.kind === 'time') return unit.in;
  return unit.kind === 'percent' ? '%' : '';
};

/** A length of time is kept in days, whatever it is counted in. */
const drawn = ({ unit }: Kpi, value: number): number =>
  unit.kind === 'time' ? fromDays(value, unit.in) : value;

/** The KPI that a value of `date` is held against: of before its time, as the closed period that held the day keeps it. */
const heldAgainst = ({ kpi, closed = [] }: KpiHistoryInput, date: CivilDate): Kpi => {
  const then = closed.findLast((one) => one.kpi.start <= date && date <= one.until);
  const { unit, decimalMark } = kpi;
  return date >= kpi.start || then === undefined ? kpi : { ...then.kpi, unit, decimalMark };
};

const chartOf = (input: KpiHistoryInput, standing: readonly Reading[]): KpiChart | undefined => {
  const { kpi } = input;
  const points = standing.flatMap(({ asOf: on, value }) =>
    value === undefined ? [] : [{ on, value: drawn(kpi, value) }],
  );
  if (points.length < 2) return undefined;
  const expected = points.map(({ on }) => expectedOn(heldAgainst(input, on), on));
  const known = expected.every((one) => one !== undefined);
  return {
    unit: unitName(kpi),
    points: points.map((one, at) => {
      const then = expected[at];
      return known && then !== undefined
        ? { ...one, expected: Number(drawn(kpi, then).toPrecision(6)) }
        : one;
    }),
  };
};

const inWords = (input: KpiHistoryInput, reading: Reading): string => {
  const { asOf, rough } = reading;
  const now = `${rough ? 'about ' : ''}${readingInWords(input.kpi, reading) ?? 'no value'}`;
  const expected = expectedInWords(heldAgainst(input, asOf), asOf);
  return `${formatWithYear(asOf)} ${now}${expected === undefined ? '' : ` (expected ${expected})`}`;
};

/** A page of a KPI's readings, and on the first one what stood when. */
export const composeKpiHistory = (
  input: KpiHistoryInput,
): Pick<KpiHistoryPage, 'about' | 'lines' | 'olderThan' | 'chart' | 'byDate' | 'hidden'> => {
  const { kpi, before } = input;
  const own = input.readings.filter((one) => one.kpiId === kpi.id);
  const all = own.filter((one) => fits(kpi, one)).sort(lastEnteredFirst);
  const left = all.filter((one) => before === undefined || one.at < before);
  const end = left[mostLines - 1]?.at.getTime();
  // Readings of one form share their instant: they stay on one page, so that the next leaves none out.
  const page = left.filter((one, at) => at < mostLines || one.at.getTime() === end);
  const last = page.at(-1);
  const standing = before === undefined ? standingByDate(all) : [];
  const chart = chartOf(input, standing);
  return {
    ...(before === undefined && { about: kpiAbout(kpi) }),
    lines: page.map((one) => lineOf(input, one, all)),
    ...(page.length < left.length && last !== undefined && { olderThan: last.at }),
    ...(chart && { chart }),
    byDate: standing.length < 2 ? [] : standing.map((one) => inWords(input, one)),
    hidden: own.length - all.length,
  };
};
