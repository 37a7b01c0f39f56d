import { afterEach, describe, expect, it } from 'vitest';
import type { ReviewKind, Rhythm, Rule } from '../../src/domain/rhythm.ts';
import { materialise } from '../../src/scheduler/materialise.ts';
import { tickUntilQuiet } from '../../src/scheduler/tick.ts';
import { rhythm, workspaceId } from '../support/review-world.ts';
import { openWalkingWorld, type WalkingWorld } from '../support/walking-world.ts';

/** Both on Tue 13 Oct 2026, as the first pulse; all at 16:00 in Berlin. */
const everyMonth = {
  kind: 'monthly',
  anchor: '2026-10-01',
  every: 1,
  on: { kind: 'nth-weekday', nth: 2, weekday: 2 },
} satisfies Rule;
const everyQuarter = {
  kind: 'quarterly',
  quarters: { kind: 'months', startMonth: 1 },
  on: { kind: 'from-start', days: 12 },
} satisfies Rule;

let world: WalkingWorld;
afterEach(async () => {
  await world.close();
  expect(world.log.errors).toEqual([]);
});

type Larger = readonly (readonly [kind: ReviewKind, rule: Rule])[];

/** The ledger after a silence from 8 Oct 2026 until `back`, with the due rhythms worked in this order. */
const ledgerAfter = async (
  back: string,
  larger: Larger,
  order: (due: readonly Rhythm[]) => readonly Rhythm[],
): Promise<string[]> => {
  world = await openWalkingWorld('2026-10-08T09:00:00Z');
  const { deps, clock } = world;
  const { rhythms, occurrences } = deps.store.workspace(workspaceId);
  for (const [kind, rule] of larger)
    await rhythms.insert({ ...rhythm(clock.now(), { kind, rule }), _id: kind });
  await clock.moveTo(new Date(back));
  const due = await rhythms.find({ nextAt: { $lte: clock.now() } }, { sort: { _id: 1 } });
  expect(due).toHaveLength(larger.length + 1);
  await materialise(deps, order(due));
  await tickUntilQuiet(deps);
  const reviews = await occurrences.find({ kind: 'review' }, { sort: { dueAt: 1 } });
  return reviews
    .map((one) => [one.date, one.reviewKind, one.state, one.reason ?? ''].join(' ').trim())
    .sort();
};

const orders: readonly ((due: readonly Rhythm[]) => readonly Rhythm[])[] = [
  (due) => due,
  (due) => [...due].reverse(),
  (due) => [...due.slice(1), ...due.slice(0, 1)],
];

describe.each(orders)('after a silence, with the due rhythms worked in order %#,', (order) => {
  it('a review takes the place of no other when it was missed itself', async () => {
    // Later than seven days after the quarterly review, and within a day of the second pulse.
    const larger: Larger = [
      ['monthly', everyMonth],
      ['quarterly', everyQuarter],
    ];
    expect(await ledgerAfter('2026-10-20T15:30:00Z', larger, order)).toEqual([
      '2026-10-13 monthly missed I was offline for more than 3 days.',
      '2026-10-13 pulse missed I was offline for more than a day.',
      '2026-10-13 quarterly missed I was offline for more than 7 days.',
      '2026-10-20 pulse due',
    ]);
  });

  it('the largest that can still be posted takes the place of those near it', async () => {
    const larger: Larger = [
      ['monthly', everyMonth],
      ['quarterly', everyQuarter],
    ];
    expect(await ledgerAfter('2026-10-16T08:00:00Z', larger, order)).toEqual([
      '2026-10-13 monthly skipped Covered by the quarterly review of 13 Oct.',
      '2026-10-13 pulse skipped Covered by the quarterly review of 13 Oct.',
      '2026-10-13 quarterly due',
    ]);
  });

  it('a pulse within its day is posted although the larger review before it was missed', async () => {
    // The monthly check-in of Fri 9 Oct was worth posting until Mon 12 Oct, 16:00.
    const fridays: Rule = { ...everyMonth, on: { kind: 'nth-weekday', nth: 2, weekday: 5 } };
    expect(await ledgerAfter('2026-10-13T15:00:00Z', [['monthly', fridays]], order)).toEqual([
      '2026-10-09 monthly missed I was offline for more than 3 days.',
      '2026-10-13 pulse due',
    ]);
  });
});
