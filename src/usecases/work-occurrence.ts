import { lookAgainAt, missedReason, notTakenReason, postByOf } from '../domain/catch-up.ts';
import { holdReason } from '../domain/channel-news.ts';
import { endedReason } from '../domain/ending.ts';
import { inForce } from '../domain/message.ts';
import type { Occurrence } from '../domain/occurrence.ts';
import type { Partnership } from '../domain/partnership.ts';
import type { Rhythm } from '../domain/rhythm.ts';
import type { Deps } from '../ports.ts';
import { askPeriod, notePeriodEnd } from './ask-period.ts';
import { closeReview, finishClosing } from './close-review.ts';
import { failOccurrence } from './fail-occurrence.ts';
import { offReason } from './left-out.ts';
import { moveReview } from './move-review.ts';
import { lookAtChannel } from './note-channel.ts';
import { workNudge } from './nudge-review.ts';
import { openReview } from './open-review.ts';
import { postDigest } from './post-digest.ts';
import { wantRoot } from './save-answer.ts';
import { takeBack } from './take-back.ts';
import { wantCards } from './want-message.ts';

const retryMs = 60_000;
const heldMs = 3_600_000;

/** One step; what goes wrong is logged, and the step is due again in a minute. */
export const workOrRetry = async (deps: Deps, occurrence: Occurrence): Promise<void> => {
  try {
    await workOccurrence(deps, occurrence);
  } catch (error) {
    deps.log.error('a review or digest could not be worked', { occurrence: occurrence._id, error });
    const wakeAt = new Date(deps.clock.now().getTime() + retryMs);
    await deps.store.workspace(occurrence.workspaceId).occurrences.replace({ ...occurrence, wakeAt });
  }
};

/** One step of one review or digest. Somebody else's step at the same moment wins by version, and nothing doubles. */
export const workOccurrence = async (deps: Deps, occurrence: Occurrence): Promise<void> => {
  const { occurrences, partnerships } = deps.store.workspace(occurrence.workspaceId);
  const partnership = await partnerships.get(occurrence.partnershipId);
  const { wakeAt: _wakeAt, ...rest } = occurrence;
  if (partnership === undefined || partnership.state === 'ended') {
    return endWith(deps, occurrence, endedReason(partnership?.ended));
  }
  if (occurrence.kind === 'nudge') return workNudge(deps, occurrence, partnership);
  switch (occurrence.state) {
    case 'due':
      if (await isOverOrMoved(deps, occurrence, partnership))
        return sayPeriodIsOver(deps, occurrence, partnership);
      if (await isHeld(deps, occurrence, partnership)) return;
      await bringOut[occurrence.kind](deps, occurrence, partnership);
      return;
    case 'open':
      await (occurrence.kind === 'period' ? notePeriodEnd : closeReview)(deps, occurrence, partnership);
      return;
    case 'closed':
      if (occurrence.kind === 'period') await occurrences.replace(rest);
      else await finishClosing(deps, occurrence, partnership);
      return;
    case 'posted':
    case 'missed':
    case 'skipped':
    case 'failed':
      if (await occurrences.replace(rest)) await sayPeriodIsOver(deps, occurrence, partnership);
  }
};

/** Also where nobody was asked at its end, the cards ask for a period that is over to be closed. */
const sayPeriodIsOver = async (deps: Deps, { kind }: Occurrence, partnership: Partnership): Promise<void> => {
  if (kind === 'period') await wantCards(deps, partnership);
};

const bringOut = { review: openReview, digest: postDigest, period: askPeriod } as const;

/**
 * What its partnership's end leaves of it. A root that stands says so and stays; one that never stood is taken back;
 * of one that is in Slack's hands only its delivery knows what became of it.
 */
const endWith = async (deps: Deps, occurrence: Occurrence, reason: string): Promise<void> => {
  const { occurrences, messages } = deps.store.workspace(occurrence.workspaceId);
  const { wakeAt: _wakeAt, ...rest } = occurrence;
  if (occurrence.state !== 'due' && occurrence.state !== 'open') {
    await occurrences.replace(rest);
    return;
  }
  let { ts } = occurrence;
  const message = await messages.get(occurrence._id);
  if (occurrence.state === 'due' && !(await takeBack(deps, message, reason))) {
    if (message?.ts === undefined) {
      const wakeAt = lookAgainAt(deps.clock.now(), postByOf(occurrence), message?.wakeAt);
      await occurrences.replace({ ...occurrence, wakeAt });
      return;
    }
    ts = message.ts;
  }
  const over: Occurrence = { ...rest, ...(ts === undefined ? {} : { ts }), state: 'skipped', reason };
  const hasRoot = occurrence.state === 'open' || (ts !== undefined && occurrence.kind !== 'digest');
  if ((await occurrences.replace(over)) && hasRoot) await wantRoot(deps, over);
};

/**
 * A due one whose message Slack refused for good has failed; one that could not go out while it was worth it was
 * missed; one that its rhythm does not ask for any more, or whose channel took no posts, is skipped.
 */
const isOverOrMoved = async (
  deps: Deps,
  occurrence: Occurrence,
  partnership: Partnership,
): Promise<boolean> => {
  const { occurrences, messages } = deps.store.workspace(occurrence.workspaceId);
  const { wakeAt: _wakeAt, ...rest } = occurrence;
  const found = await messages.get(occurrence._id);
  const message = inForce(found);
  if (message?.ts !== undefined) return false;
  if (message?.state === 'failed') {
    await failOccurrence(deps, occurrence, partnership, message.reason ?? 'no reason given');
    return true;
  }
  const rhythm = await rhythmInTurn(deps, occurrence);
  if (message === undefined && rhythm && (await moveReview(deps, occurrence, partnership, rhythm)))
    return true;
  const off = rhythm && (await offReason(deps, occurrence, partnership, rhythm));
  const postBy = postByOf(occurrence);
  const late = deps.clock.now() > postBy;
  if (!late && off === undefined) {
    // What waits goes where the partnership is now.
    if (message !== undefined && message.channelId !== partnership.channelId)
      await takeBack(deps, message, 'The partnership moved to another channel.');
    return false;
  }
  const left = off ?? holdReason(partnership);
  const whyMissed = (found?.attempts ?? 0) > 0 ? notTakenReason : missedReason;
  const reason = left ?? whyMissed(hoursBetween(occurrence.dueAt, postBy));
  // In Slack's hands right now: only its delivery knows what became of it.
  if (!(await takeBack(deps, message, reason))) return false;
  await occurrences.replace({ ...rest, state: left === undefined ? 'missed' : 'skipped', reason });
  return true;
};

/** As it stands now; undefined for what does not come by a rhythm's rule. */
const rhythmInTurn = async (
  deps: Deps,
  { workspaceId, kind, onDemand, rhythmId }: Occurrence,
): Promise<Rhythm | undefined> =>
  kind === 'review' && onDemand !== true
    ? deps.store.workspace(workspaceId).rhythms.get(rhythmId)
    : undefined;

/**
 * Its channel takes no posts: it waits for as long as it is worth posting. Slack is asked again meanwhile, since the
 * event that would say so can be lost.
 */
const isHeld = async (deps: Deps, occurrence: Occurrence, partnership: Partnership): Promise<boolean> => {
  const { occurrences, messages, partnerships } = deps.store.workspace(occurrence.workspaceId);
  const heldBecause = holdReason(partnership);
  if (heldBecause === undefined || inForce(await messages.get(occurrence._id)) !== undefined) return false;
  if (partnership.channelTrouble !== undefined) {
    await lookAtChannel(deps, partnership.workspaceId, partnership.channelId, { requestId: occurrence._id });
    const now = await partnerships.get(partnership._id);
    // What waited is due again by that.
    if (now !== undefined && holdReason(now) === undefined) return true;
  }
  const wakeAt = lookAgainAt(deps.clock.now(), postByOf(occurrence), later(deps, heldMs));
  await occurrences.replace({ ...occurrence, heldBecause, wakeAt });
  return true;
};

const later = (deps: Deps, ms: number): Date => new Date(deps.clock.now().getTime() + ms);

const hoursBetween = (from: Date, to: Date): number =>
  Math.round((to.getTime() - from.getTime()) / 3_600_000);
