import type { Answer } from './answer.ts';
import type { Blocker } from './blocker.ts';
import type { Commitment } from './commitment.ts';
import { confidencesOf, perceptionGap } from './confidence.ts';
import { bands, limitsOf } from './health-limits.ts';
import { lossesOf } from './health-losses.ts';
import { coverage, sideScore } from './health-outcomes.ts';
import { type HealthFacts, keptOf, oldBlockersOf, rhythmOf, unlimited } from './health-pillars.ts';
import type { HealthColour, HealthResult } from './health-result.ts';
import { isInUse, type Kpi } from './kpi.ts';
import { standingOf } from './kpi-pace.ts';
import type { Occurrence } from './occurrence.ts';
import type { Side } from './person.ts';
import type { Reading } from './reading.ts';
import type { CivilDate } from './stored.ts';

/** Results of different versions are not compared: raise it with every change that moves a number. */
export const formulaVersion = 1;
const reviewsNeeded = 2;

export interface HealthInput {
  readonly firms: { readonly ours: string; readonly theirs: string };
  readonly kpis: readonly Kpi[];
  readonly readings: readonly Reading[];
  /** Reviews that have ended, newest first. Closed ones count, skipped ones within limits, others not. */
  readonly reviews: readonly Occurrence[];
  readonly answers: readonly Answer[];
  readonly commitments: readonly Commitment[];
  readonly visionSigned: boolean;
  readonly blockers: readonly Blocker[];
  readonly today: CivilDate;
  /** Where the operating period starts: health is unknown until two of its reviews have closed. */
  readonly periodStart?: CivilDate;
}

const colourOf = (score: number): HealthColour => {
  if (score >= bands.green) return 'green';
  return score >= bands.amber ? 'amber' : 'red';
};

/** Rounded, but never up into a better colour: 74.6 is amber and prints as 74. */
const rounded = (score: number): { colour: HealthColour; score: number } => {
  const near = Math.round(score);
  const colour = colourOf(score);
  return { colour, score: colourOf(near) === colour ? near : Math.floor(score) };
};

const sideResult = (facts: HealthFacts, side: Side): HealthResult['sides']['ours'] => {
  const score = sideScore(facts.standings, side);
  const known = coverage(facts.standings.filter((one) => one.kpi.side === side)) ?? 0;
  return score === undefined || known < 0.5 ? { colour: 'unknown' } : rounded(score);
};

const factsOf = (input: HealthInput): HealthFacts => ({
  firms: input.firms,
  today: input.today,
  visionSigned: input.visionSigned,
  standings: input.kpis
    .filter((kpi) => kpi.visibility === 'shared' && isInUse(kpi))
    .map((kpi) => standingOf(kpi, input.readings, input.today)),
  confidence: {
    ours: confidencesOf(input.answers, 'ours')[0],
    theirs: confidencesOf(input.answers, 'theirs')[0],
  },
  rhythm: rhythmOf(input.reviews, input.answers),
  kept: keptOf(input.commitments, input.today),
  oldBlockers: oldBlockersOf(input.blockers, input.today),
});

/**
 * The two-sided health of a partnership, from what both firms can see and nothing else: internal KPIs never move it.
 * Silence never makes it green: a missing or old value can only hold the colour down.
 */
export const computeHealth = (input: HealthInput): HealthResult => {
  const facts = factsOf(input);
  const start = input.periodStart ?? '';
  const reviews = input.reviews.filter((one) => one.state === 'closed' && one.date >= start).length;
  const limits = limitsOf(facts);
  const gap = perceptionGap(input.firms, input.answers);
  const common = {
    formula: formulaVersion,
    sides: {
      ours: sideResult(facts, 'ours'),
      theirs: sideResult(facts, 'theirs'),
      joint: sideResult(facts, 'joint'),
    },
    ...(gap !== undefined && { perceptionGap: gap }),
    known: {
      reviews,
      reviewsNeeded,
      kpis: facts.standings.filter((one) => one.reading !== undefined).length,
      kpisTotal: facts.standings.length,
    },
  };
  const score = unlimited(facts);
  if (score === undefined || reviews < reviewsNeeded || limits.unknown.length > 0)
    return { ...common, colour: 'unknown', losses: [], limits: [...limits.unknown, ...limits.belowGreen] };
  const held = limits.belowGreen.length > 0 ? Math.min(score, bands.green - 1) : score;
  return { ...common, ...rounded(held), losses: lossesOf(facts), limits: [...limits.belowGreen] };
};
