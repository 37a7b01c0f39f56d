import type { Digest } from '../../../../src/domain/digest.ts';
import type { FiscalToday } from '../../../../src/domain/fiscal-calendar.ts';
import type { HealthResult } from '../../../../src/domain/health-result.ts';
import type { KpiLine, PartnershipCard } from '../../../../src/domain/partnership-card.ts';
import type {
  AnswerCard,
  NamedPerson,
  ReviewCard,
  ReviewSummary,
} from '../../../../src/domain/review-card.ts';
import type { AnswerFormFacts, AskedKpi } from '../../../../src/domain/review-form.ts';
import type { RhythmFormFacts } from '../../../../src/domain/rhythm-form.ts';

/** Northwind × Acme, the week of Tue 20 Oct 2026, as design's screens show it. */
export const firms = { ours: 'Northwind', theirs: 'Acme' };
/** Everything that people might type to break a message, and 3,000 emoji. */
export const nasty = `<!channel> <!here> <@U1> @here &lt;!channel&gt; \`\`\` *a* <https://evil.example|Bank> ${'🎉'.repeat(3000)}`;
export const nastyFirms = { ours: nasty, theirs: nasty };

const side = { colour: 'green', score: 93 } as const;
export const amber: HealthResult = {
  formula: 1,
  colour: 'amber',
  score: 71,
  sides: { ours: side, theirs: { colour: 'amber', score: 56 }, joint: { colour: 'green', score: 96 } },
  losses: [
    { text: "Acme's confidence 3 of 5", points: 6.2 },
    { text: 'Consulting revenue $210k of $450k expected', points: 5.3 },
    { text: 'Certified consultants 7 of 9 expected', points: 4.6 },
  ],
  limits: [],
  known: { reviews: 2, reviewsNeeded: 2, kpis: 6, kpisTotal: 6 },
};
const green: HealthResult = { ...amber, colour: 'green', score: 81, losses: [] };
export const unknown: HealthResult = {
  formula: 1,
  colour: 'unknown',
  sides: { ours: { colour: 'unknown' }, theirs: { colour: 'unknown' }, joint: { colour: 'unknown' } },
  losses: [],
  limits: [],
  known: { reviews: 1, reviewsNeeded: 2, kpis: 3, kpisTotal: 6 },
};

export const aLine = (name: string, over: Partial<KpiLine> = {}): KpiLine => ({
  kpiId: name.toLowerCase().replaceAll(' ', ''),
  name,
  side: 'ours',
  gives: 'number',
  pace: 'on-pace',
  rough: false,
  told: false,
  owner: 'Maya Lindqvist',
  ...over,
});

const fiscal: FiscalToday = { ours: 'FY26 Q4 wk 4', theirs: 'FY27 Q3 wk 13', ending: [] };

export const aCard = (over: Partial<PartnershipCard> = {}): PartnershipCard => ({
  partnershipId: 'p1',
  firms,
  state: 'introduced',
  channel: { id: 'C1', name: 'northwind-acme', shared: true },
  today: '2026-10-23',
  health: amber,
  lastWeek: { colour: 'green', score: 81 },
  nextReview: { at: new Date('2026-10-27T15:00:00Z'), zone: 'Europe/Berlin' },
  fiscal,
  period: { start: '2026-07-01', end: '2026-12-31', week: 17, weeks: 27 },
  vision: {
    number: 2,
    joint: 'By 2029 mid-size manufacturers choose Northwind, installed by Acme, first.',
    signed: {
      ours: { name: 'Priya Nair', on: '2026-07-08' },
      theirs: { name: 'Dana Whitfield', on: '2026-07-08' },
    },
  },
  goals: [
    { goalId: 'g1', title: 'Win 12 joint customers', side: 'joint', pace: 'on-pace', linked: true },
    {
      goalId: 'g2',
      title: "Acme's planning practice pays for itself",
      side: 'theirs',
      pace: 'behind',
      linked: true,
    },
  ],
  kpis: [
    aLine('Subscription revenue', { value: '$560k', expected: '$600k', asOf: '2026-09-30' }),
    aLine('Consulting revenue', { side: 'theirs', value: '$210k', expected: '$450k', asOf: '2026-09-30' }),
    aLine('Day rate', { side: 'theirs', gives: 'status', status: 'behind' }),
    aLine('Deals won', { side: 'joint', value: '7', expected: '7', asOf: '2026-10-20' }),
  ],
  open: { commitments: 3, overdue: 1 },
  warnings: [],
  nextStep: 'none',
  ...over,
});

const person = (name: string, teamId: string): NamedPerson => ({
  teamId,
  userId: `U${name.split(' ')[0]?.toUpperCase()}`,
  name,
  met: true,
});
export const maya = person('Maya Lindqvist', 'T1');
export const tom = person('Tom Okafor', 'T1');
export const jordan = person('Jordan Ellis', 'T2');
const sam = person('Sam Ortiz', 'T2');

export const aReviewCard = (over: Partial<ReviewCard> = {}): ReviewCard => ({
  occurrenceId: 'p1:r1:2026-10-20',
  partnershipId: 'p1',
  firms,
  date: '2026-10-20',
  title: 'Weekly pulse',
  kindWords: 'Pulse',
  zone: 'Europe/Berlin',
  zones: ['Europe/Berlin', 'America/Chicago'],
  state: 'open',
  dueAt: new Date('2026-10-20T14:00:00Z'),
  openedAt: new Date('2026-10-20T14:00:00Z'),
  closesAt: new Date('2026-10-22T14:00:00Z'),
  postedLate: false,
  fiscal,
  asked: { ours: [maya, tom], theirs: [jordan, sam] },
  answered: { ours: [], theirs: [] },
  skippedBy: [],
  leftAlone: [],
  healthBefore: green,
  ...over,
});

export const anAnswerCard = (over: Partial<AnswerCard> = {}): AnswerCard => ({
  answerId: 'p1:r1:2026-10-20:answer:T2.UJORDAN',
  partnershipId: 'p1',
  occurrenceId: 'p1:r1:2026-10-20',
  person: jordan,
  firmName: 'Acme',
  otherFirmName: 'Northwind',
  content: {
    confidence: 3,
    moved: 'first two go-lives invoiced',
    stuck: { text: 'trainees locked out of the sandbox', acts: 'ours', by: '2026-10-23' },
    need: 'a reference customer to call',
    bringBack: 'Two projects start in November',
    readingIds: [],
    noChange: false,
  },
  confidenceWas: 4,
  kpis: [
    { name: 'Consulting revenue', now: '$210k', was: '$190k', firstEntered: '$201k', rough: false },
    { name: 'Day rate', now: 'Behind', rough: false },
  ],
  notKnown: [{ name: 'Certified consultants', until: '2026-10-31' }],
  firmNames: firms,
  via: 'modal',
  changedAt: new Date('2026-10-21T15:20:00Z'),
  late: false,
  withdrawn: false,
  ...over,
});

export const aSummary = (over: Partial<ReviewSummary> = {}): ReviewSummary => ({
  title: 'Pulse',
  occurrenceId: 'p1:r1:2026-10-20',
  partnershipId: 'p1',
  firms,
  date: '2026-10-20',
  zone: 'Europe/Berlin',
  closedAt: new Date('2026-10-22T14:00:00Z'),
  moved: [
    { text: 'deal 7 signed.', firmName: 'Northwind' },
    { text: 'First two go-lives invoiced', firmName: 'Acme' },
  ],
  stuck: [
    { text: 'trainees locked out of the sandbox', firmName: 'Acme', acts: 'Northwind', by: '2026-10-23' },
  ],
  asks: [{ text: 'a reference customer', from: 'Acme', to: 'Northwind' }],
  commitments: [
    { what: 'new sandbox', who: 'Tom Okafor', due: '2026-10-16', overdue: true },
    { what: 'list of target accounts', who: 'Maya Lindqvist', due: '2026-10-30', overdue: false },
  ],
  kpis: [
    { name: 'Subscription revenue', now: '$560k', was: '$410k', rough: false },
    { name: 'Day rate', now: 'Behind', was: 'On track', rough: false },
  ],
  noNewValue: [{ name: 'Certified consultants', value: '7', asOf: '2026-08-31' }],
  healthBefore: green,
  healthAfter: amber,
  nobodyAnswered: false,
  ...over,
});

export const aDigest = (over: Partial<Digest> = {}): Digest => ({
  partnershipId: 'p1',
  firms,
  weekTo: '2026-10-23',
  fiscal,
  health: amber,
  lastWeek: { colour: 'green', score: 81 },
  fourWeeksAgo: { colour: 'green', score: 79 },
  moved: ['deal 7 signed', 'first two go-lives invoiced'],
  stuck: ["sandbox for Acme's trainees. Northwind, due today"],
  asks: ["Acme's ask: a reference customer"],
  commitments: { open: 3, overdue: 1, overdueNames: ['Northwind, sandbox, 7 days'] },
  coming: ['pulse Tue 27 Oct', "Acme's quarter ends 31 Oct"],
  noUpdateFrom: [],
  planGaps: [],
  kpis: [],
  ...over,
});

export const anAskedKpi = (over: Partial<AskedKpi> = {}): AskedKpi => ({
  kpiId: 'k1',
  name: 'Consulting revenue',
  gives: 'number',
  unit: { kind: 'currency', currency: 'USD' },
  decimalMark: '.',
  last: '$190k',
  lastAsOf: '2026-08-31',
  expected: '$450k',
  behind: true,
  ...over,
});

export const someAnswerFacts = (over: Partial<AnswerFormFacts> = {}): AnswerFormFacts => ({
  occurrenceId: 'p1:r1:2026-10-20',
  partnershipId: 'p1',
  date: '2026-10-20',
  zone: 'Europe/Berlin',
  today: '2026-10-20',
  channel: { id: 'C1', name: 'northwind-acme', shared: true },
  firms,
  firm: 'theirs',
  late: false,
  lastConfidence: 4,
  kpis: [
    anAskedKpi(),
    anAskedKpi({ kpiId: 'k2', name: 'Day rate', gives: 'status', lastStatus: 'on-track', behind: false }),
  ],
  ...over,
});

/** A partnership's rhythm form: its weekly pulse as stored, and a monthly check-in to choose. */
export const someRhythmFacts = (over: Partial<RhythmFormFacts> = {}): RhythmFormFacts => ({
  partnershipId: 'p1',
  firms,
  existing: [{ id: 'r1', name: 'Weekly pulse', whose: 'every week on Tuesday at 16:00 Berlin' }],
  rhythm: { id: 'r1', rev: 3, asleep: false },
  plan: {
    rule: { kind: 'weekly', every: 1, weekday: 2 },
    time: '16:00',
    zone: 'Europe/Berlin',
    shift: 'none',
    windowDays: 2,
  },
  askedOurs: ['UMAYA', 'UTOM'],
  askedTheirs: ['UJORDAN'],
  holidays: { ours: [], theirs: ['2026-11-11', '2026-11-26'] },
  startMonths: { ours: 1, theirs: 2 },
  otherZone: 'America/Chicago',
  ...over,
});
