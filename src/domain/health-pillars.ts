import type { Answer } from './answer.ts';
import type { Blocker } from './blocker.ts';
import { addDays, daysBetween } from './civil-date.ts';
import type { Commitment } from './commitment.ts';
import { type Confidence, confidenceScore, isStale } from './confidence.ts';
import { mean, outcomes, twoSided } from './health-outcomes.ts';
import type { Standing } from './kpi-pace.ts';
import type { Occurrence } from './occurrence.ts';
import type { Firm } from './person.ts';
import type { CivilDate } from './stored.ts';
import { civilDateAt } from './zone.ts';

export const bothFirms = ['ours', 'theirs'] as const satisfies readonly Firm[];

/** Where a day ends last: whoever kept a date in their own zone kept it. */
const lastDayEnds = 'Etc/GMT+12';
const countedReviews = 6;
const skipsLeftOut = 2;
const promiseDays = 90;
const blockerDays = 14;
const weights = { outcomes: 50, relationship: 25, rhythm: 15, commitments: 10 } as const;
const pillarNames = ['outcomes', 'relationship', 'rhythm', 'commitments'] as const;

export interface RhythmFacts {
  /** 0 to 100. */
  readonly score: number;
  readonly both: number;
  readonly counted: number;
}

/** A promise that fell due: on time 1, late 0.5, open and overdue 0. */
export interface Kept {
  readonly firm: Firm;
  readonly share: number;
}

/** What health is computed from, weighed but not yet added up: one field changed, and the rest adds up anew. */
export interface HealthFacts {
  readonly firms: { readonly ours: string; readonly theirs: string };
  readonly today: CivilDate;
  readonly visionSigned: boolean;
  readonly standings: readonly Standing[];
  readonly confidence: { readonly ours: Confidence | undefined; readonly theirs: Confidence | undefined };
  readonly rhythm: RhythmFacts | undefined;
  readonly kept: readonly Kept[];
  readonly oldBlockers: number;
}

/** Over the last six due reviews: both firms 1, one 0.6, none 0. At most two skips with a reason are left out. */
export const rhythmOf = (
  reviews: readonly Occurrence[],
  answers: readonly Answer[],
): RhythmFacts | undefined => {
  const due = reviews.filter((one) => one.state === 'closed' || one.state === 'skipped');
  const shares: number[] = [];
  let leftOut = 0;
  for (const review of due.slice(0, countedReviews)) {
    const given = answers.filter((one) => one.occurrenceId === review._id && !one.withdrawn);
    const firms = new Set(given.map((one) => one.firm)).size;
    const skipped = review.state === 'skipped' || (firms < 2 && review.skips.length > 0);
    if (skipped && leftOut < skipsLeftOut) leftOut += 1;
    else shares.push(firms === 2 ? 1 : firms === 1 ? 0.6 : 0);
  }
  const share = mean(shares);
  const both = shares.filter((one) => one === 1).length;
  return share === undefined ? undefined : { score: 100 * share, both, counted: shares.length };
};

/** The promises that fell due: done ones for 90 days, open ones for as long as they are open. */
export const keptOf = (commitments: readonly Commitment[], today: CivilDate): Kept[] =>
  commitments.flatMap(({ state, firm, due, doneAt }) => {
    if (state === 'open') return due < today ? [{ firm, share: 0 }] : [];
    if (state === 'dropped' || due > today || due < addDays(today, -promiseDays)) return [];
    const onTime = doneAt !== undefined && civilDateAt(doneAt, lastDayEnds) <= due;
    return [{ firm, share: onTime ? 1 : 0.5 }];
  });

export const oldBlockersOf = (blockers: readonly Blocker[], today: CivilDate): number =>
  blockers.filter((one) => daysBetween(one.openedOn, today) > blockerDays).length;

const relationship = ({ confidence, today }: HealthFacts): number | undefined =>
  twoSided(
    bothFirms.map((firm) => {
      const one = confidence[firm];
      return one && !isStale(one, today) ? confidenceScore(one.value) : undefined;
    }),
  );

/** Ten points less for each old blocker, at most thirty. Without promises there is nothing to take them from. */
const commitments = ({ kept, oldBlockers }: HealthFacts): number | undefined => {
  const share = mean(kept.map((one) => one.share));
  return share === undefined ? undefined : Math.max(0, 100 * share - Math.min(30, 10 * oldBlockers));
};

/**
 * Health before any limit, 0 to 100: the weighted mean of the pillars that have data. `outcome` stands in for the
 * KPIs' own score when given.
 */
export const unlimited = (facts: HealthFacts, outcome = outcomes(facts.standings)): number | undefined => {
  const pillars = {
    outcomes: outcome,
    relationship: relationship(facts),
    rhythm: facts.rhythm?.score,
    commitments: commitments(facts),
  };
  let sum = 0;
  let weight = 0;
  for (const name of pillarNames) {
    const value = pillars[name];
    if (value === undefined) continue;
    sum += weights[name] * value;
    weight += weights[name];
  }
  return weight === 0 ? undefined : sum / weight;
};
