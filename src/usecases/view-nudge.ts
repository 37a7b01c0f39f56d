import { namedPeople } from '../domain/access.ts';
import { DomainError } from '../domain/errors.ts';
import type { MessageContent } from '../domain/message.ts';
import { inWorkingHours, putOff } from '../domain/nudge.ts';
import type { NudgeCard, NudgedReview } from '../domain/nudge-card.ts';
import type { Occurrence } from '../domain/occurrence.ts';
import type { Partnership } from '../domain/partnership.ts';
import { includesPerson, type PersonRef } from '../domain/person.ts';
import { civilDateAt } from '../domain/zone.ts';
import type { Deps } from '../ports.ts';
import { wantedSignatures } from './ask-to-sign.ts';
import { firmAsked, holidaysOf, snoozesOf, standingsOf } from './load-nudge.ts';
import { firmsOf, otherFirm } from './load-review.ts';
import { answerFormFacts } from './view-answer-form.ts';

type Content = Extract<MessageContent, { kind: 'nudge' }>;
type Day = Omit<Content, 'kind'>;

/**
 * Everything a person is asked for at this moment. Undefined when nothing is left, or when the day or its working
 * hours have passed while the message waited: then it is not sent at all.
 */
export const loadNudge = async (
  deps: Deps,
  workspaceId: string,
  { receiver, date, zone }: Content,
): Promise<NudgeCard | undefined> => {
  const now = deps.clock.now();
  if (civilDateAt(now, zone) !== date || !inWorkingHours(now, zone, [])) return undefined;
  const owed = await openFor(deps, workspaceId, receiver);
  const partnerships = await introducedOf(deps, workspaceId, owed);
  const found = await Promise.all(
    owed.map(async (review) => {
      const partnership = partnerships.get(review.partnershipId);
      return partnership && nudged(deps, review, partnership, { receiver, date, zone });
    }),
  );
  const reviews = found.filter((one) => one !== undefined);
  const signatures = await wantedSignatures(deps, workspaceId, receiver);
  if (reviews.length + signatures.length === 0) return undefined;
  return {
    zone,
    signatures,
    reviews: reviews.sort((a, b) => a.closesAt.getTime() - b.closesAt.getTime()),
  };
};

/**
 * One read, however many partnerships the workspace has. An open review wakes when it closes, so that it lies among the
 * little that is still to come, and not in the years of what was.
 */
const openFor = async (deps: Deps, workspaceId: string, receiver: PersonRef): Promise<Occurrence[]> => {
  const now = deps.clock.now();
  const open = await deps.store
    .workspace(workspaceId)
    .occurrences.find({ kind: 'review', state: 'open', wakeAt: { $gt: now } });
  return open.filter(
    (one) => firmAsked(one, receiver) !== undefined && one.closesAt !== undefined && one.closesAt > now,
  );
};

const introducedOf = async (
  deps: Deps,
  workspaceId: string,
  reviews: readonly Occurrence[],
): Promise<ReadonlyMap<string, Partnership>> => {
  const ids = [...new Set(reviews.map((one) => one.partnershipId))];
  if (ids.length === 0) return new Map();
  const { partnerships } = deps.store.workspace(workspaceId);
  const found = await partnerships.find({ _id: { $in: ids }, state: 'introduced' });
  return new Map(found.map((one) => [one._id, one]));
};

const nudged = async (
  deps: Deps,
  review: Occurrence,
  partnership: Partnership,
  { receiver, date, zone }: Day,
): Promise<NudgedReview | undefined> => {
  const firm = firmAsked(review, receiver);
  const { closesAt, workspaceId } = review;
  const now = deps.clock.now();
  const named = [...namedPeople(partnership, 'ours'), ...namedPeople(partnership, 'theirs')];
  const mayAsk = includesPerson(named, receiver) && !includesPerson(partnership.notAsked ?? [], receiver);
  if (firm === undefined || closesAt === undefined || !mayAsk) return undefined;
  const [standings, snoozes] = await Promise.all([
    standingsOf(deps, review, partnership),
    snoozesOf(deps, review, receiver),
  ]);
  const snooze = snoozes.at(-1);
  const asked = standings[firm] === 'waiting' || (standings[firm] === 'silent' && snooze !== undefined);
  const holidays = holidaysOf(partnership, firm);
  const put = putOff(snooze, { now, zone, holidays, closesAt });
  // A snooze that ends later today is in today's message: a second one would not be sent.
  const notToday = put === 'to-the-end' || (put !== undefined && civilDateAt(put.until, zone) !== date);
  if (!asked || notToday) return undefined;
  const kpis = await kpisOf(deps, workspaceId, receiver, review._id);
  if (kpis === undefined) return undefined;
  return {
    occurrenceId: review._id,
    partnershipId: partnership._id,
    rhythmId: review.rhythmId,
    firms: firmsOf(partnership),
    kind: review.reviewKind ?? 'pulse',
    closesAt,
    otherFirm: otherFirm(firm),
    other: standings[otherFirm(firm)],
    kpis,
  };
};

/** The values that the review's form asks of them; undefined when they may not answer any more. */
const kpisOf = async (
  deps: Deps,
  workspaceId: string,
  by: PersonRef,
  occurrenceId: string,
): Promise<NudgedReview['kpis'] | undefined> => {
  try {
    const { kpis } = await answerFormFacts(deps, { workspaceId, by, requestId: 'nudge' }, { occurrenceId });
    return kpis.map(({ name, last, lastTold }) => ({
      name,
      ...(last === undefined ? {} : { last }),
      ...(lastTold === undefined ? {} : { told: lastTold }),
    }));
  } catch (error) {
    if (error instanceof DomainError) return undefined;
    throw error;
  }
};
