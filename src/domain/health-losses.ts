import { formatAmount } from './amount.ts';
import { confidenceInWords, isStale } from './confidence.ts';
import { bothFirms, type HealthFacts, unlimited } from './health-pillars.ts';
import type { HealthResult } from './health-result.ts';
import { statusInWords } from './kpi-change.ts';
import { expectedInWords, limitInWords, type Standing } from './kpi-pace.ts';
import { agreedOn } from './kpi-terms.ts';
import type { Firm } from './person.ts';

const shown = 3;

interface Cure {
  readonly text: string;
  /** The facts as they would be were this one item perfect. */
  readonly cured: HealthFacts;
}

const plural = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`;

const kpiInWords = (standing: Standing, firms: HealthFacts['firms']): string => {
  const { kpi, reading } = standing;
  const told = reading?.kind === 'told' && kpi.side !== 'joint' ? `, told by ${firms[kpi.side]}` : '';
  return `${valueInWords(standing)}${told}`;
};

const valueInWords = ({ kpi, reading }: Standing): string => {
  if (reading?.status !== undefined) return `${kpi.name}: ${statusInWords[reading.status]}`;
  if (reading?.value === undefined) return kpi.name;
  const value = `${kpi.name} ${formatAmount(reading.value, kpi.unit, kpi.decimalMark)}`;
  const expected = expectedInWords(kpi, reading.asOf);
  const then = agreedOn(kpi, reading.asOf);
  if (expected === undefined) return `${value}, ${limitInWords(then) ?? 'not as agreed'}`;
  return then.direction === 'increase'
    ? `${value} of ${expected} expected`
    : `${value}, expected ${expected}`;
};

const kpiCures = (facts: HealthFacts): Cure[] =>
  facts.standings.flatMap((standing) =>
    standing.pace === undefined || standing.pace === 100
      ? []
      : [
          {
            text: kpiInWords(standing, facts.firms),
            cured: {
              ...facts,
              standings: facts.standings.map((one) => (one === standing ? { ...one, pace: 100 } : one)),
            },
          },
        ],
  );

const confidenceCure = (facts: HealthFacts, firm: Firm): Cure[] => {
  const given = facts.confidence[firm];
  if (!given || isStale(given, facts.today)) return [];
  return [
    {
      text: `${facts.firms[firm]}'s confidence ${confidenceInWords(given.value)} of 5`,
      cured: { ...facts, confidence: { ...facts.confidence, [firm]: { ...given, value: 5 } } },
    },
  ];
};

const commitmentCure = (facts: HealthFacts, firm: Firm): Cure[] => {
  const own = facts.kept.filter((one) => one.firm === firm);
  const overdue = own.filter((one) => one.share === 0).length;
  const late = own.filter((one) => one.share === 0.5).length;
  const said = [
    ...(overdue > 0 ? [`${plural(overdue, 'commitment')} overdue`] : []),
    ...(late > 0 ? [overdue > 0 ? `${late} done late` : `${plural(late, 'commitment')} done late`] : []),
  ];
  return said.length === 0
    ? []
    : [
        {
          text: `${facts.firms[firm]}: ${said.join(', ')}`,
          cured: { ...facts, kept: facts.kept.map((one) => (one.firm === firm ? { firm, share: 1 } : one)) },
        },
      ];
};

const rhythmCure = (facts: HealthFacts): Cure[] => {
  if (!facts.rhythm) return [];
  const { both, counted } = facts.rhythm;
  return [
    {
      text: `Both firms answered ${both} of the last ${plural(counted, 'review')}`,
      cured: { ...facts, rhythm: { ...facts.rhythm, score: 100 } },
    },
  ];
};

const blockerCure = (facts: HealthFacts): Cure[] =>
  facts.oldBlockers === 0
    ? []
    : [
        {
          text: `${plural(facts.oldBlockers, 'blocker')} open for more than two weeks`,
          cured: { ...facts, oldBlockers: 0 },
        },
      ];

/**
 * The three items that cost most. `points` is health computed again with that item perfect, less health as it is,
 * both before limits (a limit says its own reason), rounded. What costs less than half a point is left out.
 */
export const lossesOf = (facts: HealthFacts): HealthResult['losses'] => {
  const health = unlimited(facts);
  if (health === undefined) return [];
  return [
    ...bothFirms.flatMap((firm) => confidenceCure(facts, firm)),
    ...kpiCures(facts),
    ...rhythmCure(facts),
    ...bothFirms.flatMap((firm) => commitmentCure(facts, firm)),
    ...blockerCure(facts),
  ]
    .map(({ text, cured }) => ({ text, points: (unlimited(cured) ?? health) - health }))
    .sort((a, b) => b.points - a.points)
    .map(({ text, points }) => ({ text, points: Math.round(points) }))
    .filter((one) => one.points > 0)
    .slice(0, shown);
};
