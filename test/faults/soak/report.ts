import type { Edits } from './edits.ts';
import type { SoakOptions } from './soak-options.ts';
import { commandOf } from './soak-options.ts';
import type { SoakWorld } from './soak-world.ts';
import type { SoakStore } from './store-faults.ts';
import type { SoakVerdict } from './verdict.ts';

/** Everything a run found, as it is kept in test/output. Lateness in seconds of the product's time. */
export interface SoakReport {
  readonly command: string;
  readonly store: string;
  readonly passed: boolean;
  readonly occurrences: number;
  readonly reviews: Readonly<Record<string, number>>;
  readonly kills: number;
  readonly killsAt: Readonly<Record<string, number>>;
  readonly freezes: number;
  readonly freezesAt: Readonly<Record<string, number>>;
  readonly starts: number;
  readonly storeFaults: Readonly<Record<string, number>>;
  readonly slackFaults: Readonly<Record<string, number>>;
  readonly edits: Readonly<Record<string, number>>;
  readonly lost: number;
  readonly doubled: number;
  readonly outdated: number;
  readonly early: number;
  readonly unknown: number;
  readonly copiesEver: SoakVerdict['copies'];
  readonly lateness: { readonly p50: number; readonly p99: number; readonly max: number };
  readonly rested: boolean;
  readonly faults: readonly string[];
  readonly errors: Readonly<Record<string, number>>;
}

const sum = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((all, one) => all + one, 0);

const tallied = (all: readonly string[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const one of all) counts[one] = (counts[one] ?? 0) + 1;
  return counts;
};

const percentile = (sorted: readonly number[], share: number): number =>
  Math.round((sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0) / 100) / 10;

export const reportOf = (found: {
  readonly options: SoakOptions;
  readonly verdict: SoakVerdict;
  readonly world: SoakWorld;
  readonly soakStore: SoakStore;
  readonly edits: Edits;
  readonly rested: boolean;
  /** What the last, undisturbed process logged as errors. */
  readonly errors: readonly string[];
}): SoakReport => {
  const { options, verdict, world, soakStore } = found;
  const { ledger } = verdict;
  const { counts } = world.workers;
  const faults = [
    ...new Set([
      ...ledger.faults,
      ...verdict.lost,
      ...verdict.doubled,
      ...verdict.outdated,
      ...verdict.unaccounted,
    ]),
  ];
  return {
    command: commandOf(options),
    store: soakStore.name,
    passed: faults.length === 0 && found.rested && found.errors.length === 0,
    occurrences: sum(verdict.reviews),
    reviews: verdict.reviews,
    kills: sum(counts.kills),
    killsAt: counts.kills,
    freezes: sum(counts.freezes),
    freezesAt: counts.freezes,
    starts: counts.starts,
    storeFaults: Object.fromEntries(soakStore.counts),
    edits: Object.fromEntries(found.edits.counts),
    slackFaults: Object.fromEntries(world.proxy.faults),
    // The checker counts reviews and digests, the outbox has those too and everything else: the larger is the whole.
    lost: Math.max(ledger.lost, verdict.lost.length, verdict.unaccounted.length),
    doubled: Math.max(ledger.doubled, verdict.doubled.length),
    outdated: verdict.outdated.length,
    early: ledger.early,
    unknown: ledger.unknown,
    copiesEver: verdict.copies,
    lateness: {
      p50: percentile(ledger.lateness, 0.5),
      p99: percentile(ledger.lateness, 0.99),
      max: percentile(ledger.lateness, 1),
    },
    rested: found.rested,
    faults,
    errors: { ...Object.fromEntries(counts.errors), ...tallied(found.errors) },
  };
};

const listed = (counts: Readonly<Record<string, number>>): string =>
  Object.entries(counts)
    .map(([what, times]) => `${what} ${times}`)
    .join(', ');

export const tableOf = (report: SoakReport): string => {
  const { copiesEver, lateness } = report;
  const seconds = (ms: number): string => `${Math.round(ms / 1000)} s`;
  const rows: [string, string][] = [
    ['command', report.command],
    ['store', report.store],
    ['reviews', `${report.occurrences}: ${listed(report.reviews)}`],
    ['kill -9', `${report.kills}: ${listed(report.killsAt)}`],
    ['freezes', `${report.freezes}: ${listed(report.freezesAt)}`],
    ['process starts', String(report.starts)],
    ['store', listed(report.storeFaults)],
    ['Slack', listed(report.slackFaults)],
    ['edits', listed(report.edits)],
    [
      'second copies ever',
      `${copiesEver.ever}, stood ${seconds(copiesEver.medianMs)} (median), ${seconds(copiesEver.longestMs)} (longest)`,
    ],
    ['lateness', `p50 ${lateness.p50} s, p99 ${lateness.p99} s, max ${lateness.max} s`],
    ['early, unknown, outdated', `${report.early}, ${report.unknown}, ${report.outdated}`],
    ['logged', `${sum(report.errors)} errors, ${Object.keys(report.errors).length} kinds`],
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  return [
    ...rows.map(([name, value]) => `${name.padEnd(width)}  ${value}`),
    ...report.faults.slice(0, 20).map((fault) => `- ${fault}`),
    `occurrences ${report.occurrences}, kills ${report.kills}, freezes ${report.freezes}, lost ${report.lost}, ` +
      `doubled ${report.doubled}`,
  ].join('\n');
};
