import type { LedgerVerdict } from './ledger-check.ts';

/** Several verdicts as one: of partnerships, workspaces or runs. */
export const together = (verdicts: readonly LedgerVerdict[]): LedgerVerdict => {
  const sum = (of: (one: LedgerVerdict) => number): number =>
    verdicts.reduce((total, one) => total + of(one), 0);
  const byState: Record<string, number> = {};
  for (const one of verdicts)
    for (const [state, count] of Object.entries(one.byState)) byState[state] = (byState[state] ?? 0) + count;
  return {
    occurrences: sum((one) => one.occurrences),
    lost: sum((one) => one.lost),
    doubled: sum((one) => one.doubled),
    early: sum((one) => one.early),
    unknown: sum((one) => one.unknown),
    faults: verdicts.flatMap((one) => one.faults),
    lateness: verdicts.flatMap((one) => one.lateness).sort((a, b) => a - b),
    byState,
  };
};

/** What was done to the scheduler while it ran; nothing, when production data are looked at. */
export interface Injected {
  readonly kills: number;
  readonly freezes: number;
}

/** "occurrences 412, kills 0, freezes 0, lost 0, doubled 0": the last line of every run of the checker. */
export const verdictLine = (
  { occurrences, lost, doubled }: LedgerVerdict,
  { kills, freezes }: Injected = { kills: 0, freezes: 0 },
): string =>
  `occurrences ${occurrences}, kills ${kills}, freezes ${freezes}, lost ${lost}, doubled ${doubled}`;
