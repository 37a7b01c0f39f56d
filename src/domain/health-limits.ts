import { isStale } from './confidence.ts';
import { coverage, lowestOutcomes, lowestSideScore, sideScore, sides } from './health-outcomes.ts';
import { bothFirms, type HealthFacts, unlimited } from './health-pillars.ts';
import type { Firm, Side } from './person.ts';

export const bands = { green: 75, amber: 50 } as const;
const enough = { some: 0.5, most: 0.8 } as const;

/** What holds the colour down whatever the numbers say. `unknown`: no colour at all; `belowGreen`: at most 74. */
export interface Limits {
  readonly unknown: readonly string[];
  readonly belowGreen: readonly string[];
}

/** Why a firm's own side is not known, in words; undefined when enough of it is. */
const notKnown = (facts: HealthFacts, firm: Firm): string | undefined => {
  const name = facts.firms[firm];
  const own = facts.standings.filter((one) => one.kpi.side === firm);
  if (own.length === 0) return `${name} has no KPI of its own here yet.`;
  const known = coverage(own);
  if (known === undefined) return `It is too early to judge ${name}'s KPIs.`;
  if (known === 0) return `${name}'s KPIs have no current value.`;
  return known < enough.some ? `Most of ${name}'s KPI values are missing or out of date.` : undefined;
};

const sideInWords = (facts: HealthFacts, side: Side): string =>
  side === 'joint' ? 'The joint KPIs' : `${facts.firms[side]}'s KPIs`;

const weakSides = (facts: HealthFacts): string[] =>
  sides.flatMap((side) => {
    const score = sideScore(facts.standings, side);
    return score !== undefined && score < bands.amber
      ? [`${sideInWords(facts, side)} stand at ${Math.floor(score)}. The weaker side counts more.`]
      : [];
  });

/** Green that rests on low values having grown old is no green: they must be renewed first. */
const restsOnSilence = (facts: HealthFacts): boolean => {
  if ((unlimited(facts, lowestOutcomes(facts.standings)) ?? 0) < bands.green) return true;
  return sides.some((side) => (lowestSideScore(facts.standings, side) ?? 100) < bands.amber);
};

const tooOldConfidence = (facts: HealthFacts): string[] =>
  bothFirms.flatMap((firm) => {
    const given = facts.confidence[firm];
    return given && isStale(given, facts.today)
      ? [`${facts.firms[firm]} has not said how sure it is for more than 100 days.`]
      : [];
  });

/** The limits that apply now, each as a sentence that a person of either firm can read. */
export const limitsOf = (facts: HealthFacts): Limits => {
  const [ours, theirs] = [notKnown(facts, 'ours'), notKnown(facts, 'theirs')];
  const firms = [theirs, ours].filter((one) => one !== undefined);
  const known = coverage(facts.standings) ?? 0;
  const unknown = [
    ...(firms.length === 2 ? ['Neither firm has enough current KPI values.'] : []),
    ...(firms.length < 2 && known < enough.some ? ['Most KPI values are missing or out of date.'] : []),
  ];
  const weak = weakSides(facts);
  const green = (unlimited(facts) ?? 0) >= bands.green;
  const belowGreen = [
    ...firms,
    ...(facts.visionSigned ? [] : ['The vision is not signed by both firms yet.']),
    ...weak,
    ...(firms.length === 0 && known < enough.most ? ['Some KPI values are missing or out of date.'] : []),
    ...tooOldConfidence(facts),
    ...(green && weak.length === 0 && restsOnSilence(facts)
      ? ['Low values have grown old. Green needs new ones.']
      : []),
  ];
  return { unknown, belowGreen };
};
