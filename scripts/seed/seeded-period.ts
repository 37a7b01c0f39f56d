import { addDays } from '../../src/domain/civil-date.ts';
import { fiscalYearPeriod } from '../../src/domain/fiscal-calendar.ts';
import type { GoalOutcome } from '../../src/domain/goal.ts';
import type { Partnership } from '../../src/domain/partnership.ts';
import type { ClosedPeriod } from '../../src/domain/period.ts';
import { periodName } from '../../src/domain/period-dates.ts';
import type { New } from '../../src/ports.ts';
import { between } from './draw.ts';
import type { SeededPartner, Seeding } from './seeded-partner.ts';
import { atTime, firstReadingDay } from './seeded-plan.ts';

const outcomes: readonly (readonly [GoalOutcome, string])[] = [
  ['met', 'It was reached a month early.'],
  ['partly', 'Half of it was reached, the rest goes on.'],
  ['missed', 'It was started too late in the year.'],
];

/** The year before, closed a week into this one; none where nothing was measured in it. */
export const periodsOf = (
  seeding: Seeding,
  partner: SeededPartner,
  { ourFiscalYear, theirFiscalYear, zone, period, goals, kpis }: New<Partnership>,
): New<ClosedPeriod>[] => {
  const closed = fiscalYearPeriod(addDays(period.start, -1), ourFiscalYear);
  if (firstReadingDay(seeding) > closed.end) return [];
  const { id, owner } = partner;
  const at = atTime(addDays(closed.end, 7));
  return [
    {
      _id: `${id}:${closed.end}:seed`,
      partnershipId: id,
      ...closed,
      basis: 'our-year',
      names: {
        ours: periodName(closed, ourFiscalYear),
        ...(theirFiscalYear && { theirs: periodName(closed, theirFiscalYear) }),
      },
      zone,
      visionNumber: 2,
      goals: goals.map(({ id: goalId, title, side, vision }) => {
        const [kind, sentence] = outcomes[between(0, outcomes.length - 1, partner.draw())] ?? [
          'met',
          'Reached.',
        ];
        return {
          id: goalId,
          title,
          side,
          ...(vision === undefined ? {} : { vision }),
          outcome: { kind, sentence, by: owner, at },
          goesOn: true,
        };
      }),
      kpis,
      closedBy: owner,
      closedAt: at,
    },
  ];
};
