import { describe, expect, it } from 'vitest';
import { usualFiscalYear } from '../../../../src/domain/fiscal-calendar.ts';
import type { ReviewKind } from '../../../../src/domain/rhythm.ts';
import { type ChosenRule, kindOfRule, proposedPlan } from '../../../../src/domain/rhythm-plan.ts';
import { buildRhythmForm } from '../../../../src/slack/views/rhythm-form.ts';
import { parseRhythmForm, rhythmChoices } from '../../../../src/slack/views/rhythm-form-input.ts';
import { buttonsOf, faultsOfView, readOf } from '../../../support/accepted-by-slack.ts';
import { submit } from '../../../support/submission.ts';
import { someRhythmFacts } from './samples.ts';

const dates = {
  dates: ['Tue 27 Oct, 16:00 Berlin, 10:00 Chicago. An hour later in Chicago this once: the clocks change.'],
};
const facts = someRhythmFacts();
const proposed = (kind: ReviewKind) =>
  proposedPlan(kind, { tier: 'growth', zone: 'Europe/Berlin', ourFiscalYear: usualFiscalYear(4) });
const rules: ChosenRule[] = [
  { kind: 'weekly', every: 8, weekday: 7 },
  { kind: 'monthly', every: 1, on: { kind: 'nth-weekday', nth: 'last', weekday: 4 } },
  { kind: 'monthly', every: 12, on: { kind: 'day', day: 31 } },
  { kind: 'monthly', every: 2, on: { kind: 'last-day' } },
  {
    kind: 'quarterly',
    quarters: { kind: 'months', startMonth: 2 },
    on: { kind: 'nth-weekday', nth: 12, weekday: 2 },
  },
  { kind: 'quarterly', quarters: { kind: 'months', startMonth: 9 }, on: { kind: 'from-start', days: 0 } },
  {
    kind: 'quarterly',
    quarters: { kind: 'weeks', endMonth: 1, weekday: 6, ends: 'nearest' },
    on: { kind: 'before-end', days: 80 },
  },
  { kind: 'annual', month: 2, day: 29 },
];

describe('the rhythm form', () => {
  it.each(rules.map((rule) => [JSON.stringify(rule), rule] as const))('gives back %s', (_words, rule) => {
    const plan = { ...facts.plan, rule, endDate: '2027-06-30', shift: 'previous' as const };
    const view = buildRhythmForm({ ...facts, plan }, dates);
    expect(faultsOfView(`rhythm form ${rule.kind}`, view)).toBe('');
    expect(parseRhythmForm(submit(view))).toEqual({
      ok: true,
      value: {
        partnershipId: 'p1',
        rhythmId: 'r1',
        baseRev: 3,
        ...plan,
        askedOurs: facts.askedOurs,
        askedTheirs: facts.askedTheirs,
        holidays: {
          ours: { from: [], to: [] },
          theirs: { from: ['2026-11-11', '2026-11-26'], to: ['2026-11-11', '2026-11-26'] },
        },
      },
    });
  });

  it('asks for the day to count from where a rule counts, shows it, and keeps it when the form is drawn again', () => {
    const fortnights = { kind: 'weekly', every: 2, weekday: 2 } as const;
    const plan = { ...facts.plan, rule: fortnights, firstOn: '2026-11-03' };
    const view = buildRhythmForm({ ...facts, plan }, dates);
    expect(parseRhythmForm(submit(view))).toMatchObject({ ok: true, value: { firstOn: '2026-11-03' } });
    const chosen = rhythmChoices(submit(view, { firstOn: '2026-11-10' }), facts.plan, proposed);
    expect(chosen.plan.firstOn).toBe('2026-11-10');
    const weekly = buildRhythmForm({ ...facts, plan: { ...plan, rule: { ...fortnights, every: 1 } } }, dates);
    expect(readOf(weekly)).not.toContain('First on');
    const parsed = parseRhythmForm(submit(weekly));
    expect(parsed.ok && 'firstOn' in parsed.value).toBe(false);
  });

  it.each(['pulse', 'monthly', 'quarterly', 'annual'] as const)(
    'draws the fields of a %s when that kind is chosen',
    (kind) => {
      const sent = submit(buildRhythmForm(facts, dates), { kind });
      const { plan } = rhythmChoices(sent, facts.plan, proposed);
      expect(kindOfRule[plan.rule.kind]).toBe(kind);
      const redrawn = submit(buildRhythmForm({ ...facts, plan }, dates));
      expect(parseRhythmForm(redrawn)).toMatchObject({ ok: true, value: { rule: plan.rule } });
    },
  );

  it('sent before it shows the fields of another kind saves nothing', () => {
    expect(parseRhythmForm(submit(buildRhythmForm(facts, dates), { kind: 'annual' }))).toEqual({
      ok: false,
      fields: { kind: expect.stringContaining('Nothing was saved.') },
    });
  });

  it('shows the next dates, the freer day with its button, and what can be done with a rhythm that is there', () => {
    const freer = { weekday: 4, text: 'You have 6 more reviews on Tuesdays and none on Thursdays.' };
    const view = buildRhythmForm(facts, { dates: [...dates.dates, 'b', 'c', 'd', 'e'], freer });
    expect(readOf(view)).toContain(`Next five:\n1. ${dates.dates[0]}`);
    expect(readOf(view)).toContain(freer.text);
    expect(JSON.stringify(view)).toContain('Use Thursday');
    expect(JSON.stringify(view)).toContain('Skip the next');
    const { rhythm: _rhythm, ...none } = facts;
    expect(JSON.stringify(buildRhythmForm(none, dates))).not.toContain('Skip the next');
  });

  it('says since when and why a rhythm is paused, and offers to resume it', () => {
    const paused = 'Paused by Maya Lindqvist since Tue 20 Oct: company meeting.';
    const view = buildRhythmForm({ ...facts, rhythm: { id: 'r1', rev: 3, paused, asleep: false } }, dates);
    expect(readOf(view)).toContain(paused);
    expect(buttonsOf(view).length).toBeGreaterThan(0);
    expect(JSON.stringify(view)).toContain('Resume');
  });

  it('reads holidays as people type them, and says at the field what it cannot read', () => {
    const view = buildRhythmForm(facts, dates);
    const typed = { holidaysOurs: '24.12.2026, 25 Dec 2026\n2026-12-24', holidaysTheirs: '2026-11-26' };
    expect(parseRhythmForm(submit(view, typed))).toMatchObject({
      ok: true,
      value: {
        holidays: {
          ours: { to: ['2026-12-24', '2026-12-25'] },
          theirs: { from: ['2026-11-11', '2026-11-26'], to: ['2026-11-26'] },
        },
      },
    });
    for (const text of ['4/5/2026', '31 Feb 2026', 'Xmas', '2026-13-01'])
      expect(parseRhythmForm(submit(view, { holidaysOurs: text }))).toMatchObject({
        ok: false,
        fields: { holidaysOurs: expect.stringContaining('2026-12-24') },
      });
  });

  it('offers quarter hours from 05:00 to 20:45', () => {
    const view = buildRhythmForm(facts, dates);
    expect(() => submit(view, { time: '20:45' })).not.toThrow();
    expect(() => submit(view, { time: '04:45' })).toThrow(/does not offer/);
    expect(() => submit(view, { time: '21:00' })).toThrow(/does not offer/);
  });
});
