import { describe, expect, it } from 'vitest';
import { digestDue, lookAgainAt, planCatchUp, whenToPost, windowFrom } from '../../../src/domain/catch-up.ts';
import { dueAt } from '../../../src/domain/recurrence.ts';
import { datesFrom, weeklyRule } from '../../../src/domain/rule-dates.ts';

const berlin = { rule: weeklyRule(2, 1, '2026-10-20'), time: '16:00', zone: 'Europe/Berlin' } as const;
const at = (text: string): Date => new Date(text);
const hour = 3_600_000;

describe('planCatchUp', () => {
  it('owes one review at its time', () => {
    expect(planCatchUp(berlin, '2026-10-20', at('2026-10-20T14:00:00Z'))).toEqual({
      passed: [],
      due: {
        date: '2026-10-20',
        at: at('2026-10-20T14:00:00Z'),
        wakeAt: at('2026-10-20T14:00:00Z'),
        postBy: at('2026-10-21T14:00:00Z'),
      },
      next: { date: '2026-10-27', at: at('2026-10-27T15:00:00Z') },
    });
  });

  it('owes nothing before its time, should the stored instant be too early', () => {
    expect(planCatchUp(berlin, '2026-10-20', at('2026-10-20T13:59:59Z'))).toEqual({
      passed: [],
      next: { date: '2026-10-20', at: at('2026-10-20T14:00:00Z') },
    });
  });

  it.each([
    ['23 h 59 min', '2026-10-21T13:59:00Z', true],
    ['more than 24 h', '2026-10-21T14:00:01Z', false],
  ])('after %s of silence the review is posted: %s', (_since, now, posted) => {
    const plan = planCatchUp(berlin, '2026-10-20', at(now));
    expect(plan.due !== undefined).toBe(posted);
    expect(plan.passed).toEqual(posted ? [] : ['2026-10-20']);
  });

  it('gives every date exactly one fate, whatever the silence', () => {
    for (let hours = 0; hours < 24 * 7 * 60; hours += 5) {
      const now = new Date(at('2026-10-20T14:00:00Z').getTime() + hours * hour);
      const plan = planCatchUp(berlin, '2026-10-20', now);
      const told = [...plan.passed, ...(plan.due ? [plan.due.date] : [])];
      const past = datesFrom(berlin.rule, '2026-10-20', 80).filter((date) => dueAt(berlin, date) <= now);
      expect(told).toEqual(past);
      expect(plan.next?.date).toBe(datesFrom(berlin.rule, '2026-10-20', 80)[past.length]);
      expect(plan.next?.at.getTime()).toBeGreaterThan(now.getTime());
    }
  });

  it.each([
    ['the last one before its end', 'previous', '2026-10-30', '2026-10-31'],
    ['none that a shift puts after its end', 'next', '2026-11-01', '2026-10-24'],
  ] as const)('gives a rhythm that ends %s', (_words, shift, endDate, last) => {
    const saturdays = { ...berlin, rule: weeklyRule(6, 1, '2026-10-20'), shift, endDate };
    const { passed, due, next } = planCatchUp(saturdays, '2026-10-24', at('2026-11-10T12:00:00Z'));
    expect({ last: passed.at(-1), due, next }).toEqual({ last, due: undefined, next: undefined });
  });

  it('tells what came before the last hundred in one entry', () => {
    const plan = planCatchUp(berlin, '2026-10-20', at('2036-10-20T12:00:00Z'));
    expect(plan.passed).toHaveLength(100);
    expect(plan.before).toEqual({ from: '2026-10-20', to: '2034-11-14', count: 422 });
  });
});

describe('whenToPost', () => {
  it.each([
    ['in time, whatever the hour', '2026-10-20T14:05:00Z', '2026-10-20T14:00:00Z'],
    ['late in the afternoon', '2026-10-20T15:59:00Z', '2026-10-20T15:59:00Z'],
    ['late in the evening', '2026-10-20T16:00:00Z', '2026-10-21T06:00:00Z'],
    ['before dawn', '2026-10-21T03:00:00Z', '2026-10-21T06:00:00Z'],
    ['from eight', '2026-10-21T06:00:00Z', '2026-10-21T06:00:00Z'],
  ])('%s', (_when, now, expected) => {
    expect(whenToPost(at('2026-10-20T14:00:00Z'), 'Europe/Berlin', at(now))).toEqual(at(expected));
  });
});

describe('windows', () => {
  it('close at the rhythm’s own hour, over a weekend and a clock change', () => {
    const review = { dueAt: at('2026-10-22T14:00:00Z'), zone: 'Europe/Berlin', windowDays: 2 };
    expect(windowFrom(at('2026-10-22T14:00:00Z'), review)).toEqual(at('2026-10-26T15:00:00Z'));
    expect(windowFrom(at('2026-10-23T06:05:00Z'), review)).toEqual(at('2026-10-27T15:00:00Z'));
  });

  it('lead to a digest at 09:00 on the next working day', () => {
    expect(digestDue(at('2026-10-23T14:00:00Z'), 'Europe/Berlin')).toEqual({
      date: '2026-10-26',
      at: at('2026-10-26T08:00:00Z'),
    });
  });
});

describe('lookAgainAt', () => {
  const due = at('2026-10-20T14:00:00Z');
  it.each([
    ['half a minute later when nothing is known', undefined, '2026-10-20T14:00:30Z'],
    ['when the post is tried next', '2026-10-20T17:00:00Z', '2026-10-20T17:00:00Z'],
    ['when it is too late at the latest', '2026-10-25T14:00:00Z', '2026-10-21T14:00:00.001Z'],
  ])('%s', (_when, tryAt, expected) => {
    expect(lookAgainAt(due, at('2026-10-21T14:00:00Z'), tryAt === undefined ? undefined : at(tryAt))).toEqual(
      at(expected),
    );
  });
});
