import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '../../../src/domain/civil-date.ts';
import { computeHealth, type HealthInput } from '../../../src/domain/health.ts';
import { cadence, type Direction, direction, type Kpi, statusWord } from '../../../src/domain/kpi.ts';
import type { Reading } from '../../../src/domain/reading.ts';
import { aCommitment, aKpi, anAnswer, aReading, aReview, doneOn, firms } from './samples.ts';

const today = '2026-07-20';
const daysAgo = (days: number): string => addDays(today, -days);
const runs = { numRuns: 1500 } as const;

/** Mostly good values, so that many partnerships come near green from either side. In percent of the way. */
const merit = fc.oneof(
  { weight: 5, arbitrary: fc.integer({ min: 55, max: 110 }) },
  { weight: 1, arbitrary: fc.integer({ min: -20, max: 150 }) },
);

const valueFor = (way: Direction, percent: number): number =>
  ({ increase: percent, decrease: 120 - percent, 'keep-above': 40 + percent, 'keep-below': 160 - percent })[
    way
  ];

const kpiWithReadings = (visibility: Kpi['visibility']) =>
  fc
    .record({
      id: fc.integer({ min: 1, max: 1_000_000 }),
      side: fc.constantFrom('ours' as const, 'theirs' as const, 'joint' as const),
      gives: fc.constantFrom('number' as const, 'number' as const, 'status' as const),
      direction: fc.constantFrom(...direction.options),
      cadence: fc.constantFrom(...cadence.options),
      weight: fc.integer({ min: 1, max: 20 }),
      knownAfter: fc.constantFrom(undefined, undefined, 0, 15),
      startsDaysAgo: fc.oneof(
        { weight: 4, arbitrary: fc.integer({ min: 60, max: 190 }) },
        { weight: 1, arbitrary: fc.integer({ min: 0, max: 60 }) },
      ),
      readings: fc.array(
        fc.record({
          days: fc.oneof(
            { weight: 6, arbitrary: fc.integer({ min: 0, max: 20 }) },
            { weight: 1, arbitrary: fc.integer({ min: 0, max: 190 }) },
          ),
          merit,
          status: fc.constantFrom('on-track' as const, 'on-track' as const, ...statusWord.options),
          kind: fc.constantFrom('own' as const, 'own' as const, 'own' as const, 'told' as const),
          notKnown: fc.constantFrom(...Array<boolean>(9).fill(false), true),
        }),
        { minLength: 1, maxLength: 3 },
      ),
    })
    .map(({ id, startsDaysAgo, readings, ...rest }): { kpi: Kpi; readings: Reading[] } => {
      const kpi = aKpi(`${visibility}-${id}`, {
        ...rest,
        visibility,
        start: daysAgo(startsDaysAgo),
        due: '2026-12-31',
        baseline: rest.direction === 'decrease' ? 120 : 0,
        target: rest.direction === 'decrease' ? 20 : 100,
      });
      return {
        kpi,
        readings: readings.map(({ days, merit: percent, status, kind, notKnown }, at) =>
          aReading(kpi.id, daysAgo(days), {
            _id: `${kpi.id}:${at}`,
            kind,
            ...(notKnown
              ? { notKnownUntil: addDays(today, 20) }
              : rest.gives === 'status'
                ? { status }
                : { value: valueFor(rest.direction, percent) }),
          }),
        ),
      };
    });

const confidence = fc.constantFrom(1, 2, 3, 4, 4, 5, 5);
const given = fc.option(confidence, { freq: 6 });
const review = fc.record({ ours: given, theirs: given });

const input: fc.Arbitrary<HealthInput> = fc
  .record({
    kpis: fc.uniqueArray(kpiWithReadings('shared'), {
      minLength: 3,
      maxLength: 8,
      size: 'max',
      selector: (one) => one.kpi.id,
    }),
    reviews: fc.array(review, { minLength: 1, maxLength: 6, size: 'max' }),
    visionSigned: fc.constantFrom(true, true, true, false),
    open: fc.array(fc.integer({ min: -30, max: 60 }), { maxLength: 2 }),
    blockers: fc.array(fc.integer({ min: 0, max: 30 }), { maxLength: 2 }),
  })
  .map(({ kpis, reviews: answered, visionSigned, open, blockers }) => {
    const reviews = answered.map((_, at) => aReview(daysAgo(7 * at)));
    return {
      firms,
      kpis: kpis.map((one) => one.kpi),
      readings: kpis.flatMap((one) => one.readings),
      reviews,
      answers: reviews.flatMap((one, at) =>
        (['ours', 'theirs'] as const).flatMap((firm) => {
          const value = answered[at]?.[firm];
          return typeof value === 'number' ? [anAnswer(one, firm, { confidence: value })] : [];
        }),
      ),
      commitments: open.map((days, at) => aCommitment(`c${at}`, 'ours', daysAgo(days))),
      visionSigned,
      blockers: blockers.map((days) => ({ openedOn: daysAgo(days) })),
      today,
    };
  });

describe('health, whatever the plan', () => {
  it('is green only when both firms are known, every side is at 50 or more and the vision is signed', () => {
    let greens = 0;
    fc.assert(
      fc.property(input, (one) => {
        const health = computeHealth(one);
        if (health.colour !== 'green') return;
        greens += 1;
        const { ours, theirs, joint } = health.sides;
        expect(health.score).toBeGreaterThanOrEqual(75);
        expect(ours.score).toBeGreaterThanOrEqual(50);
        expect(theirs.score).toBeGreaterThanOrEqual(50);
        expect(joint.score ?? 50).toBeGreaterThanOrEqual(50);
        expect(one.visionSigned).toBe(true);
        expect(health.limits).toEqual([]);
        expect(health.known.reviews).toBeGreaterThanOrEqual(2);
      }),
      runs,
    );
    expect(greens).toBeGreaterThan(50);
  });

  it('never turns green by silence: from no colour, by no number of days in which nobody says anything', () => {
    let aged = 0;
    fc.assert(
      fc.property(input, fc.integer({ min: 1, max: 300 }), (one, days) => {
        if (computeHealth(one).colour === 'green') return;
        aged += 1;
        expect(computeHealth({ ...one, today: addDays(today, days) }).colour).not.toBe('green');
      }),
      runs,
    );
    expect(aged).toBeGreaterThan(500);
  });

  it('is the same, byte for byte, whatever the internal KPIs say', () => {
    fc.assert(
      fc.property(
        input,
        fc.array(kpiWithReadings('internal'), { minLength: 1, maxLength: 4 }),
        (one, secret) => {
          const withSecret: HealthInput = {
            ...one,
            kpis: [...secret.map((each) => each.kpi), ...one.kpis],
            readings: [...secret.flatMap((each) => each.readings), ...one.readings],
          };
          expect(JSON.stringify(computeHealth(withSecret))).toBe(JSON.stringify(computeHealth(one)));
        },
      ),
      runs,
    );
  });

  it('holds its colour and its score together, and prints at most three losses of a point or more', () => {
    fc.assert(
      fc.property(input, (one) => {
        const { colour, score, losses } = computeHealth(one);
        const band = score === undefined ? 'unknown' : score >= 75 ? 'green' : score >= 50 ? 'amber' : 'red';
        expect(colour).toBe(band);
        expect(losses.length).toBeLessThanOrEqual(3);
        for (const loss of losses) expect(loss.points).toBeGreaterThanOrEqual(1);
      }),
      runs,
    );
  });
});

describe('green that would rest on silence', () => {
  const quarterly = { gives: 'status', cadence: 'quarterly', start: '2026-01-01' } as const;
  const old = 'Low values have grown old. Green needs new ones.';

  interface Case {
    readonly good: number;
    readonly low: number;
    readonly confidence: readonly [number, number];
    readonly others?: readonly { readonly kpi: Kpi; readonly reading: Reading }[];
  }

  /** What Acme asks once a quarter does well, with weight `good`; a weekly measure of weight `low` is at nothing. */
  const fading = ({ good, low, confidence: [ours, theirs], others = [] }: Case, on: string): HealthInput => {
    const reviews = ['2026-07-14', '2026-07-07'].map((date) => aReview(date));
    return {
      firms,
      kpis: [
        aKpi('Licences', { ...quarterly, weight: 60 }),
        aKpi('Projects', { ...quarterly, side: 'theirs', weight: good }),
        aKpi('Leads', { side: 'theirs', cadence: 'weekly', start: '2026-01-01', weight: low }),
        ...others.map((one) => one.kpi),
      ],
      readings: [
        aReading('Licences', '2026-07-14', { status: 'on-track' }),
        aReading('Projects', '2026-07-14', { status: 'on-track' }),
        aReading('Leads', '2026-07-14', { value: 0 }),
        ...others.map((one) => one.reading),
      ],
      reviews,
      answers: reviews.flatMap((one) => [
        anAnswer(one, 'ours', { confidence: ours }),
        anAnswer(one, 'theirs', { confidence: theirs }),
      ]),
      commitments: [aCommitment('kept', 'ours', '2026-07-10', doneOn('2026-07-10'))],
      visionSigned: true,
      blockers: [],
      today: on,
    };
  };

  it('stays amber while a low value grows old, and says why', () => {
    const plan: Case = { good: 11, low: 9, confidence: [3, 3] };
    expect(computeHealth(fading(plan, '2026-07-15'))).toMatchObject({ colour: 'amber', limits: [] });
    const later = computeHealth(fading(plan, '2026-08-01'));
    expect(later.sides.theirs.score).toBeGreaterThan(80);
    expect(later).toMatchObject({ colour: 'amber', score: 74, limits: [old] });
  });

  it('stays amber when a side rose above 50 only because its low value grew old', () => {
    const joint = {
      kpi: aKpi('Deals', { ...quarterly, side: 'joint', weight: 30 }),
      reading: aReading('Deals', '2026-07-14', { status: 'on-track' }),
    };
    const plan: Case = { good: 8, low: 12, confidence: [5, 5], others: [joint] };
    const before = computeHealth(fading(plan, '2026-07-15'));
    expect(before.limits).toEqual(["Acme's KPIs stand at 49. The weaker side counts more."]);
    const later = computeHealth(fading(plan, '2026-08-01'));
    expect(later.sides.theirs.score).toBeGreaterThan(75);
    expect(later).toMatchObject({ colour: 'amber', score: 74, limits: [old] });
  });

  it('leans on no joint value that has faded altogether', () => {
    const joint = {
      kpi: aKpi('Deals', { side: 'joint', start: '2026-01-01', cadence: 'weekly', weight: 1 }),
      reading: aReading('Deals', '2026-04-14', { value: 100 }),
    };
    const plan: Case = { good: 21, low: 19, confidence: [4, 3], others: [joint] };
    expect(computeHealth(fading(plan, '2026-08-01'))).toMatchObject({ colour: 'amber', limits: [old] });
  });
});
