import { compareAsc } from 'date-fns/compareAsc';
import { holdReason } from './channel-news.ts';
import type { Commitment } from './commitment.ts';
import { fiscalToday, operatingWeek } from './fiscal-calendar.ts';
import { type Goal, isListedGoal } from './goal.ts';
import { goalPace } from './goal-pace.ts';
import { computeHealth } from './health.ts';
import { healthBefore, latestSnapshot } from './health-history.ts';
import type { HealthResult } from './health-result.ts';
import { isInUse, type Kpi } from './kpi.ts';
import { kpiLine } from './kpi-pace.ts';
import type { Partnership } from './partnership.ts';
import type {
  GoalLine,
  KpiLine,
  NextStep,
  PartnershipCard,
  VisionLines,
  VisionTexts,
} from './partnership-card.ts';
import { mayClosePeriod } from './period-dates.ts';
import { type PersonRef, personKey } from './person.ts';
import { planGaps } from './plan-gaps.ts';
import type { Reading } from './reading.ts';
import type { Rhythm } from './rhythm.ts';
import type { Snapshot } from './snapshot.ts';
import type { CivilDate } from './stored.ts';
import { isSigned, type Vision } from './vision.ts';
import type { Signatures } from './vision-card.ts';
import { changedParts } from './vision-changes.ts';
import { civilDateAt } from './zone.ts';

export interface CardInput {
  readonly partnership: Partnership;
  readonly vision?: Vision;
  /** The last version before it that somebody signed, when there is one. */
  readonly signedVision?: Vision;
  readonly readings: readonly Reading[];
  readonly rhythms: readonly Rhythm[];
  /** Health as the last closed review left it. Absent: the latest snapshot's, or unknown before the first. */
  readonly health?: HealthResult;
  readonly snapshots: readonly Snapshot[];
  readonly commitments: readonly Commitment[];
  readonly nameOf: (person: PersonRef) => string;
  readonly today: CivilDate;
  readonly now: Date;
  /** The partner's lead, when they are gone. */
  readonly leadGone?: PersonRef | undefined;
  readonly form: 'shared' | 'internal';
}

const sideOrder = { ours: 0, theirs: 1, joint: 2 } as const;

type LinesFrom = Pick<CardInput, 'readings' | 'nameOf' | 'today'>;

const linesOf = (kpis: readonly Kpi[], from: LinesFrom): KpiLine[] =>
  [...kpis]
    .sort((a, b) => sideOrder[a.side] - sideOrder[b.side] || compareAsc(a.createdAt, b.createdAt))
    .map((one) => kpiLine(one, from.readings, from.nameOf, from.today));

/** The KPIs of one form as lines: ours, theirs, joint, each in the order they were added. */
export const kpiLines = (kpis: readonly Kpi[], visibility: Kpi['visibility'], from: LinesFrom): KpiLine[] =>
  linesOf(
    kpis.filter((one) => one.visibility === visibility && isInUse(one)),
    from,
  );

/** Those that left the plan, in the same order: their values are kept, and lead to their history. */
export const retiredLines = (
  kpis: readonly Kpi[],
  visibility: Kpi['visibility'],
  from: LinesFrom,
): KpiLine[] =>
  linesOf(
    kpis.filter((one) => one.visibility === visibility && !isInUse(one)),
    from,
  );

/** How many promises are open, and which of them are overdue, the oldest first. */
export const openCommitments = (
  commitments: readonly Commitment[],
  today: CivilDate,
): { open: number; overdue: Commitment[] } => {
  const open = commitments.filter((one) => one.state === 'open');
  const overdue = open.filter((one) => one.due < today).sort((a, b) => a.due.localeCompare(b.due));
  return { open: open.length, overdue };
};

/** The reviews to come of all rhythms that run, the next one first. */
export const reviewsToCome = (
  rhythms: readonly Rhythm[],
): { at: Date; zone: string; kind: Rhythm['kind'] }[] =>
  rhythms
    .flatMap(({ nextAt, zone, kind, paused }) => (nextAt && !paused ? [{ at: nextAt, zone, kind }] : []))
    .sort((a, b) => compareAsc(a.at, b.at));

/** Nothing comes because people paused what would: a rhythm that has ended does not count. */
const pausedAll = (rhythms: readonly Rhythm[]): boolean => rhythms.some((one) => one.paused && one.nextAt);

const goalLine = (goal: Goal, { partnership, readings, nameOf, today }: CardInput): GoalLine => ({
  goalId: goal.id,
  title: goal.title,
  side: goal.side,
  pace: goalPace(goal, partnership.kpis, readings, today),
  linked: goal.vision !== undefined,
  ...(goal.status && { status: { word: goal.status.word, reason: goal.status.reason } }),
  ...(goal.outcome && { outcome: { kind: goal.outcome.kind, sentence: goal.outcome.sentence } }),
  ...(goal.owner && { owner: nameOf(goal.owner) }),
  ...(goal.due !== undefined && { due: goal.due }),
});

/** What a version of the vision says, without who signed it. */
export const visionTexts = ({ number, ours, theirs, joint }: Vision): VisionTexts => ({
  number,
  ...(ours && { ours: ours.text }),
  ...(theirs && { theirs: theirs.text }),
  ...(joint && { joint: joint.text }),
});

const visionLines = (vision: Vision, input: CardInput): VisionLines => {
  const { signedVision: before } = input;
  const signed = (one: Vision) => signaturesOf(one, input.partnership.zone, input.nameOf);
  return {
    ...visionTexts(vision),
    signed: signed(vision),
    ...(before &&
      !isSigned(vision) && {
        before: {
          number: before.number,
          signed: signed(before),
          changes: changedParts(before, vision),
        },
      }),
  };
};

/** Who signed a version and when, by name. */
export const signaturesOf = (
  { signatures }: Vision,
  zone: string,
  nameOf: (person: PersonRef) => string,
): Signatures => {
  const signedBy = ({ by, at }: { by: PersonRef; at: Date }) => ({
    name: nameOf(by),
    on: civilDateAt(at, zone),
  });
  return {
    ...(signatures.ours && { ours: signedBy(signatures.ours) }),
    ...(signatures.theirs && { theirs: signedBy(signatures.theirs) }),
  };
};

const closingOf = ({ state, period }: Partnership, today: CivilDate): 'soon' | 'over' | undefined => {
  if (state !== 'introduced' || !mayClosePeriod(period, today)) return undefined;
  return today > period.end ? 'over' : 'soon';
};

/** One step at a time. Internal KPIs answer no step: the other firm must see what the plan measures. */
const nextStep = ({ partnership, rhythms, today }: CardInput, shared: readonly KpiLine[]): NextStep => {
  if (partnership.state === 'ended') return 'none';
  if (partnership.state === 'draft' || partnership.awaitsIntroduction === true) return 'introduce';
  if (closingOf(partnership, today) === 'over') return 'close-period';
  if (!partnership.goals.some(isListedGoal)) return 'goal';
  if (!shared.some((one) => one.side === 'ours')) return 'our-kpi';
  if (!shared.some((one) => one.side === 'theirs')) return 'their-kpi';
  return rhythms.length === 0 ? 'rhythm' : 'none';
};

/** The partner was not told: its form says no more than that reviews rest. */
const hidesEnd = ({ ended }: Partnership, internalForm: boolean): boolean =>
  ended?.toldBoth === false && !internalForm;

const endOf = (partnership: Partnership, internalForm: boolean): Pick<PartnershipCard, 'state' | 'ended'> => {
  const { ended, state } = partnership;
  if (ended === undefined) return { state };
  if (hidesEnd(partnership, internalForm)) return { state: ended.before };
  return { state, ended: { on: ended.on, reason: ended.reason } };
};

const internalPlaces = (
  partnership: Partnership,
): Pick<NonNullable<PartnershipCard['internal']>, 'hold' | 'channel'> => {
  const { internalChannelName: name, internalChannelTrouble: trouble } = partnership;
  const hold = partnership.state === 'ended' ? undefined : holdReason(partnership);
  return {
    ...(hold !== undefined && { hold }),
    ...(name !== undefined && { channel: { name, ...(trouble && { trouble: trouble.kind }) } }),
  };
};

const firstHealth = ({ partnership, vision, readings, today }: CardInput): HealthResult =>
  computeHealth({
    firms: { ours: partnership.firmName, theirs: partnership.name },
    kpis: partnership.kpis,
    readings,
    reviews: [],
    answers: [],
    commitments: [],
    visionSigned: isSigned(vision),
    blockers: [],
    today,
  });

/**
 * A partnership as its card says it. The shared form holds what both firms may see and is the same, byte for byte,
 * whatever stands in the internal fields; the internal form adds `internal` and its KPIs without an owner.
 */
export const composeCard = (input: CardInput): PartnershipCard => {
  const { partnership, vision, rhythms, snapshots, commitments, nameOf, today, now } = input;
  const internalForm = input.form === 'internal';
  const health = input.health ?? latestSnapshot(snapshots)?.health ?? firstHealth(input);
  const { lastWeek } = healthBefore(snapshots, health, today);
  const next = reviewsToCome(partnership.state === 'ended' ? [] : rhythms).find((one) => one.at > now);
  const goals = partnership.goals.filter(isListedGoal).map((one) => goalLine(one, input));
  const shared = kpiLines(partnership.kpis, 'shared', input);
  const internal = internalForm ? kpiLines(partnership.kpis, 'internal', input) : [];
  const { open, overdue } = openCommitments(commitments, today);
  const closing = closingOf(partnership, today);
  return {
    partnershipId: partnership._id,
    firms: { ours: partnership.firmName, theirs: partnership.name },
    ...endOf(partnership, internalForm),
    channel: {
      id: partnership.channelId,
      name: partnership.channelName,
      shared: partnership.channelShared,
    },
    today,
    health,
    ...(lastWeek && { lastWeek }),
    ...(input.leadGone && {
      leadGone: { key: personKey(input.leadGone), name: nameOf(input.leadGone) },
    }),
    ...(next && { nextReview: { at: next.at, zone: next.zone } }),
    ...(next === undefined &&
      (pausedAll(rhythms) || hidesEnd(partnership, internalForm)) && { paused: true }),
    fiscal: fiscalToday(partnership, today),
    period: {
      ...partnership.period,
      ...operatingWeek(partnership, today),
      ...(closing && { closing }),
    },
    ...(partnership.closedPeriods && { closedPeriods: partnership.closedPeriods.length }),
    ...(vision && { vision: visionLines(vision, input) }),
    goals,
    kpis: shared,
    open: { commitments: open, overdue: overdue.length },
    warnings: planGaps(partnership, { shared, internal }),
    nextStep: nextStep(input, shared),
    ...(internalForm && {
      internal: {
        kpis: internal,
        owner: nameOf(partnership.owner),
        ...(partnership.backup && { backup: nameOf(partnership.backup) }),
        ...(partnership.sponsors?.ours && { sponsor: nameOf(partnership.sponsors.ours) }),
        tier: partnership.tier,
        ...internalPlaces(partnership),
      },
    }),
  };
};
