import { expect, it } from 'vitest';
import type { LedgerVerdict } from '../../../src/domain/ledger-check.ts';
import { together, verdictLine } from '../../../src/domain/ledger-words.ts';

const verdict = (over: Partial<LedgerVerdict>): LedgerVerdict => ({
  occurrences: 0,
  lost: 0,
  doubled: 0,
  early: 0,
  unknown: 0,
  faults: [],
  lateness: [],
  byState: {},
  ...over,
});

it('verdicts of several ledgers add up to one', () => {
  const one = verdict({
    occurrences: 3,
    lost: 1,
    faults: ['a'],
    lateness: [5, 9],
    byState: { closed: 2, due: 1 },
  });
  const other = verdict({ occurrences: 2, doubled: 2, faults: ['b'], lateness: [7], byState: { closed: 2 } });
  expect(together([one, other])).toEqual(
    verdict({
      occurrences: 5,
      lost: 1,
      doubled: 2,
      faults: ['a', 'b'],
      lateness: [5, 7, 9],
      byState: { closed: 4, due: 1 },
    }),
  );
  expect(verdictLine(together([one, other]), { kills: 4, freezes: 1 })).toBe(
    'occurrences 5, kills 4, freezes 1, lost 1, doubled 2',
  );
});
