/**
 * Reminders as occurrences: a step decides at 50 % and at 80 % of a review's window who is still waited for, and each
 * of these people gets an occurrence of their own. Several of one person and day share one message, whose `_id` holds
 * the person and the date: a second one cannot be.
 */
import {
  type NudgeStep,
  nudgeInstant,
  nudgeSteps,
  outsideHours,
  stepAt,
  whyNobody,
} from '../domain/nudge.ts';
import type { Occurrence } from '../domain/occurrence.ts';
import type { Partnership } from '../domain/partnership.ts';
import type { Firm, PersonRef } from '../domain/person.ts';
import type { Deps, New } from '../ports.ts';
import { workSigning } from './ask-to-sign.ts';
import { holidaysOf, receiverOf, standingsOf } from './load-nudge.ts';
import { firmsOf } from './load-review.ts';
import { workPersonalNudge } from './nudge-person.ts';

const reopenedMs = 600_000;

/** A review is opening: its first step is set. Repeatable. Call it before the review is stored as open. */
export const startNudges = async (deps: Deps, review: Occurrence): Promise<void> =>
  insertStep(deps, review, 1);

/** One step of one nudge, of either kind. */
export const workNudge = async (deps: Deps, nudge: Occurrence, partnership: Partnership): Promise<void> => {
  const { occurrences } = deps.store.workspace(nudge.workspaceId);
  const { wakeAt: _wakeAt, ...rest } = nudge;
  const review = nudge.reviewId === undefined ? undefined : await occurrences.get(nudge.reviewId);
  if (nudge.state !== 'due') await occurrences.replace(rest);
  else if (nudge.vision !== undefined) await workSigning(deps, nudge, partnership);
  else if (review === undefined)
    await occurrences.replace({ ...rest, state: 'skipped', reason: 'The review is not here any more.' });
  else if (nudge.receiver === undefined) await workStep(deps, nudge, review, partnership);
  else await workPersonalNudge(deps, { nudge, review, partnership, receiver: nudge.receiver });
};

type Followed = Pick<Occurrence, 'reviewId' | 'receiver' | 'step' | 'snoozed'> &
  Pick<Occurrence, '_id' | 'dueAt' | 'state' | 'channelId'> &
  Partial<Pick<Occurrence, 'wakeAt' | 'reason'>>;

/** A nudge of a review as it is stored first. */
export const nudgeOf = (review: Occurrence, own: Followed): New<Occurrence> => ({
  partnershipId: review.partnershipId,
  rhythmId: review.rhythmId,
  kind: 'nudge',
  ...(review.reviewKind === undefined ? {} : { reviewKind: review.reviewKind }),
  date: review.date,
  zone: review.zone,
  asked: { ours: [], theirs: [] },
  postedLate: false,
  skips: [],
  ...own,
  reviewId: review._id,
});

const insertStep = async (deps: Deps, review: Occurrence, step: NudgeStep): Promise<void> => {
  const { openedAt, closesAt, channelId } = review;
  if (openedAt === undefined || closesAt === undefined) return;
  const at = stepAt({ openedAt, closesAt }, step);
  const own = {
    _id: `${review._id}:nudge${step}`,
    step,
    dueAt: at,
    wakeAt: at,
    state: 'due',
    channelId,
  } as const;
  await deps.store.workspace(review.workspaceId).occurrences.insert(nudgeOf(review, own));
};

/** The step ends as posted when it has asked somebody: what became of each stands in their own occurrence. */
const workStep = async (
  deps: Deps,
  nudge: Occurrence,
  review: Occurrence,
  partnership: Partnership,
): Promise<void> => {
  const { occurrences } = deps.store.workspace(nudge.workspaceId);
  const { wakeAt: _wakeAt, ...rest } = nudge;
  const now = deps.clock.now();
  const { openedAt, closesAt } = review;
  const step = nudgeSteps.find((one) => one === nudge.step) ?? 1;
  if (review.state === 'due') {
    // Its post is still on the way, and its window starts with it.
    await occurrences.replace({ ...nudge, wakeAt: new Date(now.getTime() + reopenedMs) });
    return;
  }
  if (review.state !== 'open' || openedAt === undefined || closesAt === undefined) {
    await occurrences.replace({ ...rest, state: 'skipped', reason: 'The review is not open any more.' });
    return;
  }
  const at = stepAt({ openedAt, closesAt }, step);
  if (at > now) {
    // The review went out later than was planned when this step was set.
    await occurrences.replace({ ...nudge, dueAt: at, wakeAt: at });
    return;
  }
  const standings = await standingsOf(deps, review, partnership);
  const reason = whyNobody(standings, firmsOf(partnership));
  if (reason !== undefined) {
    await occurrences.replace({ ...rest, state: 'skipped', reason });
    return;
  }
  for (const firm of ['ours', 'theirs'] as const) {
    if (standings[firm] !== 'waiting') continue;
    for (const receiver of review.asked[firm])
      await insertPersonal(deps, { review, partnership, firm, receiver, step, at, closesAt });
  }
  if (step === 1) await insertStep(deps, review, 2);
  await occurrences.replace({ ...rest, state: 'posted' });
};

const insertPersonal = async (
  deps: Deps,
  of: {
    readonly review: Occurrence;
    readonly partnership: Partnership;
    readonly firm: Firm;
    readonly receiver: PersonRef;
    readonly step: NudgeStep;
    readonly at: Date;
    readonly closesAt: Date;
  },
): Promise<void> => {
  const { review, receiver, step, at, closesAt } = of;
  const { name, zone } = await receiverOf(deps, review.workspaceId, receiver, review.zone);
  const wakeAt = nudgeInstant(at, zone, holidaysOf(of.partnership, of.firm));
  await deps.store.workspace(review.workspaceId).occurrences.insert(
    nudgeOf(review, {
      _id: `${review._id}:nudge${step}:${receiver.userId}`,
      receiver,
      step,
      dueAt: at,
      channelId: receiver.userId,
      ...(wakeAt < closesAt ? { state: 'due', wakeAt } : { state: 'skipped', reason: outsideHours(name) }),
    }),
  );
};
