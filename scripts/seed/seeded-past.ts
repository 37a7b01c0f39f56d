/** What two years left behind: weekly values, half a year of reviews with their answers, and promises. */
import type { Answer } from '../../src/domain/answer.ts';
import { addDays, mondayOf } from '../../src/domain/civil-date.ts';
import type { Commitment } from '../../src/domain/commitment.ts';
import { nextOf } from '../../src/domain/going-on.ts';
import type { Kpi } from '../../src/domain/kpi.ts';
import type { Occurrence } from '../../src/domain/occurrence.ts';
import type { Firm, PersonRef } from '../../src/domain/person.ts';
import { personKey } from '../../src/domain/person.ts';
import type { Reading } from '../../src/domain/reading.ts';
import { closesAt, dueAt } from '../../src/domain/recurrence.ts';
import type { Rhythm } from '../../src/domain/rhythm.ts';
import type { CivilDate } from '../../src/domain/stored.ts';
import type { New } from '../../src/ports.ts';
import { between } from './draw.ts';
import type { SeededPartner, Seeding } from './seeded-partner.ts';
import { atTime, firstReadingDay, zone } from './seeded-plan.ts';

const mostReviews = 26;
const windowDays = 2;

/** A value a week on the way from baseline to target, at this partnership's pace, a little above or below. */
export const readingsOf = (seeding: Seeding, partner: SeededPartner, kpi: Kpi): New<Reading>[] =>
  Array.from({ length: seeding.readings }, (_, week) => {
    const asOf = addDays(firstReadingDay(seeding), 7 * week);
    const done = ((week + 1) / seeding.readings) * partner.pace * (0.92 + partner.draw() * 0.16);
    const { baseline = 0, target = 0 } = kpi;
    return {
      _id: `${partner.id}:${kpi.id}:${asOf}`,
      partnershipId: partner.id,
      kpiId: kpi.id,
      value: Math.round(baseline + (target - baseline) * done),
      asOf,
      at: atTime(asOf),
      by: kpi.owner ?? partner.owner,
      kind: 'own',
      rough: partner.draw() < 0.1,
      confirms: false,
    };
  });

export interface SeededRhythm {
  readonly rhythm: New<Rhythm>;
  /** Nominal dates that have come, the oldest first. */
  readonly dates: readonly CivilDate[];
}

/** A weekly pulse, whose last date that had come by the beginning of `until` is behind it. */
export const rhythmOf = (seeding: Seeding, partner: SeededPartner): SeededRhythm => {
  const now = atTime(seeding.until, '00:00');
  const timed = { time: partner.time, zone };
  const weeks = Math.min(mostReviews, seeding.readings);
  const anchor = addDays(mondayOf(addDays(seeding.until, -7 * weeks)), partner.weekday - 1);
  const dates = Array.from({ length: weeks + 1 }, (_, week) => addDays(anchor, 7 * week)).filter(
    (date) => dueAt(timed, date) < now,
  );
  const made = atTime(addDays(anchor, -1));
  const rule = { kind: 'weekly', anchor, every: 1 } as const;
  const lastDate = dates.at(-1);
  return {
    dates,
    rhythm: {
      _id: `${partner.id}pulse`,
      partnershipId: partner.id,
      kind: 'pulse',
      rule,
      ...timed,
      windowDays,
      asked: { ours: [partner.owner], theirs: [partner.lead] },
      rev: 1,
      ...nextOf({ rule, ...timed }, lastDate, now),
      ...(lastDate === undefined ? {} : { lastDate }),
      tzdb: process.versions.tz ?? '',
      createdAt: made,
      updatedAt: made,
    },
  };
};

export interface SeededReview {
  readonly occurrence: New<Occurrence>;
  readonly answers: readonly New<Answer>[];
  readonly closedAt: Date;
}

/** One pulse that closed, the last one before its time if need be; in most both firms answered. */
export const reviewOf = (
  seeding: Seeding,
  partner: SeededPartner,
  { _id: rhythmId, asked, time }: New<Rhythm>,
  date: CivilDate,
): SeededReview => {
  const openedAt = dueAt({ time, zone }, date);
  const end = closesAt(openedAt, { windowDays, zone, time });
  const now = atTime(seeding.until, '00:00');
  const closedAt = end < now ? end : now;
  const _id = `${partner.id}:${rhythmId}:${date}`;
  const occurrence: New<Occurrence> = {
    _id,
    partnershipId: partner.id,
    rhythmId,
    kind: 'review',
    reviewKind: 'pulse',
    date,
    zone,
    dueAt: openedAt,
    state: 'closed',
    windowDays,
    asked,
    channelId: partner.channelId,
    openedAt,
    closesAt: closedAt,
    closedAt,
    postedLate: false,
    skips: [],
  };
  const answers = [
    ...(partner.draw() < 0.95 ? [answerOf(partner, occurrence, 'ours', partner.owner)] : []),
    ...(partner.draw() < 0.85 ? [answerOf(partner, occurrence, 'theirs', partner.lead)] : []),
  ];
  return { occurrence, answers, closedAt };
};

const answeredAt = ({ dueAt: from, closedAt = from }: New<Occurrence>, hours: number): Date =>
  new Date(Math.min(from.getTime() + hours * 3_600_000, closedAt.getTime()));

const answerOf = (
  partner: SeededPartner,
  occurrence: New<Occurrence>,
  firm: Firm,
  person: PersonRef,
): New<Answer> => {
  const confidence = Math.min(5, Math.max(1, Math.round(partner.pace * 4.2 + partner.draw() - 0.5)));
  return {
    _id: `${occurrence._id}:answer:${personKey(person)}`,
    partnershipId: partner.id,
    occurrenceId: occurrence._id,
    person,
    firm,
    via: 'modal',
    requestId: `seed:${occurrence._id}:${firm}`,
    content: {
      confidence,
      moved: `${between(1, 9, partner.draw())} customers further since last week.`,
      readingIds: [],
      noChange: false,
    },
    history: [],
    withdrawn: false,
    late: false,
    at: answeredAt(occurrence, between(1, 20, partner.draw())),
  };
};

/** One kept, one open, and now and then one that is late. */
export const commitmentsOf = (seeding: Seeding, partner: SeededPartner): New<Commitment>[] => {
  const made = addDays(seeding.until, -21);
  const of = { partnershipId: partner.id, createdBy: partner.owner, createdAt: atTime(made) };
  const late = partner.draw() < 0.3;
  return [
    {
      ...of,
      _id: `${partner.id}:promise:1`,
      what: 'List of target accounts',
      firm: 'ours',
      owner: partner.owner,
      due: addDays(made, 10),
      state: 'done',
      doneAt: atTime(addDays(made, 8)),
    },
    {
      ...of,
      _id: `${partner.id}:promise:2`,
      what: 'Two names to certify',
      firm: 'theirs',
      owner: partner.lead,
      due: addDays(seeding.until, late ? -3 : 9),
      state: 'open',
    },
  ];
};
