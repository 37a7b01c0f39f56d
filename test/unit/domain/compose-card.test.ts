import { describe, expect, it } from 'vitest';
import { type CardInput, composeCard } from '../../../src/domain/compose-card.ts';
import { samePerson } from '../../../src/domain/person.ts';
import {
  aCommitment,
  aGoal,
  aHealth,
  aKpi,
  aPartnership,
  aReading,
  aRhythm,
  aSnapshot,
  aVision,
  doneOn,
  jordan,
  maya,
} from './samples.ts';

const usd = { kind: 'currency', currency: 'USD' } as const;
const revenue = aKpi('Subscription revenue', { unit: usd, target: 1_200_000 });
const consulting = aKpi('Consulting revenue', { unit: usd, target: 900_000, side: 'theirs', owner: jordan });
const deals = aKpi('Deals won', { target: 12, side: 'joint' });
const discount = aKpi('Average discount', {
  visibility: 'internal',
  direction: 'keep-below',
  target: 15,
  unit: { kind: 'percent' },
});

/** Friday 23 October, the day after the pulse closed. */
const input = (over: Partial<CardInput> = {}): CardInput => ({
  partnership: aPartnership({
    goals: [
      aGoal('Win 12 joint customers', [deals.id]),
      aGoal('Acme earns', [consulting.id], { side: 'theirs' }),
    ],
    kpis: [deals, consulting, revenue, discount],
  }),
  vision: aVision(),
  readings: [
    aReading(revenue.id, '2026-09-30', { value: 560_000 }),
    aReading(consulting.id, '2026-09-30', { value: 210_000 }),
    aReading(deals.id, '2026-10-20', { value: 7 }),
    aReading(discount.id, '2026-10-20', { value: 17 }),
  ],
  rhythms: [aRhythm()],
  snapshots: [
    aSnapshot('2026-10-16', { colour: 'green', score: 81 }),
    aSnapshot('2026-10-22', { colour: 'amber', score: 71 }),
  ],
  commitments: [
    aCommitment('new sandbox', 'ours', '2026-10-16'),
    aCommitment('list', 'ours', '2026-10-30'),
    aCommitment('done', 'theirs', '2026-10-01', doneOn('2026-10-01')),
  ],
  nameOf: (person) => (samePerson(person, maya) ? 'Maya Lindqvist' : 'Jordan Ellis'),
  today: '2026-10-23',
  now: new Date('2026-10-23T08:00:00Z'),
  form: 'shared',
  ...over,
});

describe('the partnership card', () => {
  it('says health, calendars, goals, KPIs by side and what is open', () => {
    const card = composeCard(input());
    expect(card).toMatchObject({
      firms: { ours: 'Northwind', theirs: 'Acme' },
      health: { colour: 'amber', score: 71 },
      lastWeek: { colour: 'green', score: 81 },
      nextReview: { at: new Date('2026-10-27T15:00:00Z'), zone: 'Europe/Berlin' },
      fiscal: { ours: 'FY26 Q4 wk 4', theirs: 'FY27 Q3 wk 13' },
      period: { start: '2026-07-01', end: '2026-12-31', week: 17, weeks: 27 },
      open: { commitments: 2, overdue: 1 },
      warnings: [],
      nextStep: 'none',
    });
    expect(card.goals.map((one) => [one.title, one.pace])).toEqual([
      ['Win 12 joint customers', 'on-pace'],
      ['Acme earns', 'behind'],
    ]);
    expect(card.kpis.map((one) => [one.name, one.value, one.expected])).toEqual([
      ['Subscription revenue', '$560k', '$600k'],
      ['Consulting revenue', '$210k', '$450k'],
      ['Deals won', '7', '7'],
    ]);
  });

  it('names who signed the vision, on the day it was in the partnership’s zone', () => {
    expect(composeCard(input()).vision).toEqual({
      number: 2,
      joint: 'Acme earns a practice of 40 consultants from it.',
      signed: {
        ours: { name: 'Maya Lindqvist', on: '2026-07-01' },
        theirs: { name: 'Jordan Ellis', on: '2026-07-09' },
      },
    });
  });

  it('adds internal KPIs and people in the internal form alone', () => {
    expect(composeCard(input())).not.toHaveProperty('internal');
    const { internal } = composeCard(input({ form: 'internal' }));
    expect(internal).toMatchObject({ owner: 'Maya Lindqvist', tier: 'growth' });
    expect(internal?.kpis).toMatchObject([{ name: 'Average discount', value: '17%', pace: 'off-pace' }]);
  });

  it('is the same shared card, byte for byte, for partnerships that differ only in internal data', () => {
    const plain = input();
    const { partnership } = plain;
    const { owner: _, ...unowned } = discount;
    const other = input({
      partnership: {
        ...partnership,
        tier: 'strategic',
        backup: jordan,
        editors: [jordan],
        kpis: [
          { ...unowned, target: 5, weight: 90, createdAt: new Date('2026-06-01T08:00:00Z') },
          deals,
          consulting,
          revenue,
        ],
        goals: partnership.goals.map((one) => ({ ...one, kpiIds: [...one.kpiIds, discount.id] })),
        limitReasons: [{ of: discount.id, reason: 'ours alone', by: maya, at: plain.now }],
      },
      readings: [
        aReading(discount.id, '2026-10-22', { value: 90, note: 'a secret' }),
        ...plain.readings.slice(0, 3),
      ],
    });
    expect(JSON.stringify(composeCard(other))).toBe(JSON.stringify(composeCard(plain)));
    expect(JSON.stringify(composeCard({ ...other, snapshots: [] }))).toBe(
      JSON.stringify(composeCard({ ...plain, snapshots: [] })),
    );
  });

  it('has unknown health before the first review has closed', () => {
    const card = composeCard(input({ snapshots: [] }));
    expect(card.health).toMatchObject({ colour: 'unknown', known: { reviews: 0, kpis: 3, kpisTotal: 3 } });
    expect(card).not.toHaveProperty('lastWeek');
  });

  it('prefers the health it is given, and compares no two versions of the formula', () => {
    const card = composeCard(input({ health: aHealth({ formula: 2, score: 60 }) }));
    expect(card.health.score).toBe(60);
    expect(card).not.toHaveProperty('lastWeek');
  });

  it('names no next review that is past, or of a partnership that ended', () => {
    const past = new Date('2026-10-27T15:00:01Z');
    expect(composeCard(input({ now: past }))).not.toHaveProperty('nextReview');
    const ended = aPartnership({ state: 'ended' });
    expect(composeCard(input({ partnership: ended }))).not.toHaveProperty('nextReview');
  });

  it('takes health as it stood when last week ended', () => {
    const monday = composeCard(input({ today: '2026-10-26' }));
    expect(monday.lastWeek).toEqual({ colour: 'amber', score: 71 });
  });
});

describe('the next step', () => {
  const { partnership } = input();
  const step = (over: Partial<typeof partnership>, rhythms = [aRhythm()]): string =>
    composeCard(input({ partnership: { ...partnership, ...over }, rhythms })).nextStep;

  it.each([
    ['introduce', { state: 'draft', goals: [], kpis: [] }],
    ['goal', { goals: [], kpis: [] }],
    ['our-kpi', { kpis: [] }],
    ['our-kpi', { kpis: [discount, consulting] }],
    ['their-kpi', { kpis: [revenue] }],
    ['none', {}],
    ['none', { state: 'ended', goals: [] }],
  ] satisfies [string, Partial<typeof partnership>][])('is %s', (next, over) => {
    expect(step(over)).toBe(next);
  });

  it('is to close the period before all else once it is over, and until then nothing of it', () => {
    const period = { start: '2026-07-01', end: '2026-10-22' };
    expect(step({ period, goals: [] })).toBe('close-period');
    expect(step({ period, state: 'ended' })).toBe('none');
    const closing = (end: string, state: typeof partnership.state = 'introduced') =>
      composeCard(input({ partnership: { ...partnership, period: { ...period, end }, state } })).period
        .closing;
    expect(closing('2026-10-22')).toBe('over');
    expect(closing('2026-11-20')).toBe('soon');
    expect(closing('2026-11-21')).toBeUndefined();
    expect(closing('2026-10-22', 'draft')).toBeUndefined();
  });

  it('is the rhythm once both firms have a KPI', () => {
    expect(step({}, [])).toBe('rhythm');
  });
});

describe('warnings', () => {
  const { partnership } = input();
  const warned = (over: Partial<typeof partnership>, form: CardInput['form'] = 'shared') =>
    composeCard(input({ partnership: { ...partnership, ...over }, form })).warnings;

  it('ask what the partner gains when only we measure something', () => {
    expect(warned({ kpis: [revenue, deals] })).toEqual(['What does Acme gain? Ask them for one measure.']);
    expect(warned({ kpis: [] })).toEqual([]);
  });

  it('ask the same when every goal serves us, whatever is measured', () => {
    const ours = aGoal('Sell more', [], { side: 'ours' });
    const asks = 'What does Acme gain? Ask them for one measure.';
    expect(warned({ goals: [ours] })).toEqual([asks]);
    expect(warned({ goals: [ours], kpis: [revenue] })).toEqual([asks]);
    expect(warned({ goals: [ours, aGoal('Both', [])] })).toEqual([]);
  });

  it('name goals that have no day', () => {
    const { due: _, ...goal } = aGoal('Run a joint event', []);
    expect(warned({ goals: [goal] })).toEqual(['Run a joint event: no due date.']);
  });

  it('name goals that move no part of the vision', () => {
    const { vision: _, ...goal } = aGoal('Run a joint event', []);
    expect(warned({ goals: [goal] })).toEqual(['Run a joint event: not linked to the vision.']);
  });

  it('name KPIs nobody owns, internal ones in the internal form alone', () => {
    const { owner: _, ...unowned } = discount;
    const { owner: __, ...theirs } = consulting;
    const kpis = [revenue, theirs, unowned];
    expect(warned({ kpis })).toEqual(['Consulting revenue: nobody owns this.']);
    expect(warned({ kpis }, 'internal')).toEqual([
      'Consulting revenue: nobody owns this.',
      'Average discount: nobody owns this.',
    ]);
  });
});
