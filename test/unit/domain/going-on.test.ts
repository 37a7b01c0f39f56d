import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planCatchUp } from '../../../src/domain/catch-up.ts';
import { addDays } from '../../../src/domain/civil-date.ts';
import { goesOn, nextOf } from '../../../src/domain/going-on.ts';
import { dateAfter, dueAt, isPastEnd, type Timed } from '../../../src/domain/recurrence.ts';
import { nextDate, previousDate } from '../../../src/domain/rule-dates.ts';
import { anyTimed, recentDate } from './any-rule.ts';

describe('where a rhythm goes on after a change beside its rule', () => {
  it('gives every date that it still had one fate: past by now, or ahead, and the ticker sees the same', () => {
    let passedOnce = 0;
    fc.assert(
      fc.property(
        fc.record({ was: anyTimed, over: anyTimed, day: recentDate, early: fc.integer({ min: 0, max: 4 }) }),
        ({ was, over, day, early }) => {
          const next = nextDate(was.rule, day);
          // Some days or hours before it is due: the change may put it on the other side of this moment.
          const now = new Date(dueAt(was, next).getTime() - 3_600_000 * (1 + 12 * early));
          const lastDate = previousDate(was.rule, addDays(next, -1));
          const before = { lastDate, ...nextOf(was, lastDate, now) };
          const timed: Timed = { ...over, rule: was.rule };
          const { passed, nextDate: ahead } = goesOn(timed, before, now);
          expect(ahead === undefined || dueAt(timed, ahead) > now).toBe(true);
          const [first] = passed;
          if (first === undefined || before.nextDate === undefined) return;
          passedOnce += 1;
          expect(first).toBe(before.nextDate);
          const rest = [...passed.slice(1), ...(ahead === undefined ? [] : [ahead])];
          let date = first;
          for (const one of rest) {
            expect(dateAfter(timed, date)).toBe(one);
            date = one;
          }
          expect(passed.every((one) => dueAt(timed, one) <= now && !isPastEnd(timed, one))).toBe(true);
          const plan = planCatchUp(timed, first, now);
          expect([...plan.passed, ...(plan.due ? [plan.due.date] : [])]).toEqual(passed);
          expect(plan.next?.date).toBe(ahead);
        },
      ),
      { numRuns: 2_000 },
    );
    expect(passedOnce).toBeGreaterThan(20);
  });
});
