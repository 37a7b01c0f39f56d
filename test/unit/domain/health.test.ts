import { describe, expect, it } from 'vitest';
import { computeHealth, formulaVersion, type HealthInput } from '../../../src/domain/health.ts';
import type { Kpi } from '../../../src/domain/kpi.ts';
import { aCommitment, aKpi, anAnswer, aReading, aReview, doneOn, firms, reviewsWith } from './samples.ts';

const usd = { kind: 'currency', currency: 'USD' } as const;
const both = ['ours', 'theirs'] as const;
const tuesdays = ['2026-10-20', '2026-10-13', '2026-10-06', '2026-09-29', '2026-09-22', '2026-09-15'];

/** Everything known, everything perfect: each fact below changes one thing. */
const perfect = (over: Partial<HealthInput> = {}): HealthInput => ({
  firms,
  kpis: [aKpi('Licences'), aKpi('Projects', { side: 'theirs' }), aKpi('Deals', { side: 'joint' })],
  readings: ['Licences', 'Projects', 'Deals'].map((id) => aReading(id, '2026-10-20', { value: 100 })),
  ...reviewsWith(tuesdays, [both, both, both, both, both, both], { ours: 5, theirs: 5 }),
  commitments: [],
  visionSigned: true,
  blockers: [],
  today: '2026-10-22',
  ...over,
});

const value = (id: string, amount: number, asOf = '2026-10-20') => aReading(id, asOf, { value: amount });

/** Week 20 of 52: 140 of 364 days. */
const workedCase = (): HealthInput => {
  const weeks: Partial<Kpi> = { start: '2026-01-05', due: '2027-01-03' };
  const dates = ['2026-05-19', '2026-05-12', '2026-05-05', '2026-04-28', '2026-04-21', '2026-04-14'];
  return {
    firms,
    kpis: [
      aKpi('Subscription revenue', { ...weeks, unit: usd, target: 1_000_000, weight: 5 }),
      aKpi('Managed-services revenue', { ...weeks, side: 'theirs', unit: usd, target: 1_500_000, weight: 9 }),
      aKpi('Certified people', { ...weeks, side: 'theirs', target: 96, weight: 4 }),
      aKpi('Deals won', { ...weeks, side: 'joint', target: 26, weight: 2 }),
    ],
    readings: [
      value('Subscription revenue', 364_000, '2026-05-24'),
      value('Managed-services revenue', 240_000, '2026-05-24'),
      value('Certified people', 7, '2026-03-23'),
      value('Deals won', 10, '2026-05-24'),
    ],
    ...reviewsWith(dates, [both, ['ours'], both, [], both, ['theirs']], { ours: 4, theirs: 3 }),
    commitments: [
      ...['2026-04-01', '2026-04-08', '2026-04-15', '2026-04-22'].map((due) =>
        aCommitment(`kept ${due}`, 'ours', due, doneOn(due)),
      ),
      ...['2026-04-29', '2026-05-06'].map((due) => aCommitment(due, 'theirs', due, doneOn('2026-05-10'))),
      ...['2026-05-13', '2026-05-20'].map((due) => aCommitment(due, 'theirs', due)),
    ],
    visionSigned: true,
    blockers: [{ openedOn: '2026-05-01' }, { openedOn: '2026-05-20' }],
    today: '2026-05-24',
  };
};

describe('the worked case', () => {
  it('is amber 64, where our own KPIs alone would say green 96', () => {
    expect(computeHealth(workedCase())).toMatchObject({
      formula: formulaVersion,
      colour: 'amber',
      score: 64,
      sides: {
        ours: { colour: 'green', score: 96 },
        theirs: { colour: 'amber', score: 54 },
        joint: { colour: 'green', score: 100 },
      },
      limits: [],
    });
  });

  it('says the three largest losses with numbers and points', () => {
    expect(computeHealth(workedCase()).losses).toEqual([
      { text: 'Managed-services revenue $240k of $577k expected', points: 13 },
      { text: "Acme's confidence 3 of 5", points: 6 },
      { text: 'Both firms answered 3 of the last 6 reviews', points: 5 },
    ]);
  });
});

/** The pulse of 20 October, as it closed two days later. */
const october = (over: Partial<HealthInput> = {}): HealthInput => ({
  firms,
  kpis: [
    aKpi('Subscription revenue', { unit: usd, target: 1_200_000 }),
    aKpi('Days to first value', { baseline: 60, target: 40, direction: 'decrease' }),
    aKpi('Consulting revenue', { side: 'theirs', unit: usd, target: 900_000 }),
    aKpi('Certified consultants', { side: 'theirs', baseline: 6, target: 14, weight: 13 }),
    aKpi('Day rate', { side: 'theirs', gives: 'status' }),
    aKpi('Deals won', { side: 'joint', target: 12 }),
  ],
  readings: [
    value('Subscription revenue', 560_000, '2026-09-30'),
    value('Days to first value', 51, '2026-09-30'),
    value('Consulting revenue', 210_000, '2026-09-30'),
    value('Certified consultants', 7, '2026-08-31'),
    aReading('Day rate', '2026-10-20', { status: 'behind' }),
    value('Deals won', 7),
  ],
  ...reviewsWith(tuesdays, [both, both, both, both, both, ['ours']], { ours: 4, theirs: 3 }),
  commitments: [
    aCommitment('new sandbox', 'ours', '2026-10-16'),
    aCommitment('list of target accounts', 'ours', '2026-10-30'),
    aCommitment('two names to certify', 'theirs', '2026-10-27'),
    ...['2026-09-01', '2026-09-08', '2026-09-15', '2026-09-22', '2026-09-29'].map((due) =>
      aCommitment(due, 'theirs', due, doneOn(due)),
    ),
  ],
  visionSigned: true,
  blockers: [{ openedOn: '2026-10-20' }],
  today: '2026-10-22',
  ...over,
});

describe('a loss', () => {
  it.each([
    {
      item: 'a KPI',
      points: 13,
      perfected: (input: HealthInput): HealthInput => ({
        ...input,
        readings: input.readings.map((one) =>
          one.kpiId === 'Managed-services revenue' ? { ...one, value: 600_000 } : one,
        ),
      }),
    },
    {
      item: "a firm's confidence",
      points: 5,
      perfected: (input: HealthInput): HealthInput => ({
        ...input,
        answers: input.answers.map((one) =>
          one.firm === 'theirs' ? { ...one, content: { ...one.content, confidence: 5 } } : one,
        ),
      }),
    },
    {
      item: 'the rhythm',
      points: 5,
      perfected: (input: HealthInput): HealthInput => ({
        ...input,
        answers: input.reviews.flatMap((one) => both.map((firm) => anAnswer(one, firm, { confidence: 2 }))),
      }),
    },
  ])('of $item is what health gains when that is perfect', ({ points, perfected }) => {
    const input: HealthInput = {
      ...workedCase(),
      answers: workedCase().answers.map((one) => ({ ...one, content: { ...one.content, confidence: 2 } })),
    };
    const before = computeHealth(input);
    expect(before.losses.map((one) => one.points)).toContain(points);
    expect(computeHealth(perfected(input)).score).toBe((before.score ?? 0) + points);
  });
});

describe('the pulse of 20 October', () => {
  it('closes with Amber 71: Northwind 93, Acme 56, joint 96', () => {
    expect(computeHealth(october())).toMatchObject({
      colour: 'amber',
      score: 71,
      sides: {
        ours: { colour: 'green', score: 93 },
        theirs: { colour: 'amber', score: 56 },
        joint: { colour: 'green', score: 96 },
      },
      losses: [
        { text: "Acme's confidence 3 of 5", points: 6 },
        { text: 'Consulting revenue $210k of $450k expected', points: 5 },
        { text: 'Certified consultants 7 of 9 expected', points: 5 },
      ],
      limits: [],
    });
  });

  it('is the same, byte for byte, with an internal KPI far off its limit', () => {
    const secret = aKpi('Average discount', { direction: 'keep-below', target: 15, visibility: 'internal' });
    const withSecret = october({
      kpis: [...october().kpis, secret],
      readings: [...october().readings, value('Average discount', 17)],
    });
    expect(JSON.stringify(computeHealth(withSecret))).toBe(JSON.stringify(computeHealth(october())));
  });
});

describe('health', () => {
  it('is green 100 when all is known and perfect', () => {
    expect(computeHealth(perfect())).toMatchObject({ colour: 'green', score: 100, losses: [], limits: [] });
  });

  it('is unknown until two reviews have closed, and says how much is known', () => {
    const first = perfect({ reviews: [aReview('2026-10-20')], kpis: [...perfect().kpis, aKpi('Leads')] });
    const health = computeHealth(first);
    expect(health).toMatchObject({
      colour: 'unknown',
      losses: [],
      known: { reviews: 1, reviewsNeeded: 2, kpis: 3, kpisTotal: 4 },
    });
    expect(health).not.toHaveProperty('score');
  });

  it('is unknown again in a new period, whose reviews have yet to close', () => {
    expect(computeHealth(perfect({ periodStart: '2026-10-14' })).known.reviews).toBe(1);
    expect(computeHealth(perfect({ periodStart: '2026-10-14' })).colour).toBe('unknown');
  });

  it('counts no missed or skipped review as closed', () => {
    const reviews = [
      aReview('2026-10-20'),
      aReview('2026-10-13', { state: 'missed' }),
      aReview('2026-10-06', { state: 'skipped' }),
    ];
    expect(computeHealth(perfect({ reviews })).known.reviews).toBe(1);
  });

  it.each([
    ['the vision is unsigned', { visionSigned: false }, 'The vision is not signed by both firms yet.'],
    [
      'the partner has no KPI',
      { kpis: perfect().kpis.filter((one) => one.side !== 'theirs') },
      'Acme has no KPI of its own here yet.',
    ],
    [
      'only internal KPIs are ours',
      { kpis: perfect().kpis.map((one) => (one.side === 'ours' ? { ...one, visibility: 'internal' } : one)) },
      'Northwind has no KPI of its own here yet.',
    ],
    [
      "the partner's values are gone",
      { readings: perfect().readings.filter((one) => one.kpiId !== 'Projects') },
      "Acme's KPIs have no current value.",
    ],
    [
      "the partner's value is older than two cadences",
      { readings: [value('Licences', 100), value('Deals', 100), value('Projects', 100, '2026-08-20')] },
      "Most of Acme's KPI values are missing or out of date.",
    ],
    [
      'the joint value is missing',
      { readings: perfect().readings.filter((one) => one.kpiId !== 'Deals') },
      'Some KPI values are missing or out of date.',
    ],
    [
      'a firm has not said how sure it is for long',
      { answers: perfect().answers.map((one) => ({ ...one, at: new Date('2026-07-01T12:00:00Z') })) },
      'Acme has not said how sure it is for more than 100 days.',
    ],
  ] satisfies [string, Partial<HealthInput>, string][])(
    'is at most 74 while %s, and says so',
    (_, change, reason) => {
      const health = computeHealth(perfect(change));
      expect(health).toMatchObject({ colour: 'amber', score: 74 });
      expect(health.limits).toContain(reason);
    },
  );

  it('is at most 74 while one side is below 50, and says that the weaker side counts more', () => {
    const licences = (count: number) =>
      aKpi(`Licences ${count}`, { side: 'joint', gives: 'status', weight: count });
    const kpis = [...perfect().kpis.filter((one) => one.side !== 'joint'), licences(1)];
    const readings = [...perfect().readings, aReading('Licences 1', '2026-10-20', { status: 'off-track' })];
    const health = computeHealth(perfect({ kpis, readings }));
    expect(health.sides.joint).toEqual({ colour: 'red', score: 20 });
    expect(health.score).toBeLessThanOrEqual(74);
    expect(health.limits).toEqual(['The joint KPIs stand at 20. The weaker side counts more.']);
  });

  it('is unknown when neither firm has current values, whatever the rest says', () => {
    const health = computeHealth(perfect({ readings: [value('Deals', 100)] }));
    expect(health.colour).toBe('unknown');
    expect(health.limits[0]).toBe('Neither firm has enough current KPI values.');
  });

  it('is unknown when less than half of what is judged is known', () => {
    const many = ['A', 'B', 'C', 'D'].map((id) => aKpi(id, { side: 'joint' }));
    const health = computeHealth(perfect({ kpis: [...perfect().kpis, ...many] }));
    expect(health.colour).toBe('unknown');
    expect(health.limits[0]).toBe('Most KPI values are missing or out of date.');
  });

  it('never rounds up into a better colour', () => {
    const all = perfect({ kpis: perfect().kpis.map((one) => ({ ...one, gives: 'status' })) });
    const readings = all.kpis.map((one) => aReading(one.id, '2026-10-20', { status: 'behind' as const }));
    const reviews = reviewsWith(tuesdays, [both, both, both, both, both, ['ours']], {
      ours: 4.8,
      theirs: 4.8,
    });
    const health = computeHealth({ ...all, readings, ...reviews });
    expect(health).toMatchObject({ colour: 'green', score: 75 });
    const lower = reviewsWith(tuesdays, [both, both, both, both, both, ['ours']], { ours: 4.7, theirs: 4.7 });
    expect(computeHealth({ ...all, readings, ...lower })).toMatchObject({ colour: 'amber', score: 74 });
  });

  it('leaves the commitments out where none fell due, and counts late and overdue ones where some did', () => {
    const with2 = (commitments: HealthInput['commitments']): number =>
      computeHealth(perfect({ commitments })).score ?? -1;
    expect(with2([aCommitment('later', 'ours', '2026-10-22')])).toBe(100);
    expect(with2([aCommitment('over', 'ours', '2026-10-21')])).toBe(90);
    expect(with2([aCommitment('late', 'ours', '2026-10-01', doneOn('2026-10-03'))])).toBe(95);
    expect(with2([aCommitment('long ago', 'ours', '2026-07-01', doneOn('2026-08-01'))])).toBe(100);
    expect(with2([aCommitment('still open', 'ours', '2026-03-01')])).toBe(90);
    expect(with2([aCommitment('dropped', 'ours', '2026-10-01', { state: 'dropped' })])).toBe(100);
  });

  it('takes a promise kept on its last evening, in any zone, as kept', () => {
    const evening = { state: 'done', doneAt: new Date('2026-10-02T03:00:00Z') } as const;
    const late = { state: 'done', doneAt: new Date('2026-10-02T12:00:00Z') } as const;
    const scoreOf = (over: typeof evening | typeof late) =>
      computeHealth(perfect({ commitments: [aCommitment('c', 'theirs', '2026-10-01', over)] })).score;
    expect(scoreOf(evening)).toBe(100);
    expect(scoreOf(late)).toBe(95);
  });

  it('loses ten commitment points for each blocker older than two weeks, at most thirty', () => {
    const kept = [aCommitment('kept', 'ours', '2026-10-01', doneOn('2026-10-01'))];
    const withBlockers = (count: number, openedOn: string) =>
      computeHealth(
        perfect({ commitments: kept, blockers: Array.from({ length: count }, () => ({ openedOn })) }),
      );
    expect(withBlockers(2, '2026-10-08').score).toBe(100);
    expect(withBlockers(2, '2026-10-07')).toMatchObject({
      score: 98,
      losses: [{ text: '2 blockers open for more than two weeks', points: 2 }],
    });
    expect(withBlockers(9, '2026-10-07').score).toBe(97);
  });

  it('names whose commitments are late', () => {
    const commitments = [
      aCommitment('a', 'ours', '2026-10-01'),
      aCommitment('b', 'ours', '2026-10-01', doneOn('2026-10-05')),
      aCommitment('c', 'theirs', '2026-10-01', doneOn('2026-10-05')),
    ];
    expect(computeHealth(perfect({ commitments })).losses).toEqual([
      { text: 'Northwind: 1 commitment overdue, 1 done late', points: 5 },
      { text: 'Acme: 1 commitment done late', points: 2 },
    ]);
  });

  it('leaves out two skips in six reviews, and no third one', () => {
    const skip = (date: string) => aReview(date, { state: 'skipped', reason: 'Holiday' });
    const { reviews } = perfect();
    const skipped = (count: number) => reviews.map((one, at) => (at >= 6 - count ? skip(one.date) : one));
    const answersTo = (kept: HealthInput['reviews']) =>
      perfect().answers.filter((one) =>
        kept.some(({ _id, state }) => _id === one.occurrenceId && state === 'closed'),
      );
    const scoreWith = (count: number) =>
      computeHealth(perfect({ reviews: skipped(count), answers: answersTo(skipped(count)) })).score;
    expect(scoreWith(2)).toBe(100);
    expect(scoreWith(3)).toBe(96);
  });

  it('takes an answer without a confidence as an answer, and a withdrawn one as none', () => {
    const [review] = perfect().reviews;
    if (!review) throw new Error('no review');
    const others = perfect().answers.filter((one) => one.occurrenceId !== review._id);
    const scoreWith = (over: Partial<ReturnType<typeof anAnswer>>) =>
      computeHealth(
        perfect({
          answers: [
            ...others,
            anAnswer(review, 'ours', { moved: 'x' }),
            anAnswer(review, 'theirs', {}, over),
          ],
        }),
      ).score;
    expect(scoreWith({ late: true })).toBe(100);
    expect(scoreWith({ withdrawn: true })).toBe(99);
  });

  it('lets a value of the other side count half until it is confirmed', () => {
    const told = [
      value('Licences', 100),
      value('Deals', 100),
      aReading('Projects', '2026-10-20', { value: 100, kind: 'told' }),
    ];
    expect(computeHealth(perfect({ readings: told })).colour).toBe('green');
    const older = told.map((one) => (one.kind === 'told' ? { ...one, asOf: '2026-09-15' } : one));
    expect(computeHealth(perfect({ readings: older })).limits).toContain(
      "Most of Acme's KPI values are missing or out of date.",
    );
  });

  it('is not moved by "not known until"', () => {
    const unknown = aReading('Projects', '2026-10-21', { notKnownUntil: '2026-11-15' });
    const health = computeHealth(perfect({ readings: [...perfect().readings, unknown] }));
    expect(health).toEqual(computeHealth(perfect()));
  });
});
