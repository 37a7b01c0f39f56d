import { compareAsc } from 'date-fns/compareAsc';
import type { Answer } from './answer.ts';
import { addDays, daysBetween, formatDay, formatWeekday } from './civil-date.ts';
import type { Commitment } from './commitment.ts';
import { kpiLines, openCommitments, reviewsToCome } from './compose-card.ts';
import type { Digest } from './digest.ts';
import { fiscalToday } from './fiscal-calendar.ts';
import { healthBefore } from './health-history.ts';
import { bothFirms } from './health-pillars.ts';
import type { HealthResult } from './health-result.ts';
import { isInUse } from './kpi.ts';
import { standingOf } from './kpi-pace.ts';
import { isAwaited } from './kpi-wait.ts';
import type { Partnership } from './partnership.ts';
import type { PersonRef } from './person.ts';
import { planGaps } from './plan-gaps.ts';
import type { Reading } from './reading.ts';
import type { Rhythm } from './rhythm.ts';
import { reviewTitle } from './rule-words.ts';
import type { Snapshot } from './snapshot.ts';
import type { CivilDate } from './stored.ts';
import { civilDateAt } from './zone.ts';

const week = 7;

export interface DigestInput {
  readonly partnership: Partnership;
  /** Health as the last closed review left it. */
  readonly health: HealthResult;
  readonly snapshots: readonly Snapshot[];
  readonly readings: readonly Reading[];
  /** Any answers; those of the seven days up to `today` are told. */
  readonly answers: readonly Answer[];
  readonly commitments: readonly Commitment[];
  readonly rhythms: readonly Rhythm[];
  readonly nameOf: (person: PersonRef) => string;
  readonly today: CivilDate;
  readonly form: 'shared' | 'internal';
}

type Firms = Digest['firms'];

/** One line, without its full stop: it is set into a sentence. */
const oneLine = (text: string): string => text.replace(/\s+/gu, ' ').trim().replace(/\.$/u, '');

const once = (lines: readonly string[]): string[] => [...new Set(lines)];

const answersOfTheWeek = ({ answers, partnership, today }: DigestInput): Answer[] => {
  const after = addDays(today, -week);
  return answers
    .filter((one) => !one.withdrawn && civilDateAt(one.changedAt ?? one.at, partnership.zone) > after)
    .sort((a, b) => compareAsc(a.at, b.at) || a._id.localeCompare(b._id));
};

const dueInWords = (by: CivilDate, today: CivilDate): string => {
  if (by === today) return 'due today';
  return `${by < today ? 'was due' : 'by'} ${formatDay(by)}`;
};

/** "Trainees locked out. Northwind, due today"; without a firm to act, "Trainees locked out, by 30 Oct". */
const stuckInWords = (
  { text, acts, by }: NonNullable<Answer['content']['stuck']>,
  firms: Firms,
  today: CivilDate,
): string => {
  const when = by === undefined ? '' : `, ${dueInWords(by, today)}`;
  if (acts === undefined) return `${oneLine(text)}${when}`;
  return `${oneLine(text)}. ${firms[acts]}${when === '' ? ' acts' : when}`;
};

const overdueInWords = ({ firm, what, due }: Commitment, firms: Firms, today: CivilDate): string => {
  const late = daysBetween(due, today);
  return `${firms[firm]}, ${oneLine(what)}, ${late} ${late === 1 ? 'day' : 'days'}`;
};

/** What comes, by date: the next review, and the end of either firm's quarter within two weeks. */
const coming = ({ partnership, rhythms, today }: DigestInput, firms: Firms): string[] => {
  const [review] = reviewsToCome(rhythms)
    .map(({ at, zone, kind }) => ({ on: civilDateAt(at, zone), kind }))
    .filter(({ on }) => on >= today);
  const words = review && reviewTitle(review.kind).toLowerCase();
  const dated = review === undefined ? [] : [{ on: review.on, text: `${words} ${formatWeekday(review.on)}` }];
  for (const { firm, on } of fiscalToday(partnership, today).ending) {
    dated.push({ on, text: `${firms[firm]}'s quarter ends ${formatDay(on)}` });
  }
  return dated.sort((a, b) => a.on.localeCompare(b.on)).map((one) => one.text);
};

/**
 * Firms with a value due and none of their own this week. "Not known until" is an answer, so is "no change"; a firm
 * that nobody asks is not called late.
 */
const noUpdateFrom = ({ partnership, readings, rhythms, today }: DigestInput, firms: Firms): string[] => {
  const after = addDays(today, -week);
  return bothFirms
    .filter((firm) => {
      if (!rhythms.some((one) => one.asked[firm].length > 0)) return false;
      const own = partnership.kpis.filter(
        (one) => one.side === firm && one.visibility === 'shared' && isInUse(one),
      );
      const told = readings.some(
        (one) =>
          own.some((kpi) => kpi.id === one.kpiId) &&
          one.kind === 'own' &&
          civilDateAt(one.at, partnership.zone) > after,
      );
      const waits = own.some((kpi) => isAwaited(kpi, readings, firm, today));
      const due = own.some((kpi) => {
        const { judged, freshness } = standingOf(kpi, readings, today);
        return judged && freshness < 1;
      });
      return due && !told && !waits;
    })
    .map((firm) => firms[firm]);
};

const internalNotes = ({
  partnership,
  readings,
  today,
  nameOf,
}: DigestInput): NonNullable<Digest['internal']>['notes'] => {
  const after = addDays(today, -week);
  const internal = new Map(
    partnership.kpis
      .filter((one) => one.visibility === 'internal' && isInUse(one))
      .map((one) => [one.id, one.name]),
  );
  return readings
    .map((one) => ({ ...one, on: civilDateAt(one.at, partnership.zone), kpi: internal.get(one.kpiId) }))
    .filter(({ on }) => on > after && on <= today)
    .sort((a, b) => compareAsc(b.at, a.at))
    .flatMap(({ kpi, note, by, on }) =>
      kpi === undefined || note === undefined ? [] : [{ kpi, by: nameOf(by), on, text: oneLine(note) }],
    );
};

/** The running summary of the week up to `today`. The shared form knows nothing that only our firm may see. */
export const composeDigest = (input: DigestInput): Digest => {
  const { partnership, health, snapshots, commitments, nameOf, today } = input;
  const firms = { ours: partnership.firmName, theirs: partnership.name };
  const contents = answersOfTheWeek(input);
  const { open, overdue } = openCommitments(commitments, today);
  const shared = kpiLines(partnership.kpis, 'shared', input);
  const internal = input.form === 'internal' ? kpiLines(partnership.kpis, 'internal', input) : [];
  return {
    partnershipId: partnership._id,
    firms,
    weekTo: today,
    fiscal: fiscalToday(partnership, today),
    health,
    ...healthBefore(snapshots, health, today),
    moved: once(contents.flatMap(({ content }) => (content.moved ? [oneLine(content.moved)] : []))),
    stuck: once(
      contents.flatMap(({ content }) => (content.stuck ? [stuckInWords(content.stuck, firms, today)] : [])),
    ),
    asks: once(
      contents.flatMap(({ content, firm }) =>
        content.need ? [`${firms[firm]}'s ask: ${oneLine(content.need)}`] : [],
      ),
    ),
    commitments: {
      open,
      overdue: overdue.length,
      overdueNames: overdue.map((one) => overdueInWords(one, firms, today)),
    },
    coming: coming(input, firms),
    noUpdateFrom: noUpdateFrom(input, firms),
    planGaps: planGaps(partnership, { shared, internal }),
    kpis: shared,
    ...(input.form === 'internal' && {
      internal: { kpis: internal, notes: internalNotes(input), owner: nameOf(partnership.owner) },
    }),
  };
};
